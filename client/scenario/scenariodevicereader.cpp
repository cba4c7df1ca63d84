// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreading.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr qsizetype mostSessions = 32;

/// The same scenario and name, the same device; all of one scenario begin alike, so that a server finds them
/// by one question. The last group is left for counting.
DeviceId usualDevice(const QString &scenario, const QString &name)
{
    static const QUuid space(0x5c1f0e94, 0x2b7d, 0x4a36, 0x8e, 0x11, 0x73, 0x63, 0x65, 0x6e, 0x61, 0x72);
    const QString of = QUuid::createUuidV5(space, scenario).toString(QUuid::WithoutBraces);
    const QString tail = QUuid::createUuidV5(space, name).toString(QUuid::Id128).first(8);
    return DeviceId::parse(of.first(24) + tail + u"0001"_s).valueOr({});
}

void readUser(ScenarioFields &fields, const Scenario &scenario, ScenarioDevice &device)
{
    fields.require(u"user"_s, device.name);
    QString text;
    fields.text(u"user"_s, text);
    if (fields.failed())
        return;
    for (const ScenarioUser &user : scenario.users) {
        if (user.name == text) {
            device.settings.user = user.id;
            device.settings.password = user.password;
            return;
        }
    }
    device.userPattern = text;
    const QString first = QString(text).replace(u"{n}"_s, u"1"_s);
    fields.value(u"user"_s, device.settings.user,
                 [&](const QString &) { return PublicUserId::parse(first); });
}

