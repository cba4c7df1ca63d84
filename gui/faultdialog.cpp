// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultdialog.h"

#include "gui/copyline.h"
#include "gui/formfield.h"
#include "gui/theme.h"
#include "models/bearermodel.h"
#include "models/faultmodel.h"
#include "models/sentences.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds lives[] = {std::chrono::minutes(1), std::chrono::minutes(5), FaultDialog::usualLife, std::chrono::minutes(30),
                                  std::chrono::hours(1),   std::chrono::hours(4),   std::chrono::hours(24)};
/// What a SIP device, an HTTP server and an SMSC say most.
constexpr const char *usualCodes[] = {"486", "480", "503", "603", "429", "0x58", "0x14", "queue-full"};

QString loginName()
{
    return qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME", u"console"_s)).left(64);
}

} // namespace

FaultDialog::FaultDialog(GuiContext &context, const FaultOrder &like, QWidget *parent)
    : QDialog(parent), m_context(context), m_scope(new QComboBox), m_over(new QComboBox), m_device(new QLineEdit),
      m_kind(new QComboBox), m_delay(new QSpinBox), m_code(new QComboBox), m_forGood(new QCheckBox(tr("For &good: it is not tried again"))),
      m_chance(new QSpinBox), m_most(new QSpinBox), m_life(new QComboBox), m_note(new QLineEdit), m_summary(new QLabel),
      m_inject(new QPushButton(tr("&Inject the fault")))
{
    setObjectName(u"faultDialog"_s);
    setWindowTitle(tr("Inject a fault"));
    makeFields();
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setAccessibleName(tr("What the fault does"));
    QFont sentence = m_summary->font();
    sentence.setPointSizeF(sentence.pointSizeF() * 1.15);
    m_summary->setFont(sentence);
    m_summary->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_inject->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_inject->setToolTip(tr("Puts it in force (Ctrl+Enter)"));
    m_inject->setDefault(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_inject, QDialogButtonBox::AcceptRole);
    QPushButton *line = buttons->addButton(tr("Copy as &reveillectl line"), QDialogButtonBox::ActionRole);
    QPushButton *curl = buttons->addButton(tr("Copy as c&url line"), QDialogButtonBox::ActionRole);
    for (QPushButton *copy : {line, curl})
        copy->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(2 * theme::grid);
    layout->addLayout(makeForm());
    layout->addWidget(m_summary);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(68 * theme::grid);

    fill(like);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &FaultDialog::fillOver);
    for (QComboBox *choice : {m_scope, m_over, m_kind, m_life})
        connect(choice, &QComboBox::currentIndexChanged, this, &FaultDialog::refresh);
    for (QSpinBox *number : {m_delay, m_chance, m_most})
        connect(number, &QSpinBox::valueChanged, this, &FaultDialog::refresh);
    connect(m_device, &QLineEdit::textChanged, this, &FaultDialog::refresh);
    connect(m_code, &QComboBox::currentTextChanged, this, &FaultDialog::refresh);
    connect(m_forGood, &QCheckBox::toggled, this, &FaultDialog::refresh);
    connect(m_inject, &QPushButton::clicked, this, &FaultDialog::inject);
    connect(line, &QPushButton::clicked, this, &FaultDialog::copyLine);
    connect(curl, &QPushButton::clicked, this, &FaultDialog::copyCurl);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *second = new QTimer(this); // the moment of its end moves on
    connect(second, &QTimer::timeout, this, &FaultDialog::refresh);
    second->start(1000);
    refresh();
}

