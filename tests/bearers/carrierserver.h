// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httprequestparser.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>
#include <optional>

namespace reveille {

/// A small HTTP server for carriers' bearers to talk to. It keeps what it was asked and answers what it is told; TLS
/// where it has a configuration. One request a connection.
class CarrierServer : public QTcpServer {
public:
    explicit CarrierServer(std::optional<QSslConfiguration> tls = {})
        : m_tls(std::move(tls))
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port: %s", qPrintable(errorString()));
    }
    /// The octets to answer a request with; none: the connection is closed at once.
    std::function<QByteArray(const HttpRequest &)> answer = [](const HttpRequest &) {
        return QByteArray("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    };
    QVector<HttpRequest> requests;
    QByteArray raw; ///< all that came
    int connections = 0;
    bool silent = false; ///< takes requests and answers none

    QString place() const { return QStringLiteral("127.0.0.1:%1").arg(serverPort()); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++connections;
        auto *socket = new QSslSocket(this);
        if (!socket->setSocketDescriptor(descriptor))
            return socket->deleteLater();
        connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        auto parser = std::make_shared<HttpRequestParser>();
        connect(socket, &QIODevice::readyRead, this, [this, socket, parser] {
            const QByteArray octets = socket->readAll();
            raw += octets;
            if (parser->feed(octets) != HttpRequestParser::State::Complete)
                return;
            requests.append(parser->take());
            if (silent)
                return;
            socket->write(answer(requests.constLast()));
            socket->disconnectFromHost();
        });
        if (m_tls) {
            socket->setSslConfiguration(*m_tls);
            socket->startServerEncryption();
        }
    }

private:
    std::optional<QSslConfiguration> m_tls;
};

} // namespace reveille
