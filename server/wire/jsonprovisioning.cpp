// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"
#include "wire/celltext.h"
#include "wire/jsondevice.h"
#include "wire/jsonreader.h"

#include <QTime>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRoutes = 16;
constexpr qsizetype mostTexts = 100;
constexpr qint64 largestMessage = Q_INT64_C(1) << 40;
constexpr qint64 highestSirVersion = 2;
constexpr qint64 highestPort = 65535;

QString entry(qsizetype index)
{
    return u"wake_routes["_s + QString::number(index) + u']';
}

void readPort(JsonReader &reader, const QString &field, ClientPort &port)
{
    if (!reader.has(field))
        return;
    qint64 number = 0;
    reader.number(field, number, 1, highestPort);
    port = ClientPort(quint16(number)); // 0 = cleared
}

/// "HH:MM" as minutes after midnight; null as none.
void readMinutes(JsonReader &reader, const QString &field, int &minutes)
{
    if (!reader.has(field))
        return;
    QString text;
    reader.text(field, text);
    const QTime time = QTime::fromString(text, u"HH:mm"_s);
    if (!text.isEmpty() && !time.isValid())
        reader.fail("json-field-value", field);
    minutes = time.isValid() ? time.hour() * 60 + time.minute() : -1;
}

void readCapabilities(JsonReader &outer, Capabilities &capabilities)
{
    const QString field = u"capabilities"_s;
    const std::optional<QJsonObject> object = outer.object(field);
    if (!object) {
        if (outer.has(field))
            capabilities = {};
        return;
    }
    JsonReader reader(*object, outer.path(field), outer.null());
    reader.texts(u"content_types"_s, capabilities.contentTypes, mostTexts);
    reader.number(u"max_message_size"_s, capabilities.maxMessageSize, 0, largestMessage);
    if (reader.has(u"sir_version"_s)) {
        reader.require(u"sir_version"_s);
        qint64 version = 0;
        reader.number(u"sir_version"_s, version, 0, highestSirVersion);
        capabilities.sirVersion = int(version);
    }
    reader.finish();
    if (reader.failed())
        outer.adopt(reader.error());
}

void readPreferences(JsonReader &outer, Preferences &preferences)
{
    const QString field = u"preferences"_s;
    const std::optional<QJsonObject> object = outer.object(field);
    if (!object) {
        if (outer.has(field))
            preferences = {};
        return;
    }
    JsonReader reader(*object, outer.path(field), outer.null());
    if (reader.has(u"accepts_pushes"_s)) {
        reader.require(u"accepts_pushes"_s);
        reader.flag(u"accepts_pushes"_s, preferences.acceptsPushes);
    }
    reader.flag(u"preferred"_s, preferences.preferred);
    qint64 order = preferences.order;
    reader.number(u"order"_s, order, 0, Preferences::lastOrder);
    preferences.order = int(order);
    readMinutes(reader, u"quiet_from"_s, preferences.quietFrom);
    readMinutes(reader, u"quiet_until"_s, preferences.quietUntil);
    reader.text(u"zone"_s, preferences.zone);
    if (!isKnownZone(preferences.zone))
        reader.fail("json-field-value", u"zone"_s);
    if ((preferences.quietFrom < 0) != (preferences.quietUntil < 0))
        reader.fail("json-field-missing", preferences.quietFrom < 0 ? u"quiet_from"_s : u"quiet_until"_s);
    reader.finish();
    if (reader.failed())
        outer.adopt(reader.error());
}

/// The others, what the client said of itself and what is implied, are only shown and not judged again.
void checkRoute(JsonReader &reader, WakeRoute &route)
{
    if (route.bearer == "sms"_L1 && route.address.isEmpty())
        return; // the device's own number
    const Result<WakeRoute> checked = checkedRoute(route);
    if (checked)
        route = *checked;
    else
        reader.fail(checked.error().code, u"address"_s);
}

void readRoutes(JsonReader &outer, QVector<WakeRoute> &routes)
{
    const std::optional<QJsonArray> list = outer.array(u"wake_routes"_s, mostRoutes);
    if (!list)
        return;
    QVector<WakeRoute> given;
    for (qsizetype i = 0; i < list->size(); ++i) {
        if (!list->at(i).isObject())
            return outer.fail("json-field-type", entry(i));
        const QJsonObject object = list->at(i).toObject();
        JsonReader reader(object, outer.path(entry(i)));
        WakeRoute route;
        QString source;
        reader.require(u"bearer"_s);
        reader.text(u"bearer"_s, route.bearer);
        reader.require(u"address"_s);
        reader.text(u"address"_s, route.address);
        readPort(reader, u"port"_s, route.port);
        reader.text(u"source"_s, source);
        if (route.bearer.isEmpty())
            reader.fail("json-field-value", u"bearer"_s);
        const bool isGiven = source.isEmpty() || source == "provisioned"_L1;
        if (!isGiven && source != "client"_L1 && source != "implied"_L1)
            reader.fail("json-field-value", u"source"_s);
        reader.finish();
        if (isGiven && !reader.failed())
            checkRoute(reader, route);
        if (reader.failed())
            return outer.adopt(reader.error());
        if (isGiven)
            given.append(route);
    }
    routes = given;
}

