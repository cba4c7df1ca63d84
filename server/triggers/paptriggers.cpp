// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/paptriggers.h"

#include "domain/selection.h"
#include "domain/textscan.h"
#include "engine/engine.h"
#include "engine/idmaker.h"
#include "http/problem.h"
#include "triggers/papcapabilities.h"
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

/// "Bad request: content-missing".
QString described(int code, const Error &error)
{
    // Which kind of target is not there is nobody's business.
    if (code == PapCode::addressError)
        return papStatusText(code) + (error.about.isEmpty() ? QString() : u": "_s + error.about);
    return papStatusText(code) + u": "_s + QString::fromLatin1(error.code);
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
    router.add("POST", "/pap", [this](const HttpCall &call, const HttpReply &reply) { take(call, reply); });
}

void PapTriggers::take(const HttpCall &call, const HttpReply &reply)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator) {
        HttpResponse refused = problem(initiator.error());
        refused.headers.add("WWW-Authenticate", "Basic realm=\"reveille\"");
        return reply.send(std::move(refused));
    }
    if (const Result<Done> may = m_gate.mayLook(*initiator); !may)
        return reply.sendProblem(may.error());
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
    auto plan = PapSubmission::plan(request.document, request.entities, request.initiator, m_settings, m_engine.clock().now());
    if (!plan)
        return refuse(request, plan.error());
    std::optional<Error> why;
    const auto check = [this, &request, &why, &plan](const PushRequest &one) {
        Result<Done> taken = m_gate.allows(one);
        if (taken)
            taken = m_engine.pushes().check(one);
        if (taken && plan->profile)
            taken = plan->matches(devicesOf(*m_engine.pushes().userOf(one), one.application));
        if (!taken && !why)
            why = taken.error();
        return taken ? taken : Result<Done>(m_gate.told(request.initiator, taken.error()));
    };
    if (auto refusal = plan->sieve(check))
        return refuse(request, *refusal, why);
    if (!m_gate.claim(request.initiator, pushId))
        return refuse(request, {PapCode::duplicatePushId, {"push-id-duplicate", pushId}});
    find(
        request, message.pushId,
        [this, request, plan = *plan, pushId](const QVector<Push> &same) {
            if (same.isEmpty())
                return replaceOld(request, plan);
            m_gate.release(request.initiator, pushId);
            refuse(request, {PapCode::duplicatePushId, {"push-id-duplicate", pushId}});
        },
        [this, request, pushId](const Error &error) {
            m_gate.release(request.initiator, pushId);
            refuse(request, {PapCode::internalError, error});
        });
}

void PapTriggers::replaceOld(const Request &request, const PapSubmission &plan)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    if (message.replacePushId.isEmpty())
        return store(request, plan, {});
    const auto refused = [this, request, pushId = message.pushId](const PapRefusal &refusal) {
        m_gate.release(request.initiator, pushId);
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
    plan.settleTerms();
    QVector<Notice> notices;
    if (!message.notifyTo.isEmpty()) {
        const PapTerms terms = PapTerms::fromBytes(plan.requests.first().terms);
        const Timestamp now = m_engine.clock().now();
        for (const PapTerms::Refused &refused : std::as_const(plan.refused)) {
            notices.append({makeId('n'), {}, message.notifyTo,
                            papRefusalNotification(message.pushId, terms, refused, now), 0, now, {}});
        }
    }
    const int count = int(plan.requests.size() + notices.size()); // each of both is work for us
    Result<Done> admitted = message.notifyTo.isEmpty() ? Result<Done>(Done{}) : m_notifier.hasRoom(request.initiator, count);
    if (admitted)
        admitted = m_gate.admit(request.initiator, count);
    if (!admitted) { // PAP has no code that says: later
        m_gate.release(request.initiator, message.pushId);
        journalRefusal(request, admitted.error(), message.addresses.value(0));
        return request.reply.sendProblem(admitted.error());
    }
    m_engine.pushes().submitTogether(
        plan.requests, notices,
        [this, guard = QPointer<PapTriggers>(this), request, plan, notices, old, count](const Result<QVector<PushId>> &ids) {
            if (!guard)
                return;
            m_gate.release(request.initiator, std::get<PapPushMessage>(request.document.body).pushId);
            if (ids) {
                accepted(request, plan, notices, old);
            } else {
                m_gate.giveBack(request.initiator, count);
                refuse(request, {papCodeOf(ids.error()), ids.error()});
            }
        });
}

void PapTriggers::accepted(const Request &request, const PapSubmission &plan, const QVector<Notice> &notices,
                           const QVector<Push> &old)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    bool replaced = false;
    for (const Push &push : old) {
        const bool listed = std::any_of(plan.requests.cbegin(), plan.requests.cend(),
                                        [&](const PushRequest &fresh) { return fresh.to == push.request.to; });
        replaced |= listed && m_engine.pushes().replace(push.id);
    }
    for (const Notice &notice : notices)
        m_notifier.add(notice, request.initiator);
    const Timestamp now = m_engine.clock().now();
    PapPushResponse response{message.pushId, {}, u"Reveille"_s, now, {}, PapCode::accepted, papStatusText(PapCode::accepted)};
    if (message.progressNotes) {
        response.notes = {{u"control-validated"_s, {}, now}, {u"content-validated"_s, {}, now}, {u"stored"_s, {}, now}};
        for (const PapTerms::Refused &refused : plan.refused)
            response.notes.append({u"recipient-refused"_s, refused.address, now});
    }
    if (!replaced)
        return answer(request, response);
    // What was replaced must stay so over any end of the process.
    m_engine.writes().commit([request, response](const Result<Done> &) { answer(request, response); });
}

