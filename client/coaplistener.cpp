// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/coaplistener.h"

#include "client/endpoint.h"

#include <QNetworkDatagram>
#include <QNetworkProxy>
#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

CoapListener::CoapListener(Handler handler, QObject *parent)
    : QObject(parent)
    , m_handler(std::move(handler))
    , m_nextId(quint16(QRandomGenerator::system()->bounded(65536)))
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QUdpSocket::readyRead, this, &CoapListener::read);
}

Result<Done> CoapListener::listen(const QHostAddress &address, quint16 port)
{
    if (!m_socket.bind(address, port, QAbstractSocket::DontShareAddress))
        return Error{"client-bind", endpointText(address, port)};
    return Done{};
}

void CoapListener::close()
{
    m_socket.close();
    m_given.clear();
}

quint16 CoapListener::port() const
{
    return m_socket.state() == QAbstractSocket::BoundState ? m_socket.localPort() : 0;
}

void CoapListener::read()
{
    int left = maxPerTurn;
    while (left-- > 0 && m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket.receiveDatagram();
        if (datagram.isValid() && !m_deaf)
            take(datagram.data(), {datagram.senderAddress(), quint16(datagram.senderPort())});
    }
    if (m_socket.hasPendingDatagrams())
        QMetaObject::invokeMethod(this, &CoapListener::read, Qt::QueuedConnection);
}

void CoapListener::take(const QByteArray &datagram, const Peer &peer)
{
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(datagram);
    if (!message) {
        if (message.error().answerReset)
            send(CoapBuilder::empty(CoapType::Reset, message.error().messageId), peer);
        return;
    }
    const bool isOdd = message->isEmpty() || message->isResponse();
    if (isOdd && message->isConfirmable())
        send(CoapBuilder::empty(CoapType::Reset, message->messageId()), peer);
    else if (message->isRequest() && (message->isConfirmable() || message->type() == CoapType::NonConfirmable))
        takeRequest(*message, peer);
}

void CoapListener::takeRequest(const CoapMessage &message, const Peer &peer)
{
    while (!m_given.empty() && m_given.front().until.hasExpired())
        m_given.pop_front();
    const auto before = std::find_if(m_given.begin(), m_given.end(), [&](const Given &given) {
        return given.id == message.messageId() && given.peer.port == peer.port && given.peer.address == peer.address;
    });
    if (before != m_given.end())
        return send(before->octets, peer);
    const std::optional<CoapChannel::Reply> reply = m_handler(message, peer);
    if (!reply)
        return;
    m_given.push_back({peer, message.messageId(), coapAnswer(message, *reply, m_nextId++),
                       QDeadlineTimer(CoapChannel::exchangeLifetime)});
    if (m_given.size() > maxAnswers)
        m_given.pop_front();
    send(m_given.back().octets, peer);
}

void CoapListener::send(const QByteArray &octets, const Peer &peer)
{
    m_socket.writeDatagram(octets, peer.address, peer.port);
}

} // namespace reveille
