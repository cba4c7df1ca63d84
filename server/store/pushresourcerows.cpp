// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pushresourcerows.h"

#include "store/sqlconnection.h"
#include "store/sqlrow.h"
#include "store/subscriberrows.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr auto keyForm = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

Result<Done> writeRow(SqlConnection &connection, const PushResource &resource)
{
    const QString key = deviceKey(resource.device);
    const auto written = connection.write(
        u"INSERT INTO push_resources (id, device_key, device_id, application, session, name, vapid_key, token_sha256, "
        "created_at, expires_at) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM devices WHERE "
        "device_key = ?) ON CONFLICT (id) DO UPDATE SET device_key = excluded.device_key, device_id = "
        "excluded.device_id, application = excluded.application, session = excluded.session, name = excluded.name, "
        "vapid_key = excluded.vapid_key, token_sha256 = excluded.token_sha256, created_at = excluded.created_at, "
        "expires_at = excluded.expires_at"_s,
        {resource.id.text(), key, resource.device.toString(), resource.application, resource.session, resource.name,
         QString::fromLatin1(resource.vapidKey.toBase64(keyForm)), QString::fromLatin1(resource.tokenSha256),
         resource.createdAt.ms, resource.expiresAt.ms, key});
    if (!written)
        return written.error();
    return Done{};
}

Result<Done> removeRow(SqlConnection &connection, const PushResourceId &id)
{
    const auto removed = connection.write(u"DELETE FROM push_resources WHERE id = ?"_s, {id.text()});
    if (!removed)
        return removed.error();
    return Done{};
}

Result<Done> readPushResources(SqlConnection &connection, QVector<PushResource> &resources)
{
    return connection.each(
        u"SELECT id, device_id, application, session, name, vapid_key, token_sha256, created_at, expires_at "
        "FROM push_resources ORDER BY created_at, id"_s,
        {}, [&](SqlRow &row) {
            PushResource resource;
            resource.id = row.id<PushResourceId>();
            resource.device = row.device();
            resource.application = row.text();
            resource.session = row.text();
            resource.name = row.text();
            resource.vapidKey = QByteArray::fromBase64(row.code(), keyForm);
            resource.tokenSha256 = row.code();
            resource.createdAt = row.time();
            resource.expiresAt = row.time();
            resources.append(std::move(resource));
        });
}

} // namespace reveille
