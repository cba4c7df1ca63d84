// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicedialog.h"

#include "gui/edithistory.h"
#include "gui/formfield.h"
#include "gui/routetable.h"
#include "models/sentences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

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
bool settle(FormField *field, const Result<T> &result, bool mayBeEmpty)
{
    field->setError(result || mayBeEmpty ? QString() : Sentences::error(result.error()));
    return result.ok();
}

} // namespace

DeviceDialog::DeviceDialog(GuiContext &context, const PublicUserId &user, const DeviceId &device, QWidget *parent)
    : QDialog(parent), m_context(context), m_adds(device.isEmpty()), m_id(new QLineEdit(this)),
      m_user(new QLineEdit(this)), m_name(new QLineEdit(this)), m_msisdn(new QLineEdit(this)),
      m_port(new QLineEdit(this)), m_accepts(new QCheckBox(tr("Accepts p&ushes"), this)),
      m_rule(new QComboBox(this)),
      m_routes(new RouteTable(bearersOf(*context.bearers), this)), m_notice(new QLabel(this))
{
    setObjectName(u"deviceDialog"_s);
    m_device.id = device;
    m_device.user = user;
    if (const std::optional<DeviceSnapshot> known = m_adds ? std::nullopt : context.subscribers->device(device))
        m_device = known->device;
    setWindowTitle(m_adds ? tr("Add a device") : tr("Change %1").arg(context.subscribers->deviceLabel(device)));
    setMinimumWidth(520);

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
    m_accepts->setChecked(m_device.preferences.acceptsPushes);
    for (const WakeRule rule : {WakeRule::Inherit, WakeRule::OnPush, WakeRule::Always, WakeRule::Never})
        m_rule->addItem(Sentences::wakeRule(rule), int(rule));
    m_rule->setCurrentIndex(m_rule->findData(int(m_device.wakeRule)));
    m_routes->setRoutes(m_device.provisionedRoutes);
    m_notice->setWordWrap(true);
    m_notice->hide();

    auto *layout = new QFormLayout(this);
    m_idField = FormField::add(layout, tr("&Identifier"), m_id);
    m_userField = FormField::add(layout, tr("&User"), m_user);
    FormField::add(layout, tr("&Name"), m_name);
    m_msisdnField = FormField::add(layout, tr("&Phone number"), m_msisdn);
    m_portField = FormField::add(layout, tr("Client p&ort"), m_port);
    layout->addRow(m_accepts);
    FormField::add(layout, tr("&Woken by itself"), m_rule);
    m_routesField = FormField::add(layout, tr("Wake-up &routes"), m_routes);
    m_routesField->setHint(tr("Tried in this order. What the device itself says at registration goes first."));
    layout->addRow(m_notice);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    layout->addRow(buttons);

    for (QLineEdit *editor : {m_id, m_user, m_msisdn, m_port})
        connect(editor, &QLineEdit::textChanged, this, [this] { read(false); });
    connect(m_routes, &RouteTable::changed, this, [this] { m_routesField->setError({}); });
    connect(buttons, &QDialogButtonBox::accepted, this, &DeviceDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    (m_adds ? m_id : m_name)->setFocus();
}

QString DeviceDialog::errorAt(const QWidget *editor) const
{
    for (const FormField *field : {m_idField, m_userField, m_msisdnField, m_portField, m_routesField}) {
        if (field->editor() == editor)
            return field->error();
    }
    return {};
}

QString DeviceDialog::notice() const
{
    return m_notice->text();
}

std::optional<Device> DeviceDialog::read(bool saving)
{
    const auto blank = [](const QLineEdit *editor) { return editor->text().trimmed().isEmpty(); };
    Device device = m_device;
    device.name = m_name->text().trimmed();
    device.preferences.acceptsPushes = m_accepts->isChecked();
    device.wakeRule = WakeRule(m_rule->currentData().toInt());
    device.msisdn = {};
    device.clientPort = {};

    const Result<DeviceId> id = DeviceId::parse(m_id->text());
    const Result<PublicUserId> user = PublicUserId::parse(m_user->text());
    bool good = settle(m_idField, id, !saving && blank(m_id));
    good = settle(m_userField, user, !saving && blank(m_user)) && good;
    device.id = id.valueOr({});
    device.user = user.valueOr({});
    m_msisdnField->setError({});
    m_portField->setError({});
    if (!blank(m_msisdn)) {
        const Result<Msisdn> number = Msisdn::parse(m_msisdn->text());
        good = settle(m_msisdnField, number, false) && good;
        device.msisdn = number.valueOr({});
    }
    if (!blank(m_port)) {
        const Result<ClientPort> port = ClientPort::parse(m_port->text().trimmed());
        good = settle(m_portField, port, false) && good;
        device.clientPort = port.valueOr({});
    }
    if (!saving)
        return std::nullopt;
    const Result<QVector<WakeRoute>> routes = m_routes->routes();
    good = settle(m_routesField, routes, false) && good;
    device.provisionedRoutes = routes.valueOr({});
    return good ? std::optional(device) : std::nullopt;
}

void DeviceDialog::save()
{
    m_notice->hide();
    const std::optional<Device> device = read(true);
    if (!device)
        return;
    if (m_adds && m_context.subscribers->device(device->id)) {
        m_idField->setError(tr("This device is there already."));
        return;
    }
    m_save->setEnabled(false);
    const QString label = device->name.isEmpty() ? device->id.toString() : device->name;
    SubscriberChange change;
    change.devices = {*device};
    m_context.host->change(change).then(this, [this, label](const Result<SubscriberChange> &back) {
        m_save->setEnabled(true);
        if (!back)
            return showError(back.error());
        if (m_context.history)
            m_context.history->add(m_adds ? tr("adding %1").arg(label) : tr("change of %1").arg(label), *back);
        accept();
    });
}

void DeviceDialog::showError(const Error &error)
{
    const QString text = Sentences::error(error);
    if (error.is("user-unknown")) {
        m_userField->setError(text);
    } else if (QByteArrayView(error.code).startsWith("device")) {
        m_idField->setError(text);
    } else {
        m_notice->setText(text);
        m_notice->show();
    }
}

} // namespace reveille
