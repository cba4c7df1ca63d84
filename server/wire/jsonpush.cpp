// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonpush.h"

#include "wire/jsonreader.h"
#include "wire/utf8.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestTtl = 7 * 24 * 3600; // seconds
constexpr qsizetype mostDevices = 64;
constexpr qsizetype mostInBatch = 1000;

QJsonValue code(const char *text)
{
    return jsonText(QString::fromLatin1(text));
}

Result<DeviceId> deviceFromText(const QString &text)
{
    return DeviceId::parse(text);
}

void readTarget(JsonReader &outer, PushTarget &to)
{
    outer.require(u"to"_s);
    const std::optional<QJsonObject> object = outer.object(u"to"_s);
    if (!object)
        return;
    JsonReader reader(*object, outer.path(u"to"_s));
    reader.value(u"user"_s, to.user, [](const QString &text) { return PublicUserId::parse(text); });
    reader.value(u"device"_s, to.device, deviceFromText);
    reader.value(u"msisdn"_s, to.msisdn, [](const QString &text) { return Msisdn::parse(text); });
    reader.text(u"session"_s, to.session);
    reader.finish();
    if (reader.failed())
        return outer.adopt(reader.error());
    const int given = int(!to.user.isEmpty()) + int(!to.device.isEmpty()) + int(!to.msisdn.isEmpty()) +
                      int(!to.session.isEmpty());
    if (given != 1)
        outer.fail(given == 0 ? "json-field-missing" : "json-field-conflict", u"to"_s);
}

void readDevices(JsonReader &reader, QVector<DeviceId> &devices)
{
    QStringList texts;
    reader.texts(u"devices"_s, texts, mostDevices);
    for (qsizetype i = 0; i < texts.size() && !reader.failed(); ++i) {
        const Result<DeviceId> device = DeviceId::parse(texts[i]);
        if (device)
            devices.append(*device);
        else
            reader.fail(device.error().code, u"devices["_s + QString::number(i) + u']');
    }
}

void readBody(JsonReader &reader, QByteArray &body)
{
    QString text;
    if (reader.has(u"body"_s) && reader.has(u"body_base64"_s))
        return reader.fail("json-field-conflict", u"body_base64"_s);
    if (reader.has(u"body"_s)) {
        reader.rawText(u"body"_s, text);
        body = text.toUtf8();
    } else if (reader.has(u"body_base64"_s)) {
        reader.rawText(u"body_base64"_s, text);
        const auto decoded =
            QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return reader.fail("json-field-value", u"body_base64"_s);
        body = decoded.decoded;
    }
}

void readRest(JsonReader &reader, PushRequest &request)
{
    readDevices(reader, request.devices);
    reader.text(u"application"_s, request.application);
    reader.text(u"content_type"_s, request.contentType);
    readBody(reader, request.body);
    qint64 ttl = request.ttl.count() / 1000;
    reader.number(u"ttl_s"_s, ttl, 0, longestTtl);
    request.ttl = Milliseconds(ttl * 1000);
    reader.choice(u"priority"_s, request.priority, pushPriorityFromText);
    reader.choice(u"when"_s, request.when, pushWhenFromText);
    reader.choice(u"choice"_s, request.choice, deviceChoiceFromText);
    reader.flag(u"confirm"_s, request.confirm);
    if (reader.has(u"sir_mode"_s)) {
        SirMode mode = SirMode::Routed;
        reader.choice(u"sir_mode"_s, mode, sirModeFromText);
        request.sirMode = mode;
    }
    reader.finish();
}

QJsonObject targetToJson(const PushTarget &to)
{
    if (!to.user.isEmpty())
        return {{u"user"_s, to.user.toString()}};
    if (!to.device.isEmpty())
        return {{u"device"_s, to.device.toString()}};
    if (!to.msisdn.isEmpty())
        return {{u"msisdn"_s, to.msisdn.toString()}};
    return {{u"session"_s, to.session}};
}

void insertBody(QJsonObject &object, const QByteArray &body)
{
    // A mark at the start does not survive the reader of Qt.
    const std::optional<QString> text = readUtf8Strictly(body);
    if (text && !text->startsWith(QChar::ByteOrderMark))
        object.insert(u"body"_s, *text);
    else
        object.insert(u"body_base64"_s, QString::fromLatin1(body.toBase64()));
}

} // namespace

