// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariostage.h"

#include "client/simulation/simulationconsole.h"
#include "wire/json.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr quint64 seed = 1;

QString listenerOf(const PushClientSettings &settings)
{
    const QString transport = QString::fromLatin1(toText(settings.transport));
    switch (settings.connect) {
    case ClientConnect::Datagram:
        return settings.transport == ClientTransport::Dtls ? u"datagram_dtls"_s : u"datagram_coap"_s;
    case ClientConnect::OtaHttp:
        return u"ota_http_"_s + transport;
    case ClientConnect::Sip:
        break;
    }
    return u"sip_"_s + transport;
}

bool isUdp(const PushClientSettings &settings)
{
    return settings.transport == ClientTransport::Udp || settings.transport == ClientTransport::Dtls;
}

QStringList bearer(const QString &name, const QString &type, const SmscSimulator &smsc)
{
    QStringList settings;
    for (const QString &key :
         {u"type="_s + type, u"address="_s + smsc.address().toString(),
          u"system_id="_s + smsc.settings().systemId, u"password="_s + smsc.settings().password,
          u"source=2948"_s, u"first_pause_ms=100"_s, u"longest_pause_ms=300"_s})
        settings.append(u"bearer."_s + name + u'/' + key);
    return settings;
}

} // namespace

ScenarioStage::ScenarioStage(const Scenario &scenario, QObject *parent)
    : QObject(parent)
    , m_scenario(scenario)
    , m_timers(m_clock)
{
    for (const ScenarioDevice &device : scenario.devices) {
        for (int index = 0; index < device.count; ++index)
            m_members[device.memberName(index)] = {&device, index, device.member(index), nullptr, {}};
    }
}

ScenarioStage::~ScenarioStage()
{
    clear();
}

void ScenarioStage::clear()
{
    for (auto &[name, member] : m_members) {
        if (member.client)
            member.client->disconnect(this);
        member.client.reset();
    }
    m_nats.clear();
    m_smscs.clear();
}

Result<Done> ScenarioStage::openSmscs()
{
    for (const ScenarioSmsc &wanted : m_scenario.smscs) {
        auto smsc = std::make_unique<SmscSimulator>(wanted.settings, seed, m_clock, m_timers);
        const QString name = wanted.name;
        connect(smsc.get(), &SmscSimulator::happened, this, [this, name](const ClientEvent &event) {
            Q_EMIT happened(name, event);
        });
        if (const Result<Done> listening = smsc->listen({QHostAddress(QHostAddress::LocalHost), 0});
            !listening)
            return listening;
        m_smscs[name] = std::move(smsc);
    }
    return Done{};
}

QStringList ScenarioStage::serverSettings() const
{
    QStringList settings;
    for (const ScenarioSmsc &wanted : m_scenario.smscs) {
        const auto smsc = m_smscs.find(wanted.name);
        if (smsc == m_smscs.end())
            continue;
        if (wanted.sms)
            settings += bearer(wanted.name, u"smpp"_s, *smsc->second);
        if (wanted.ussd)
            settings += bearer(wanted.name + u"-ussd"_s, u"ussd"_s, *smsc->second);
    }
    return settings;
}

Result<Done> ScenarioStage::openNats(const QMap<QString, QString> &addresses)
{
    m_addresses = addresses;
    for (const ScenarioNat &wanted : m_scenario.nats) {
        if (m_nats.contains(wanted.name))
            continue;
        NatSimulator::Place place;
        place.outside = wanted.outside;
        for (const auto &[name, member] : m_members) {
            if (member.device->behind != wanted.name)
                continue;
            const auto server = SimulationEndpoint::parse(addresses.value(listenerOf(member.settings)));
            if (!server)
                return Error{"device-no-place", listenerOf(member.settings)};
            const NatPort port{isUdp(member.settings) ? NatProtocol::Udp : NatProtocol::Tcp,
                               {QHostAddress(QHostAddress::LocalHost), 0},
                               *server};
            if (!place.ports.contains(port))
                place.ports.append(port);
        }
        auto nat = std::make_unique<NatSimulator>(place, wanted.settings, m_clock, m_timers);
        const QString name = wanted.name;
        connect(nat.get(), &NatSimulator::happened, this, [this, name](const ClientEvent &event) {
            Q_EMIT happened(name, event);
        });
        if (const Result<Done> started = nat->start(); !started)
            return started;
        m_nats[name] = std::move(nat);
    }
    return Done{};
}

QStringList ScenarioStage::membersOf(const QString &name) const
{
    if (m_members.contains(name))
        return {name};
    QStringList members;
    if (const ScenarioDevice *device = m_scenario.device(name)) {
        for (int index = 0; index < device->count; ++index)
            members.append(device->memberName(index));
    }
    return members;
}

QString ScenarioStage::idOf(const QString &member) const
{
    const auto found = m_members.find(member);
    if (found != m_members.end())
        return found->second.settings.device.toString();
    const Result<DeviceId> foreign = DeviceId::parse(member);
    return foreign ? foreign->toString() : member;
}

const ScenarioDevice *ScenarioStage::deviceOf(const QString &member) const
{
    const auto found = m_members.find(member);
    return found == m_members.end() ? nullptr : found->second.device;
}

Msisdn ScenarioStage::msisdnOf(const QString &member) const
{
    const auto found = m_members.find(member);
    return found == m_members.end() ? Msisdn() : found->second.device->memberMsisdn(found->second.index);
}

