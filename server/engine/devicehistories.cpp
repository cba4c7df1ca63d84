// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devicehistories.h"

namespace reveille {

struct DeviceHistories::Private {
    Limits limits;
    Clock &clock;
    WriteBehind &store;
    Registry &registry;
    Counters counters{};
};

DeviceHistories::DeviceHistories(Limits limits, Clock &clock, WriteBehind &store, Registry &registry, WakeService &,
                                 QObject *parent)
    : QObject(parent), d(new Private{limits, clock, store, registry})
{
}

DeviceHistories::~DeviceHistories() = default;

void DeviceHistories::history(const DeviceId &id, std::function<void(Result<DeviceHistory>)> answer)
{
    if (!d->registry.device(id))
        return answer(Error{"device-unknown", id.toString()});
    DeviceHistory history;
    history.device = id;
    history.since = d->clock.now();
    answer(history);
}

const DeviceHistories::Counters &DeviceHistories::counters() const
{
    return d->counters;
}

qint64 DeviceHistories::marks() const
{
    return 0;
}

qint64 DeviceHistories::devices() const
{
    return 0;
}

} // namespace reveille