Result<PushRequest> pushRequestFromJson(const QJsonObject &object)
{
    PushRequest request;
    JsonReader reader(object);
    readTarget(reader, request.to);
    readRest(reader, request);
    if (reader.failed())
        return reader.error();
    return request;
}

Result<QVector<Result<PushRequest>>> pushBatchFromJson(const QJsonObject &object)
{
    JsonReader reader(object);
    reader.require(u"pushes"_s);
    const std::optional<QJsonArray> items = reader.array(u"pushes"_s, mostInBatch);
    if (items && items->isEmpty())
        reader.fail("json-field-value", u"pushes"_s);
    reader.finish();
    if (reader.failed())
        return reader.error();
    QVector<Result<PushRequest>> requests;
    for (const QJsonValue &item : *items)
        requests.append(item.isObject() ? pushRequestFromJson(item.toObject()) : Error{"json-field-type", u"pushes"_s});
    return requests;
}

Result<PushRequest> sessionPushFromJson(const QString &session, const QJsonObject &object)
{
    PushRequest request;
    request.to.session = session;
    JsonReader reader(object);
    readRest(reader, request);
    if (reader.failed())
        return reader.error();
    return request;
}

QJsonObject toJson(const PushRequest &request)
{
    QJsonObject object{
        {u"to"_s, targetToJson(request.to)},
        {u"content_type"_s, request.contentType},
        {u"ttl_s"_s, qint64(request.ttl.count() / 1000)},
        {u"priority"_s, code(toText(request.priority))},
        {u"when"_s, code(toText(request.when))},
        {u"choice"_s, code(toText(request.choice))},
    };
    if (!request.devices.isEmpty()) {
        QJsonArray devices;
        for (const DeviceId &device : request.devices)
            devices.append(device.toString());
        object.insert(u"devices"_s, devices);
    }
    if (!request.application.isEmpty())
        object.insert(u"application"_s, request.application);
    if (request.confirm)
        object.insert(u"confirm"_s, true);
    if (request.sirMode)
        object.insert(u"sir_mode"_s, code(toText(*request.sirMode)));
    insertBody(object, request.body);
    return object;
}

QJsonObject toJson(const Delivery &delivery)
{
    return {
        {u"device"_s, delivery.device.toString()},
        {u"state"_s, code(toText(delivery.state))},
        {u"reason"_s, jsonText(QString::fromUtf8(delivery.reason))},
        {u"wake"_s, jsonText(delivery.wake.text())},
        {u"attempts"_s, delivery.attempts},
        {u"changed_at"_s, jsonTime(delivery.changedAt)},
    };
}

QJsonObject toJson(const Push &push)
{
    QJsonArray deliveries;
    for (const Delivery &delivery : push.deliveries)
        deliveries.append(toJson(delivery));
    const PushRequest &request = push.request;
    const bool isNobodys = push.state == PushState::Undeliverable && push.deliveries.isEmpty();
    return {
        {u"id"_s, push.id.text()},
        {u"state"_s, code(toText(push.state))},
        {u"reason"_s, isNobodys ? QJsonValue(u"no-device-chosen"_s) : QJsonValue()},
        {u"user"_s, jsonText(push.user.toString())},
        {u"application"_s, jsonText(request.application)},
        {u"content_type"_s, request.contentType},
        {u"content_encoding"_s, jsonText(request.contentEncoding)},
        {u"size"_s, qint64(request.body.size())},
        {u"priority"_s, code(toText(request.priority))},
        {u"when"_s, code(toText(request.when))},
        {u"choice"_s, code(toText(request.choice))},
        {u"ttl_s"_s, qint64(request.ttl.count() / 1000)},
        {u"sir_mode"_s, request.sirMode ? code(toText(*request.sirMode)) : QJsonValue()},
        {u"confirm"_s, request.confirm},
        {u"awaits_confirmation"_s, push.awaitsConfirmation},
        {u"initiator"_s, jsonText(request.initiator.text())},
        {u"reference"_s, jsonText(request.reference)},
        {u"accepted_at"_s, jsonTime(push.acceptedAt)},
        {u"not_before"_s, jsonTime(request.notBefore)},
        {u"expires_at"_s, jsonTime(push.expiresAt)},
        {u"finished_at"_s, jsonTime(push.finishedAt)},
        {u"deliveries"_s, deliveries},
    };
}

QJsonObject toJson(const ListedPush &item)
{
    QJsonObject object = toJson(item.push);
    object.insert(u"size"_s, item.octets);
    return object;
}

} // namespace reveille
