// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/msrp/msrpsession.h"

#include "connections/msrp/msrplink.h"
#include "connections/msrp/msrpservice.h"

#include <algorithm>

namespace reveille {

MsrpSession::MsrpSession(MsrpService &service, MsrpUri uri)
    : m_service(service)
    , m_uri(std::move(uri))
{
}

MsrpSession::~MsrpSession()
{
    ended = nullptr;
    end("closed");
    m_service.forget(this);
}

void MsrpSession::setPeer(const QByteArrayList &path)
{
    m_peerPath = path;
    m_peer = path.isEmpty() ? MsrpUri() : MsrpUri::parse(path.last()).valueOr({});
}

void MsrpSession::connectTo(const QHostAddress &address, quint16 port, const QByteArray &fingerprint)
{
    MsrpHead hello;
    hello.transaction = newMsrpId();
    hello.method = "SEND";
    hello.toPath = m_peerPath;
    hello.fromPath = {m_uri.toText()};
    hello.messageId = newMsrpId();
    hello.byteRange = MsrpByteRange{1, 0, 0};
    m_hello = hello.message({}, MsrpEnd::Complete);
    m_connecting = m_service.connectFor(this, address, port, fingerprint);
}

void MsrpSession::abandon()
{
    m_queue.clear();
    bound = nullptr;
    ended = nullptr;
    end("closed");
}

bool MsrpSession::isFrom(const MsrpHead &request) const
{
    return !m_peerPath.isEmpty() && !m_isEnded && request.from() == m_peer;
}

void MsrpSession::bind(MsrpLink *link)
{
    if (MsrpLink *other = std::exchange(m_connecting, nullptr); other && other != link)
        other->detach(this);
    m_link = link;
    link->attach(this);
    if (bound)
        bound();
    if (m_link)
        m_link->pump();
}

void MsrpSession::unlink(const QByteArray &code)
{
    m_link = m_connecting = nullptr;
    end(code);
}

void MsrpSession::send(const MsrpContent &content, std::function<void(const MsrpOutcome &)> done)
{
    Message message;
    message.content = content;
    message.id = newMsrpId();
    message.done = std::move(done);
    m_queue.push_back(std::move(message));
    if (m_link)
        m_link->pump();
}

MsrpHead MsrpSession::sendHead(const Message &message) const
{
    MsrpHead head;
    head.transaction = newMsrpId();
    head.method = "SEND";
    head.toPath = m_peerPath;
    head.fromPath = {m_uri.toText()};
    head.messageId = message.id;
    head.successReport = true;
    head.others = message.content.headers;
    head.contentType = message.content.type;
    return head;
}

QByteArray MsrpSession::nextChunk()
{
    if (!m_hello.isEmpty())
        return std::exchange(m_hello, {});
    if (!m_abort.isEmpty())
        return std::exchange(m_abort, {});
    if (m_queue.empty() || m_queue.front().complete)
        return {};
    if (qsizetype(m_unanswered.size()) >= m_service.settings().maxUnanswered) {
        m_service.logs().maxUnanswered.reached([this] { return m_link ? m_link->peer() : QString(); });
        return {};
    }
    Message &message = m_queue.front();
    const qint64 total = message.content.body.size();
    const qint64 size = std::min<qint64>(MsrpLimit::chunk, total - message.sent);
    MsrpHead head = sendHead(message);
    head.byteRange = MsrpByteRange{message.sent + 1, message.sent + size, total};
    if (!message.started)
        message.head = head.bytes();
    message.started = true;
    const QByteArrayView content = QByteArrayView(message.content.body).sliced(message.sent, size);
    message.sent += size;
    message.complete = message.sent == total;
    m_unanswered.push_back({head.transaction, m_service.m_clock.monotonic() + m_service.settings().responseTime});
    armTimer();
    return head.message(content, message.complete ? MsrpEnd::Complete : MsrpEnd::More);
}

void MsrpSession::takeResponse(const MsrpHead &response)
{
    const auto found = std::find_if(m_unanswered.begin(), m_unanswered.end(),
                                    [&](const Chunk &chunk) { return chunk.transaction == response.transaction; });
    if (found == m_unanswered.end())
        return; // to the SEND that bound us, or to what was given up
    m_unanswered.erase(found);
    armTimer();
    if (response.status >= 200 && response.status < 300) {
        settleIfAnswered();
        if (m_link)
            m_link->pump();
        return;
    }
    const QByteArray code = QByteArray::number(response.status);
    if (response.status == 481 || response.status == 506)
        return end(code);
    Message &message = m_queue.front();
    if (!message.complete) {
        // Section 7.1.1 and 10.5: the rest is not wanted, and the peer learns that it does not come.
        MsrpHead abort = sendHead(message);
        abort.byteRange = MsrpByteRange{message.sent + 1, {}, message.content.body.size()};
        abort.failureReport = MsrpFailureReport::No;
        abort.successReport = false;
        m_abort = abort.message({}, MsrpEnd::Aborted);
    }
    m_unanswered.clear();
    armTimer();
    finish(response.status == 408 ? MsrpOutcome::Kind::Unanswered : MsrpOutcome::Kind::Refused, code);
}

void MsrpSession::takeReport(const MsrpHead &report)
{
    if (m_queue.empty() || report.messageId != m_queue.front().id || !m_queue.front().started)
        return;
    Message &message = m_queue.front();
    if (report.reportStatus >= 300) {
        message.complete = true;
        m_unanswered.clear();
        armTimer();
        return finish(report.reportStatus == 408 ? MsrpOutcome::Kind::Unanswered : MsrpOutcome::Kind::Refused,
                      QByteArray::number(report.reportStatus));
    }
    if (report.reportStatus != 200 || !report.byteRange)
        return;
    const qint64 last = report.byteRange->last.value_or(message.sent);
    if (report.byteRange->first <= message.reported + 1)
        message.reported = std::max(message.reported, std::min(last, message.sent));
    if (message.complete && message.reported == message.content.body.size()) {
        m_unanswered.clear();
        armTimer();
        finish(MsrpOutcome::Kind::Reported, "200");
    }
}

void MsrpSession::settleIfAnswered()
{
    if (m_queue.empty() || !m_queue.front().complete || !m_unanswered.empty() || m_reportTimer != 0)
        return;
    m_reportTimer = m_service.m_timers.start(m_service.settings().reportTime, [this] {
        m_reportTimer = 0;
        finish(MsrpOutcome::Kind::Acknowledged, "200");
    });
}

void MsrpSession::finish(MsrpOutcome::Kind kind, const QByteArray &code)
{
    m_service.m_timers.cancel(m_reportTimer);
    if (m_queue.empty())
        return;
    const Message message = std::move(m_queue.front());
    m_queue.pop_front();
    if (m_link)
        m_link->pump();
    message.done({kind, code, message.head}); // may destroy this
}

void MsrpSession::armTimer()
{
    m_service.m_timers.cancel(m_timer);
    if (m_unanswered.empty())
        return;
    const Milliseconds left = m_unanswered.front().deadline - m_service.m_clock.monotonic();
    m_timer = m_service.m_timers.start(std::max(left, Milliseconds(0)), [this] {
        m_timer = 0;
        timedOut();
    });
}

void MsrpSession::timedOut()
{
    // A peer that leaves one chunk unanswered answers no other.
    end("timeout");
}

void MsrpSession::end(const QByteArray &code)
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_service.m_timers.cancel(m_timer);
    m_service.m_timers.cancel(m_reportTimer);
    if (MsrpLink *link = std::exchange(m_link, nullptr))
        link->detach(this);
    if (MsrpLink *link = std::exchange(m_connecting, nullptr))
        link->detach(this);
    bool taken = isTaken();
    auto queue = std::exchange(m_queue, {});
    const auto told = std::exchange(ended, nullptr);
    const bool silent = code == "timeout";
    for (const Message &message : queue) {
        if (std::exchange(taken, false)) {
            message.done({MsrpOutcome::Kind::Acknowledged, "200", message.head});
            continue;
        }
        const bool underWay = message.started && silent;
        message.done({underWay ? MsrpOutcome::Kind::Unanswered : MsrpOutcome::Kind::Ended, code, message.head});
    }
    if (told)
        told(code); // may destroy this
}

} // namespace reveille
