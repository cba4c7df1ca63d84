// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httprequestparser.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"

#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <sys/socket.h>

namespace reveille {

/// A terminal whose answers the test gives; it connects, or is called.
class OtaPeer {
public:
    OtaPeer() = default;
    /// TO-TCP, over TLS where `tls` says so; the certificate is not looked at.
    explicit OtaPeer(quint16 port, bool tls = false)
    {
        auto *socket = new QSslSocket;
        m_socket.reset(socket);
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        if (tls)
            socket->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        else
            socket->connectToHost(QHostAddress::LocalHost, port);
        (void)QTest::qWaitFor([&] { return tls ? socket->isEncrypted() : isConnected(); });
    }
    /// PO-TCP: waits for the call.
    bool takeCall(QTcpServer &server, bool tls = false)
    {
        if (!QTest::qWaitFor([&] { return server.hasPendingConnections(); }))
            return false;
        std::unique_ptr<QTcpSocket> called(server.nextPendingConnection());
        called->setParent(nullptr);
        if (!tls) {
            m_socket = std::move(called);
            return true;
        }
        auto *socket = new QSslSocket;
        m_socket.reset(socket);
        socket->setSocketDescriptor(dup(int(called->socketDescriptor())));
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->startClientEncryption();
        return QTest::qWaitFor([&] { return socket->isEncrypted(); });
    }

    bool isConnected() const { return m_socket && m_socket->state() == QAbstractSocket::ConnectedState; }
    bool waitForEnd()
    {
        return QTest::qWaitFor([&] { return !isConnected(); });
    }
    /// The next request; the method is empty if none comes.
    HttpRequest request()
    {
        (void)QTest::qWaitFor([&] {
            m_octets += m_last = m_socket->readAll();
            m_parser.feed(m_last);
            return m_parser.state() != HttpRequestParser::State::NeedMore;
        });
        return m_parser.state() == HttpRequestParser::State::Complete ? m_parser.take() : HttpRequest();
    }
    OtaRequest ota() { return OtaRequest::read(request()).valueOr({}); }
    bool hasRequest(int milliseconds = 50)
    {
        return QTest::qWaitFor([&] {
            m_parser.feed(m_socket->readAll());
            return m_parser.state() == HttpRequestParser::State::Complete;
        }, milliseconds);
    }
    void send(const QByteArray &octets)
    {
        m_socket->write(octets);
        m_socket->flush();
    }
    void answer(const OtaAnswer &answer) { send(serialise(answer.toResponse())); }
    void answer(int status)
    {
        OtaAnswer plain;
        plain.versions = otaHttpVersion;
        plain.status.code = status;
        answer(plain);
    }
    /// What a terminal says that registers with all it takes.
    static OtaAnswer registration(const QByteArray &terminal = "4358408201681")
    {
        OtaAnswer answer;
        answer.versions = otaHttpVersion;
        answer.status = {501, "Accepted"};
        answer.terminal = OtaTerminalId::parse(terminal).valueOr({});
        answer.bearer = 0x0b;
        answer.cpi = OtaCpi();
        answer.cpi->contentTypes = {QStringLiteral("text/plain"), QStringLiteral("image/*")};
        answer.cpi->maxMessageSize = 30000;
        answer.cpiTag = answer.cpi->tag();
        return answer;
    }
    static OtaAnswer withPassword(OtaAnswer answer, const QByteArray &name, const QByteArray &password)
    {
        OtaCredentials credentials;
        credentials.username = name;
        credentials.password = password;
        answer.authorization = credentials.toValue();
        return answer;
    }
    void close() { m_socket->disconnectFromHost(); }
    void reset()
    {
        const linger hard{1, 0};
        setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        m_socket->abort();
    }
    QTcpSocket &socket() { return *m_socket; }
    const QByteArray &octets() const { return m_octets; } ///< all that came

private:
    std::unique_ptr<QTcpSocket> m_socket;
    HttpRequestParser m_parser;
    QByteArray m_octets, m_last;
};

} // namespace reveille
