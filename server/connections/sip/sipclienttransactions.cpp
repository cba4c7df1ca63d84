// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipclienttransactions.h"

namespace reveille {

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
    m_byFlow.insert(transaction.flow, id);
    m_table.insert(id, std::move(transaction));
    return id;
}

quint64 SipClientTransactions::start(const SipFlow &flow, const QByteArray &branch, const QByteArray &method,
                                     const QByteArray &bytes, std::function<void(int)> heard, Done done)
{
    if (!m_send(flow, bytes))
        return answerLater(flow, {SipClientAnswer::Kind::Failed, 0, QByteArrayLiteral("unsent")},
                           std::move(done));
    Transaction transaction{flow, branch, method,           bytes,          m_settings.t1, 0,
                            0,    false,  std::move(heard), std::move(done)};
    const quint64 id = add(std::move(transaction));
    Transaction &added = m_table[id];
    if (flow.transport == SipTransport::Udp)
        added.repeat = m_timers.start(m_settings.t1, [this, id] { repeat(id); });
    added.end = m_timers.start(std::min(64 * m_settings.t1, m_settings.requestTimeout), [this, id] {
        finish(id, {SipClientAnswer::Kind::Timeout, 0, QByteArrayLiteral("timeout")});
    });
    return id;
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
        finish(id, {SipClientAnswer::Kind::Final, status, QByteArray::number(status)});
    return true;
}

void SipClientTransactions::fail(quint64 id, const QByteArray &code)
{
    finish(id, {SipClientAnswer::Kind::Failed, 0, code});
}

void SipClientTransactions::failFlow(const SipFlow &flow, const QByteArray &code)
{
    const QList<quint64> ids = m_byFlow.values(flow);
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
    m_byFlow.remove(transaction.flow, id);
    transaction.done(id, answer);
}

} // namespace reveille
