// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramrequest.h"

#include "wire/utf8.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr int longestName = 100;
constexpr int longestBearer = 40;
constexpr int longestAddress = 255;

/// The value as text; nothing where it is not UTF-8, has control characters, or is too long.
std::optional<QString> textOf(std::optional<QByteArrayView> value, int longest)
{
    if (!value)
        return QString();
    const std::optional<QString> text = value->size() > longest ? std::nullopt : readUtf8Strictly(*value);
    const bool printable =
        text && std::all_of(text->begin(), text->end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    return printable ? text : std::nullopt;
}

bool readRoutes(const CoapMessage &message, const IpAddress &source, DatagramRequest *request)
{
    const auto provider = textOf(message.query("pn-provider"), longestBearer);
    const auto address = textOf(message.query("pn-prid"), longestAddress);
    const auto port = textOf(message.query("pn-param"), 5);
    if (!provider || !address || !port || provider->isEmpty() != address->isEmpty())
        return false;
    if (!provider->isEmpty()) {
        WakeRoute route{*provider, *address, {}, WakeRoute::Source::Client};
        const Result<ClientPort> number = ClientPort::parse(*port);
        if (!port->isEmpty() && !number)
            return false;
        route.port = number.valueOr(ClientPort());
        request->routes.append(route);
    }
    const ClientPort clientPort = request->port.value_or(ClientPort());
    if (request->msisdn)
        request->routes.append({QStringLiteral("sms"), request->msisdn->toString().mid(1), clientPort, WakeRoute::Source::Client});
    else if (request->port && request->routes.isEmpty())
        request->routes.append({QStringLiteral("wsp-udp"), source.toString(), clientPort, WakeRoute::Source::Client});
    return true;
}

} // namespace

Result<std::optional<quint32>, CoapRefusal> DatagramRequest::lifetimeOf(const CoapMessage &message,
                                                                        const DatagramSettings &settings, bool *cut)
{
    const auto value = message.query("lt");
    if (!value)
        return std::optional<quint32>();
    bool isNumber = false;
    const qulonglong seconds = value->size() > 10 ? 0 : value->toByteArray().toULongLong(&isNumber);
    if (!isNumber || seconds == 0 || seconds > 0xffffffffULL || (*value)[0] == '+')
        return CoapRefusal{CoapCode::BadRequest, "lifetime"};
    *cut = seconds > qulonglong(settings.maxLifetime);
    return std::optional<quint32>(
        quint32(std::clamp<qulonglong>(seconds, qulonglong(settings.minLifetime), qulonglong(settings.maxLifetime))));
}

Result<std::optional<CoapBase>, CoapRefusal> DatagramRequest::baseOf(const CoapMessage &message,
                                                                     const DatagramSettings &settings)
{
    auto value = message.query("b");
    if (!value)
        value = message.query("base");
    if (!value)
        return std::optional<CoapBase>();
    const Result<CoapBase> base = CoapBase::parse(*value);
    if (!base || base->secure)
        return CoapRefusal{CoapCode::BadRequest, "base"};
    if (!anyContains(settings.allowed, base->address))
        return CoapRefusal{CoapCode::Forbidden, "base-not-allowed"};
    return std::optional(*base);
}

Result<DatagramRequest, CoapRefusal> DatagramRequest::parse(const CoapMessage &message, const IpAddress &source,
                                                            const DatagramSettings &settings)
{
    const auto bad = [](const char *reason) { return CoapRefusal{CoapCode::BadRequest, reason}; };
    DatagramRequest request;
    const auto device = textOf(message.query("ep"), 255), user = textOf(message.query("u"), 255);
    const Result<DeviceId> deviceId = device ? DeviceId::parse(*device) : Error{"device-characters", {}};
    if (!deviceId)
        return bad(deviceId.error().code);
    const Result<PublicUserId> userId = user ? PublicUserId::parse(*user) : Error{"user-characters", {}};
    if (!userId)
        return bad(userId.error().code);
    request.device = *deviceId;
    request.user = *userId;

    const auto session = textOf(message.query("s"), longestSession);
    if (!session)
        return bad("session-characters");
    if (session->isEmpty())
        return bad("session-missing");
    const auto application = textOf(message.query("app"), longestApplication);
    const auto name = textOf(message.query("name"), longestName);
    if (!application || !name)
        return bad("application-characters");
    request.session = *session;
    request.application = *application;
    request.name = *name;

    const auto lifetime = lifetimeOf(message, settings, &request.lifetimeCut);
    if (!lifetime)
        return lifetime.error();
    request.lifetime = lifetime->value_or(quint32(settings.defaultLifetime));
    const auto base = baseOf(message, settings);
    if (!base)
        return base.error();
    request.base = *base;

    if (const auto value = message.query("msisdn")) {
        const Result<Msisdn> number = Msisdn::parse(textOf(value, 32).value_or(QString()));
        if (!number)
            return bad(number.error().code);
        request.msisdn = *number;
    }
    if (const auto value = message.query("port")) {
        const Result<ClientPort> port = ClientPort::parse(textOf(value, 5).value_or(QStringLiteral("x")));
        if (!port)
            return bad(port.error().code);
        request.port = *port;
    }
    if (!readRoutes(message, source, &request))
        return bad("route");
    return request;
}

} // namespace reveille
