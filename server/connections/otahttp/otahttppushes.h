// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpchannel.h"
#include "engine/connection.h"
#include "wire/otahttp.h"

namespace reveille {

/// The pushes of one terminal: in flight as many as it takes, the rest in line. A push that it does not take because its
/// capabilities are others than we think waits for news of them and goes once more. Server thread.
class OtaHttpPushes : public QObject
{
    Q_OBJECT
public:
    OtaHttpPushes(OtaHttpChannel &channel, const OtaHttpSettings &settings, Clock &clock, Timers &timers, QObject *parent);
    ~OtaHttpPushes() override;

    /// Answers once, later. Codes beside those of the answer: "too-large", "queue-full", "timeout", "closed", "reset".
    void send(const PushMessage &message, std::function<void(SendOutcome)> done);
    /// What the terminal takes; `tag` names it.
    void setCpi(const OtaCpi &cpi, const CpiTag &tag);
    void setKeepAlive(Milliseconds interval) { m_keepAlive = interval; }
    /// While news of the capabilities are on their way, nothing more is sent.
    void hold() { m_held = true; }
    void resume();
    /// Answers everything with Broken.
    void fail(const QByteArray &code);

Q_SIGNALS:
    /// The terminal's capabilities are not what we know any more; hold() was called where a push waits for them.
    void capabilitiesChanged();
    /// An answer said so, of whatever push.
    void confirmed(const QVector<reveille::OtaConfirmation> &confirmed);
    void silenceEnded(reveille::Milliseconds silence, bool open);

private:
    struct Job {
        OtaRequest request;
        bool again = false;
        std::function<void(SendOutcome)> done;
    };
    void pump();
    void answered(Job job, const QByteArray &head, const OtaHttpReply &reply);
    void later(std::function<void(SendOutcome)> done, SendOutcome outcome);

    OtaHttpChannel &m_channel;
    const OtaHttpSettings &m_settings;
    Clock &m_clock;
    Timers &m_timers;
    OtaCpi m_cpi;
    CpiTag m_tag;
    Milliseconds m_keepAlive{0};
    std::deque<Job> m_waiting;
    bool m_held = false;
};

} // namespace reveille
