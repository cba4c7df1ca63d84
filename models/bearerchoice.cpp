// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bearerchoice.h"

#include "models/bearermodel.h"
#include "models/sentences.h"

#include <algorithm>

namespace reveille {

namespace {

bool carries(const BearerFacts &bearer, const QString &kind)
{
    return kind.compare(bearer.name, Qt::CaseInsensitive) == 0 || kind.compare(bearer.type, Qt::CaseInsensitive) == 0
        || bearer.carries.contains(kind, Qt::CaseInsensitive);
}

} // namespace

QVector<BearerChoice> BearerChoice::of(const BearerModel &bearers, const Device &device)
{
    const QVector<WakeRoute> routes = device.wakeRoutes();
    QVector<BearerChoice> choices;
    for (int row = 0; row < bearers.rowCount(); ++row) {
        const BearerSnapshot &bearer = *bearers.bearerAt(row);
        BearerChoice choice;
        choice.name = bearer.facts.name;
        choice.label = tr("%1 (%2)").arg(bearer.facts.name, Sentences::bearerType(bearer.facts.type));
        const auto route = std::find_if(routes.begin(), routes.end(),
                                        [&](const WakeRoute &r) { return carries(bearer.facts, r.bearer); });
        if (route != routes.end())
            choice.route = Sentences::wakeRoute(*route);
        if (route == routes.end()) {
            choice.whyNot = tr("the device has no route for it");
        } else if (!bearer.health.healthy) {
            const QString health = Sentences::bearerHealth(bearer.health);
            choice.whyNot = health.left(1).toLower() + health.mid(1);
        }
        choices.append(choice);
    }
    return choices;
}

QString BearerChoice::text() const
{
    return usable() ? label : tr("%1 – %2").arg(label, whyNot);
}

} // namespace reveille
