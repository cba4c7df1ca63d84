// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "wire/httprequestparser.h"

#include <QHostAddress>
#include <QObject>
#include <QSslSocket>

namespace reveille {

/// The serving side of HTTP/1.1 on one connection of a device, whoever opened it: hands up whole requests one at a time, in
/// order. Requests that break the rules or the limits are answered with their status and end it. Lives in its client's
/// thread.
class HttpChannel : public QObject {
    Q_OBJECT
public:
    /// Takes the socket over, which stands, and over TLS is encrypted.
    HttpChannel(QSslSocket *socket, HttpLimits limits, QObject *parent = nullptr);
    ~HttpChannel() override;

    /// Answers the request handed up last. Dropped while silent.
    void answer(const HttpResponse &response, bool closes = false);
    /// Reads what has come since nobody listened to received().
    void start();
    /// Nothing comes in and nothing goes out, the socket stays.
    void setSilent();
    /// Has the kernel ask for the other end after this silence, which also keeps a firewall open, and give up when nothing
    /// answers for `giveUp`. 0 = does not ask.
    void keepAlive(Milliseconds silence, Milliseconds giveUp);

    bool isEncrypted() const { return m_socket->isEncrypted(); }
    QHostAddress peerAddress() const { return m_socket->peerAddress(); }
    QHostAddress localAddress() const { return m_socket->localAddress(); }
    QString peerText() const;
    QString localText() const;

Q_SIGNALS:
    void received(const reveille::HttpRequest &request);
    /// "closed-by-peer", "connection-failed", "broken-stream"; not after setSilent().
    void lost(const QByteArray &reason);
    /// The socket is closed, after an answer that ends the connection too. It can be deleted later.
    void closed();

private:
    void read();
    void lose(const QByteArray &reason);

    QSslSocket *m_socket;
    HttpRequestParser m_parser;
    bool m_started = false;
    bool m_silent = false;
    bool m_isLost = false;
};

} // namespace reveille
