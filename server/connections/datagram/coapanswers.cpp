// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coapendpoint.h"

namespace reveille {

/// What the endpoint answers, in the acknowledgement or after it.

namespace {

/// Gives a message written already another type and id (RFC 7252 section 3).
void number(QByteArray &message, CoapType type, quint16 messageId)
{
    message[0] = char((quint8(message[0]) & 0xcf) | quint8(type) << 4);
    message[2] = char(messageId >> 8);
    message[3] = char(messageId & 0xff);
}

} // namespace

CoapBuilder CoapEndpoint::builder(const CoapCall &call, quint8 code)
{
    return CoapBuilder(call.confirmable ? CoapType::Acknowledgement : CoapType::NonConfirmable, code, call.messageId,
                       QByteArrayView(call.token, call.tokenSize));
}

void CoapEndpoint::answer(const CoapCall &call, quint8 code, QByteArrayView diagnosis)
{
    CoapBuilder reply = builder(call, code);
    reply.payload(diagnosis);
    answer(call, reply);
}

void CoapEndpoint::answer(const CoapCall &call, CoapBuilder &builder, bool trusted)
{
    const CoapOwed::Form form = m_owed.take(call.peer, call.messageId);
    QByteArray bytes = builder.bytes();
    if (!call.confirmable)
        number(bytes, CoapType::NonConfirmable, nextAnswerId());
    if (!trusted && !m_handler.isKnown(call.peer) && bytes.size() > qint64(m_settings.amplification) * call.requestSize) {
        m_logs.amplification.reached([&] { return call.peer.text(); });
        bytes = CoapEndpoint::builder(call, quint8(bytes[1])).bytes();
    }
    const bool isSent = trusted || mayAnswer(call.peer);
    // What is not sent is not remembered either: nobody gets to push out the answers of others by it.
    if (form == CoapOwed::Form::Separate) {
        remember(call.peer, call.messageId, CoapBuilder::empty(CoapType::Acknowledgement, call.messageId));
        if (isSent)
            answerSeparately(call, bytes);
        return;
    }
    if (call.remembered && (isSent || form != CoapOwed::Form::Unknown || m_memory.find(call.peer, call.messageId, m_clock.monotonic())))
        remember(call.peer, call.messageId, bytes);
    if (isSent)
        m_sender.send(call.peer, bytes);
}

/// Ahead of what else waits for this peer, since that knows of nothing before it has its answer.
void CoapEndpoint::answerSeparately(const CoapCall &call, QByteArray answer)
{
    ++m_counters.separate;
    Exchange exchange;
    exchange.peer = call.peer;
    exchange.isAnswer = true;
    exchange.token = QByteArray(call.token, call.tokenSize);
    exchange.write = [answer](quint16 messageId, QByteArrayView) {
        QByteArray numbered = answer;
        number(numbered, CoapType::Confirmable, messageId);
        return numbered;
    };
    if (enqueue(std::move(exchange)) != 0)
        return;
    number(answer, CoapType::NonConfirmable, nextAnswerId()); // once, and perhaps it arrives
    m_sender.send(call.peer, answer);
}

/// For a message that repeats no id of its peer's.
quint16 CoapEndpoint::nextAnswerId()
{
    m_lastAnswerTick = std::max(tick(), m_lastAnswerTick + 1);
    return quint16(m_lastAnswerTick << 1 | 1);
}

void CoapEndpoint::remember(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer)
{
    const quint64 before = m_memory.forgottenEarly(), forOctets = m_memory.forgottenForOctets();
    m_memory.remember(peer, messageId, answer, m_clock.monotonic());
    if (m_memory.forgottenEarly() == before)
        return;
    LimitLog &log = m_memory.forgottenForOctets() == forOctets ? m_logs.maxRemembered : m_logs.maxRememberedOctets;
    log.reached([&] { return peer.text(); });
}

void CoapEndpoint::answerLater(const CoapCall &call)
{
    m_owed.add(call.peer, call.messageId, call.confirmable);
}

} // namespace reveille
