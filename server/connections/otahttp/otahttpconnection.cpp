// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpconnection.h"

#include "connections/otahttp/otahttpsession.h"

namespace reveille {

OtaHttpConnection::OtaHttpConnection(OtaHttpSession &session, ConnectionFacts facts, Timers &timers)
    : m_session(&session), m_facts(std::move(facts)), m_timers(timers)
{
}

OtaHttpConnection::~OtaHttpConnection()
{
    close(CloseReason::ServerStopping);
}

void OtaHttpConnection::breakLater(const char *request, std::function<void(SendOutcome)> done)
{
    m_timers.start(Milliseconds(0), [request = QString::fromLatin1(request), done = std::move(done)] {
        done({SendOutcome::Kind::Broken, "closed", {}, request});
    });
}

void OtaHttpConnection::send(const PushMessage &message, std::function<void(SendOutcome)> done)
{
    if (m_session && m_session->isOpen())
        m_session->push(message, std::move(done));
    else
        breakLater("POST", std::move(done));
}

void OtaHttpConnection::probe(std::function<void(SendOutcome)> done)
{
    if (m_session && m_session->isOpen())
        m_session->probe(std::move(done));
    else
        breakLater("OPTIONS", std::move(done));
}

void OtaHttpConnection::close(CloseReason)
{
    if (const QPointer<OtaHttpSession> session = std::exchange(m_session, nullptr))
        session->release(*this);
}

} // namespace reveille
