// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipconnection.h"

#include "connections/sip/sipinvitesessions.h"
#include "connections/sip/sipoutbox.h"

namespace reveille {

namespace {

using Kind = SendOutcome::Kind;

/// No final answer: the path is gone, or just silent.
SendOutcome withoutAnswer(const SipClientAnswer &answer)
{
    if (answer.code == "too-large")
        return {Kind::Refused, answer.code, {}, {}};
    const bool silent = answer.kind == SipClientAnswer::Kind::Timeout;
    return {silent ? Kind::Unanswered : Kind::Broken, answer.code, {}, {}};
}

/// What a final answer to a push means (RFC 3261 section 21, RFC 3428 section 7).
SendOutcome judgeMessage(const SipClientAnswer &answer)
{
    if (answer.kind != SipClientAnswer::Kind::Final)
        return withoutAnswer(answer);
    switch (answer.status) {
    case 408:
    case 504:
        return {Kind::Unanswered, answer.code, {}, {}};
    case 430:
        return {Kind::Broken, answer.code, {}, {}};
    case 480:
    case 486:
    case 491:
    case 500:
    case 503:
        return {Kind::Busy, answer.code, {}, {}};
    default:
        return {answer.status < 300 ? Kind::Delivered : Kind::Refused, answer.code, {}, {}};
    }
}

/// Any answer to a probe shows that the device is there, but for those only a proxy gives.
SendOutcome judgeProbe(const SipClientAnswer &answer)
{
    if (answer.kind != SipClientAnswer::Kind::Final)
        return withoutAnswer(answer);
    if (answer.status == 430)
        return {Kind::Broken, answer.code, {}, {}};
    const bool silent = answer.status == 408 || answer.status == 504;
    return {silent ? Kind::Unanswered : Kind::Delivered, answer.code, {}, {}};
}

} // namespace

SipConnection::SipConnection(SipOutbox &outbox, const PublicUserId &user, const SipBinding &binding)
    : m_outbox(&outbox)
    , m_user(user)
    , m_flow(binding.flow)
    , m_contact(binding.uri)
    , m_path(binding.path)
    , m_takesCpim(binding.takesCpim)
{
}

SipConnection::~SipConnection()
{
    close(CloseReason::ServerStopping);
}

ConnectionFacts SipConnection::facts() const
{
    return {QStringLiteral("sip"), toText(m_flow.transport), m_flow.peer(),
            m_outbox ? m_outbox->local(m_flow) : QString(), QString::fromUtf8(m_contact), {}, {}};
}

SipClientTransactions::Done SipConnection::finisher(std::function<SendOutcome(const SipClientAnswer &)> judge,
                                                    const QString &request, std::shared_ptr<QByteArray> head,
                                                    std::function<void(SendOutcome)> done)
{
    return [this, judge = std::move(judge), request, head = std::move(head),
            done = std::move(done)](quint64 transaction, const SipClientAnswer &answer) {
        m_pending.removeIf([transaction](quint64 id) { return id == transaction; });
        SendOutcome outcome = judge(answer);
        outcome.bytes = *head;
        outcome.request = request;
        done(outcome); // may end this connection
    };
}

void SipConnection::send(const PushMessage &message, std::function<void(SendOutcome)> done)
{
    if (!m_outbox)
        return;
    const auto head = std::make_shared<QByteArray>();
    const auto finish = finisher(judgeMessage, QStringLiteral("MESSAGE"), head, done);
    // What no MESSAGE takes, by our judgement or by the device's, goes in a session.
    const auto answered = [this, message, done = std::move(done), finish](quint64 transaction, const SipClientAnswer &answer) {
        const bool isTooLarge = answer.code == "too-large" || answer.status == 413;
        SipInviteSessions *sessions = m_outbox ? m_outbox->sessions() : nullptr;
        if (!isTooLarge || !sessions || !sessions->takes(message.body.size(), m_outbox ? facts().peer : QString()))
            return finish(transaction, answer);
        m_pending.removeIf([transaction](quint64 id) { return id == transaction; });
        sessions->send(*this, message, done);
    };
    m_pending.append(m_outbox->message(*this, message, answered, head.get()));
}

void SipConnection::probe(std::function<void(SendOutcome)> done)
{
    if (!m_outbox)
        return;
    const auto head = std::make_shared<QByteArray>();
    m_pending.append(m_outbox->options(*this, finisher(judgeProbe, QStringLiteral("OPTIONS"), head, std::move(done)), head.get()));
}

void SipConnection::close(CloseReason)
{
    if (!m_outbox)
        return;
    const QPointer<SipOutbox> outbox = std::exchange(m_outbox, nullptr);
    outbox->closed(*this);
    const auto pending = std::exchange(m_pending, {});
    for (const quint64 transaction : pending) {
        if (outbox)
            outbox->fail(transaction, QByteArrayLiteral("closed"));
    }
}

} // namespace reveille