void PapTriggers::cancel(const Request &request, const PapCancelMessage &message)
{
    find(
        request, message.pushId,
        [this, request, message](const QVector<Push> &pushes) {
            PapCancelResponse response{message.pushId, {}};
            const auto add = [&](int code, const QString &address) {
                for (PapCancelResult &result : response.results) {
                    if (result.code == code)
                        return result.addresses.append(address);
                }
                response.results.append({code, papStatusText(code), address.isEmpty() ? QStringList() : QStringList{address}});
            };
            QStringList known;
            for (const Push &push : pushes) {
                const QString address = PapTerms::fromBytes(push.request.terms).address;
                known.append(address);
                if (message.addresses.isEmpty() || message.addresses.contains(address))
                    add(m_engine.pushes().cancel(push.id) ? PapCode::ok : PapCode::cancellationNotPossible, address);
            }
            for (const QString &address : message.addresses) {
                if (!pushes.isEmpty() && !known.contains(address))
                    add(PapCode::addressNotFound, address);
            }
            if (pushes.isEmpty())
                response.results = {{PapCode::pushIdNotFound, papStatusText(PapCode::pushIdNotFound), message.addresses}};
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
        [request, message](const QVector<Push> &pushes) {
            PapStatusQueryResponse response{message.pushId, {}};
            QStringList known;
            const auto wanted = [&](const QString &address) {
                known.append(address);
                return message.addresses.isEmpty() || message.addresses.contains(address);
            };
            for (const Push &push : pushes) {
                const PapTerms terms = PapTerms::fromBytes(push.request.terms);
                if (wanted(terms.address)) {
                    const PapOutcome outcome = papOutcome(push, terms);
                    response.results.append({outcome.time, outcome.state, outcome.code, papStatusText(outcome.code), {terms.address}, outcome.quality});
                }
                for (const PapTerms::Refused &refused : terms.refused) {
                    if (wanted(refused.address))
                        response.results.append({push.acceptedAt, PapMessageState::Rejected, refused.code, papStatusText(refused.code), {refused.address}, {}});
                }
            }
            for (const QString &address : message.addresses) {
                if (!pushes.isEmpty() && !known.contains(address))
                    response.results.append({{}, PapMessageState::Unknown, PapCode::addressNotFound, papStatusText(PapCode::addressNotFound), {address}, {}});
            }
            if (pushes.isEmpty())
                response.results.append({{}, PapMessageState::Unknown, PapCode::pushIdNotFound, papStatusText(PapCode::pushIdNotFound), message.addresses, {}});
            answer(request, response);
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

void PapTriggers::find(const Request &request, const QString &pushId, Found found, std::function<void(const Error &)> failed)
{
    m_engine.store().readPushesByReference(
        request.initiator, pushId,
        [guard = QPointer<PapTriggers>(this), found = std::move(found), failed = std::move(failed)](Result<QVector<Push>> pushes) {
            if (!guard)
                return;
            if (!pushes)
                return failed(pushes.error());
            for (Push &push : *pushes) {
                // What is in memory is newer.
                if (const auto now = guard->m_engine.pushes().push(push.id))
                    push = *now;
            }
            found(*pushes);
        });
}

void PapTriggers::refuse(const Request &request, const PapRefusal &refusal, const std::optional<Error> &why)
{
    const auto &message = std::get<PapPushMessage>(request.document.body);
    journalRefusal(request, why.value_or(refusal.error), message.addresses.value(0));
    PapPushResponse response{message.pushId, {}, u"Reveille"_s, m_engine.clock().now(), {}, refusal.code,
                             described(refusal.code, refusal.code == PapCode::addressError
                                                         ? Error{"target-unknown", message.addresses.size() == 1 ? message.addresses[0] : QString()}
                                                         : refusal.error)};
    answer(request, response);
}

void PapTriggers::journalRefusal(const Request &request, const Error &error, const QString &target)
{
    m_gate.noteRefusal(request.initiator, error.about.isEmpty() ? shortened(target) : error.about, error);
}

void PapTriggers::answer(const Request &request, PapBody body)
{
    request.reply.send(papResponse(papAnswer(request.document.version, tellsVersions(request.document), std::move(body))));
}

void PapTriggers::answerBad(const HttpReply &reply, const PapFault &fault, const QByteArray &document)
{
    QString desc = described(fault.status, fault.error);
    if (!fault.error.about.isEmpty())
        desc += u' ' + fault.error.about;
    const QString fragment = readUtf8(document.left(fragmentLength * 4)).left(fragmentLength);
    reply.send(papResponse(papAnswer(fault.version, fault.version.major > 1, PapBadMessage{fault.status, desc, fragment})));
}

} // namespace reveille
