// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipservertransactions.h"

#include "connections/sip/siplog.h"

#include <QCryptographicHash>

namespace reveille {

namespace {

QByteArray keyFor(const SipMessage &request, QByteArrayView method)
{
    const SipVia &via = request.topVia();
    if (via.isFromRfc3261Branch()) {
        QByteArray key = via.branch + '|' + via.host + ':' + QByteArray::number(via.port) + '|';
        return key.append(method);
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](QByteArrayView part) {
        hash.addData(part);
        hash.addData(QByteArrayView("\0", 1));
    };
    add(request.requestUri().text);
    add(request.fromTag());
    add(request.callId());
    add(QByteArray::number(request.cseq()));
    add(via.host);
    add(QByteArray::number(via.port));
    add(via.branch);
    add(method);
    return hash.result();
}

/// Of a request outside a dialogue, however it came here; 0 inside one.
size_t originOf(const SipMessage &request)
{
    if (!request.toTag().isEmpty())
        return 0;
    const size_t hash = qHashMulti(size_t(QHashSeed::globalSeed()), request.from().tag(), request.callId(),
                                   request.cseq(), request.method());
    return hash == 0 ? 1 : hash;
}

} // namespace

SipServerTransactions::SipServerTransactions(const SipSettings &settings, Timers &timers, Send send)
    : m_settings(settings)
    , m_timers(timers)
    , m_send(std::move(send))
    , m_fullLog(sipLog, "maxTransactions")
{
}

SipServerTransactions::~SipServerTransactions()
{
    for (Transaction &transaction : m_table) {
        m_timers.cancel(transaction.end);
        m_timers.cancel(transaction.repeat);
    }
}

QByteArray SipServerTransactions::keyOf(const SipMessage &request)
{
    return keyFor(request, request.method());
}

SipFlow SipServerTransactions::answerFlow(const SipMessage &request, const SipFlow &flow)
{
    SipFlow to = flow;
    if (flow.transport == SipTransport::Udp && !request.topVia().wantsRport)
        to.port = request.topVia().port != 0 ? request.topVia().port : 5060;
    return to;
}

SipServerTransactions::Taken SipServerTransactions::take(const SipMessage &request, const SipFlow &flow)
{
    const QByteArray key = keyOf(request);
    if (const auto found = m_table.constFind(key); found != m_table.constEnd()) {
        if (!found->answer.isEmpty() && !found->confirmed)
            m_send(found->to, found->answer);
        return Taken::Repeated;
    }
    if (m_table.size() >= m_settings.maxTransactions) {
        m_fullLog.reached([&] { return flow.peer(); });
        return Taken::Full;
    }
    Transaction transaction;
    transaction.to = answerFlow(request, flow);
    transaction.invite = request.method() == "INVITE";
    const size_t origin = originOf(request);
    const bool merged = origin != 0 && m_origins.contains(origin);
    if (origin != 0 && !merged) {
        transaction.origin = origin;
        m_origins.insert(origin);
    }
    m_table.insert(key, transaction);
    return merged ? Taken::Merged : Taken::New;
}

void SipServerTransactions::respond(const QByteArray &key, int status, const QByteArray &bytes)
{
    const auto found = m_table.find(key);
    if (found == m_table.end() || !found->answer.isEmpty())
        return;
    const SipFlow to = found->to;
    const bool reliable = to.transport != SipTransport::Udp;
    if (!found->invite || status < 300) {
        if (reliable) {
            remove(key);
        } else {
            found->answer = bytes;
            endIn(key, *found, 64 * m_settings.t1);
        }
        m_send(to, bytes);
        return;
    }
    found->answer = bytes;
    endIn(key, *found, 64 * m_settings.t1);
    if (!reliable) {
        found->interval = m_settings.t1;
        found->repeat = m_timers.start(found->interval, [this, key] { repeat(key); });
    }
    m_send(to, bytes);
}

void SipServerTransactions::repeat(const QByteArray &key)
{
    const auto found = m_table.find(key);
    if (found == m_table.end() || found->confirmed)
        return;
    found->interval = std::min(found->interval * 2, m_settings.t2);
    found->repeat = m_timers.start(found->interval, [this, key] { repeat(key); });
    m_send(found->to, found->answer);
}

void SipServerTransactions::acknowledge(const SipMessage &ack)
{
    const QByteArray key = keyFor(ack, "INVITE");
    const auto found = m_table.find(key);
    if (found == m_table.end() || found->answer.isEmpty() || found->confirmed)
        return;
    m_timers.cancel(found->repeat);
    if (found->to.transport != SipTransport::Udp) {
        remove(key);
        return;
    }
    found->confirmed = true;
    endIn(key, *found, m_settings.t4);
}

bool SipServerTransactions::hasInviteOf(const SipMessage &cancel) const
{
    return m_table.contains(keyFor(cancel, "INVITE"));
}

void SipServerTransactions::endIn(const QByteArray &key, Transaction &transaction, Milliseconds delay)
{
    m_timers.cancel(transaction.end);
    transaction.end = m_timers.start(delay, [this, key] { remove(key); });
}

void SipServerTransactions::remove(const QByteArray &key)
{
    const auto found = m_table.find(key);
    if (found == m_table.end())
        return;
    m_timers.cancel(found->end);
    m_timers.cancel(found->repeat);
    m_origins.remove(found->origin);
    m_table.erase(found);
}

} // namespace reveille
