// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapbuilder.h"
#include "wire/sipdigest.h"

#include <QDtls>
#include <QSslConfiguration>
#include <QSslPreSharedKeyAuthenticator>
#include <QTest>
#include <QUdpSocket>

namespace reveille {

inline QByteArray keyOf(const char *user, const char *password)
{
    return sipDigestHa1(SipDigestAlgorithm::Sha256, user, "lab.example", password);
}

/// A device behind DTLS.
class DtlsPeer
{
public:
    DtlsPeer(quint16 server, QByteArray identity, QByteArray key) : m_server(server), m_dtls(QSslSocket::SslClientMode)
    {
        if (!m_socket.bind(QHostAddress(QHostAddress::LocalHost), 0))
            qFatal("no port for the device");
        QSslConfiguration configuration = QSslConfiguration::defaultDtlsConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_dtls.setDtlsConfiguration(configuration);
        m_dtls.setPeer(QHostAddress(QHostAddress::LocalHost), server);
        QObject::connect(&m_dtls, &QDtls::pskRequired, &m_dtls, [=](QSslPreSharedKeyAuthenticator *authenticator) {
            authenticator->setIdentity(identity);
            authenticator->setPreSharedKey(key);
        });
    }
    bool shake(int milliseconds = 5000)
    {
        m_dtls.doHandshake(&m_socket);
        (void)QTest::qWaitFor(
            [&] {
                while (!m_dtls.isConnectionEncrypted() && m_socket.hasPendingDatagrams())
                    m_dtls.doHandshake(&m_socket, read());
                return m_dtls.isConnectionEncrypted() || m_dtls.dtlsError() != QDtlsError::NoError;
            },
            milliseconds);
        return m_dtls.isConnectionEncrypted();
    }
    void send(const QByteArray &datagram) { m_dtls.writeDatagramEncrypted(&m_socket, datagram); }
    QByteArray take(int milliseconds = 5000)
    {
        QByteArray plain;
        (void)QTest::qWaitFor(
            [&] {
                while (plain.isEmpty() && m_socket.hasPendingDatagrams())
                    plain = m_dtls.decryptDatagram(&m_socket, read());
                return !plain.isEmpty();
            },
            milliseconds);
        return plain;
    }
    QByteArray ask(CoapBuilder &request)
    {
        send(request.bytes());
        return take();
    }
    /// The handshake as far as the cookie: from then on the server keeps something for this peer.
    bool begin()
    {
        m_dtls.doHandshake(&m_socket);
        if (!QTest::qWaitFor([&] { return m_socket.hasPendingDatagrams(); }))
            return false;
        m_dtls.doHandshake(&m_socket, read());
        return QTest::qWaitFor([&] { return m_socket.hasPendingDatagrams(); });
    }
    QByteArray registerAs(QByteArrayView user, QByteArrayView session, QByteArrayView device = "urn:uuid:00000000-0000-4000-8000-000000000001")
    {
        CoapBuilder builder(CoapType::Confirmable, CoapCode::Post, ++m_messageId, "tk");
        builder.path("rd").query("ep", device).query("u", user).query("s", session);
        return ask(builder);
    }
    CoapBuilder request(quint8 code, QByteArrayView path)
    {
        CoapBuilder builder(CoapType::Confirmable, code, ++m_messageId, "tk");
        builder.path(path);
        return builder;
    }
    void end() { m_dtls.shutdown(&m_socket); }
    quint16 port() const { return m_socket.localPort(); }

private:
    QByteArray read()
    {
        QByteArray datagram(m_socket.pendingDatagramSize(), Qt::Uninitialized);
        m_socket.readDatagram(datagram.data(), datagram.size());
        return datagram;
    }
    QUdpSocket m_socket;
    quint16 m_server;
    QDtls m_dtls;
    quint16 m_messageId = 200;
};

} // namespace reveille
