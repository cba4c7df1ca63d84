// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/triggergate.h"

#include "http/addresscount.h"
#include "http/problem.h"
#include "http/tokencheck.h"
#include "wire/contentclasses.h"

#include <algorithm>

namespace reveille {

namespace {

/// Every way of naming a target that is not there, or not for this initiator.
bool isMiss(const Error &error)
{
    static constexpr const char *targets[] = {"user-unknown",        "device-unknown",
                                              "msisdn-unknown",      "session-unknown",
                                              "device-of-other-user", "device-belongs-to-other-user",
                                              "target-not-allowed"};
    return std::any_of(std::begin(targets), std::end(targets), [&](const char *code) { return error.is(code); });
}

InitiatorId openInitiator()
{
    return InitiatorId(QStringLiteral("open"));
}

/// Where guesses are counted: the owner of the address, and what they are for.
QString sourceOf(const QString &peer, const QString &what = {})
{
    QString host = peer.left(peer.lastIndexOf(u':'));
    if (!host.startsWith(u'[')) // IPv4, its own owner
        return host + u' ' + what;
    host.remove(u'[').remove(u']');
    return ownerOf(QHostAddress(host)).toString() + u' ' + what;
}

/// "POST /pap".
QString placeOf(const HttpRequest &request)
{
    const QByteArray path = request.target.split('?').first();
    return QString::fromLatin1(request.method.left(10) + ' ' + path.left(100));
}

} // namespace

HttpRouteTerms TriggerGate::terms()
{
    return {.guard = [this](HttpCall &call) -> std::optional<HttpResponse> {
        const Result<InitiatorId> initiator = judge(call);
        if (!initiator) {
            noteRefusal({}, call.peer, placeOf(call.request), initiator.error());
            return problem(initiator.error());
        }
        call.caller = initiator->text();
        return {};
    }};
}

Result<InitiatorId> TriggerGate::initiatorOf(const HttpCall &call) const
{
    const InitiatorId initiator(call.caller);
    return isKnown(initiator) ? Result<InitiatorId>(initiator) : Result<InitiatorId>(Error{"token-wrong", {}});
}

Result<InitiatorId> TriggerGate::judge(const HttpCall &call)
{
    if (call.request.headers.has("Authorization")) {
        const Timestamp now = m_engine.clock().now();
        const QString source = sourceOf(call.peer);
        const QByteArray token = presentedToken(call.request);
        const Initiator *initiator = token.isEmpty() ? nullptr : m_engine.initiatorOfToken(token);
        if (const Result<Done> may = m_guard.mayProve(source, initiator ? initiator->id : InitiatorId(), now); !may)
            return may.error();
        if (!initiator) {
            m_guard.guessed(source, now);
            return Error{"token-wrong", {}};
        }
        m_guard.proved(source, initiator->id, now);
        return initiator->id;
    }
    if (m_needToken)
        return Error{"token-missing", {}};
    return openInitiator();
}

Result<Done> TriggerGate::maySign(const HttpCall &call, const PushResource &resource) const
{
    return m_guard.mayProve(sourceOf(call.peer, resource.id.text()), {}, m_engine.clock().now());
}

void TriggerGate::signedWrong(const HttpCall &call, const PushResource &resource)
{
    m_guard.guessed(sourceOf(call.peer, resource.id.text()), m_engine.clock().now());
}

bool TriggerGate::claim(const InitiatorId &initiator, const QString &reference)
{
    const std::pair key(initiator, reference);
    if (m_claimed.contains(key))
        return false;
    m_claimed.insert(key);
    return true;
}

Result<Done> TriggerGate::allowsContent(const PushRequest &request) const
{
    if (!contentClassOf(request.contentType, request.application) && !isContainer(request.contentType))
        return Done{};
    const std::optional<Initiator> initiator = m_engine.initiator(request.initiator);
    const InitiatorRights rights = initiator ? initiator->rights : InitiatorRights();
    if (rights.contentNames().size() == contentClasses)
        return Done{};
    const auto found = contentClassesIn(request.contentType, request.application, request.contentEncoding, request.body);
    if (!found)
        return found.error();
    for (int i = 0; i < contentClasses; ++i) {
        const auto content = ContentClass(i);
        if (found->contains(content) && !rights.maySend(content))
            return Error{"content-not-allowed", QString::fromLatin1(toText(content))};
    }
    return Done{};
}

Result<Done> TriggerGate::allows(const PushRequest &request) const
{
    const std::optional<Initiator> initiator = m_engine.initiator(request.initiator);
    if (!isKnown(request.initiator))
        return Error{"token-wrong", {}};
    if (const Result<Done> content = allowsContent(request); !content)
        return content;
    if (!initiator || initiator->rights.targets.isEmpty())
        return Done{};
    const Result<PublicUserId> user = m_engine.pushes().userOf(request);
    if (!user)
        return user.error();
    return initiator->rights.mayAddress(*user) ? Result<Done>(Done{}) : Result<Done>(Error{"target-not-allowed", {}});
}

bool TriggerGate::isKnown(const InitiatorId &initiator) const
{
    return initiator == openInitiator() || m_engine.initiator(initiator).has_value();
}

void TriggerGate::noteRefusal(const InitiatorId &initiator, const QString &peer, const QString &target, const Error &error,
                              const PublicUserId &user, const DeviceId &device)
{
    std::optional<quint64> leftOut = 0;
    if (!isMiss(error)) { // of those each initiator has few
        const std::chrono::steady_clock::time_point now{Milliseconds(m_engine.clock().now().ms)};
        leftOut = (initiator.isEmpty() ? m_strangers : m_initiators).pass(now);
    }
    if (!leftOut)
        return;
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = QStringLiteral("trigger-refused");
    entry.user = user;
    entry.device = device;
    entry.fields = {{QStringLiteral("code"), QString::fromLatin1(error.code)}, {QStringLiteral("target"), target}};
    if (!error.about.isEmpty() && error.about != target)
        entry.fields.append({QStringLiteral("about"), error.about});
    if (!initiator.isEmpty())
        entry.fields.append({QStringLiteral("initiator"), initiator.text()});
    entry.fields.append({QStringLiteral("peer"), peer});
    if (*leftOut > 0)
        entry.fields.append({QStringLiteral("left_out"), QString::number(*leftOut)});
    m_engine.journal().add(entry);
}

Result<Done> TriggerGate::cancel(const PushId &push, const InitiatorId &initiator, const QString &peer)
{
    const Result<Done> cancelled = m_engine.pushes().cancel(push, "by-initiator");
    if (!cancelled)
        return cancelled;
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = QStringLiteral("trigger-cancelled");
    entry.push = push;
    entry.fields = {{QStringLiteral("initiator"), initiator.text()}, {QStringLiteral("peer"), peer}};
    m_engine.journal().add(entry);
    return cancelled;
}

bool TriggerGate::mayAddress(const InitiatorId &initiator, const PublicUserId &user) const
{
    const std::optional<Initiator> known = m_engine.initiator(initiator);
    return known ? known->rights.mayAddress(user) : initiator == openInitiator();
}

Result<Done> TriggerGate::admit(const InitiatorId &initiator, int pushes)
{
    const std::optional<Initiator> known = m_engine.initiator(initiator);
    const InitiatorRights rights = known ? known->rights : InitiatorRights();
    return m_guard.admit(initiator, pushes, {rights.pushesPerSecond, rights.pushesPerDay}, m_engine.clock().now());
}

Error TriggerGate::told(const InitiatorId &initiator, const Error &error)
{
    if (!isMiss(error))
        return error;
    m_guard.missed(initiator, m_engine.clock().now());
    return {"target-unknown", {}};
}

} // namespace reveille
