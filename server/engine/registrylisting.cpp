// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <algorithm>

namespace reveille {

namespace {

bool matches(const QString &query, std::initializer_list<QStringView> texts)
{
    return query.isEmpty() || std::any_of(texts.begin(), texts.end(), [&](QStringView text) {
               return text.contains(query, Qt::CaseInsensitive);
           });
}

bool deviceMatches(const QString &query, const Device &device, const ConnectionFacts *facts, qsizetype count)
{
    const QString number = device.msisdn.toString();
    bool found = matches(query, {device.id.toString(), device.name, device.user.toString(), number, device.gruu});
    for (qsizetype i = 0; !found && i < count; ++i)
        found = matches(query, {facts[i].peer, facts[i].address});
    return found;
}

/// The first of many in order, as they come along in none.
class FirstOnes
{
public:
    FirstOnes(const QString &after, int limit) : m_after(after.toUtf8()), m_limit(size_t(std::max(limit, 0))) {}

    bool wants(const QByteArray &text) const
    {
        return text > m_after && m_limit > 0 && (m_kept.size() < m_limit || text < m_kept.rbegin()->first);
    }
    void add(const QByteArray &text, ParkedTable::Record record)
    {
        m_kept.emplace(text, record);
        if (m_kept.size() > m_limit)
            m_kept.erase(std::prev(m_kept.end()));
    }
    const std::map<QByteArray, ParkedTable::Record> &kept() const { return m_kept; }

private:
    QByteArray m_after;
    size_t m_limit;
    std::map<QByteArray, ParkedTable::Record> m_kept;
};

} // namespace

QVector<PublicUserId> Registry::users(const QString &query, const QString &after, int limit) const
{
    std::map<QString, PublicUserId> page;
    for (auto it = d->userOrder.upper_bound(after); it != d->userOrder.end() && qsizetype(page.size()) < limit; ++it) {
        const State::UserEntry &user = d->users.at(it->second);
        if (matches(query, {it->first, user.user.name}))
            page.emplace(*it);
    }
    FirstOnes first(after, limit);
    d->parked.forEach([&](ParkedTable::Record record) {
        const QByteArray text = d->parked.userText(record);
        if (!first.wants(text))
            return;
        const QString shown = QString::fromUtf8(text);
        if (d->userOrder.find(shown) == d->userOrder.end() && matches(query, {shown}))
            first.add(text, record);
    });
    for (const auto &[text, record] : first.kept())
        page.emplace(QString::fromUtf8(text), d->parked.userId(record));
    QVector<PublicUserId> list;
    for (auto it = page.begin(); it != page.end() && list.size() < limit; ++it)
        list.append(it->second);
    return list;
}

QVector<DeviceId> Registry::devices(const QString &query, const QString &after, int limit) const
{
    std::map<QString, DeviceId> page;
    for (auto it = d->deviceOrder.upper_bound(after); it != d->deviceOrder.end() && qsizetype(page.size()) < limit;
         ++it) {
        const Entry &entry = d->devices.at(it->second);
        QVector<ConnectionFacts> facts;
        for (const ConnectionId path : entry.paths)
            facts.append(d->paths.at(path).facts);
        if (deviceMatches(query, entry.device, facts.constData(), facts.size()))
            page.emplace(*it);
    }
    FirstOnes first(after, limit);
    d->parked.forEach([&](ParkedTable::Record record) {
        const QByteArray text = d->parked.deviceText(record);
        if (!first.wants(text))
            return;
        if (!query.isEmpty()) {
            const IdleDevice idle = d->parked.read(record);
            QVector<ConnectionFacts> facts;
            for (const IdlePath &path : idle.paths)
                facts.append(path.facts);
            if (!deviceMatches(query, idle.device, facts.constData(), facts.size()))
                return;
        }
        first.add(text, record);
    });
    for (const auto &[text, record] : first.kept())
        page.emplace(QString::fromUtf8(text), d->parked.deviceId(record));
    QVector<DeviceId> list;
    for (auto it = page.begin(); it != page.end() && list.size() < limit; ++it)
        list.append(it->second);
    return list;
}

std::optional<DeviceView> Registry::view(const DeviceId &id) const
{
    DeviceView view;
    const auto found = d->devices.find(id);
    if (found != d->devices.end()) {
        view.device = found->second.device;
        const QVector<const Path *> ranked = d->ranked(found->second);
        for (const Path *path : ranked) {
            if (!path->facts.kind.isEmpty())
                view.connections.append({path->id, path->flow, path->facts, path->liveness, path->connection != nullptr});
        }
        if (!ranked.isEmpty())
            view.liveness = ranked.first()->liveness;
        return view;
    }
    const ParkedTable::Record record = d->parked.ofDevice(id);
    if (!record)
        return std::nullopt;
    const IdleDevice idle = d->parked.read(record);
    view.device = idle.device;
    for (const IdlePath &path : idle.paths)
        view.connections.append({path.id, path.flow, path.facts, path.liveness, path.live});
    std::stable_sort(view.connections.begin(), view.connections.end(), [](const auto &a, const auto &b) {
        return isBetter(a.liveness, b.liveness);
    });
    if (!view.connections.isEmpty())
        view.liveness = view.connections.first().liveness;
    return view;
}

QVector<DeviceId> Registry::viewDevices(const PublicUserId &user) const
{
    const auto found = d->users.find(user);
    if (found != d->users.end())
        return found->second.devices;
    QVector<DeviceId> devices;
    for (const ParkedTable::Record record : d->parked.ofUser(user))
        devices.append(d->parked.deviceId(record));
    return devices;
}

std::optional<User> Registry::viewUser(const PublicUserId &id, int *devices) const
{
    const auto found = d->users.find(id);
    if (found != d->users.end()) {
        if (devices)
            *devices = int(found->second.devices.size());
        return found->second.user;
    }
    const QVector<ParkedTable::Record> records = d->parked.ofUser(id);
    if (records.isEmpty())
        return std::nullopt;
    if (devices)
        *devices = int(records.size());
    User user;
    user.id = id;
    user.createdAt = d->parked.read(records.first()).userCreatedAt;
    return user;
}

} // namespace reveille