QString ScenarioStage::factOf(const QString &name, const QString &fact) const
{
    const auto found = m_members.find(name);
    if (found == m_members.end())
        return {};
    const Member &member = found->second;
    if (fact == u"id")
        return member.settings.device.toString();
    if (fact == u"user")
        return member.settings.user.toString();
    if (fact == u"msisdn")
        return msisdnOf(name).digits();
    if (fact == u"session")
        return member.settings.sessions.isEmpty() ? member.settings.device.toString()
                                                  : member.settings.sessions.first().name;
    if (fact == u"local")
        return member.local;
    if (!member.client)
        return {};
    if (fact == u"client_port")
        return QString::number(member.client->clientPort());
    if (fact == u"call_port")
        return QString::number(member.client->callPort());
    return fact == u"gruu" ? member.client->gruu() : QString();
}

Result<SimulationEndpoint> ScenarioStage::placeFor(const Member &member) const
{
    const QString listener = listenerOf(member.settings);
    const auto server = SimulationEndpoint::parse(m_addresses.value(listener));
    if (!server)
        return Error{"device-no-place", listener};
    const auto nat = m_nats.find(member.device->behind);
    if (nat == m_nats.end())
        return server;
    const NatProtocol protocol = isUdp(member.settings) ? NatProtocol::Udp : NatProtocol::Tcp;
    for (const NatPort &port : nat->second->ports()) {
        if (port.protocol == protocol && port.server == *server)
            return port.inside;
    }
    return Error{"device-no-place", listener};
}

Result<Done> ScenarioStage::start(const QString &name, Member &member)
{
    const Result<SimulationEndpoint> place = placeFor(member);
    if (!place)
        return place.error();
    PushClientSettings settings = member.settings;
    settings.registrar = place->address;
    settings.registrarPort = place->port;
    if (settings.registrar.isLoopback())
        settings.localAddress = QHostAddress(QHostAddress::LocalHost);
    if (const QString companion = member.device->companion; !companion.isEmpty()) {
        const quint16 port = factOf(companion, u"client_port"_s).toUShort();
        if (port == 0)
            return Error{"companion-not-started", companion};
        settings.companion = QHostAddress(QHostAddress::LocalHost);
        settings.companionPort = port;
    }
    if (member.client)
        member.client->disconnect(this);
    member.client = std::make_unique<PushClient>(settings);
    connect(member.client.get(), &PushClient::happened, this,
            [this, name](const ClientEvent &event) { learn(name, event); });
    if (const Result<Done> started = member.client->start(); !started)
        return started;
    const auto smsc = m_smscs.find(member.device->smsc);
    if (smsc != m_smscs.end() && !member.device->smsRoutes.isEmpty())
        smsc->second->setTerminal({msisdnOf(name).digits(), terminalPlace(member), true});
    return Done{};
}

/// An SMS names the port itself, a USSD string does not.
SimulationEndpoint ScenarioStage::terminalPlace(const Member &member)
{
    const bool ussd = member.device->smsRoutes.contains(u"ussd"_s);
    return {QHostAddress(QHostAddress::LocalHost),
            ussd && member.client ? member.client->clientPort() : quint16(0)};
}

void ScenarioStage::learn(const QString &name, const ClientEvent &event)
{
    if (event.code == u"registered")
        m_members[name].local = event.fields.value(u"local"_s).toString();
    Q_EMIT happened(name, event);
}

Result<Done> ScenarioStage::perform(const QString &word, const QString &name, int status)
{
    const auto found = m_members.find(name);
    if (found == m_members.end())
        return Error{"device-not-started", name};
    Member &member = found->second;
    if (word == u"start")
        return start(name, member);
    if (!member.client)
        return Error{"device-not-started", name};
    PushClient &client = *member.client;
    if (word == u"stop")
        client.stop(false);
    else if (word == u"silent")
        client.goSilent();
    else if (word == u"answer")
        client.comeBack();
    else if (word == u"drop")
        client.closeFlow();
    else if (word == u"deaf" || word == u"hear")
        client.setDeaf(word == u"deaf");
    else if (word == u"register")
        client.registerNow();
    else if (word == u"unregister")
        client.unregister();
    else if (word == u"refuse")
        client.refuse(status);
    return Done{};
}

Result<Done> ScenarioStage::steer(const QString &simulator, QJsonObject command)
{
    const QString device = command.take(u"device"_s).toString();
    Result<QJsonObject> answer = Error{"device-not-started", simulator};
    if (const auto nat = m_nats.find(simulator); nat != m_nats.end()) {
        if (!device.isEmpty())
            command.insert(u"inside"_s, factOf(device, u"local"_s));
        answer = obey(*nat->second, toJsonBytes(command));
    } else if (const auto smsc = m_smscs.find(simulator); smsc != m_smscs.end()) {
        if (!device.isEmpty())
            command.insert(u"msisdn"_s, msisdnOf(device).digits());
        const auto member = m_members.find(device);
        if (member != m_members.end() && command.value(u"do"_s).toString() == u"terminal")
            command.insert(u"place"_s, terminalPlace(member->second).toString());
        answer = obey(*smsc->second, toJsonBytes(command));
    }
    if (!answer)
        return answer.error();
    return Done{};
}

} // namespace reveille
