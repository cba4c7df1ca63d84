// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonreturned.h"

#include "wire/jsondevice.h"
#include "wire/jsonreader.h"

#include <QJsonDocument>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestNonce = 64;
constexpr qsizetype longestReason = 64;

constexpr struct {
    const char *name;
    SirRequest what;
    const char *fact; ///< the field of a device it is taken into; "" = kept only
} kinds[] = {
    {"capability", SirRequest::Capability, "capabilities"},
    {"preferences", SirRequest::Preferences, "preferences"},
    {"security", SirRequest::Security, ""},
    {"subscription", SirRequest::Subscription, "subscriptions"},
};

QString compact(const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QJsonValue parsed(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isArray() ? QJsonValue(document.array()) : document.isObject() ? QJsonValue(document.object()) : QJsonValue();
}

void keep(Device &device, Returned returned)
{
    device.returned.removeIf([&](const Returned &known) { return known.what == returned.what; });
    device.returned.append(std::move(returned));
}

} // namespace

ReturnedKind returnedKindOf(QByteArrayView contentType)
{
    const QByteArray type = contentType.toByteArray().split(';').first().trimmed().toLower();
    if (type == "application/vnd.reveille.returned+json")
        return ReturnedKind::Information;
    return type == "application/vnd.reveille.refusal+json" ? ReturnedKind::Refusal : ReturnedKind::None;
}

Result<ReturnedMessage> returnedFromJson(QByteArrayView octets, ReturnedKind kind)
{
    if (octets.size() > ReturnedMessage::largest)
        return Error{"json-too-long", QString::number(octets.size())};
    const Result<QJsonObject> object = parseJsonObject(octets.toByteArray());
    if (!object)
        return object.error();
    ReturnedMessage message;
    JsonReader reader(*object);
    reader.require(u"user"_s);
    reader.value(u"user"_s, message.user, [](const QString &text) { return PublicUserId::parse(text); });
    reader.require(u"device"_s);
    reader.value(u"device"_s, message.device, [](const QString &text) { return DeviceId::parse(text); });
    QString nonce;
    reader.text(u"nonce"_s, nonce, longestNonce);
    if (kind == ReturnedKind::Refusal) {
        qint64 status = 0;
        reader.require(u"status"_s);
        reader.number(u"status"_s, status, 300, 699);
        message.status = int(status);
        reader.text(u"reason"_s, message.reason, longestReason);
    } else {
        for (const auto &row : kinds) {
            const QString name = QString::fromLatin1(row.name);
            if (!reader.has(name))
                continue;
            const QJsonValue value = object->value(name);
            if (value.isObject() || value.isArray())
                message.told.insert(name, value);
            else
                reader.fail("json-field-type", name);
        }
    }
    reader.finish();
    if (reader.failed())
        return reader.error();
    message.nonce = QByteArray::fromHex(nonce.toLatin1());
    if (message.nonce.size() * 2 != nonce.size())
        return Error{"returned-nonce", nonce};
    return message;
}

Result<Device> applyReturned(const ReturnedMessage &message, const Device &device, Timestamp at, const WakeId &wake,
                             const QString &over)
{
    QJsonObject facts;
    for (const auto &row : kinds) {
        const QJsonValue value = message.told.value(QLatin1StringView(row.name));
        if (*row.fact && !value.isUndefined())
            facts.insert(QString::fromLatin1(row.fact), value);
    }
    Result<Device> changed = deviceFromJson(facts, device);
    if (!changed)
        return changed;
    for (const auto &row : kinds) {
        const QJsonValue value = message.told.value(QLatin1StringView(row.name));
        if (value.isUndefined())
            continue;
        const QString text = compact(value);
        if (text.size() > Returned::longestValue)
            return Error{"returned-too-large", QString::fromLatin1(row.name)};
        keep(*changed, {row.what, text, at, wake, over});
    }
    if (message.status != 0) {
        QJsonObject refusal{{u"status"_s, message.status}};
        if (!message.reason.isEmpty())
            refusal.insert(u"reason"_s, message.reason);
        keep(*changed, {SirRequest::Refusal, compact(refusal), at, wake, over});
    } else if (message.told.contains(u"capability"_s))
        keep(*changed, {SirRequest::CapabilityMessage, {}, at, wake, over});
    return changed;
}

QJsonObject toJson(const Returned &returned)
{
    return {{u"what"_s, toTexts(returned.what).value(0)},
            {u"value"_s, parsed(returned.value)},
            {u"at"_s, jsonTime(returned.at)},
            {u"wake"_s, jsonText(returned.wake.text())},
            {u"over"_s, returned.over}};
}

} // namespace reveille
