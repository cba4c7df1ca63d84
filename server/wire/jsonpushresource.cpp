// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonpushresource.h"

#include "wire/base64url.h"
#include "wire/es256.h"
#include "wire/jsonreader.h"

namespace reveille {

using namespace Qt::StringLiterals;

Result<PushResource> pushResourceFromJson(const QJsonObject &object)
{
    PushResource resource;
    JsonReader reader(object);
    reader.require(u"application"_s);
    reader.text(u"application"_s, resource.application);
    if (!reader.failed() && resource.application.isEmpty())
        reader.fail("json-field-value", u"application"_s);
    reader.text(u"session"_s, resource.session, PushResource::longestSession);
    reader.text(u"name"_s, resource.name, PushResource::longestName);
    reader.value(u"vapid_key"_s, resource.vapidKey, [](const QString &text) -> Result<QByteArray> {
        const auto key = fromBase64Url(text.toLatin1());
        return key && isP256Key(*key) ? Result<QByteArray>(*key) : Result<QByteArray>(Error{"push-resource-key", {}});
    });
    reader.value(u"expires_at"_s, resource.expiresAt, [](const QString &text) -> Result<Timestamp> {
        const Timestamp time = Timestamp::fromIso(text);
        return time.isSet() ? Result<Timestamp>(time) : Result<Timestamp>(Error{"json-field-value", {}});
    });
    reader.finish();
    if (reader.failed())
        return reader.error();
    return resource;
}

QJsonObject toJson(const PushResource &resource)
{
    return {{u"id"_s, resource.id.text()},
            {u"device"_s, resource.device.toString()},
            {u"application"_s, resource.application},
            {u"session"_s, jsonText(resource.session)},
            {u"name"_s, jsonText(resource.name)},
            {u"vapid_key"_s, jsonText(QString::fromLatin1(toBase64Url(resource.vapidKey)))},
            {u"created_at"_s, jsonTime(resource.createdAt)},
            {u"expires_at"_s, jsonTime(resource.expiresAt)}};
}

} // namespace reveille
