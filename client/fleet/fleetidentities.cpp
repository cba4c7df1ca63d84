// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetidentities.h"

#include "client/fleet/fleetrandom.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QString uuidText(quint32 mark, quint32 device)
{
    return QString::asprintf("urn:uuid:%08x-0000-4000-8000-%012x", mark, device);
}

} // namespace

Result<FleetIdentities> FleetIdentities::make(const QString &pattern, quint64 seed, quint32 devices,
                                              quint32 perUser)
{
    if (pattern.count(u"%1"_s) != 1)
        return Error{"pattern-number", pattern.left(64)};
    const auto userOf = [&](const QString &number) {
        return PublicUserId::parse(QString(pattern).replace(u"%1"_s, number));
    };
    const Result<PublicUserId> zero = userOf(u"0"_s), one = userOf(u"1"_s), last = userOf(QString::number(devices));
    for (const Result<PublicUserId> &user : {zero, one, last}) {
        if (!user)
            return user.error();
    }
    const QString &a = zero->toString(), &b = one->toString();
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (a.size() != b.size() || differs.first == a.end())
        return Error{"pattern-number", pattern.left(64)};
    FleetIdentities identities;
    identities.m_devices = devices;
    identities.m_perUser = perUser;
    identities.m_mark = quint32(FleetRandom(seed, ~quint64(0)).next());
    identities.m_before = a.left(differs.first - a.begin());
    identities.m_after = a.mid(differs.first - a.begin() + 1);
    return identities;
}

PublicUserId FleetIdentities::user(quint32 device) const
{
    return PublicUserId::parse(m_before + QString::number(device / m_perUser) + m_after).valueOr({});
}

DeviceId FleetIdentities::device(quint32 device) const
{
    return DeviceId::parse(uuidText(m_mark, device)).valueOr({});
}

QByteArray FleetIdentities::session(quint32 device) const
{
    return QByteArray::number(m_mark, 16) + '-' + QByteArray::number(device);
}

std::optional<quint32> FleetIdentities::find(const PublicUserId &user) const
{
    const QString &text = user.toString();
    if (!text.startsWith(m_before) || !text.endsWith(m_after) || text.size() <= m_before.size() + m_after.size())
        return std::nullopt;
    const QString number = text.mid(m_before.size(), text.size() - m_before.size() - m_after.size());
    bool ok = false;
    const quint32 device = number.toUInt(&ok);
    if (!ok || m_perUser != 1 || device >= m_devices || QString::number(device) != number)
        return std::nullopt;
    return device;
}

std::optional<quint32> FleetIdentities::find(const DeviceId &device) const
{
    bool ok = false;
    const quint32 number = device.toString().right(12).toUInt(&ok, 16);
    if (!ok || number >= m_devices || device.toString() != uuidText(m_mark, number))
        return std::nullopt;
    return number;
}

} // namespace reveille
