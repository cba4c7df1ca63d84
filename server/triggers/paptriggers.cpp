// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/paptriggers.h"

#include "domain/selection.h"
#include "domain/textscan.h"
#include "engine/engine.h"
#include "engine/idmaker.h"
#include "http/problem.h"
#include "triggers/papcapabilities.h"
#include "triggers/papreports.h"
#include "triggers/resultnotifier.h"
#include "wire/papstatus.h"
#include "wire/utf8.h"

#include <QPointer>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype fragmentLength = 200; ///< characters of a bad document that are told back

HttpResponse papResponse(const QByteArray &document)
{
    HttpResponse response;
    response.status = 202;
    response.headers.add("Content-Type", "application/xml");
    response.body = document;
    return response;
}

/// "Bad request: content-missing", "Bad request: deliver-times 2026-11-20T19:30:00Z".
QString described(int code, const Error &error)
{
    // Which kind of target is not there is nobody's business.
    if (code == PapCode::addressError)
        return papStatusText(code) + (error.about.isEmpty() ? QString() : u": "_s + error.about);
    const bool isOurs = code == PapCode::internalError;
    return papStatusText(code) + u": "_s + QString::fromLatin1(error.code)
        + (isOurs || error.about.isEmpty() ? QString() : u' ' + shortened(error.about));
}

bool tellsVersions(const PapDocument &document)
{
    return document.version.major > 1 || !document.supportedVersions.isEmpty();
}

} // namespace

PapTriggers::PapTriggers(Engine &engine, TriggerGate &gate, PapSettings settings, ResultNotifier &notifier)
    : m_engine(engine)
    , m_gate(gate)
    , m_settings(std::move(settings))
    , m_notifier(notifier)
{
}

void PapTriggers::addTo(HttpRouter &router)
{
    HttpRouteTerms terms = m_gate.terms();
    terms.guard = [judge = std::move(terms.guard)](HttpCall &call) {
        std::optional<HttpResponse> refusal = judge(call);
        if (refusal)
            refusal->headers.add("WWW-Authenticate", "Basic realm=\"reveille\"");
        return refusal;
    };
    router.add("POST", "/pap", [this](const HttpCall &call, const HttpReply &reply) { take(call, reply); }, terms);
}

void PapTriggers::take(const HttpCall &call, const HttpReply &reply)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator)
        return reply.sendProblem(initiator.error());
    if (const Result<Done> may = m_gate.mayLook(*initiator); !may) {
        m_gate.noteRefusal(*initiator, call.peer, {}, may.error());
        return reply.sendProblem(may.error());
    }
    auto entities = PapEntities::parse(call.request.headers.value("Content-Type"), call.request.body);
    if (!entities && (entities.error().is("pap-media-type") || entities.error().is("media-type-name")))
        return reply.sendProblem({"media-type", entities.error().about});
    if (!entities)
        return answerBad(reply, {entities.error(), {}, PapCode::badRequest}, call.request.body);
    auto document = parsePap(entities->control);
    if (!document)
        return answerBad(reply, document.error(), entities->control);

    const Request request{*initiator, *std::move(document), *std::move(entities), reply};
    const PapBody &body = request.document.body;
    if (std::holds_alternative<PapPushMessage>(body))
        submit(request);
    else if (const auto *cancelled = std::get_if<PapCancelMessage>(&body))
        cancel(request, *cancelled);
    else if (const auto *asked = std::get_if<PapStatusQuery>(&body))
        query(request, *asked);
    else if (const auto *capabilities = std::get_if<PapCcqMessage>(&body))
        queryCapabilities(request, *capabilities);
    else
        answerBad(reply, {{"pap-unexpected", {}}, request.document.version, PapCode::badRequest}, request.entities.control);
}

