// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decision/sirwish.h"

#include "client/applications/clientapplication.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

bool WakePreferences::QuietHours::contains(QTime time) const
{
    return from < until ? time >= from && time < until : time >= from || time < until;
}

Result<WakePreferences::QuietHours> WakePreferences::QuietHours::parse(const QString &text)
{
    const QStringList parts = text.split(u'-');
    const QuietHours hours{QTime::fromString(parts.value(0), u"HH:mm"_s),
                           QTime::fromString(parts.value(1), u"HH:mm"_s)};
    if (parts.size() != 2 || !hours.from.isValid() || !hours.until.isValid() || hours.from == hours.until)
        return Error{"quiet-hours", text.left(80)};
    return hours;
}

SirRefusal whyUnwanted(const SessionRequest &sir, const SirGateway &gateway, const WakePreferences &preferences,
                       const WakeAbilities &abilities, QTime now)
{
    if (preferences.quietHours && preferences.quietHours->contains(now))
        return {"not-wanted-quiet-hours", 480};
    const QStringList named = applicationsOf(sir);
    const auto isAmong = [&](const QStringList &names) {
        return std::any_of(names.begin(), names.end(),
                           [&](const QString &name) { return namesApplication(named, name); });
    };
    if (isAmong(preferences.unwanted))
        return {"not-wanted-application", 603};
    const bool namesOne = std::any_of(named.begin(), named.end(), [](const QString &name) { return name != u"*"; });
    if (namesOne && !abilities.applications.isEmpty() && !named.contains(u"*"_s) && !isAmong(abilities.applications))
        return {"not-able-application", 404};

    static const QStringList transports{QString(), u"udp"_s, u"tcp"_s, u"tls"_s};
    if (!transports.contains(gateway.transport))
        return {"not-able-transport", 488};
    const bool staysSecure =
        abilities.isSecure && (gateway.host.isEmpty() || gateway.transport.isEmpty() || gateway.transport == u"tls");
    const bool becomesSecure = !gateway.host.isEmpty() && gateway.transport == u"tls";
    if ((preferences.secureOnly || abilities.isSecure) && !staysSecure && !becomesSecure)
        return {"not-secure-enough", 488};
    return {};
}

} // namespace reveille
