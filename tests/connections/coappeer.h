// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

#include <QTest>
#include <QUdpSocket>

#include <deque>

namespace reveille {

/// A device that speaks CoAP by hand: the test says what it sends and looks at every datagram it gets. What the server
/// sent stays in the queue until it is taken.
class CoapPeer
{
public:
    explicit CoapPeer(quint16 server, const QHostAddress &own = QHostAddress(QHostAddress::LocalHost)) : m_server(server)
    {
        if (!m_socket.bind(own, 0))
            qFatal("no port for the device");
    }
    quint16 port() const { return m_socket.localPort(); }
    QString address() const { return m_socket.localAddress().toString() + u':' + QString::number(port()); }

    void send(const QByteArray &datagram)
    {
        m_socket.writeDatagram(datagram, QHostAddress(QHostAddress::LocalHost), m_server);
    }
    /// The next datagram, empty where none comes in time.
    QByteArray take(int milliseconds = 5000)
    {
        (void)QTest::qWaitFor([&] { return m_socket.hasPendingDatagrams(); }, milliseconds);
        if (!m_socket.hasPendingDatagrams())
            return {};
        QByteArray datagram(m_socket.pendingDatagramSize(), Qt::Uninitialized);
        m_socket.readDatagram(datagram.data(), datagram.size());
        return datagram;
    }
    bool hasDatagram() const { return m_socket.hasPendingDatagrams(); }
    bool isQuiet()
    {
        // Whatever is on its way over loopback has arrived when a ping sent later has been answered.
        send(CoapBuilder::empty(CoapType::Confirmable, 0xfffe));
        return take() == CoapBuilder::empty(CoapType::Reset, 0xfffe);
    }
    /// A confirmable request and its answer.
    QByteArray ask(CoapBuilder &request)
    {
        send(request.bytes());
        return take();
    }
    CoapBuilder request(quint8 code, QByteArrayView path)
    {
        CoapBuilder builder(CoapType::Confirmable, code, ++m_messageId, "tk");
        builder.path(path);
        return builder;
    }
    CoapBuilder registration(QByteArrayView device, QByteArrayView user, QByteArrayView session)
    {
        CoapBuilder builder = request(CoapCode::Post, "rd");
        builder.query("ep", device).query("u", user).query("s", session);
        return builder;
    }
    /// Registers and keeps the key; empty where it was refused.
    QByteArray registerAs(QByteArrayView device, QByteArrayView user, QByteArrayView session, QByteArrayView more = {})
    {
        CoapBuilder builder = registration(device, user, session);
        for (const QByteArray &item : more.toByteArray().split('&')) {
            if (!item.isEmpty())
                builder.add(CoapOptionNumber::UriQuery, QByteArrayView(item));
        }
        const QByteArray answer = ask(builder);
        const auto message = CoapMessage::parse(answer);
        if (!message || message->code() != CoapCode::Created)
            return {};
        return message->path(CoapOptionNumber::LocationPath).mid(3);
    }
    /// An answer to a request the server sent.
    static QByteArray answerTo(const QByteArray &datagram, quint8 code, std::optional<CoapBlock> block = {})
    {
        const auto message = CoapMessage::parse(datagram);
        if (!message)
            return {};
        CoapBuilder builder(CoapType::Acknowledgement, code, message->messageId(), message->token());
        if (block)
            builder.block(CoapOptionNumber::Block1, *block);
        return builder.bytes();
    }
    quint16 lastMessageId() const { return m_messageId; }

private:
    QUdpSocket m_socket;
    quint16 m_server;
    quint16 m_messageId = 100;
};

inline quint8 codeOf(const QByteArray &datagram)
{
    const auto message = CoapMessage::parse(datagram);
    return message ? message->code() : 0;
}
inline QByteArray payloadOf(const QByteArray &datagram)
{
    const auto message = CoapMessage::parse(datagram);
    return message ? message->payload().toByteArray() : QByteArray();
}
inline QByteArray queryOf(const QByteArray &datagram, QByteArrayView name)
{
    const auto message = CoapMessage::parse(datagram);
    const auto value = message ? message->query(name) : std::nullopt;
    return value ? value->toByteArray() : QByteArray();
}

} // namespace reveille