void FaultDialog::makeFields()
{
    for (const FaultScope scope : {FaultScope::Both, FaultScope::Wakes, FaultScope::Deliveries})
        m_scope->addItem(Sentences::faultScope(scope), int(scope));
    m_kind->addItem(tr("Drop: lost on the way"), int(FaultKind::Drop));
    m_kind->addItem(tr("Delay: held back for a while"), int(FaultKind::Delay));
    m_kind->addItem(tr("Duplicate: sent twice"), int(FaultKind::Duplicate));
    m_kind->addItem(tr("Reject: answered with a code"), int(FaultKind::Reject));
    m_device->setPlaceholderText(tr("any device"));
    m_device->setClearButtonEnabled(true);
    m_device->setMaxLength(255);
    m_delay->setRange(1, int(FaultRule::longestDelay.count()));
    m_delay->setSingleStep(500);
    m_delay->setValue(5000);
    m_delay->setSuffix(tr(" ms"));
    m_code->setEditable(true);
    for (const char *code : usualCodes)
        m_code->addItem(QString::fromLatin1(code));
    m_code->lineEdit()->setMaxLength(int(FaultRule::longestCode));
    m_chance->setRange(1, 100);
    m_chance->setSuffix(tr(" of 100"));
    m_most->setRange(0, FaultRule::highestMost);
    m_most->setSpecialValueText(tr("as often as it can"));
    m_most->setSuffix(tr(" times"));
    for (const Milliseconds life : lives)
        m_life->addItem(TimeDisplay::duration(life), qint64(life.count()));
    m_note->setMaxLength(int(FaultRule::longestNote));
    m_note->setPlaceholderText(tr("what it is good for"));
}

QFormLayout *FaultDialog::makeForm()
{
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [this](const QString &label, QWidget *editor) { return FormField::add(m_form, label, editor); };
    add(tr("&Strikes"), m_scope);
    m_overField = add(tr("&Over"), m_over);
    m_deviceField = add(tr("&To"), m_device);
    add(tr("&Kind"), m_kind);
    m_delayField = add(tr("&Delay"), m_delay);
    m_codeField = add(tr("&Code"), m_code);
    m_form->addRow(QString(), m_forGood);
    add(tr("C&hance"), m_chance);
    add(tr("At &most"), m_most);
    add(tr("&Ends after"), m_life);
    add(tr("&Note"), m_note);
    return m_form;
}

void FaultDialog::fill(const FaultOrder &like)
{
    const FaultRule &rule = like.rule;
    m_scope->setCurrentIndex(m_scope->findData(int(rule.scope)));
    fillOver();
    const QString over = rule.scope == FaultScope::Wakes ? rule.bearer : rule.connection;
    if (m_over->findData(over) < 0)
        m_over->addItem(over, over); // a type, or a bearer of another configuration
    m_over->setCurrentIndex(m_over->findData(over));
    m_device->setText(rule.device.toString());
    m_device->setCursorPosition(0);
    m_kind->setCurrentIndex(m_kind->findData(int(rule.kind)));
    if (rule.kind == FaultKind::Delay)
        m_delay->setValue(int(rule.delay.count()));
    if (rule.kind == FaultKind::Reject)
        m_code->setEditText(QString::fromLatin1(rule.code));
    m_forGood->setChecked(!rule.again);
    m_chance->setValue(rule.chance);
    m_most->setValue(rule.most);
    if (m_life->findData(qint64(like.life.count())) < 0)
        m_life->addItem(TimeDisplay::duration(like.life), qint64(like.life.count()));
    m_life->setCurrentIndex(m_life->findData(qint64(like.life.count())));
    m_note->setText(rule.note);
}

void FaultDialog::fillOver()
{
    const QSignalBlocker quiet(m_over);
    const QString before = m_over->currentData().toString();
    const auto scope = FaultScope(m_scope->currentData().toInt());
    m_over->clear();
    m_over->addItem(scope == FaultScope::Wakes        ? tr("any bearer")
                    : scope == FaultScope::Deliveries ? tr("any connection")
                                                      : tr("any bearer and connection"),
                    QString());
    if (scope == FaultScope::Wakes) {
        for (int row = 0; row < m_context.bearers->rowCount(); ++row) {
            const BearerFacts &facts = m_context.bearers->bearerAt(row)->facts;
            m_over->addItem(tr("%1 (%2)").arg(facts.name, Sentences::bearerType(facts.type)), facts.name);
        }
    } else if (scope == FaultScope::Deliveries) {
        for (const QString &kind : {u"sip"_s, u"ota_http"_s, u"datagram"_s})
            m_over->addItem(Sentences::path(kind, {}), kind);
    }
    m_over->setEnabled(m_over->count() > 1);
    m_over->setCurrentIndex(std::max(0, m_over->findData(before)));
}

