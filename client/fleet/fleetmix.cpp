// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetmix.h"

#include "domain/enumtext.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr int mostShare = 1'000'000;
constexpr qint64 longestMs = 7 * 86'400'000LL;

constexpr EnumNames<4> habitNames{"keeper", "sleeper", "roamer", "flaky"};

struct Field {
    QLatin1StringView name;
    int FleetMix::*number = nullptr;
    Milliseconds FleetMix::*time = nullptr;
    int most = 100; ///< of a number
    int unit = 1;   ///< of a time, in milliseconds
};

constexpr std::array shares{
    Field{"keepers"_L1, &FleetMix::keepers, nullptr, mostShare},
    Field{"sleepers"_L1, &FleetMix::sleepers, nullptr, mostShare},
    Field{"roamers"_L1, &FleetMix::roamers, nullptr, mostShare},
    Field{"flaky"_L1, &FleetMix::flaky, nullptr, mostShare},
};
constexpr std::array others{
    Field{"jitter_percent"_L1, &FleetMix::jitterPercent, nullptr, 90},
    Field{"loss_percent"_L1, &FleetMix::lossPercent, nullptr},
    Field{"late_percent"_L1, &FleetMix::latePercent, nullptr},
    Field{"interval_s"_L1, nullptr, &FleetMix::interval, 0, 1000},
    Field{"awake_s"_L1, nullptr, &FleetMix::awake, 0, 1000},
    Field{"roam_s"_L1, nullptr, &FleetMix::roam, 0, 1000},
    Field{"restart_s"_L1, nullptr, &FleetMix::restart, 0, 1000},
    Field{"proven_s"_L1, nullptr, &FleetMix::proven, 0, 1000},
    Field{"wake_delay_ms"_L1, nullptr, &FleetMix::wakeDelay, 0, 1},
    Field{"late_ms"_L1, nullptr, &FleetMix::late, 0, 1},
};

bool set(FleetMix &mix, const Field &field, const QString &text)
{
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    const qint64 most = field.number ? field.most : longestMs / field.unit;
    if (!ok || value < 0 || value > most)
        return false;
    if (field.number)
        mix.*field.number = int(value);
    else
        mix.*field.time = Milliseconds(value * field.unit);
    return true;
}

} // namespace

const char *toText(FleetHabit habit)
{
    return nameOf(habitNames, habit);
}

FleetHabit FleetMix::habitOf(quint64 draw) const
{
    const std::array counts{keepers, sleepers, roamers, flaky};
    quint64 sum = 0;
    for (const int count : counts)
        sum += quint64(count);
    quint64 at = sum == 0 ? 0 : draw % sum;
    for (size_t i = 0; i < counts.size(); ++i) {
        if (at < quint64(counts[i]))
            return FleetHabit(i);
        at -= quint64(counts[i]);
    }
    return FleetHabit::Keeper;
}

Result<FleetMix> FleetMix::parse(const QString &text, const FleetMix &before)
{
    static const QRegularExpression comment(u"#[^\n]*"_s);
    static const QRegularExpression parting(u"[,\n]"_s);
    FleetMix mix = before;
    bool shareNamed = false;
    const QStringList parts = QString(text).remove(comment).split(parting);
    for (const QString &part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        const QString name = part.section(u'=', 0, 0).trimmed();
        const QString value = part.section(u'=', 1).trimmed();
        if (!part.contains(u'='))
            return Error{"mix-form", part.trimmed().left(40)};
        const auto isNamed = [&](const Field &field) { return field.name == name; };
        const auto share = std::find_if(shares.begin(), shares.end(), isNamed);
        const auto other = std::find_if(others.begin(), others.end(), isNamed);
        if (share == shares.end() && other == others.end())
            return Error{"mix-unknown", name.left(40)};
        if (share != shares.end() && !std::exchange(shareNamed, true))
            mix.keepers = mix.sleepers = mix.roamers = mix.flaky = 0;
        if (!set(mix, share != shares.end() ? *share : *other, value))
            return Error{"mix-value", name};
    }
    if (mix.keepers + mix.sleepers + mix.roamers + mix.flaky == 0)
        return Error{"mix-empty", text.simplified().left(40)};
    return mix;
}

QJsonObject FleetMix::toJson() const
{
    QJsonObject object;
    for (const Field &field : shares)
        object.insert(field.name, this->*field.number);
    for (const Field &field : others)
        object.insert(field.name, field.number ? qint64(this->*field.number) : (this->*field.time).count() / field.unit);
    return object;
}

} // namespace reveille