void PapTriggers::submit(const Request &request)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    const QString pushId = message.pushId;
    auto plan = PapSubmission::plan(request.document, request.entities, request.initiator, m_settings, m_engine.clock().wall());
    if (!plan)
        return refuse(request, plan.error());
    std::optional<Error> why;
    PushLoad planned;
    const auto check = [this, &request, &why, &plan, &planned](const PushRequest &one) {
        Result<Done> taken = m_gate.mayLook(request.initiator);
        if (taken)
            taken = m_gate.allows(one);
        if (taken && plan->profile) {
            const Result<PublicUserId> user = m_engine.pushes().userOf(one);
            taken = user ? plan->matches(devicesOf(*user, one.application)) : Result<Done>(user.error());
        }
        if (taken)
            taken = m_engine.pushes().check(one, &planned);
        if (!taken && !why)
            why = taken.error();
        return taken ? taken : Result<Done>(m_gate.told(request.initiator, taken.error()));
    };
    if (auto refusal = plan->sieve(check))
        return refuse(request, *refusal, why);
    plan->join([this](const PushRequest &one) { return m_engine.pushes().userOf(one).valueOr({}); });
    if (!claim(request))
        return refuse(request, {PapCode::duplicatePushId, {"push-id-duplicate", pushId}});
    find(
        request, message.pushId,
        [this, request, plan = *plan, pushId](const QVector<Push> &same) {
            if (same.isEmpty())
                return replaceOld(request, plan);
            release(request);
            refuse(request, {PapCode::duplicatePushId, {"push-id-duplicate", pushId}});
        },
        [this, request](const Error &error) {
            release(request);
            refuse(request, {PapCode::internalError, error});
        });
}

void PapTriggers::replaceOld(const Request &request, const PapSubmission &plan)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    if (message.replacePushId.isEmpty())
        return store(request, plan, {});
    const auto refused = [this, request](const PapRefusal &refusal) {
        release(request);
        refuse(request, refusal);
    };
    find(
        request, message.replacePushId,
        [this, request, plan, refused, message](const QVector<Push> &old) {
            if (old.isEmpty())
                return refused({PapCode::pushIdNotFound, {"push-unknown", message.replacePushId}});
            PapSubmission rest = plan;
            if (message.replaceMethod == PapReplaceMethod::PendingOnly) {
                rest.requests.removeIf([&](const PushRequest &fresh) {
                    return std::none_of(old.cbegin(), old.cend(), [&](const Push &push) {
                        return push.request.to == fresh.to && m_engine.pushes().canReplace(push.id).ok();
                    });
                });
            }
            if (rest.requests.isEmpty())
                return refused({PapCode::cancellationNotPossible, {"push-finished", message.replacePushId}});
            store(request, rest, old);
        },
        [refused](const Error &error) { refused({PapCode::internalError, error}); });
}

void PapTriggers::store(const Request &request, PapSubmission plan, const QVector<Push> &old)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    const Timestamp now = m_engine.clock().now();
    if (const auto over = plan.endAt(m_engine.clock().wall())) {
        release(request);
        return refuse(request, *over);
    }
    plan.settleTerms();
    QVector<Notice> notices;
    if (!message.notifyTo.isEmpty()) {
        const PapTerms terms = PapTerms::fromBytes(plan.requests.first().terms);
        for (const PapTerms::Refused &refused : std::as_const(plan.refused)) {
            notices.append({makeId('n'), {}, message.notifyTo,
                            papRefusalNotification(message.pushId, terms, refused, now), 0, now, {}});
        }
    }
    const int count = int(plan.requests.size() + notices.size()); // each of both is work for us
    Result<Done> admitted = message.notifyTo.isEmpty() ? Result<Done>(Done{})
                                                       : m_notifier.hasRoom(request.initiator, message.addresses.size());
    if (admitted)
        admitted = m_gate.admit(request.initiator, count);
    if (!admitted) {
        release(request);
        return askAgain(request, admitted.error());
    }
    QVector<PushId> replaced;
    for (const Push &push : old) {
        const bool isListed = std::any_of(plan.requests.cbegin(), plan.requests.cend(),
                                          [&](const PushRequest &fresh) { return fresh.to == push.request.to; });
        if (isListed)
            replaced.append(push.id);
    }
    m_engine.pushes().submitTogether(
        plan.requests, notices,
        [this, guard = QPointer<PapTriggers>(this), request, plan, notices, count](const Result<QVector<PushId>> &ids) {
            if (!guard)
                return;
            release(request);
            if (ids) {
                accepted(request, plan, notices);
            } else {
                m_gate.giveBack(request.initiator, count);
                refuse(request, {papCodeOf(ids.error()), ids.error()});
            }
        },
        request.reply.peer(), replaced);
}

