// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/messagereceiver.h"

#include "wire/cpim.h"
#include "wire/sipbuilder.h"

#include <algorithm>

namespace reveille {
namespace {

constexpr const char *allowed = "MESSAGE, OPTIONS";

/// RFC 3261 section 17.2.3: branch, sent-by and method.
QByteArray transactionKey(const SipMessage &request)
{
    const SipVia &via = request.topVia();
    return via.branch + '\n' + via.host + ':' + QByteArray::number(via.port) + '\n' +
           request.method().toByteArray() + '\n' + request.callId().toByteArray() + '\n' +
           QByteArray::number(request.cseq());
}

/// What asks for a disposition notification may come in a message of its own (RFC 5438 section 7.1). One that cannot be read
/// is taken as it is.
void unwrap(ReceivedPush &push)
{
    if (push.contentType.section(u';', 0, 0).trimmed().compare(QLatin1StringView(cpimType), Qt::CaseInsensitive) != 0)
        return;
    Result<Cpim> message = Cpim::parse(push.body);
    if (!message)
        return;
    if (push.id.isEmpty())
        push.id = QString::fromUtf8(message->messageId).left(255);
    push.confirm |= message->dispositions.contains("positive-delivery") || message->dispositions.contains("display");
    push.contentType = QString::fromUtf8(message->contentType);
    push.contentEncoding = QString::fromUtf8(message->contentEncoding);
    push.body = std::move(message->body);
}

} // namespace

MessageReceiver::Outcome MessageReceiver::take(const SipMessage &request)
{
    if (request.method() == "ACK")
        return {};
    while (!m_answers.empty() && m_answers.front().until.hasExpired())
        m_answers.pop_front();
    const QByteArray key = transactionKey(request);
    const auto repeated =
        std::find_if(m_answers.begin(), m_answers.end(), [&](const Answer &a) { return a.key == key; });
    if (repeated != m_answers.end())
        return {repeated->octets, std::nullopt, std::nullopt};

    Outcome outcome;
    int status = 405;
    if (request.method() == "OPTIONS")
        status = 200;
    else if (request.method() == "CANCEL")
        status = 481;
    if (request.method() == "MESSAGE" && isWakeMessage(request)) {
        outcome.wake = readWakeMessage(request);
        status = judge(*outcome.wake);
    } else if (request.method() == "MESSAGE") {
        outcome.push = read(request);
        status = outcome.push->answered;
    }
    SipResponse response(request, status);
    response.toTag(newSipTag());
    if (status == 405 || request.method() == "OPTIONS")
        response.header("Allow", allowed);
    if (request.method() == "OPTIONS")
        response.header("Accept", "*/*").header("Supported", "path, outbound, gruu");
    outcome.answer = response.bytes();
    m_answers.push_back({key, outcome.answer, QDeadlineTimer(answerLife)});
    if (m_answers.size() > size_t(maxAnswers))
        m_answers.pop_front();
    return outcome;
}

int MessageReceiver::judge(const Result<WakeDatagram> &wake) const
{
    if (!wake || wake->contradictory)
        return 400;
    if (meaningOf(wake->sir, m_inbox.owner()) != SirMeaning::ForMe)
        return m_handsOn ? 202 : 480;
    return m_inbox.refusal() != 0 ? m_inbox.refusal() : 200;
}

ReceivedPush MessageReceiver::read(const SipMessage &request)
{
    ReceivedPush push;
    push.id = QString::fromUtf8(request.header("x-reveille-push")).left(255);
    push.contentType = QString::fromUtf8(request.contentType());
    push.contentEncoding = QString::fromUtf8(request.header("content-encoding"));
    push.application = QString::fromUtf8(request.header("x-wap-application-id"));
    push.body = request.body();
    push.confirm = request.header("x-reveille-confirm").compare("yes", Qt::CaseInsensitive) == 0;
    unwrap(push);
    m_inbox.take(push);
    return push;
}

} // namespace reveille
