// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientrequester.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace reveille {

ClientRequester::ClientRequester(Milliseconds t1, Milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_t1(t1)
    , m_timeout(timeout)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ClientRequester::tick);
}

void ClientRequester::send(ClientFlow *flow, const QByteArray &branch, const QByteArray &octets,
                           Answered answered)
{
    Transaction transaction;
    transaction.flow = flow;
    transaction.octets = octets;
    transaction.method = octets.left(octets.indexOf(' '));
    transaction.answered = std::move(answered);
    transaction.interval = m_t1;
    transaction.repeat = flow->isUdp() ? QDeadlineTimer(m_t1) : QDeadlineTimer(QDeadlineTimer::Forever);
    transaction.timeout = QDeadlineTimer(m_timeout);
    m_open.insert_or_assign(branch, std::move(transaction));
    flow->send(octets);
    schedule();
}

bool ClientRequester::take(const SipMessage &response)
{
    const auto found = m_open.find(response.topVia().branch);
    if (found == m_open.end() || response.cseqMethod() != found->second.method)
        return false;
    if (response.statusCode() < 200) {
        found->second.interval = t2;
        return true;
    }
    const Answered call = std::move(found->second.answered);
    m_open.erase(found);
    schedule();
    call(&response);
    return true;
}

void ClientRequester::abandon()
{
    m_open.clear();
    m_timer.stop();
}

void ClientRequester::tick()
{
    std::vector<Answered> late;
    for (auto it = m_open.begin(); it != m_open.end();) {
        Transaction &transaction = it->second;
        if (transaction.timeout.hasExpired() || transaction.flow.isNull()) {
            late.push_back(std::move(transaction.answered));
            it = m_open.erase(it);
            continue;
        }
        if (transaction.repeat.hasExpired()) {
            transaction.flow->send(transaction.octets);
            transaction.interval = std::min(transaction.interval * 2, t2);
            transaction.repeat = QDeadlineTimer(transaction.interval);
        }
        ++it;
    }
    schedule();
    for (const Answered &call : late)
        call(nullptr);
}

void ClientRequester::schedule()
{
    qint64 next = -1;
    for (const auto &[branch, transaction] : m_open) {
        for (const QDeadlineTimer &deadline : {transaction.repeat, transaction.timeout}) {
            if (deadline.isForever())
                continue;
            const qint64 left = deadline.remainingTime();
            next = next < 0 ? left : std::min(next, left);
        }
    }
    if (next < 0)
        m_timer.stop();
    else
        m_timer.start(Milliseconds(next + 1));
}

} // namespace reveille
