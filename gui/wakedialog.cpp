// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakedialog.h"

#include "gui/copyline.h"
#include "gui/formfield.h"
#include "gui/theme.h"
#include "gui/wakelife.h"
#include "gui/wakepreviewpane.h"
#include "models/bearerchoice.h"
#include "models/sentences.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds afterTyping{150};
constexpr int longestApplication = 255;

/// The question that stopped the choice of a route; nullptr if none did.
const Check *lastFailed(const QVector<Check> &checks)
{
    const auto found = std::find_if(checks.rbegin(), checks.rend(),
                                    [](const Check &check) { return check.outcome == Check::Outcome::Failed; });
    return found == checks.rend() ? nullptr : &*found;
}

} // namespace

WakeDialog::WakeDialog(GuiContext &context, DeviceId device, QWidget *parent)
    : QDialog(parent), m_context(context), m_device(std::move(device)), m_bearer(new QComboBox(this)),
      m_mode(new QComboBox(this)), m_empty(new QCheckBox(tr("&Empty message, without a SIR"), this)),
      m_application(new QLineEdit(this)), m_requests(makeRequests()), m_preview(new WakePreviewPane(this)),
      m_life(new WakeLife(context, this)), m_beside(new QStackedWidget(this)), m_notice(new QLabel(this)),
      m_send(new QPushButton(tr("&Wake"), this))
{
    setObjectName(u"wakeDialog"_s);
    setWindowTitle(tr("Wake %1").arg(context.subscribers->deviceLabel(m_device)));
    resize(1040, 640);
    m_beside->addWidget(m_preview);
    m_beside->addWidget(m_life);
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_send->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_send->setToolTip(tr("Sends the wake-up (Ctrl+Enter)"));
    m_send->setIcon(theme::icon(u"wake"_s));
    m_send->setDefault(true);

    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeForm());
    splitter->addWidget(m_beside);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_send, QDialogButtonBox::ActionRole);
    QPushButton *copy = buttons->addButton(tr("Cop&y as reveillectl line"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_notice);
    layout->addWidget(buttons);

    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(afterTyping);
    connect(&m_previewTimer, &QTimer::timeout, this, &WakeDialog::askPreview);
    connect(m_send, &QPushButton::clicked, this, &WakeDialog::send);
    connect(copy, &QPushButton::clicked, this, &WakeDialog::copyLine);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_bearer, &QComboBox::currentIndexChanged, this, &WakeDialog::previewSoon);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &WakeDialog::previewSoon);
    connect(m_application, &QLineEdit::textChanged, this, &WakeDialog::checkApplication);
    connect(m_application, &QLineEdit::textChanged, this, &WakeDialog::previewSoon);
    connect(context.bearers, &QAbstractItemModel::dataChanged, this, &WakeDialog::previewAgain);
    connect(context.bearers, &QAbstractItemModel::modelReset, this, &WakeDialog::previewAgain);
    connect(context.subscribers, &SubscriberModel::deviceChanged, this, [this](const DeviceId &id) {
        if (id == m_device)
            previewAgain();
    });
    for (const auto &[request, box] : m_requestBoxes)
        connect(box, &QCheckBox::toggled, this, &WakeDialog::previewSoon);
    connect(m_empty, &QCheckBox::toggled, this, [this](bool empty) {
        m_requests->setEnabled(!empty);
        m_application->setEnabled(!empty);
        checkApplication();
        previewSoon();
    });
    askPreview();
}

QWidget *WakeDialog::makeForm()
{
    fillBearers();
    m_mode->addItem(tr("by policy"), -1);
    for (const SirMode mode : {SirMode::Routed, SirMode::Broadcast, SirMode::BroadcastIdentified})
        m_mode->addItem(Sentences::sirMode(mode), int(mode));
    m_application->setPlaceholderText(tr("none"));

    auto *area = new QWidget;
    auto *form = new QFormLayout(area);
    form->setContentsMargins(0, 0, 0, 0);
    m_bearerField = FormField::add(form, tr("&Bearer"), m_bearer);
    FormField::add(form, tr("&Mode"), m_mode);
    m_applicationField = FormField::add(form, tr("&Application"), m_application);
    completeApplications();
    form->addRow(m_empty);
    form->addRow(m_requests);
    return area;
}

QGroupBox *WakeDialog::makeRequests()
{
    auto *group = new QGroupBox(tr("Asks the device for"), this);
    auto *layout = new QVBoxLayout(group);
    for (const SirRequest request :
         {SirRequest::Capability, SirRequest::Preferences, SirRequest::Security, SirRequest::Subscription,
          SirRequest::Refusal, SirRequest::RegistrationMessage, SirRequest::CapabilityMessage}) {
        auto *box = new QCheckBox(Sentences::sirRequest(request), group);
        layout->addWidget(box);
        m_requestBoxes.append({request, box});
    }
    m_requestsNote = new QLabel(group);
    m_requestsNote->setWordWrap(true);
    m_requestsNote->setForegroundRole(QPalette::PlaceholderText);
    m_requestsNote->hide();
    layout->addWidget(m_requestsNote);
    return group;
}

