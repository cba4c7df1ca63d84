// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttppushes.h"

#include "connections/otahttp/otahttpoutcome.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

OtaHttpPushes::OtaHttpPushes(OtaHttpChannel &channel, const OtaHttpSettings &settings, Clock &clock, Timers &timers,
                             QObject *parent)
    : QObject(parent), m_channel(channel), m_settings(settings), m_clock(clock), m_timers(timers)
{
    // A place in line may have become free, by whatever request.
    connect(&channel, &OtaHttpChannel::heard, this, &OtaHttpPushes::pump);
    connect(&channel, &OtaHttpChannel::silent, this, &OtaHttpPushes::pump);
}

OtaHttpPushes::~OtaHttpPushes() = default;

void OtaHttpPushes::send(const PushMessage &message, std::function<void(SendOutcome)> done)
{
    if (message.body.size() > m_cpi.maxMessageSize)
        return later(std::move(done), {SendOutcome::Kind::Refused, "too-large", {}, QStringLiteral("POST")});
    OtaContent content;
    content.contentType = message.contentType.toUtf8();
    content.encoding = message.contentEncoding.toUtf8();
    content.application = message.application.toUtf8();
    content.date = m_clock.now();
    content.body = message.body;
    Job job;
    job.request.isPush = true;
    job.request.date = m_clock.now();
    job.request.pushId = message.push.text().toUtf8();
    job.request.confirm = message.confirm;
    job.request.content = content.toBytes();
    job.done = std::move(done);
    const bool isFull = int(m_waiting.size()) >= m_settings.maxWaiting;
    const bool isUnread = !m_channel.canTake(job.request.content.size());
    if (isFull)
        m_channel.logs().maxWaiting.reached(m_channel.peer());
    if (isUnread)
        m_channel.logs().maxWriteBuffer.reached(m_channel.peer());
    if (isFull || isUnread)
        return later(std::move(job.done), {SendOutcome::Kind::Busy, "queue-full", {}, QStringLiteral("POST")});
    m_waiting.push_back(std::move(job));
    pump();
}

void OtaHttpPushes::later(std::function<void(SendOutcome)> done, SendOutcome outcome)
{
    m_timers.start(Milliseconds(0), [done = std::move(done), outcome = std::move(outcome)] { done(outcome); });
}

void OtaHttpPushes::setCpi(const OtaCpi &cpi, const CpiTag &tag)
{
    m_cpi = cpi;
    m_tag = tag;
}

void OtaHttpPushes::resume()
{
    m_held = false;
    pump();
}

void OtaHttpPushes::pump()
{
    if (m_channel.isSilent()) {
        // Answers come in order: behind one that does not come, nothing more is to be expected.
        for (Job &job : std::exchange(m_waiting, {}))
            later(std::move(job.done), {SendOutcome::Kind::Unanswered, "timeout", {}, QStringLiteral("POST")});
        return;
    }
    const int places = std::clamp(m_cpi.maxPushRequests, 1, m_settings.maxPipeline);
    if (!m_held && !m_waiting.empty() && m_channel.isOpen() && m_channel.owed() >= m_settings.maxPipeline)
        m_channel.logs().maxPipeline.reached(m_channel.peer());
    while (!m_held && !m_waiting.empty() && m_channel.isOpen() && m_channel.owed() < places) {
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        job.request.cpiTag = m_tag;
        job.request.keepAlive = m_keepAlive;
        const QByteArray octets = job.request.toBytes();
        const QByteArray head = otaHeadForJournal(octets);
        m_channel.request(octets, m_settings.requestTimeout,
                          [this, guard = QPointer<OtaHttpPushes>(this), job = std::move(job), head](const OtaHttpReply &reply) {
                              if (guard)
                                  answered(job, head, reply);
                          });
    }
}

void OtaHttpPushes::answered(Job job, const QByteArray &head, const OtaHttpReply &reply)
{
    const QPointer<OtaHttpPushes> guard(this);
    SendOutcome outcome;
    QVector<OtaConfirmation> confirmations;
    bool news = false;
    if (reply.kind == OtaHttpReply::Kind::Answer) {
        const OtaAnswer answer = OtaAnswer::read(reply.response);
        news = (answer.status.code == otaTagMismatch || answer.status.code == 401) && answer.http < 400;
        if (news && !answer.cpiTag.isEmpty())
            m_tag = answer.cpiTag;
        if (answer.status.code == otaTagMismatch && !job.again && news) {
            job.again = true;
            m_waiting.push_front(std::move(job));
            hold();
            Q_EMIT capabilitiesChanged();
            return;
        }
        outcome = otaPushOutcome(answer);
        confirmations = answer.confirmed;
    } else {
        const bool silent = reply.kind == OtaHttpReply::Kind::Silent;
        outcome = {silent ? SendOutcome::Kind::Unanswered : SendOutcome::Kind::Broken, reply.code, {}, {}};
    }
    outcome.bytes = head;
    outcome.request = QStringLiteral("POST");
    if (reply.kind != OtaHttpReply::Kind::Gone)
        Q_EMIT silenceEnded(reply.silence, reply.kind == OtaHttpReply::Kind::Answer);
    if (guard && news) {
        hold();
        Q_EMIT capabilitiesChanged();
    }
    job.done(outcome); // may end this connection
    if (guard && !confirmations.isEmpty())
        Q_EMIT confirmed(confirmations);
    if (guard)
        pump();
}

void OtaHttpPushes::fail(const QByteArray &code)
{
    auto waiting = std::exchange(m_waiting, {});
    for (const Job &job : waiting)
        job.done({SendOutcome::Kind::Broken, code, {}, QStringLiteral("POST")});
}

} // namespace reveille
