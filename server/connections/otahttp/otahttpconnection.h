// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/connection.h"

#include <QPointer>

namespace reveille {

class OtaHttpSession;

/// A registered terminal as the engine sees it: pushes go out as POST, probes as OPTIONS. The session behind it does the
/// work and may end first. Server thread.
///
/// Outcome codes: the push status ("400", "238"), "http-404", "status-missing", "too-large", "queue-full", "timeout",
/// "closed", "reset".
class OtaHttpConnection : public Connection
{
public:
    OtaHttpConnection(OtaHttpSession &session, ConnectionFacts facts, Timers &timers);
    ~OtaHttpConnection() override;

    ConnectionFacts facts() const override { return m_facts; }
    void send(const PushMessage &message, std::function<void(SendOutcome)> done) override;
    void probe(std::function<void(SendOutcome)> done) override;
    void close(CloseReason reason) override;

private:
    void breakLater(const char *request, std::function<void(SendOutcome)> done);

    QPointer<OtaHttpSession> m_session;
    ConnectionFacts m_facts;
    Timers &m_timers;
};

} // namespace reveille
