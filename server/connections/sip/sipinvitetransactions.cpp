// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipinvitetransactions.h"

#include "wire/sipbuilder.h"

namespace reveille {

SipInviteTransactions::SipInviteTransactions(const SipSettings &settings, Timers &timers, Send send)
    : m_settings(settings)
    , m_timers(timers)
    , m_send(std::move(send))
{
}

SipInviteTransactions::~SipInviteTransactions()
{
    for (Transaction &transaction : m_table) {
        m_timers.cancel(transaction.repeat);
        m_timers.cancel(transaction.end);
        m_timers.cancel(transaction.cancelRepeat);
    }
}

quint64 SipInviteTransactions::start(const SipFlow &flow, const QByteArray &bytes, Events events)
{
    const quint64 id = ++m_last;
    Transaction &transaction = m_table[id];
    transaction.flow = flow;
    transaction.bytes = bytes;
    transaction.events = std::move(events);
    const Result<SipMessage, SipRejection> invite = SipMessage::parse(bytes);
    if (!invite || !m_send(flow, bytes)) {
        transaction.end = m_timers.start(Milliseconds(0), [this, id] { fail(id, "unsent"); });
        return id;
    }
    transaction.invite = *invite;
    m_byBranch.insert(invite->topVia().branch, id);
    transaction.interval = m_settings.t1;
    if (flow.transport == SipTransport::Udp)
        transaction.repeat = m_timers.start(transaction.interval, [this, id] { repeat(id); });
    transaction.end = m_timers.start(std::min(64 * m_settings.t1, m_settings.requestTimeout),
                                     [this, id] { fail(id, "timeout"); });
    return id;
}

void SipInviteTransactions::repeat(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end() || found->proceeding)
        return;
    found->interval *= 2;
    found->repeat = m_timers.start(found->interval, [this, id] { repeat(id); });
    m_send(found->flow, found->bytes);
}

void SipInviteTransactions::ringing(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return;
    found->proceeding = true;
    m_timers.cancel(found->repeat);
    m_timers.cancel(found->end);
    if (found->cancelled)
        return sendCancel(id, m_settings.t1);
    found->end = m_timers.start(m_settings.ringTime, [this, id] { cancel(id); });
}

void SipInviteTransactions::cancel(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end() || !found->ack.isEmpty() || found->cancelled)
        return;
    found->cancelled = true;
    if (found->proceeding)
        sendCancel(id, m_settings.t1);
}

void SipInviteTransactions::sendCancel(quint64 id, Milliseconds interval)
{
    const auto found = m_table.find(id);
    if (found == m_table.end() || !found->ack.isEmpty() || !found->invite)
        return;
    if (interval == m_settings.t1) { // the first time: the peer has 64 * T1 to end the INVITE
        m_timers.cancel(found->end);
        found->end = m_timers.start(64 * m_settings.t1, [this, id] { fail(id, "timeout"); });
    }
    if (found->flow.transport == SipTransport::Udp)
        found->cancelRepeat = m_timers.start(interval, [this, id, interval] {
            sendCancel(id, std::min(2 * interval, m_settings.t2));
        });
    m_send(found->flow, sipCancelFor(*found->invite));
}

bool SipInviteTransactions::take(const SipMessage &response)
{
    const quint64 id = m_byBranch.value(response.topVia().branch);
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return false;
    if (response.cseqMethod() == "CANCEL") {
        m_timers.cancel(found->cancelRepeat);
        return found->cancelled;
    }
    if (response.cseqMethod() != "INVITE")
        return false;
    if (!found->ack.isEmpty()) { // the refusal again: our ACK was lost
        if (response.statusCode() >= 300)
            m_send(found->flow, found->ack);
        return true;
    }
    if (response.statusCode() < 200) {
        if (!found->proceeding)
            ringing(id);
        return true;
    }
    m_timers.cancel(found->repeat);
    m_timers.cancel(found->end);
    m_timers.cancel(found->cancelRepeat);
    if (response.statusCode() < 300) {
        const Events events = remove(id);
        events.answered(response);
        return true;
    }
    found->ack = sipAckFor(*found->invite, response);
    m_send(found->flow, found->ack);
    const auto answered = std::exchange(found->events, {}).answered;
    const bool reliable = found->flow.transport != SipTransport::Udp;
    found->end = m_timers.start(reliable ? Milliseconds(0) : 64 * m_settings.t1, [this, id] { remove(id); });
    answered(response);
    return true;
}

void SipInviteTransactions::failFlow(const SipFlow &flow, const QByteArray &code)
{
    QVector<quint64> ids;
    for (auto it = m_table.constBegin(); it != m_table.constEnd(); ++it) {
        if (it->flow == flow)
            ids.append(it.key());
    }
    for (const quint64 id : ids)
        fail(id, code);
}

void SipInviteTransactions::fail(quint64 id, const QByteArray &code)
{
    if (!m_table.contains(id))
        return;
    const Events events = remove(id);
    if (events.failed)
        events.failed(code);
}

SipInviteTransactions::Events SipInviteTransactions::remove(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return {};
    Transaction transaction = std::move(*found);
    m_table.erase(found);
    m_timers.cancel(transaction.repeat);
    m_timers.cancel(transaction.end);
    m_timers.cancel(transaction.cancelRepeat);
    if (transaction.invite)
        m_byBranch.remove(transaction.invite->topVia().branch);
    return std::move(transaction.events);
}

} // namespace reveille
