// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/views.h"

#include "engine/faultplan.h"
#include "wire/jsondevice.h"
#include "wire/jsonpush.h"
#include "wire/jsonwake.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QString base64(const QByteArray &octets)
{
    return QString::fromLatin1(octets.toBase64());
}

} // namespace

QJsonObject connectionView(const ConnectionSnapshot &connection)
{
    const ConnectionFacts &facts = connection.facts;
    return {{u"id"_s, qint64(connection.id.number)},     {u"kind"_s, facts.kind},
            {u"transport"_s, facts.transport},           {u"peer"_s, jsonText(facts.peer)},
            {u"local"_s, jsonText(facts.local)},         {u"address"_s, jsonText(facts.address)},
            {u"flow"_s, jsonText(connection.flow)},      {u"live"_s, connection.live},
            {u"probes_lost"_s, connection.probesLost},   {u"liveness"_s, toJson(connection.liveness)}};
}

QJsonObject deviceView(const DeviceSnapshot &device)
{
    QJsonObject view = toJson(device.device);
    QJsonArray connections;
    for (const ConnectionSnapshot &connection : device.connections)
        connections.append(connectionView(connection));
    QJsonArray ready;
    for (const WakeRoute &route : device.readyRoutes)
        ready.append(toJson(route));
    view.insert(u"liveness"_s, toJson(device.liveness));
    view.insert(u"connections"_s, connections);
    view.insert(u"pending_pushes"_s, device.pendingPushes);
    view.insert(u"active_wake"_s, jsonText(device.activeWake.text()));
    view.insert(u"ready_routes"_s, ready);
    return view;
}

QJsonObject userView(const UserSnapshot &user)
{
    QJsonObject view = toJson(user.user);
    view.insert(u"has_password"_s, user.hasPassword);
    view.insert(u"devices"_s, user.devices);
    return view;
}

QJsonObject countersView(const ServerCounters &counters)
{
    return {{u"users"_s, counters.users},
            {u"devices"_s, counters.devices},
            {u"up"_s, counters.up},
            {u"suspect"_s, counters.suspect},
            {u"lost"_s, counters.lost},
            {u"waking"_s, counters.waking},
            {u"unreachable"_s, counters.unreachable},
            {u"pushes_accepted"_s, counters.pushesAccepted},
            {u"pushes_delivered"_s, counters.pushesDelivered},
            {u"pushes_confirmed"_s, counters.pushesConfirmed},
            {u"pushes_awaiting_confirmation"_s, counters.pushesAwaited},
            {u"pushes_pending"_s, counters.pushesPending},
            {u"pushes_failed"_s, counters.pushesFailed},
            {u"wakes_active"_s, counters.wakesActive},
            {u"wakes_succeeded"_s, counters.wakesSucceeded},
            {u"wakes_failed"_s, counters.wakesFailed},
            {u"sirs_sent"_s, counters.sirsSent},
            {u"probes_sent"_s, counters.probesSent},
            {u"probes_answered"_s, counters.probesAnswered},
            {u"probes_lost"_s, counters.probesLost},
            {u"address_changes"_s, counters.addressChanges},
            {u"networks_learned"_s, counters.networksLearned},
            {u"faults_active"_s, counters.faultsActive},
            {u"faults_struck"_s, counters.faultsStruck}};
}

QJsonObject storeView(const StoreFacts &store)
{
    return {{u"queued"_s, store.queued},
            {u"commits"_s, store.commits},
            {u"last_commit_ms"_s, qint64(store.lastCommit.count())},
            {u"trouble"_s, jsonText(QString::fromLatin1(store.trouble))}};
}

QJsonObject faultsView(const FaultPlan &faults)
{
    return {{u"allowed"_s, faults.isAllowed()},
            {u"active"_s, qint64(faults.rules().size())},
            {u"struck"_s, faults.struck()},
            {u"next_end"_s, jsonTime(faults.nextEnd())}};
}

QJsonObject bearerView(const BearerSnapshot &bearer)
{
    return {{u"name"_s, bearer.facts.name},
            {u"type"_s, bearer.facts.type},
            {u"carries"_s, jsonTexts(bearer.facts.carries)},
            {u"healthy"_s, bearer.health.healthy},
            {u"code"_s, jsonText(QString::fromLatin1(bearer.health.code))},
            {u"peer"_s, jsonText(bearer.health.peer)},
            {u"since"_s, jsonText(bearer.health.since.toIso())},
            {u"detail"_s, jsonText(bearer.health.detail)},
            {u"sent"_s, qint64(bearer.health.sent)},
            {u"failed"_s, qint64(bearer.health.failed)},
            {u"received"_s, qint64(bearer.health.received)},
            {u"queued"_s, bearer.health.queued},
            {u"in_flight"_s, bearer.health.inFlight}};
}

QJsonObject bearerTestView(const BearerTest &test)
{
    return {{u"ok"_s, test.ok},
            {u"code"_s, jsonText(QString::fromLatin1(test.code))},
            {u"detail"_s, jsonText(test.detail)},
            {u"took_ms"_s, qint64(test.took.count())}};
}

QJsonObject previewView(const WakePreview &preview)
{
    QJsonArray recipients;
    for (const DeviceId &recipient : preview.plan.recipients)
        recipients.append(recipient.toString());
    return {{u"bearer"_s, jsonText(preview.bearer)},
            {u"route"_s, preview.bearer.isEmpty() ? QJsonValue() : QJsonValue(toJson(preview.route))},
            {u"mode"_s, QString::fromLatin1(toText(preview.plan.mode))},
            {u"identity_inside"_s, preview.plan.identityInside},
            {u"user_inside"_s, preview.plan.userInside},
            {u"recipients"_s, recipients},
            {u"sir"_s, toJson(preview.sir)},
            {u"sir_bytes"_s, base64(preview.sirBytes)},
            {u"wire_bytes"_s, base64(preview.wireBytes)},
            {u"wire_format"_s, jsonText(preview.wireFormat)},
            {u"budget"_s, QJsonObject{{u"octets"_s, preview.budget.octets},
                                      {u"parts"_s, preview.budget.parts},
                                      {u"limit"_s, preview.budget.limit > 0 ? QJsonValue(preview.budget.limit) : QJsonValue()}}},
            {u"checks"_s, toJson(preview.checks)}};
}

} // namespace reveille
