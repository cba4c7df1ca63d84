// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/coapchannel.h"

#include <QRandomGenerator>

#include <algorithm>

namespace reveille {
namespace {

QByteArray newToken()
{
    QByteArray token(8, Qt::Uninitialized);
    for (char &octet : token)
        octet = char(QRandomGenerator::system()->bounded(256));
    return token;
}

} // namespace

CoapChannel::CoapChannel(DatagramPath &path, Times times, Handler handler, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_times(times)
    , m_handler(std::move(handler))
    , m_nextId(quint16(QRandomGenerator::system()->bounded(65536)))
{
    connect(&m_path, &DatagramPath::received, this, &CoapChannel::take);
}

void CoapChannel::request(quint8 method, const Fill &fill, Answered answered)
{
    const QByteArray token = newToken();
    Exchange exchange;
    exchange.id = m_nextId++;
    CoapBuilder builder(CoapType::Confirmable, method, exchange.id, token);
    fill(builder);
    exchange.answered = std::move(answered);
    m_open.emplace(token, std::move(exchange));

    Retransmitter::Plan plan;
    plan.first = m_times.acknowledge * QRandomGenerator::global()->bounded(100, 151) / 100;
    plan.giveUp = m_times.giveUp;
    plan.mostSends = 1 + maxRetransmit;
    const auto put = [this, octets = builder.bytes()] {
        m_path.send(octets);
        return true;
    };
    m_repeats.start(token, plan, put, [this, token] {
        const auto node = m_open.extract(token);
        if (!node.empty())
            node.mapped().answered(nullptr);
    });
}

void CoapChannel::abandon()
{
    m_open.clear();
    m_repeats.stopAll();
}

void CoapChannel::take(const QByteArray &datagram)
{
    Q_EMIT
    heard();
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(datagram);
    if (!message) {
        if (message.error().answerReset)
            m_path.send(CoapBuilder::empty(CoapType::Reset, message.error().messageId));
    } else if (message->isEmpty()) {
        takeEmpty(*message);
    } else if (message->isRequest()) {
        takeRequest(*message);
    } else {
        takeResponse(*message);
    }
}

void CoapChannel::takeEmpty(const CoapMessage &message)
{
    if (message.isConfirmable()) {
        m_path.send(CoapBuilder::empty(CoapType::Reset, message.messageId()));
        Q_EMIT
        pinged();
        return;
    }
    const auto found = std::find_if(m_open.begin(), m_open.end(), [&](const auto &exchange) {
        return exchange.second.id == message.messageId();
    });
    if (found == m_open.end())
        return;
    if (message.type() == CoapType::Reset) {
        finish(found, nullptr);
    } else if (message.type() == CoapType::Acknowledgement) {
        m_repeats.hold(found->first);
    }
}

void CoapChannel::takeRequest(const CoapMessage &message)
{
    if (!message.isConfirmable() && message.type() != CoapType::NonConfirmable)
        return;
    while (!m_given.empty() && m_given.front().until.hasExpired())
        m_given.pop_front();
    const auto before = std::find_if(m_given.begin(), m_given.end(),
                                     [&](const Given &given) { return given.id == message.messageId(); });
    if (before != m_given.end()) {
        m_path.send(before->octets);
        return;
    }
    const Reply reply = m_handler(message);
    m_given.push_back(
        {message.messageId(), coapAnswer(message, reply, m_nextId++), QDeadlineTimer(exchangeLifetime)});
    if (m_given.size() > maxAnswers)
        m_given.pop_front();
    m_path.send(m_given.back().octets);
}

void CoapChannel::takeResponse(const CoapMessage &message)
{
    const auto found = m_open.find(message.token().toByteArray());
    if (message.isConfirmable())
        m_path.send(CoapBuilder::empty(found == m_open.end() ? CoapType::Reset : CoapType::Acknowledgement,
                                       message.messageId()));
    if (found == m_open.end())
        return;
    if (message.type() == CoapType::Acknowledgement && found->second.id != message.messageId())
        return;
    finish(found, &message);
}

void CoapChannel::finish(Exchanges::iterator exchange, const CoapMessage *answer)
{
    const Answered call = std::move(exchange->second.answered);
    m_repeats.stop(exchange->first);
    m_open.erase(exchange);
    call(answer);
}

QByteArray coapAnswer(const CoapMessage &request, const CoapChannel::Reply &reply, quint16 ownId)
{
    const bool piggybacked = request.isConfirmable();
    CoapBuilder builder(piggybacked ? CoapType::Acknowledgement : CoapType::NonConfirmable, reply.code,
                        piggybacked ? request.messageId() : ownId, request.token());
    if (reply.format)
        builder.add(CoapOptionNumber::ContentFormat, quint32(*reply.format));
    if (reply.block1)
        builder.block(CoapOptionNumber::Block1, *reply.block1);
    builder.payload(reply.payload);
    return builder.bytes();
}

} // namespace reveille
