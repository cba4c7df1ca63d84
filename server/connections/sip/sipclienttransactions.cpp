// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipclienttransactions.h"

namespace reveille {

namespace {

/// "120", "18000;duration=3600", "5 (busy)" (RFC 3261 section 20.33); 0 for what is none of them.
quint32 secondsOf(QByteArrayView retryAfter)
{
    qsizetype digits = 0;
    while (digits < retryAfter.size() && retryAfter[digits] >= '0' && retryAfter[digits] <= '9')
        ++digits;
    return retryAfter.first(digits).toByteArray().toUInt();
}

QByteArrayList challengesOf(const SipMessage &response)
{
    QByteArrayList challenges;
    const int status = response.statusCode();
    if (status == 401 || status == 407) {
        const char *header = status == 407 ? "proxy-authenticate" : "www-authenticate";
        for (const QByteArrayView line : response.lines(header))
            challenges.append(line.toByteArray());
    }
    return challenges;
}

} // namespace

SipClientTransactions::SipClientTransactions(const SipSettings &settings, Timers &timers, Send send)
    : m_settings(settings)
    , m_timers(timers)
    , m_send(std::move(send))
{
}

SipClientTransactions::~SipClientTransactions()
{
    for (Transaction &transaction : m_table) {
        m_timers.cancel(transaction.repeat);
        m_timers.cancel(transaction.end);
    }
}

quint64 SipClientTransactions::add(Transaction transaction)
{
    const quint64 id = ++m_last;
    if (!transaction.branch.isEmpty())
        m_byBranch.insert(transaction.branch, id);
    m_byFlow[transaction.flow].insert(id);
    m_table.insert(id, std::move(transaction));
    return id;
}

quint64 SipClientTransactions::start(const SipFlow &flow, const QByteArray &branch, const QByteArray &method,
                                     const QByteArray &bytes, std::function<void(int)> heard, Done done,
                                     Milliseconds delay)
{
    Transaction transaction;
    transaction.flow = flow;
    transaction.branch = branch;
    transaction.method = method;
    transaction.bytes = bytes;
    transaction.heard = std::move(heard);
    transaction.done = std::move(done);
    const quint64 id = add(std::move(transaction));
    if (delay > Milliseconds(0))
        m_table[id].repeat = m_timers.start(delay, [this, id] { begin(id); });
    else
        begin(id);
    return id;
}

void SipClientTransactions::begin(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return;
    if (!m_send(found->flow, found->bytes)) {
        found->end = m_timers.start(Milliseconds(0), [this, id] { fail(id, QByteArrayLiteral("unsent")); });
        return;
    }
    found->interval = m_settings.t1;
    if (found->flow.transport == SipTransport::Udp)
        found->repeat = m_timers.start(found->interval, [this, id] { repeat(id); });
    found->end = m_timers.start(std::min(64 * m_settings.t1, m_settings.requestTimeout), [this, id] {
        finish(id, {SipClientAnswer::Kind::Timeout, 0, QByteArrayLiteral("timeout")});
    });
}

quint64 SipClientTransactions::answerLater(const SipFlow &flow, const SipClientAnswer &answer, Done done)
{
    Transaction transaction;
    transaction.flow = flow;
    transaction.done = std::move(done);
    const quint64 id = add(std::move(transaction));
    m_table[id].end = m_timers.start(Milliseconds(0), [this, id, answer] { finish(id, answer); });
    return id;
}

void SipClientTransactions::repeat(quint64 id)
{
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return;
    found->interval = found->proceeding ? m_settings.t2 : std::min(found->interval * 2, m_settings.t2);
    found->repeat = m_timers.start(found->interval, [this, id] { repeat(id); });
    m_send(found->flow, found->bytes);
}

bool SipClientTransactions::take(const SipMessage &response)
{
    const quint64 id = m_byBranch.value(response.topVia().branch);
    const auto found = m_table.find(id);
    if (found == m_table.end() || response.cseqMethod() != found->method)
        return false;
    const int status = response.statusCode();
    found->proceeding = true;
    if (const auto heard = found->heard)
        heard(status);
    if (status >= 200)
        finish(id, {SipClientAnswer::Kind::Final, status, QByteArray::number(status), secondsOf(response.header("retry-after")),
                    challengesOf(response)});
    return true;
}

void SipClientTransactions::fail(quint64 id, const QByteArray &code)
{
    finish(id, {SipClientAnswer::Kind::Failed, 0, code});
}

void SipClientTransactions::failFlow(const SipFlow &flow, const QByteArray &code)
{
    const QSet<quint64> ids = m_byFlow.value(flow);
    for (const quint64 id : ids)
        fail(id, code);
}

void SipClientTransactions::finish(quint64 id, const SipClientAnswer &answer)
{
    const auto found = m_table.find(id);
    if (found == m_table.end())
        return;
    Transaction transaction = std::move(*found);
    m_table.erase(found);
    m_timers.cancel(transaction.repeat);
    m_timers.cancel(transaction.end);
    m_byBranch.remove(transaction.branch);
    const auto ofFlow = m_byFlow.find(transaction.flow);
    if (ofFlow != m_byFlow.end() && ofFlow->remove(id) && ofFlow->isEmpty())
        m_byFlow.erase(ofFlow);
    transaction.done(id, answer);
}

} // namespace reveille
