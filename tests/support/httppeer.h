// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httpmessage.h"
#include "wire/httpresponseparser.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace reveille {

/// A client that sends what it is told and reads what comes.
class HttpPeer {
public:
    /// `from`: an address of ours; any where none is given.
    explicit HttpPeer(quint16 port, const QHostAddress &from = {})
    {
        if (!from.isNull())
            m_socket.bind(from);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        m_connected = QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; });
    }
    void send(const QByteArray &octets) { m_socket.write(octets); }
    bool isConnected() const { return m_connected && m_socket.state() == QAbstractSocket::ConnectedState; }
    bool waitForEnd()
    {
        return QTest::qWaitFor([this] {
            read();
            return m_socket.state() == QAbstractSocket::UnconnectedState;
        });
    }
    /// The next whole response; status 0 if none comes.
    HttpResponse response()
    {
        const bool came = QTest::qWaitFor([this] {
            read();
            if (m_socket.state() == QAbstractSocket::UnconnectedState)
                m_parser.finish();
            return m_parser.state() != HttpResponseParser::State::NeedMore;
        });
        if (!came || m_parser.state() == HttpResponseParser::State::Failed)
            return noResponse();
        return m_parser.take();
    }
    /// Sends a request with a JSON body, or none, and waits for its answer.
    HttpResponse ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {})
    {
        HttpRequest request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.headers = m_headers;
        if (!request.headers.has("Host"))
            request.headers.add("Host", "127.0.0.1");
        if (!body.isEmpty() && !request.headers.has("Content-Type"))
            request.headers.add("Content-Type", "application/json");
        send(serialise(request));
        return response();
    }
    /// Goes with every request asked; an empty value takes it away.
    void setHeader(const QByteArray &name, const QByteArray &value)
    {
        m_headers.remove(name);
        if (!value.isEmpty())
            m_headers.add(name, value);
    }
    static QJsonObject json(const HttpResponse &response)
    {
        return QJsonDocument::fromJson(response.body).object();
    }
    /// The error code of a problem document.
    static QString code(const HttpResponse &response)
    {
        return json(response).value(QStringLiteral("code")).toString();
    }
    bool waitForText(const QByteArray &text)
    {
        return QTest::qWaitFor([&] {
            read();
            return m_all.contains(text);
        });
    }
    bool hasText(const QByteArray &text)
    {
        read();
        return m_all.contains(text);
    }
    QByteArray all() const { return m_all; }
    QTcpSocket &socket() { return m_socket; }
    void expectHead() { m_parser.expectHead(); }

private:
    static HttpResponse noResponse()
    {
        HttpResponse response;
        response.status = 0;
        return response;
    }
    void read()
    {
        const QByteArray octets = m_socket.readAll();
        m_all += octets;
        m_parser.feed(octets);
    }
    QTcpSocket m_socket;
    bool m_connected = false;
    QByteArray m_all;
    HttpResponseParser m_parser;
    HttpHeaders m_headers;
};

} // namespace reveille
