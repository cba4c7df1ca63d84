// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/subscriberrows.h"

#include "store/jsoncolumns.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

Result<Done> done(const Result<qint64> &changed)
{
    if (!changed)
        return changed.error();
    return Done{};
}

QString latin1(const QByteArray &code)
{
    return QString::fromLatin1(code);
}

Device deviceFrom(SqlRow &row)
{
    Device device;
    device.id = row.device();
    device.user = row.user();
    device.name = row.text();
    const QString digits = row.text();
    if (!digits.isEmpty()) {
        const Result<Msisdn> msisdn = Msisdn::parse(digits);
        if (!msisdn)
            row.refuse();
        device.msisdn = msisdn.valueOr({});
    }
    device.clientPort = ClientPort(quint16(row.integer()));
    device.provisionedRoutes = routesFrom(row);
    device.clientRoutes = routesFrom(row);
    device.capabilities.contentTypes = textsFrom(row);
    device.capabilities.maxMessageSize = row.number();
    device.capabilities.sirVersion = row.integer();
    device.preferences.acceptsPushes = row.flag();
    device.preferences.preferred = row.flag();
    device.preferences.quietFrom = row.integer();
    device.preferences.quietUntil = row.integer();
    device.subscriptions = textsFrom(row);
    device.gruu = row.text();
    device.createdAt = row.time();
    device.lastSeen = row.time();
    device.returned = returnedFrom(row);
    device.wakeRule = row.named(wakeRuleFromText);
    device.preferences.order = row.integer();
    device.preferences.zone = row.text();
    return device;
}

} // namespace

QString deviceKey(const DeviceId &id)
{
    if (id.isEmpty())
        return {};
    QString key; // made twice for every row of the journal
    key.reserve(id.key().size() + 4);
    return key.append(QString::number(int(id.kind()))).append(u':').append(id.key());
}

Result<Done> writeRow(SqlConnection &connection, const Initiator &initiator)
{
    return done(connection.write(
        u"INSERT INTO initiators (id, name, token_sha256, created_at, targets, pushes_per_second, pushes_per_day, contents) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, token_sha256 = excluded.token_sha256, "
        "created_at = excluded.created_at, targets = excluded.targets, "
        "pushes_per_second = excluded.pushes_per_second, pushes_per_day = excluded.pushes_per_day, "
        "contents = excluded.contents"_s,
        {initiator.id.text(), initiator.name, latin1(initiator.tokenSha256), initiator.createdAt.ms,
         toJson(initiator.rights.targets), initiator.rights.pushesPerSecond, initiator.rights.pushesPerDay,
         toJson(initiator.rights.contentNames())}));
}

Result<Done> writeRow(SqlConnection &connection, const User &user)
{
    return done(connection.write(
        u"INSERT INTO users (id, name, ha1_md5, ha1_sha256, created_at, wake_policy) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, ha1_md5 = excluded.ha1_md5, "
        "ha1_sha256 = excluded.ha1_sha256, created_at = excluded.created_at, wake_policy = excluded.wake_policy"_s,
        {user.id.toString(), user.name, latin1(user.ha1Md5), latin1(user.ha1Sha256), user.createdAt.ms,
         latin1(toText(user.wakeRule))}));
}

Result<Done> writeRow(SqlConnection &connection, const Device &device)
{
    return done(connection.write(
        u"INSERT INTO devices (device_key, device_id, user_id, name, msisdn, client_port, "
        "provisioned_routes, client_routes, content_types, max_message_size, sir_version, "
        "accepts_pushes, preferred, quiet_from, quiet_until, subscriptions, gruu, created_at, "
        "last_seen, returned, wake_policy, fallback_order, zone) "
        "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS "
        "(SELECT 1 FROM users WHERE id = ?) ON CONFLICT (device_key) DO UPDATE SET device_id = "
        "excluded.device_id, user_id = excluded.user_id, name = excluded.name, msisdn = "
        "excluded.msisdn, client_port = excluded.client_port, provisioned_routes = "
        "excluded.provisioned_routes, client_routes = excluded.client_routes, content_types = "
        "excluded.content_types, max_message_size = excluded.max_message_size, sir_version = "
        "excluded.sir_version, accepts_pushes = excluded.accepts_pushes, preferred = "
        "excluded.preferred, quiet_from = excluded.quiet_from, quiet_until = "
        "excluded.quiet_until, subscriptions = excluded.subscriptions, gruu = excluded.gruu, "
        "created_at = excluded.created_at, last_seen = excluded.last_seen, returned = excluded.returned, "
        "wake_policy = excluded.wake_policy, fallback_order = excluded.fallback_order, zone = excluded.zone"_s,
        {deviceKey(device.id),
         device.id.toString(),
         device.user.toString(),
         device.name,
         device.msisdn.digits(),
         int(device.clientPort.number()),
         toJson(device.provisionedRoutes),
         toJson(device.clientRoutes),
         toJson(device.capabilities.contentTypes),
         device.capabilities.maxMessageSize,
         device.capabilities.sirVersion,
         int(device.preferences.acceptsPushes),
         int(device.preferences.preferred),
         device.preferences.quietFrom,
         device.preferences.quietUntil,
         toJson(device.subscriptions),
         device.gruu,
         device.createdAt.ms,
         device.lastSeen.ms,
         toJson(device.returned),
         latin1(toText(device.wakeRule)),
         device.preferences.order,
         device.preferences.zone,
         device.user.toString()}));
}

