// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicedialog.h"

#include "gui/devicepreferences.h"
#include "gui/edithistory.h"
#include "gui/formfield.h"
#include "gui/routetable.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QStringList bearersOf(const BearerModel &model)
{
    QStringList kinds;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (const BearerSnapshot *bearer = model.bearerAt(row))
            kinds += bearer->facts.carries;
    }
    kinds.removeDuplicates();
    return kinds;
}

/// Marks the field with the error of `result`, unless it is empty and may be for now.
template <typename T>
void settle(FormField *field, const Result<T> &result, bool mayBeEmpty)
{
    field->setError(result || mayBeEmpty ? QString() : Sentences::error(result.error()));
}

} // namespace

DeviceDialog::DeviceDialog(GuiContext &context, const PublicUserId &user, const DeviceId &device, QWidget *parent)
    : QDialog(parent), m_context(context), m_adds(device.isEmpty()), m_id(new QLineEdit), m_user(new QLineEdit),
      m_name(new QLineEdit), m_msisdn(new QLineEdit), m_port(new QLineEdit), m_rule(new QComboBox),
      m_tabs(new QTabWidget), m_notice(new QLabel)
{
    setObjectName(u"deviceDialog"_s);
    m_device.id = device;
    m_device.user = user;
    if (const std::optional<DeviceSnapshot> known = m_adds ? std::nullopt : context.subscribers->device(device))
        m_device = known->device;
    setWindowTitle(m_adds ? tr("Add a device") : tr("Change %1").arg(context.subscribers->deviceLabel(device)));
    setMinimumWidth(76 * theme::grid);

    m_routes = new RouteTable(bearersOf(*context.bearers));
    m_preferences = new DevicePreferences(m_device.preferences);
    m_tabs->addTab(makeDevicePage(), tr("D&evice"));
    m_tabs->addTab(m_preferences, tr("Pre&ferences"));
    m_notice->setWordWrap(true);
    m_notice->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_notice);
    layout->addWidget(buttons);
    fill();
    m_shown = read(false);
    m_shown.provisionedRoutes = m_routes->routes().valueOr(m_device.provisionedRoutes);

    const auto check = [this] { // what the server said before counts no longer
        read(false);
        refreshSave();
    };
    for (QLineEdit *editor : {m_id, m_user, m_msisdn, m_port})
        connect(editor, &QLineEdit::textChanged, this, check);
    connect(m_routes, &RouteTable::changed, this, [this, check] {
        m_routesField->setError({});
        check();
    });
    connect(m_preferences, &DevicePreferences::changed, this, check);
    connect(buttons, &QDialogButtonBox::accepted, this, &DeviceDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refreshSave();
    (m_adds ? m_id : m_name)->setFocus();
}

QWidget *DeviceDialog::makeDevicePage()
{
    auto *page = new QWidget;
    auto *layout = new QFormLayout(page);
    m_idField = FormField::add(layout, tr("&Identifier"), m_id);
    m_userField = FormField::add(layout, tr("&User"), m_user);
    FormField::add(layout, tr("&Name"), m_name);
    m_msisdnField = FormField::add(layout, tr("&Phone number"), m_msisdn);
    m_portField = FormField::add(layout, tr("Client p&ort"), m_port);
    FormField::add(layout, tr("&Woken by itself"), m_rule);
    m_routesField = FormField::add(layout, tr("Wake-up &routes"), m_routes);
    m_routesField->setHint(tr("Tried in this order. What the device itself says at registration goes first."));
    return page;
}

void DeviceDialog::fill()
{
    m_id->setText(m_device.id.toString());
    m_id->setReadOnly(!m_adds);
    m_id->setPlaceholderText(u"urn:uuid:…, urn:gsma:imei:…, mac:…"_s);
    m_user->setText(m_device.user.toString());
    m_user->setReadOnly(!m_adds);
    m_user->setPlaceholderText(u"sip:alice@lab.example"_s);
    m_name->setText(m_device.name);
    m_msisdn->setText(m_device.msisdn.toString());
    m_msisdn->setPlaceholderText(u"+491701234567"_s);
    m_port->setText(m_device.clientPort.isSet() ? QString::number(m_device.clientPort.number()) : QString());
    m_port->setPlaceholderText(QString::number(ClientPort::wapPush));
    for (const WakeRule rule : {WakeRule::Inherit, WakeRule::OnPush, WakeRule::Always, WakeRule::Never})
        m_rule->addItem(Sentences::wakeRule(rule), int(rule));
    m_rule->setCurrentIndex(m_rule->findData(int(m_device.wakeRule)));
    m_routes->setRoutes(m_device.provisionedRoutes);
}

QVector<FormField *> DeviceDialog::fields() const
{
    return {m_idField, m_userField, m_msisdnField, m_portField, m_routesField};
}