void PapTriggers::accepted(const Request &request, const PapSubmission &plan, const QVector<Notice> &notices)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    for (const Notice &notice : notices)
        m_notifier.add(notice, request.initiator);
    if (!message.sourceReference.isEmpty())
        journalSource(request, message);
    const Timestamp now = m_engine.clock().now();
    PapPushResponse response{message.pushId, {}, u"Reveille"_s, now, {}, PapCode::accepted, papStatusText(PapCode::accepted)};
    if (message.progressNotes) {
        response.notes = {{u"control-validated"_s, {}, now}, {u"content-validated"_s, {}, now}, {u"stored"_s, {}, now}};
        for (const PapTerms::Refused &refused : plan.refused)
            response.notes.append({u"recipient-refused"_s, refused.address, now});
    }
    answer(request, response);
}

void PapTriggers::cancel(const Request &request, const PapCancelMessage &message)
{
    find(
        request, message.pushId,
        [this, request, message](const QVector<Push> &pushes) {
            const PapCancelResponse response = papCancelled(message, pushes, [this, &request](const PushId &id) {
                return m_gate.cancel(id, request.initiator, request.reply.peer()).ok();
            });
            m_engine.writes().commit([request, response](const Result<Done> &durable) {
                PapCancelResponse told = response;
                for (PapCancelResult &result : told.results) {
                    if (!durable && result.code == PapCode::ok)
                        result = {PapCode::internalError, described(PapCode::internalError, durable.error()), result.addresses};
                }
                answer(request, told);
            });
        },
        [request, message](const Error &error) {
            answer(request, PapCancelResponse{message.pushId, {{PapCode::internalError, described(PapCode::internalError, error), {}}}});
        });
}

void PapTriggers::query(const Request &request, const PapStatusQuery &message)
{
    find(
        request, message.pushId,
        [this, request, message](const QVector<Push> &pushes) {
            answer(request, papStatusOf(message, pushes, [this](const PushId &id) { return m_engine.pushes().explanation(id); }));
        },
        [request, message](const Error &error) {
            answer(request, PapStatusQueryResponse{message.pushId, {{{}, PapMessageState::Unknown, PapCode::internalError, described(PapCode::internalError, error), {}, {}}}});
        });
}

void PapTriggers::queryCapabilities(const Request &request, const PapCcqMessage &message)
{
    const auto respond = [&](int code) {
        return PapCcqResponse{message.queryId, code, papStatusText(code), message.address};
    };
    const auto target = PapDirectory(m_settings).find(message.address);
    std::optional<PublicUserId> user;
    if (target)
        user = target->user.isEmpty() ? m_engine.registry().userOfMsisdn(target->msisdn) : target->user;
    const bool mayAsk = user && m_gate.mayAddress(request.initiator, *user);
    if (!mayAsk || !m_engine.registry().viewUser(*user)) {
        const Error error{user && !mayAsk ? "target-not-allowed" : "user-unknown", message.address};
        (void)m_gate.told(request.initiator, error);
        journalRefusal(request, target ? error : target.error(), message.address);
        return answer(request, respond(PapCode::addressError));
    }
    bool told = false;
    const Capabilities capabilities = papCapabilities(devicesOf(*user, message.appId), told);
    if (!told)
        return answer(request, respond(PapCode::capabilitiesNotAvailable));

    BodyPart control;
    control.headers.add("Content-Type", "application/xml");
    control.body = papAnswer(request.document.version, tellsVersions(request.document), respond(PapCode::ok));
    BodyPart profile;
    profile.headers.add("Content-Type", "application/xml");
    profile.body = papCapabilitiesDocument(capabilities);
    const QVector<BodyPart> parts{control, profile};
    const QByteArray boundary = multipartBoundary(parts);
    HttpResponse response = papResponse(toMultipartBytes(parts, boundary));
    response.headers.set("Content-Type", "multipart/related; boundary=" + boundary + "; type=\"application/xml\"");
    request.reply.send(std::move(response));
}