/// Null or empty: inherited.
void readWakeRule(JsonReader &reader, WakeRule &rule)
{
    if (!reader.has(u"wake_policy"_s))
        return;
    QString text;
    reader.text(u"wake_policy"_s, text);
    const std::optional<WakeRule> known = wakeRuleFromText(text);
    if (known)
        rule = *known;
    else
        reader.fail("json-field-value", u"wake_policy"_s);
}

} // namespace

Result<Device> deviceFromJson(const QJsonObject &object, const Device &base)
{
    Device device = base;
    JsonReader reader(object, {}, JsonReader::Null::Cleared);
    if (reader.has(u"id"_s)) {
        DeviceId id;
        reader.value(u"id"_s, id, [](const QString &text) { return DeviceId::parse(text); });
        if (id != base.id)
            reader.fail("json-field-conflict", u"id"_s);
    }
    reader.value(u"user"_s, device.user, [](const QString &text) { return PublicUserId::parse(text); });
    if (device.user.isEmpty())
        reader.fail("json-field-missing", u"user"_s);
    reader.text(u"name"_s, device.name);
    reader.value(u"msisdn"_s, device.msisdn, [](const QString &text) { return Msisdn::parse(text); });
    readPort(reader, u"client_port"_s, device.clientPort);
    readRoutes(reader, device.provisionedRoutes);
    readCapabilities(reader, device.capabilities);
    readPreferences(reader, device.preferences);
    reader.texts(u"subscriptions"_s, device.subscriptions, mostTexts);
    readWakeRule(reader, device.wakeRule);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return device;
}

Result<UserOrder> userOrderFromJson(const QJsonObject &object)
{
    UserOrder order;
    JsonReader reader(object, {}, JsonReader::Null::Cleared);
    QString text;
    if (reader.has(u"name"_s)) {
        reader.text(u"name"_s, text);
        order.name = text;
    }
    if (reader.has(u"password"_s)) {
        text.clear();
        reader.text(u"password"_s, text);
        order.password = text;
    }
    if (reader.has(u"wake_policy"_s)) {
        WakeRule rule = WakeRule::Inherit;
        readWakeRule(reader, rule);
        order.wakeRule = rule;
    }
    reader.finish();
    if (reader.failed())
        return reader.error();
    return order;
}

namespace {

void readRights(JsonReader &reader, InitiatorRights &rights)
{
    if (reader.has(u"targets"_s)) {
        rights.targets.clear();
        reader.texts(u"targets"_s, rights.targets, InitiatorRights::mostTargets);
    }
    if (reader.has(u"contents"_s)) {
        QStringList contents;
        reader.texts(u"contents"_s, contents, contentClasses);
        rights.contents = 0;
        for (const QString &name : std::as_const(contents)) {
            if (const auto content = contentClassFromText(name))
                rights.allow(*content);
            else
                reader.fail("json-field-value", u"contents"_s);
        }
    }
    qint64 perSecond = rights.pushesPerSecond;
    reader.number(u"pushes_per_second"_s, perSecond, 0, InitiatorRights::mostPerSecond);
    rights.pushesPerSecond = int(perSecond);
    reader.number(u"pushes_per_day"_s, rights.pushesPerDay, 0, InitiatorRights::mostPerDay);
}

} // namespace

Result<InitiatorOrder> initiatorOrderFromJson(const QJsonObject &object)
{
    InitiatorOrder order;
    JsonReader reader(object);
    reader.require(u"name"_s);
    reader.text(u"name"_s, order.name);
    if (order.name.isEmpty())
        reader.fail("json-field-value", u"name"_s);
    readRights(reader, order.rights);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return order;
}

Result<InitiatorRights> initiatorRightsFromJson(const QJsonObject &object, const InitiatorRights &base)
{
    InitiatorRights rights = base;
    JsonReader reader(object);
    readRights(reader, rights);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return rights;
}

QJsonObject toJson(const Initiator &initiator)
{
    return {{u"id"_s, initiator.id.text()},
            {u"name"_s, initiator.name},
            {u"created_at"_s, jsonTime(initiator.createdAt)},
            {u"targets"_s, QJsonArray::fromStringList(initiator.rights.targets)},
            {u"contents"_s, QJsonArray::fromStringList(initiator.rights.contentNames())},
            {u"pushes_per_second"_s, initiator.rights.pushesPerSecond},
            {u"pushes_per_day"_s, initiator.rights.pushesPerDay}};
}

} // namespace reveille