void readPath(ScenarioFields &fields, const Scenario &scenario, ScenarioDevice &device)
{
    PushClientSettings &settings = device.settings;
    fields.choice(u"connect"_s, settings.connect, clientConnectFromText, u"sip, datagram, ota-http"_s);
    if (settings.connect == ClientConnect::OtaHttp)
        settings.transport = ClientTransport::Tcp;
    fields.choice(u"transport"_s, settings.transport, clientTransportFromText, u"udp, tcp, tls, dtls"_s);
    fields.text(u"behind"_s, device.behind);
    if (!device.behind.isEmpty() &&
        std::none_of(scenario.nats.begin(), scenario.nats.end(),
                     [&](const ScenarioNat &nat) { return nat.name == device.behind; }))
        fields.fail("scenario-name-unknown", device.behind);
    fields.choice(u"keep_alive"_s, settings.keepAlive, keepAliveKindFromText, u"none, stun, crlf, options"_s);
    fields.time(u"keep_alive_every"_s, settings.keepAliveInterval, Milliseconds(10));
    fields.number(u"expires"_s, settings.expires, 1, 7 * 86'400);
    fields.number(u"flows"_s, settings.flows, 1, PushClientSettings::maxFlows);
    fields.time(u"retry"_s, settings.retryDelay, Milliseconds(10));
    fields.time(u"timeout"_s, settings.requestTimeout, Milliseconds(100));
    fields.time(u"proven"_s, settings.provenFor);
    fields.flag(u"plain_password"_s, settings.plainPassword);
    fields.flag(u"tests_pinholes"_s, settings.testsPinholes);
    fields.flag(u"gruu"_s, settings.gruu);
    settings.tlsInsecure = true; // a server of its own has a certificate nobody knows
}

void readSessions(ScenarioFields &fields, ScenarioDevice &device)
{
    const YamlNode *sessions = fields.names(u"sessions"_s, mostSessions);
    for (qsizetype i = 0; sessions && i < sessions->keys.size(); ++i) {
        const YamlNode &application = sessions->items[size_t(i)];
        if (application.isMap() || application.isList())
            return fields.wrong(sessions->keys[i], application, u"the name of an application"_s);
        device.settings.sessions.append({sessions->keys[i], application.text});
    }
}

/// How it is woken. "sms" and "ussd" are routes that staff knows, the others it names itself.
void readWake(ScenarioFields &fields, const Scenario &scenario, ScenarioDevice &device)
{
    PushClientSettings &settings = device.settings;
    QStringList ways{u"wsp-udp"_s};
    fields.texts(u"wake"_s, ways, 4);
    settings.namesWakeRoute = false;
    for (const QString &way : std::as_const(ways)) {
        if (way == u"wsp-udp" || way == u"http") {
            settings.namesWakeRoute = true;
            settings.wakeBearer = way;
            settings.listensForCalls = settings.listensForCalls || way == u"http";
        } else if (way == u"sms" || way == u"ussd") {
            device.smsRoutes.append(way);
        } else if (way != u"none") {
            fields.wrong(u"wake"_s, *fields.node(u"wake"_s), u"wsp-udp, http, sms, ussd, none"_s);
        }
    }
    int port = 0;
    fields.number(u"client_port"_s, port, 0, 65'535);
    settings.clientPort = quint16(port);
    fields.flag(u"listens"_s, settings.listensForWakeUps);
    fields.flag(u"called"_s, settings.listensForCalls);
    fields.flag(u"called_only"_s, settings.calledOnly);
    settings.listensForCalls = settings.listensForCalls || settings.calledOnly;
    fields.flag(u"accepts_unsigned"_s, settings.acceptsUnsigned);
    fields.texts(u"gateways"_s, settings.gateways, 16);
    fields.text(u"companion"_s, device.companion);
    fields.value(u"msisdn"_s, device.msisdn, [](const QString &text) { return Msisdn::parse(text); });
    device.smsc = scenario.smscs.isEmpty() ? QString() : scenario.smscs.first().name;
    fields.text(u"smsc"_s, device.smsc);
    if (!device.smsRoutes.isEmpty()) {
        fields.require(u"msisdn"_s, device.name);
        if (std::none_of(scenario.smscs.begin(), scenario.smscs.end(),
                         [&](const ScenarioSmsc &smsc) { return smsc.name == device.smsc; }))
            fields.fail("scenario-name-unknown", device.smsc.isEmpty() ? u"smsc"_s : device.smsc);
    }
}

void readCount(ScenarioFields &fields, ScenarioDevice &device)
{
    fields.number(u"count"_s, device.count, 1, Scenario::maxDevices);
    if (device.count == 1 || fields.failed())
        return;
    if (!device.userPattern.isEmpty() && !device.userPattern.contains(u"{n}"))
        return fields.wrong(u"user"_s, *fields.node(u"user"_s), u"sip:meter{n}@lab.example"_s);
    if (device.settings.device.kind() != DeviceId::Kind::Uuid)
        return fields.wrong(u"id"_s, *fields.node(u"id"_s), u"urn:uuid:…"_s);
    if (device.settings.clientPort != 0)
        fields.wrong(u"client_port"_s, *fields.node(u"client_port"_s), u"0"_s);
}

} // namespace

ScenarioDevice readDevice(const QString &name, const YamlNode &node, const Scenario &scenario,
                          ScenarioFault &fault)
{
    ScenarioDevice device;
    device.name = name;
    device.line = node.line;
    ScenarioFields fields(node, fault);
    readUser(fields, scenario, device);
    device.settings.device = usualDevice(scenario.name, name);
    device.hasUsualId = !fields.has(u"id"_s);
    fields.value(u"id"_s, device.settings.device, [](const QString &text) { return DeviceId::parse(text); });
    device.settings.deviceName = name;
    fields.text(u"name"_s, device.settings.deviceName);
    fields.text(u"password"_s, device.settings.password);
    readPath(fields, scenario, device);
    readSessions(fields, device);
    fields.texts(u"applications"_s, device.settings.applications, 64);
    fields.flag(u"invites_after_sir"_s, device.settings.invitesAfterSir);
    readWake(fields, scenario, device);
    readCount(fields, device);
    fields.finish();
    return device;
}

} // namespace reveille