QString DeviceDialog::errorAt(const QWidget *editor) const
{
    for (const FormField *field : fields()) {
        if (field->editor() == editor)
            return field->error();
    }
    return m_preferences->errorAt(editor);
}

QString DeviceDialog::notice() const
{
    return m_notice->text();
}

bool DeviceDialog::canSave() const
{
    return m_save->isEnabled();
}

bool DeviceDialog::isGood() const
{
    const QVector<FormField *> all = fields();
    return std::all_of(all.begin(), all.end(), [](const FormField *field) { return field->error().isEmpty(); });
}

void DeviceDialog::refreshSave()
{
    const auto mark = [this](int tab, const QString &name, bool good) {
        m_tabs->setTabText(tab, good ? name : name + u" ✕"_s);
        m_tabs->setTabToolTip(tab, good ? QString() : tr("Something is wrong there."));
        m_tabs->tabBar()->setTabTextColor(tab, good ? QColor() : theme::toneColor(theme::Tone::Bad, palette()));
    };
    mark(0, tr("D&evice"), isGood());
    mark(1, tr("Pre&ferences"), m_preferences->isGood());
    const bool good = isGood() && m_preferences->isGood();
    m_save->setEnabled(good && !m_saving);
    m_save->setToolTip(good ? QString() : tr("What is marked as wrong has to be put right first."));
}

/// Leads to the first field that is not right.
void DeviceDialog::showWrong()
{
    for (FormField *field : fields()) {
        if (field->error().isEmpty())
            continue;
        m_tabs->setCurrentIndex(0);
        field->setFocus();
        return;
    }
    if (!m_preferences->isGood()) {
        m_tabs->setCurrentWidget(m_preferences);
        m_preferences->focusWrong();
    }
}

Device DeviceDialog::read(bool saving)
{
    const auto blank = [](const QLineEdit *editor) { return editor->text().trimmed().isEmpty(); };
    Device device = m_device;
    device.name = m_name->text().trimmed();
    device.preferences = m_preferences->preferences();
    device.wakeRule = WakeRule(m_rule->currentData().toInt());
    device.msisdn = {};
    device.clientPort = {};

    const Result<DeviceId> id = DeviceId::parse(m_id->text());
    const Result<PublicUserId> user = PublicUserId::parse(m_user->text());
    settle(m_idField, id, !saving && blank(m_id));
    settle(m_userField, user, !saving && blank(m_user));
    device.id = id.valueOr({});
    device.user = user.valueOr({});
    m_msisdnField->setError({});
    m_portField->setError({});
    if (!blank(m_msisdn)) {
        const Result<Msisdn> number = Msisdn::parse(m_msisdn->text());
        settle(m_msisdnField, number, false);
        device.msisdn = number.valueOr({});
    }
    if (!blank(m_port)) {
        const Result<ClientPort> port = ClientPort::parse(m_port->text().trimmed());
        settle(m_portField, port, false);
        device.clientPort = port.valueOr({});
    }
    if (saving) { // a row is wrong while it is being written
        const Result<QVector<WakeRoute>> routes = m_routes->routes();
        settle(m_routesField, routes, false);
        device.provisionedRoutes = routes.valueOr({});
    }
    return device;
}

void DeviceDialog::save()
{
    m_notice->hide();
    const Device device = read(true);
    if (m_adds && isGood() && m_context.subscribers->device(device.id))
        m_idField->setError(tr("This device is there already."));
    refreshSave();
    if (!isGood() || !m_preferences->isGood())
        return showWrong();
    m_saving = true;
    refreshSave();
    const QString label = device.name.isEmpty() ? device.id.toString() : device.name;
    if (m_adds) {
        SubscriberChange change;
        change.devices = {device};
        m_context.host->change(change).then(
            this, [this, text = tr("adding %1").arg(label)](const Result<SubscriberChange> &back) { finish(back, text); });
    } else {
        // Only what was edited here is written: somebody else may have changed the rest meanwhile.
        m_context.host->changeDevice({m_shown, device})
            .then(this, [this, text = tr("change of %1").arg(label)](const Result<DeviceEdit> &back) { finish(back, text); });
    }
}

template <typename Back>
void DeviceDialog::finish(const Result<Back> &back, const QString &text)
{
    m_saving = false;
    refreshSave(); // before what the server says is shown: it may say otherwise the next time
    if (!back)
        return showError(back.error());
    if (m_context.history)
        m_context.history->add(text, *back);
    accept();
}

void DeviceDialog::showError(const Error &error)
{
    const QString text = Sentences::error(error);
    if (error.is("user-unknown")) {
        m_userField->setError(text);
        m_tabs->setCurrentIndex(0);
    } else if (QByteArrayView(error.code).startsWith("device")) {
        m_idField->setError(text);
        m_tabs->setCurrentIndex(0);
    } else {
        m_notice->setText(text);
        m_notice->show();
    }
}

} // namespace reveille
