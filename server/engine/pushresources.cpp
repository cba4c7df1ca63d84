// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushresources.h"

#include "engine/idmaker.h"
#include "engine/registry.h"
#include "engine/secrettoken.h"

#include <QPointer>
#include <QSet>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.pushes")

} // namespace

PushResources::PushResources(Clock &clock, WriteBehind &writes, Registry &registry, const Limits &limits)
    : m_clock(clock), m_writes(writes), m_registry(registry), m_limits(limits), m_fullLog(log, "maxPushResources")
{
    connect(&registry, &Registry::deviceRemoved, this, &PushResources::forget);
}

void PushResources::load(const QVector<PushResource> &resources)
{
    for (const PushResource &resource : resources)
        insert(resource);
}

void PushResources::add(const PushResource &order, MadeCallback made)
{
    const DeviceId device = order.device;
    const Timestamp now = m_clock.now();
    if (!m_registry.device(device))
        return made(Error{"device-unknown", device.toString()});
    if (order.isOver(now))
        return made(Error{"push-resource-expired", order.expiresAt.toIso()});
    StoreBatch batch;
    const auto isFull = [&] { return m_byDevice.value(device).size() + m_making.value(device) >= m_limits.maxPushResources; };
    if (isFull()) { // those that are over make room
        const QVector<PushResource> all = of(device);
        for (const PushResource &resource : all) {
            if (resource.isOver(now))
                batch.removedPushResources.append(take(resource.id).id);
        }
    }
    if (isFull()) {
        m_fullLog.reached([&] { return device.toString(); });
        return made(Error{"push-resources-too-many", QString::number(m_limits.maxPushResources)});
    }
    const QByteArray token = makeToken();
    PushResource resource = order;
    resource.id = PushResourceId(makeId('r'));
    resource.tokenSha256 = tokenHash(token);
    resource.createdAt = now;
    batch.pushResources = {resource};
    ++m_making[device];
    m_writes.commitOrRefuse(batch, [this, guard = QPointer<PushResources>(this), resource, token, made](const Result<Done> &result) {
        if (!guard)
            return made(Error{"server-stopping", {}});
        if (--m_making[resource.device] <= 0)
            m_making.remove(resource.device);
        if (!result)
            return made(result.error());
        // The device may have gone meanwhile, and took it along.
        if (!m_registry.device(resource.device))
            return made(Error{"device-unknown", resource.device.toString()});
        insert(resource);
        Q_EMIT changed(resource.device);
        made(Made{resource, token});
    });
}

QVector<PushResource> PushResources::restorable(const QVector<PushResource> &resources) const
{
    QVector<PushResource> fitting;
    QHash<DeviceId, qsizetype> more;
    for (const PushResource &resource : resources) {
        if (m_hashes.contains(resource.id) || m_byHash.contains(resource.tokenSha256)
            || m_byDevice.value(resource.device).size() + more[resource.device] >= m_limits.maxPushResources)
            continue;
        ++more[resource.device];
        fitting.append(resource);
    }
    return fitting;
}

void PushResources::restore(const QVector<PushResource> &resources)
{
    QSet<DeviceId> devices;
    for (const PushResource &resource : restorable(resources)) {
        if (!m_registry.device(resource.device))
            continue;
        insert(resource);
        devices.insert(resource.device);
    }
    for (const DeviceId &device : std::as_const(devices))
        Q_EMIT changed(device);
}

void PushResources::remove(const DeviceId &device, const PushResourceId &id, std::function<void(Result<Done>)> done)
{
    if (!m_byDevice.value(device).contains(id))
        return done(Error{"push-resource-unknown", id.text()});
    const PushResource removed = take(id);
    StoreBatch batch;
    batch.removedPushResources = {id};
    m_writes.commitOrRefuse(batch, [guard = QPointer<PushResources>(this), removed, done](const Result<Done> &result) {
        if (!result && guard && guard->m_registry.device(removed.device))
            guard->insert(removed);
        if (guard)
            Q_EMIT guard->changed(removed.device);
        done(result);
    });
}

QVector<PushResource> PushResources::of(const DeviceId &device) const
{
    QVector<PushResource> resources;
    const QVector<PushResourceId> ids = m_byDevice.value(device);
    for (const PushResourceId &id : ids)
        resources.append(m_byHash.value(m_hashes.value(id)));
    return resources;
}

std::optional<PushResource> PushResources::ofToken(const QByteArray &token) const
{
    const auto found = m_byHash.constFind(tokenHash(token));
    return found == m_byHash.cend() ? std::nullopt : std::optional(*found);
}

void PushResources::insert(const PushResource &resource)
{
    m_byHash.insert(resource.tokenSha256, resource);
    m_hashes.insert(resource.id, resource.tokenSha256);
    m_byDevice[resource.device].append(resource.id);
}

PushResource PushResources::take(const PushResourceId &id)
{
    const PushResource resource = m_byHash.take(m_hashes.take(id));
    const auto siblings = m_byDevice.find(resource.device);
    if (siblings != m_byDevice.end()) {
        siblings->removeOne(id);
        if (siblings->isEmpty())
            m_byDevice.erase(siblings);
    }
    return resource;
}

void PushResources::forget(const DeviceId &device)
{
    const QVector<PushResourceId> ids = m_byDevice.value(device);
    for (const PushResourceId &id : ids)
        take(id);
}

} // namespace reveille
