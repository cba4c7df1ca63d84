// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "connections/sip/sipservertransactions.h"
#include "wire/sipbuilder.h"

namespace reveille {

/// What a request is refused with. `code` goes out in a Warning header and into the journal.
struct SipRefusal {
    int status = 500;
    const char *code = "";
    QVector<std::pair<QByteArray, QByteArray>> headers;
};

/// One request and the way back to who sent it. Copies share the octets. Server thread.
class SipExchange {
public:
    SipExchange(SipMessage request, const SipFlow &flow, SipServerTransactions &transactions, QByteArray host)
        : m_request(std::move(request))
        , m_flow(flow)
        , m_transactions(&transactions)
        , m_host(std::move(host))
        , m_key(SipServerTransactions::keyOf(m_request))
    {
    }

    const SipMessage &request() const { return m_request; }
    const SipFlow &flow() const { return m_flow; }

    /// An answer with To-tag and the source of the request filled in.
    SipResponse answer(int status) const
    {
        SipResponse response(m_request, status);
        response.source(m_flow.host().toLatin1(), m_flow.port).toTag(newSipTag());
        return response;
    }
    SipResponse answer(const SipRefusal &refusal) const
    {
        SipResponse response = answer(refusal.status);
        for (const auto &[name, value] : refusal.headers)
            response.header(name, value);
        if (*refusal.code)
            response.header("Warning", "399 " + m_host + " \"" + refusal.code + '"');
        return response;
    }
    void send(int status, const SipResponse &response) const
    {
        m_transactions->respond(m_key, status, response.bytes());
    }
    void refuse(const SipRefusal &refusal) const { send(refusal.status, answer(refusal)); }

private:
    SipMessage m_request;
    SipFlow m_flow;
    SipServerTransactions *m_transactions;
    QByteArray m_host;
    QByteArray m_key;
};

} // namespace reveille
