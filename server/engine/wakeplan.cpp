// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeplan.h"

#include "wire/sir.h"

#include <QRandomGenerator>

namespace reveille {

namespace {

WakeRouteQuery queryFor(const WakePlanInput &input, const Device &device)
{
    WakeRouteQuery query;
    query.device = &device;
    query.bearers = input.bearers;
    query.order = input.settings->routes;
    query.wantedBearer = input.order.bearer;
    query.failedTransport = input.registry->lastTransport(device.id);
    query.attemptsPerRoute = input.settings->attemptsPerRoute;
    return query;
}

QByteArray freshNonce()
{
    const quint32 random = QRandomGenerator::system()->generate();
    return QByteArray(reinterpret_cast<const char *>(&random), sizeof random);
}

constexpr quint32 largestApplicationNumber = 0xffffff;

ApplicationId applicationIdOf(const QString &application)
{
    ApplicationId id;
    bool isNumber = false;
    const quint32 given = application.toUInt(&isNumber);
    if (isNumber && given <= largestApplicationNumber) {
        id.kind = ApplicationId::Kind::Number;
        id.number = given;
    } else if (const std::optional<quint32> number = wellKnownApplication(application)) {
        id.kind = ApplicationId::Kind::Number;
        id.number = *number;
    } else {
        id.kind = ApplicationId::Kind::Uri;
        id.uri = application;
    }
    return id;
}

} // namespace

QVector<ContactPoint> contactPointsOf(const QString &gatewayUri)
{
    QStringView rest = QStringView(gatewayUri).mid(gatewayUri.indexOf(u':') + 1);
    rest = rest.left(rest.indexOf(u';') < 0 ? rest.size() : rest.indexOf(u';'));
    const qsizetype colon = rest.endsWith(u']') ? -1 : rest.lastIndexOf(u':');
    ContactPoint point;
    if (colon >= 0) {
        const Result<ClientPort> port = ClientPort::parse(rest.mid(colon + 1));
        if (port)
            point.port = port->number();
        rest = rest.left(colon);
    }
    const Result<IpAddress> address = IpAddress::parse(rest);
    if (!address)
        return {};
    point.bearer = address->isV4() ? 0x00 : 0x01;
    point.address = address->bytes();
    return {point};
}

IdentityPlacements placementOver(const WakeService::Settings &settings, const QString &bearer)
{
    return settings.placementOver.value(bearer, settings.placement);
}

WakePlan planWake(const WakePlanInput &input)
{
    const Device &device = input.device;
    const WakeService::Settings &settings = *input.settings;
    WakePlan plan;
    plan.sirPlan = chooseSirMode(device.id, input.registry->devicesOf(device.user), input.order.mode, settings.mode);

    WakeRouteQuery query = queryFor(input, device);
    query.made = input.made;
    plan.choice = chooseWakeRoute(query, &plan.checks);
    if (input.order.empty)
        return plan;

    SessionRequest &sir = plan.sir;
    sir.version = std::clamp(device.capabilities.sirVersion, 0, 2);
    if (!input.order.application.isEmpty())
        sir.applications = {applicationIdOf(input.order.application)};
    const QString gateway = input.order.gateway.isEmpty() ? settings.gateway : input.order.gateway;
    QByteArray key;
    if (sir.version < 2) {
        (sir.version == 0 ? sir.wspPoints : sir.contactPoints) = contactPointsOf(gateway);
    } else {
        sir.gateway = gateway;
        sir.requests = input.order.requests;
        sir.time = Timestamp{input.now.ms / 1000 * 1000};
        sir.nonce = freshNonce();
        if (plan.sirPlan.identityInside && placementOver(settings, plan.choice ? plan.choice->bearer : QString()).testFlag(IdentityPlacement::Body))
            sir.device = device.id;
        if (plan.sirPlan.userInside)
            sir.user = device.user;
        const User *user = input.registry->user(device.user);
        if (settings.sign && user)
            key = sirKey(user->ha1Sha256);
    }
    plan.sirBytes = encodeSir(sir, key);
    return plan;
}

std::optional<WakeRouteChoice> routeOf(const WakePlanInput &input, const Device &recipient)
{
    WakeRouteQuery query = queryFor(input, recipient);
    std::optional<WakeRouteChoice> choice = chooseWakeRoute(query);
    if (!choice && !query.wantedBearer.isEmpty()) {
        query.wantedBearer.clear();
        choice = chooseWakeRoute(query);
    }
    return choice;
}

} // namespace reveille
