// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsondevice.h"

#include "wire/jsonreturned.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QJsonValue portToJson(ClientPort port)
{
    return port.isSet() ? QJsonValue(port.number()) : QJsonValue();
}

QJsonValue minutesToJson(int minutes)
{
    if (minutes < 0)
        return {};
    return QString::number(minutes / 60).rightJustified(2, u'0') + u':' +
           QString::number(minutes % 60).rightJustified(2, u'0');
}

} // namespace

QJsonObject toJson(const WakeRoute &route)
{
    return {
        {u"bearer"_s, route.bearer},
        {u"address"_s, route.address},
        {u"port"_s, portToJson(route.port)},
        {u"source"_s, QString::fromLatin1(toText(route.source))},
    };
}

QJsonObject toJson(const Capabilities &capabilities)
{
    return {
        {u"content_types"_s, jsonTexts(capabilities.contentTypes)},
        {u"max_message_size"_s, capabilities.maxMessageSize},
        {u"sir_version"_s, capabilities.sirVersion},
    };
}

QJsonObject toJson(const Preferences &preferences)
{
    return {
        {u"accepts_pushes"_s, preferences.acceptsPushes},
        {u"preferred"_s, preferences.preferred},
        {u"order"_s, preferences.order},
        {u"quiet_from"_s, minutesToJson(preferences.quietFrom)},
        {u"quiet_until"_s, minutesToJson(preferences.quietUntil)},
        {u"zone"_s, jsonText(preferences.zone)},
    };
}

QJsonObject toJson(const Device &device)
{
    QJsonArray routes;
    for (const WakeRoute &route : device.wakeRoutes())
        routes.append(toJson(route));
    QJsonArray returned;
    for (const Returned &told : device.returned)
        returned.append(toJson(told));
    return {
        {u"id"_s, device.id.toString()},
        {u"user"_s, jsonText(device.user.toString())},
        {u"name"_s, jsonText(device.name)},
        {u"msisdn"_s, jsonText(device.msisdn.toString())},
        {u"client_port"_s, portToJson(device.clientPort)},
        {u"gruu"_s, jsonText(device.gruu)},
        {u"capabilities"_s, toJson(device.capabilities)},
        {u"preferences"_s, toJson(device.preferences)},
        {u"subscriptions"_s, jsonTexts(device.subscriptions)},
        {u"wake_routes"_s, routes},
        {u"returned"_s, returned},
        {u"wake_policy"_s, jsonText(QString::fromLatin1(toText(device.wakeRule)))},
        {u"created_at"_s, jsonTime(device.createdAt)},
        {u"last_seen"_s, jsonTime(device.lastSeen)},
    };
}

QJsonObject toJson(const User &user)
{
    return {
        {u"id"_s, user.id.toString()},
        {u"name"_s, jsonText(user.name)},
        {u"has_password"_s, user.hasPassword()},
        {u"wake_policy"_s, jsonText(QString::fromLatin1(toText(user.wakeRule)))},
        {u"created_at"_s, jsonTime(user.createdAt)},
    };
}

QJsonObject toJson(const Evidence &evidence)
{
    return {
        {u"rule"_s, jsonText(QString::fromLatin1(toText(evidence.rule)))},
        {u"subject"_s, jsonText(evidence.subject)},
        {u"value"_s, evidence.value},
        {u"at"_s, jsonTime(evidence.at)},
        {u"changes_at"_s, jsonTime(evidence.changesAt)},
    };
}

QJsonObject toJson(const Liveness &liveness)
{
    return {
        {u"state"_s, QString::fromLatin1(toText(liveness.state()))},
        {u"reason"_s, jsonText(QString::fromLatin1(toText(liveness.reason())))},
        {u"evidence"_s, toJson(liveness.evidence())},
        {u"registered_until"_s, jsonTime(liveness.registeredUntil())},
        {u"last_packet"_s, jsonTime(liveness.lastPacket())},
        {u"last_proof"_s, jsonTime(liveness.lastProof())},
    };
}

} // namespace reveille