/// Those that take pushes for this application.
QVector<Device> PapTriggers::devicesOf(const PublicUserId &user, const QString &application) const
{
    QVector<Device> devices;
    for (const DeviceId &id : m_engine.registry().viewDevices(user)) {
        const auto view = m_engine.registry().view(id);
        if (view && takesApplication(view->device.subscriptions, application))
            devices.append(view->device);
    }
    return devices;
}

/// With a space, which no Idempotency-Key has.
bool PapTriggers::claim(const Request &request)
{
    return m_gate.claim(request.initiator, u"pap "_s + std::get<PapPushMessage>(request.document.body).pushId);
}

void PapTriggers::release(const Request &request)
{
    m_gate.release(request.initiator, u"pap "_s + std::get<PapPushMessage>(request.document.body).pushId);
}

void PapTriggers::find(const Request &request, const QString &pushId, Found found, std::function<void(const Error &)> failed)
{
    m_engine.store().readPushesByReference(
        request.initiator, pushId,
        [guard = QPointer<PapTriggers>(this), found = std::move(found), failed = std::move(failed)](Result<QVector<Push>> pushes) {
            if (!guard)
                return;
            if (!pushes)
                return failed(pushes.error());
            // Keys of the REST interface are other names.
            pushes->removeIf([](const Push &push) { return !PapTerms::areIn(push.request.terms); });
            QVector<PushId> known;
            for (Push &push : *pushes) {
                // What is in memory is newer.
                if (const auto now = guard->m_engine.pushes().push(push.id)) {
                    push = *now;
                    known.append(push.id);
                }
            }
            guard->m_engine.pushes().makeLasting(known, [guard, pushes = *pushes, found, failed](const Result<Done> &lasts) {
                if (!guard)
                    return;
                if (lasts)
                    found(pushes);
                else
                    failed(lasts.error());
            });
        });
}

void PapTriggers::refuse(const Request &request, const PapRefusal &refusal, const std::optional<Error> &why)
{
    if (httpStatusOf(refusal.error.code) == 429)
        return askAgain(request, refusal.error);
    const auto &message = std::get<PapPushMessage>(request.document.body);
    journalRefusal(request, why.value_or(refusal.error), message.addresses.value(0));
    PapPushResponse response{message.pushId, {}, u"Reveille"_s, m_engine.clock().now(), {}, refusal.code,
                             described(refusal.code, refusal.code == PapCode::addressError
                                                         ? Error{"target-unknown", message.addresses.size() == 1 ? message.addresses[0] : QString()}
                                                         : refusal.error)};
    answer(request, response);
}

/// PAP has no code that says: later.
void PapTriggers::askAgain(const Request &request, const Error &error)
{
    journalRefusal(request, error, std::get<PapPushMessage>(request.document.body).addresses.value(0));
    request.reply.sendProblem(error);
}

void PapTriggers::journalRefusal(const Request &request, const Error &error, const QString &target)
{
    m_gate.noteRefusal(request.initiator, request.reply.peer(), shortened(target), error);
}

/// The content provider, which nothing else shows.
void PapTriggers::journalSource(const Request &request, const PapPushMessage &message)
{
    JournalEntry entry;
    entry.kind = JournalKind::Trigger;
    entry.event = u"pap-accepted"_s;
    entry.fields = {{u"initiator"_s, request.initiator.text()},
                    {u"peer"_s, request.reply.peer()},
                    {u"reference"_s, message.pushId},
                    {u"source"_s, shortened(message.sourceReference)}};
    m_engine.journal().add(entry);
}

void PapTriggers::answer(const Request &request, PapBody body)
{
    request.reply.send(papResponse(papAnswer(request.document.version, tellsVersions(request.document), std::move(body))));
}

void PapTriggers::answerBad(const HttpReply &reply, const PapFault &fault, const QByteArray &document)
{
    const QString desc = described(fault.status, fault.error);
    const QString fragment = readUtf8(document.left(fragmentLength * 4)).left(fragmentLength);
    reply.send(papResponse(papAnswer(fault.version, fault.version.major > 1, PapBadMessage{fault.status, desc, fragment})));
}

} // namespace reveille
