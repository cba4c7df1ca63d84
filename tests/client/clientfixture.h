// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/eventlog.h"
#include "client/fakeregistrar.h"
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QDateTime>
#include <QUdpSocket>

namespace reveille {

/// One client in front of one scripted registrar, with times short enough for a test.
struct ClientFixture {
    static PushClientSettings settings(const FakeRegistrar &registrar,
                                       ClientTransport transport = ClientTransport::Udp)
    {
        PushClientSettings settings;
        settings.user = *PublicUserId::parse(u"sip:alice@lab.example");
        settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        settings.deviceName = QStringLiteral("phone");
        settings.transport = transport;
        settings.registrarPort =
            transport == ClientTransport::Udp ? registrar.udpPort() : registrar.tcpPort();
        settings.keepAlive = KeepAliveKind::None;
        settings.t1 = Milliseconds(50);
        settings.requestTimeout = Milliseconds(400);
        settings.retryDelay = Milliseconds(30);
        settings.sirLockout = Milliseconds(0);
        return settings;
    }

    static SessionRequest sir()
    {
        SessionRequest sir;
        sir.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        sir.gateway = QStringLiteral("sip:127.0.0.1");
        sir.time = Timestamp{QDateTime::currentMSecsSinceEpoch() / 1000 * 1000};
        sir.nonce = "abcd";
        return sir;
    }

    /// Sends a WSP push with this SIR to the client port.
    static void wake(const PushClient &client, const SessionRequest &sir, const QByteArray &key = {})
    {
        WspPush push;
        push.applicationId = 1;
        push.data = encodeSir(sir, key);
        send(client, encodeWspPush(push));
    }
    static void send(const PushClient &client, const QByteArray &octets)
    {
        QUdpSocket socket;
        socket.writeDatagram(octets, QHostAddress(QHostAddress::LocalHost), client.clientPort());
    }
};

} // namespace reveille
