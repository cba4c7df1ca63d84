// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demosubscribers.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds keepAlive{2000};
constexpr Milliseconds retry{500};

DemoDevice demoDevice(const PublicUserId &user, const QString &name, const QString &id, const QString &number,
                      ClientTransport transport)
{
    DemoDevice device;
    device.provisioned.id = DeviceId::parse(id).valueOr({});
    device.provisioned.user = user;
    device.provisioned.name = name;
    device.provisioned.msisdn = Msisdn::parse(number).valueOr({});
    device.transport = transport;
    return device;
}

} // namespace

QVector<DemoUser> demoUsers()
{
    DemoUser alice{PublicUserId::parse(u"sip:alice@lab.example").valueOr({}), u"Alice"_s, u"wonderland"_s, {}};
    alice.devices = {
        demoDevice(alice.id, u"phone"_s, u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s, u"+491701234567"_s,
                   ClientTransport::Udp),
        demoDevice(alice.id, u"laptop"_s, u"urn:uuid:0a3c5d1e-9b27-4c66-8f10-5e2d7a41c001"_s, {}, ClientTransport::Tcp),
        demoDevice(alice.id, u"tablet"_s, u"urn:uuid:6d2f8e90-14ab-4b3c-9d75-c0ffee00a1b2"_s, {}, ClientTransport::Udp),
    };
    DemoUser bob{PublicUserId::parse(u"sip:bob@lab.example").valueOr({}), u"Bob"_s, u"builder"_s, {}};
    bob.devices = {
        demoDevice(bob.id, u"phone"_s, u"urn:gsma:imei:35209900-176148-0"_s, u"+34600123456"_s, ClientTransport::Udp),
        demoDevice(bob.id, u"laptop"_s, u"urn:uuid:b7e1f3a4-52c8-4d19-a0b6-91d83c7e5f02"_s, {}, ClientTransport::Tcp),
        demoDevice(bob.id, u"tablet"_s, u"urn:uuid:e4c9a6b2-7f31-4280-bd5c-2a6e8f0d9c03"_s, {}, ClientTransport::Udp),
    };
    return {alice, bob};
}

PushClientSettings demoClient(const DemoUser &user, const DemoDevice &device, quint16 registrarPort)
{
    PushClientSettings settings;
    settings.user = user.id;
    settings.device = device.provisioned.id;
    settings.deviceName = device.provisioned.name;
    settings.password = user.password;
    settings.registrarPort = registrarPort;
    settings.transport = device.transport;
    settings.localAddress = QHostAddress(QHostAddress::LocalHost);
    settings.keepAlive = device.transport == ClientTransport::Udp ? KeepAliveKind::Stun : KeepAliveKind::Crlf;
    settings.keepAliveInterval = keepAlive;
    settings.retryDelay = retry;
    return settings;
}

} // namespace reveille
