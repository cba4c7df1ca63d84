// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientrequester.h"

#include <utility>

namespace reveille {

ClientRequester::ClientRequester(Milliseconds t1, Milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_t1(t1)
    , m_timeout(timeout)
{
}

void ClientRequester::send(ClientFlow *flow, const QByteArray &branch, const QByteArray &octets,
                           Answered answered)
{
    m_open.insert_or_assign(branch, Transaction{octets.left(octets.indexOf(' ')), std::move(answered)});
    Retransmitter::Plan plan;
    plan.first = m_t1;
    plan.longest = t2;
    plan.giveUp = m_timeout;
    plan.repeats = flow->isUdp();
    const auto put = [flow = QPointer<ClientFlow>(flow), octets] {
        if (flow)
            flow->send(octets);
        return !flow.isNull();
    };
    m_repeats.start(branch, plan, put, [this, branch] {
        const auto node = m_open.extract(branch);
        if (!node.empty())
            node.mapped().answered(nullptr);
    });
}

bool ClientRequester::take(const SipMessage &response)
{
    const QByteArray branch = response.topVia().branch;
    const auto found = m_open.find(branch);
    if (found == m_open.end() || response.cseqMethod() != found->second.method)
        return false;
    if (response.statusCode() < 200) {
        m_repeats.slowDown(branch, t2);
        return true;
    }
    const Answered call = std::move(found->second.answered);
    m_open.erase(found);
    m_repeats.stop(branch);
    call(&response);
    return true;
}

void ClientRequester::abandon()
{
    m_open.clear();
    m_repeats.stopAll();
}

} // namespace reveille