Result<Done> writeRow(SqlConnection &connection, const StoredBinding &binding)
{
    return done(connection.write(
        u"INSERT INTO bindings (device_key, flow, device_id, user_id, kind, transport, peer, "
        "local, address, session, application, registered_until, last_packet, state) SELECT ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM devices WHERE device_key = ?) ON CONFLICT "
        "(device_key, flow) DO UPDATE SET device_id = excluded.device_id, user_id = "
        "excluded.user_id, kind = excluded.kind, transport = excluded.transport, peer = "
        "excluded.peer, local = excluded.local, address = excluded.address, session = excluded.session, "
        "application = excluded.application, registered_until = "
        "excluded.registered_until, last_packet = excluded.last_packet, state = excluded.state"_s,
        {deviceKey(binding.device), binding.flow, binding.device.toString(), binding.user.toString(),
         binding.kind, binding.transport, binding.peer, binding.local, binding.address,
         binding.session, binding.application, binding.until.ms,
         binding.lastPacket.ms, binding.state, deviceKey(binding.device)}));
}

Result<Done> removeRow(SqlConnection &connection, const InitiatorId &id)
{
    return done(connection.write(u"DELETE FROM initiators WHERE id = ?"_s, {id.text()}));
}

Result<Done> removeRow(SqlConnection &connection, const PublicUserId &id)
{
    return done(connection.write(u"DELETE FROM users WHERE id = ?"_s, {id.toString()}));
}

Result<Done> removeRow(SqlConnection &connection, const DeviceId &id)
{
    return done(connection.write(u"DELETE FROM devices WHERE device_key = ?"_s, {deviceKey(id)}));
}

Result<Done> removeBinding(SqlConnection &connection, const DeviceId &device, const QString &flow)
{
    return done(connection.write(u"DELETE FROM bindings WHERE device_key = ? AND flow = ?"_s,
                                 {deviceKey(device), flow}));
}

Result<Done> readInitiators(SqlConnection &connection, QVector<Initiator> &initiators)
{
    return connection.each(
        u"SELECT id, name, token_sha256, created_at, targets, pushes_per_second, pushes_per_day, contents FROM initiators "
        "ORDER BY id"_s, {}, [&](SqlRow &row) {
            initiators.append({row.id<InitiatorId>(), row.text(), row.code(), row.time(),
                               {textsFrom(row), row.integer(), row.number()}});
            for (const QString &name : textsFrom(row)) {
                if (const auto content = contentClassFromText(name))
                    initiators.last().rights.allow(*content);
            }
        });
}

Result<Done> readSubscribers(SqlConnection &connection, int portionSize,
                             const std::function<void(StoredSubscribers)> &take)
{
    StoredSubscribers portion;
    QString user, device;
    const Result<Done> read = connection.each(
        u"SELECT users.id, users.name, users.ha1_md5, users.ha1_sha256, users.created_at, users.wake_policy, "
        "devices.device_key, devices.device_id, devices.user_id, devices.name, devices.msisdn, devices.client_port, "
        "devices.provisioned_routes, devices.client_routes, devices.content_types, devices.max_message_size, "
        "devices.sir_version, devices.accepts_pushes, devices.preferred, devices.quiet_from, devices.quiet_until, "
        "devices.subscriptions, devices.gruu, devices.created_at, devices.last_seen, devices.returned, "
        "devices.wake_policy, devices.fallback_order, devices.zone, "
        "bindings.flow, bindings.kind, bindings.transport, bindings.peer, bindings.local, bindings.address, "
        "bindings.session, bindings.application, bindings.registered_until, bindings.last_packet, bindings.state "
        "FROM users LEFT JOIN devices ON devices.user_id = users.id "
        "LEFT JOIN bindings ON bindings.device_key = devices.device_key "
        "ORDER BY users.id, devices.device_key, bindings.flow"_s,
        {}, [&](SqlRow &row) {
            constexpr int userColumns = 6, deviceColumns = 22;
            const QString id = row.text();
            if (portion.users.isEmpty() || id != user) {
                if (portion.users.size() + portion.devices.size() >= portionSize)
                    take(std::exchange(portion, {}));
                row.skip(-1);
                portion.users.append({row.user(), row.text(), row.code(), row.code(), row.time(), row.named(wakeRuleFromText)});
                user = id;
                device.clear();
            } else {
                row.skip(userColumns - 1);
            }
            const QString key = row.text();
            if (key.isEmpty())
                return;
            if (key != device) {
                portion.devices.append(deviceFrom(row));
                device = key;
            } else {
                row.skip(deviceColumns);
            }
            const Device &owner = portion.devices.constLast();
            const QString flow = row.text();
            if (flow.isNull())
                return;
            portion.bindings.append({owner.id, owner.user, flow, row.text(), row.text(), row.text(), row.text(),
                                     row.text(), row.text(), row.text(), row.time(), row.time(), row.bytes()});
        });
    if (read && !portion.users.isEmpty())
        take(std::move(portion));
    return read;
}

} // namespace reveille