void WakeDialog::fillBearers()
{
    const QSignalBlocker quiet(m_bearer);
    const QString before = m_bearer->currentData().toString();
    const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(m_device);
    m_bearer->clear();
    m_bearer->addItem(tr("by policy"), QString());
    for (const BearerChoice &choice : BearerChoice::of(*m_context.bearers, snapshot ? snapshot->device : Device())) {
        m_bearer->addItem(choice.text(), choice.name);
        m_bearer->setItemData(m_bearer->count() - 1, choice.usable() ? choice.route : choice.whyNot, Qt::ToolTipRole);
        if (!choice.usable())
            m_bearer->setItemData(m_bearer->count() - 1, palette().color(QPalette::PlaceholderText), Qt::ForegroundRole);
    }
    m_bearer->setCurrentIndex(std::max(0, m_bearer->findData(before)));
    m_bearer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_bearer->setMinimumContentsLength(24);
}

void WakeDialog::completeApplications()
{
    QStringList names;
    if (const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(m_device))
        names = snapshot->device.subscriptions;
    for (quint32 number = 0; number < 64; ++number) {
        if (const QString name = wellKnownApplicationName(number); !name.isEmpty())
            names.append(name);
    }
    names.removeDuplicates();
    auto *completer = new QCompleter(names, m_application);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_application->setCompleter(completer);
    m_application->setMaxLength(longestApplication);
}

void WakeDialog::checkApplication()
{
    const QString name = m_application->text().trimmed();
    const bool bad = std::any_of(name.begin(), name.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); });
    m_applicationField->setError(bad && !m_empty->isChecked() ? tr("The name of an application has no spaces.") : QString());
    if (name.isEmpty() || m_empty->isChecked())
        m_applicationField->setHint({});
    else if (const std::optional<quint32> number = wellKnownApplication(name))
        m_applicationField->setHint(tr("Registered: goes into the SIR as the number %1.").arg(*number));
    else
        m_applicationField->setHint(tr("Not registered: goes into the SIR by its name."));
}

QCheckBox *WakeDialog::request(SirRequest wanted) const
{
    for (const auto &[request, box] : m_requestBoxes) {
        if (request == wanted)
            return box;
    }
    return nullptr;
}

QString WakeDialog::notice() const
{
    return m_notice->text();
}

QString WakeDialog::errorOfBearer() const
{
    return m_bearerField->error();
}

QString WakeDialog::errorOfApplication() const
{
    return m_applicationField->error();
}

QString WakeDialog::noteOfRequests() const
{
    return m_requestsNote->text();
}

WakeOrder WakeDialog::order() const
{
    WakeOrder order;
    order.byHand = true;
    order.reason = u"by_hand"_s;
    order.bearer = m_bearer->currentData().toString();
    if (const int mode = m_mode->currentData().toInt(); mode >= 0)
        order.mode = SirMode(mode);
    order.empty = m_empty->isChecked();
    if (order.empty)
        return order;
    order.application = m_application->text().trimmed();
    for (const auto &[request, box] : m_requestBoxes)
        order.requests.setFlag(request, box->isChecked());
    return order;
}

void WakeDialog::previewSoon()
{
    setNotice({});
    m_beside->setCurrentWidget(m_preview);
    m_previewTimer.start();
}

void WakeDialog::previewAgain()
{
    fillBearers();
    if (m_beside->currentWidget() == m_preview && !m_previewTimer.isActive())
        m_previewTimer.start();
}

void WakeDialog::askPreview()
{
    m_context.host->previewWake(m_device, order())
        .then(this, [this, question = ++m_question](const Result<WakePreview> &preview) {
            if (question != m_question)
                return;
            m_bearerField->setError({});
            if (preview) {
                showPreview(*preview);
                return;
            }
            m_send->setEnabled(false);
            m_preview->setNotice(tr("Nothing would be sent."));
            showError(preview.error());
        });
}

void WakeDialog::showPreview(const WakePreview &preview)
{
    m_preview->setPreview(preview);
    const Check *failed = lastFailed(preview.checks);
    const bool allowed = !failed || qstrcmp(failed->question, "address-allowed") != 0;
    const bool goes = !preview.bearer.isEmpty() && allowed;
    if (!goes && failed)
        m_bearerField->setError(Sentences::check(*failed));
    m_send->setEnabled(goes && m_applicationField->error().isEmpty());
    const bool lacksRoom = !m_empty->isChecked() && order().requests && preview.sir.version < 2;
    m_requestsNote->setText(lacksRoom ? tr("This device takes SIR version %1, which has no room for them.").arg(preview.sir.version)
                                      : QString());
    m_requestsNote->setVisible(lacksRoom);
}

void WakeDialog::send()
{
    setNotice({});
    m_send->setEnabled(false);
    m_context.host->wake(m_device, order()).then(this, [this](const Result<WakeId> &started) {
        m_send->setEnabled(true);
        if (!started) {
            showError(started.error());
            return;
        }
        m_life->setWake(*started);
        m_beside->setCurrentWidget(m_life);
    });
}

void WakeDialog::copyLine()
{
    QApplication::clipboard()->setText(reveillectlLine(m_device, order()));
    setNotice(tr("Copied."));
}

void WakeDialog::showError(const Error &error)
{
    const QString text = Sentences::error(error);
    if (error.is("bearer-unknown") || error.is("bearer-cannot-reach"))
        m_bearerField->setError(text);
    else
        setNotice(text);
}

void WakeDialog::setNotice(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

} // namespace reveille
