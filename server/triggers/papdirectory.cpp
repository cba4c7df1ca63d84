// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papdirectory.h"

#include "domain/textscan.h"
#include "wire/papaddress.h"

namespace reveille {

Result<PushTarget> PapDirectory::find(const QString &text) const
{
    PushTarget target;
    if (const auto known = m_settings.addresses.constFind(text); known != m_settings.addresses.cend()) {
        target.user = *known;
        return target;
    }
    const auto address = PapAddress::parse(text);
    if (!address)
        return address.error();
    switch (address->kind) {
    case PapAddress::Kind::Phone:
        target.msisdn = address->phone;
        return target;
    case PapAddress::Kind::User: {
        const bool isWhole = address->client.contains(u'@') || address->client.contains(u':');
        const auto user = PublicUserId::parse(isWhole ? address->client : address->client + u'@' + m_settings.realm);
        if (!user)
            return user.error();
        target.user = *user;
        return target;
    }
    case PapAddress::Kind::IPv4:
    case PapAddress::Kind::IPv6:
    case PapAddress::Kind::Mobitex:
    case PapAddress::Kind::Other:
        break;
    }
    const QString client = address->ip.isNull() ? address->client : address->ip.toString();
    const auto known = m_settings.addresses.constFind(client);
    if (known == m_settings.addresses.cend())
        return Error{"address-not-served", shortened(text)};
    target.user = *known;
    return target;
}

} // namespace reveille
