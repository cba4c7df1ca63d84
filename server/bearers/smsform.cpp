// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smsform.h"

#include "bearers/sirpush.h"
#include "domain/ipaddress.h"
#include "domain/msisdn.h"

namespace reveille {

Result<Done> SmsForm::canReach(const WakeRoute &route)
{
    if (IpAddress::parse(route.address)) // its digits would do for a number
        return Error{"msisdn-characters", route.address.left(100)};
    if (const Result<Msisdn> number = Msisdn::parse(route.address); !number)
        return number.error();
    return Done{};
}

Result<Done> SmsForm::fits(const WakeMessage &message) const
{
    if (const Result<Done> reachable = canReach(message.route); !reachable)
        return reachable.error();
    if (const Result<QVector<SmsUserData>> parts = partsOf(message); !parts)
        return parts.error();
    return Done{};
}

Result<QVector<SmsUserData>> SmsForm::partsOf(const WakeMessage &message) const
{
    const quint16 port = message.route.port.isSet() ? message.route.port.number() : defaultPort;
    const auto reference = quint16(qHash(message.wake) + size_t(message.attempt));
    return splitSms(encodeSirPush(message), {port, originatorPort}, reference, wideReference, mostParts);
}

QByteArray SmsForm::octetsOf(const WakeMessage &message) const
{
    const Result<QVector<SmsUserData>> parts = partsOf(message);
    QByteArray octets;
    for (const SmsUserData &part : parts.valueOr({}))
        octets += encodeSmsUserData(part);
    return octets;
}

WakeBudget SmsForm::budgetOf(const WakeMessage &message) const
{
    const Result<QVector<SmsUserData>> parts = partsOf(message);
    if (parts)
        return {int(octetsOf(message).size()), int(parts->size()), int(smsUserDataLimit)};
    return {int(encodeSirPush(message).size()), parts.error().about.toInt(), int(smsUserDataLimit)};
}

} // namespace reveille