Result<DeviceId> FaultDialog::typedDevice() const
{
    const QString typed = m_device->text().trimmed();
    return typed.isEmpty() ? Result<DeviceId>(DeviceId()) : DeviceId::parse(typed);
}

FaultOrder FaultDialog::order() const
{
    FaultOrder order;
    FaultRule &rule = order.rule;
    rule.scope = FaultScope(m_scope->currentData().toInt());
    if (rule.scope == FaultScope::Wakes)
        rule.bearer = m_over->currentData().toString();
    if (rule.scope == FaultScope::Deliveries)
        rule.connection = m_over->currentData().toString();
    rule.device = typedDevice().valueOr({});
    rule.kind = FaultKind(m_kind->currentData().toInt());
    if (rule.kind == FaultKind::Delay)
        rule.delay = Milliseconds(m_delay->value());
    if (rule.kind == FaultKind::Reject) {
        rule.code = m_code->currentText().trimmed().toUtf8();
        rule.again = !m_forGood->isChecked();
    }
    rule.chance = m_chance->value();
    rule.most = m_most->value();
    rule.note = m_note->text().trimmed();
    rule.who = loginName();
    order.life = Milliseconds(m_life->currentData().toLongLong());
    return order;
}

void FaultDialog::refresh()
{
    const FaultOrder given = order();
    m_form->setRowVisible(m_delayField, given.rule.kind == FaultKind::Delay);
    m_form->setRowVisible(m_codeField, given.rule.kind == FaultKind::Reject);
    m_form->setRowVisible(m_forGood, given.rule.kind == FaultKind::Reject);
    const Result<DeviceId> device = typedDevice();
    const bool isKnown = device && (device->isEmpty() || m_context.subscribers->device(*device));
    const QString label = device && !device->isEmpty() ? m_context.subscribers->deviceLabel(*device) : QString();
    m_deviceField->setError(!device ? Sentences::error(device.error())
                            : isKnown ? QString()
                                      : Sentences::error({"device-unknown", device->toString()}));
    m_deviceField->setHint(label);
    m_overField->setError({});
    const Result<Done> good = checkFault(given.rule);
    m_codeField->setError(!good && good.error().is("fault-code") ? Sentences::error(good.error()) : QString());
    m_inject->setEnabled(good && isKnown && m_context.host->state() == ServerHost::State::Running);
    if (!good) {
        m_summary->setText(Sentences::error(good.error()));
        return;
    }
    const Timestamp until = Timestamp{QDateTime::currentMSecsSinceEpoch()} + given.life;
    m_summary->setText(tr("%1, until %2.").arg(Sentences::fault(given.rule, label), m_context.times.clock(until).section(u'.', 0, 0)));
}

QString FaultDialog::summary() const
{
    return m_summary->text();
}

QString FaultDialog::errorOfDevice() const
{
    return m_deviceField->error();
}

void FaultDialog::inject()
{
    const FaultOrder given = order();
    m_inject->setEnabled(false);
    m_context.host->addFault(given.rule, given.life).then(this, [this](const Result<FaultId> &id) {
        if (!id) {
            refresh();
            return showError(id.error());
        }
        Q_EMIT injected(*id);
        accept();
    });
}

void FaultDialog::showError(const Error &error)
{
    const QString text = Sentences::error(error);
    if (error.is("device-unknown"))
        m_deviceField->setError(text);
    else if (error.is("bearer-unknown"))
        m_overField->setError(text);
    else
        m_summary->setText(text);
}

void FaultDialog::copyLine()
{
    QApplication::clipboard()->setText(reveillectlLine(order()));
    m_summary->setText(tr("Copied."));
}

void FaultDialog::copyCurl()
{
    QApplication::clipboard()->setText(curlLine(order(), staffAddress(*m_context.host)));
    m_summary->setText(tr("Copied. REVEILLE_TOKEN stands where the token belongs."));
}

} // namespace reveille
