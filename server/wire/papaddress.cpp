// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papaddress.h"

#include "domain/textscan.h"
#include "wire/utf8.h"

#include <QStringList>

namespace reveille {

namespace {

using Kind = PapAddress::Kind;

constexpr struct {
    QLatin1StringView name;
    Kind kind;
} kinds[] = {
    {QLatin1StringView("USER"), Kind::User}, {QLatin1StringView("PLMN"), Kind::Phone},
    {QLatin1StringView("IPv4"), Kind::IPv4}, {QLatin1StringView("IPv6"), Kind::IPv6},
    {QLatin1StringView("MAN"), Kind::Mobitex},
};

Kind kindOf(QStringView type)
{
    for (const auto &[name, kind] : kinds) {
        if (type.compare(name, Qt::CaseInsensitive) == 0)
            return kind;
    }
    return Kind::Other;
}

bool isWordCharacter(QChar c)
{
    return isAsciiLetter(c) || isAsciiDigit(c) || c == u'_';
}

bool isSafe(QChar c)
{
    return isWordCharacter(c) || c == u'+' || c == u'-' || c == u'.';
}

/// Resolves %HH; empty for an unsafe character or a broken escape.
std::optional<QString> unescaped(QStringView text)
{
    QByteArray octets;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text[at];
        if (isSafe(c)) {
            octets.append(char(c.unicode()));
            continue;
        }
        if (c != u'%' || at + 2 >= text.size() || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2]))
            return std::nullopt;
        octets.append(char(hexDigitValue(text[at + 1]) * 16 + hexDigitValue(text[at + 2])));
        at += 2;
    }
    return readUtf8Strictly(octets);
}

bool isGateway(QStringView text)
{
    for (const QStringView label : text.split(u'.')) {
        const auto inner = [](QChar c) { return isWordCharacter(c) || c == u'-'; };
        if (label.isEmpty() || !allOf(label, inner) || label.startsWith(u'-') || label.endsWith(u'-'))
            return false;
    }
    return true;
}

/// "+" and digits with single "-" or "." between them.
bool isPhone(QStringView text)
{
    if (!text.startsWith(u'+') || text.size() < 2 || !isAsciiDigit(text[1]) || !isAsciiDigit(text.back()))
        return false;
    return allOf(text.sliced(1), [](QChar c) { return isAsciiDigit(c) || c == u'-' || c == u'.'; });
}

/// Null where it is none. Leading zeros are decimal here, whatever other readers make of them.
IpAddress dottedDecimal(QStringView text)
{
    QByteArray octets;
    for (int part = 0; part < 4; ++part) {
        qsizetype end = 0;
        int value = 0;
        for (; end < text.size() && end < 3 && isAsciiDigit(text[end]); ++end)
            value = value * 10 + hexDigitValue(text[end]);
        const bool goesOn = end < text.size();
        if (end == 0 || value > 255 || goesOn != (part < 3) || (goesOn && text[end] != u'.'))
            return {};
        octets.append(char(value));
        text = text.sliced(end + int(goesOn));
    }
    return IpAddress::fromBytes(octets);
}

bool isEightGroups(QStringView text)
{
    const auto groups = text.split(u':');
    if (groups.size() != 8)
        return false;
    for (const QStringView group : groups) {
        if (group.size() != 4 || !allOf(group, isHexDigit))
            return false;
    }
    return true;
}

Error wrong(const char *code, QStringView about)
{
    return {code, shortened(about)};
}

/// Reads the client by the kind that `address` already has.
std::optional<Error> readClient(QStringView text, PapAddress &address)
{
    const auto unfit = [&] { return wrong("pap-address-client", text); };
    switch (address.kind) {
    case Kind::Phone: {
        const auto phone = isPhone(text) ? Msisdn::parse(text.toString().remove(u'.')) : Result<Msisdn>(unfit());
        if (!phone)
            return unfit();
        address.phone = *phone;
        return std::nullopt;
    }
    case Kind::IPv4:
        address.ip = dottedDecimal(text);
        return address.ip.isNull() ? std::optional(unfit()) : std::nullopt;
    case Kind::IPv6: {
        const auto ip = isEightGroups(text) ? IpAddress::parse(text) : Result<IpAddress>(unfit());
        if (!ip)
            return unfit();
        address.ip = *ip;
        return std::nullopt;
    }
    case Kind::Mobitex:
        if (text.size() != 8 || !allOf(text, isAsciiDigit))
            return unfit();
        address.client = text.toString();
        return std::nullopt;
    case Kind::User:
    case Kind::Other:
        break;
    }
    const auto client = unescaped(text);
    if (!client)
        return wrong("pap-address-escape", text);
    if (client->isEmpty())
        return unfit();
    address.client = *client;
    return std::nullopt;
}

} // namespace

Result<PapAddress> PapAddress::parse(QStringView text)
{
    if (text.size() > longest)
        return wrong("pap-address-too-long", text);
    PapAddress address;
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0 || !isGateway(text.sliced(at + 1)))
        return wrong("pap-address-gateway", at < 0 ? text : text.sliced(at + 1));
    address.gateway = text.sliced(at + 1).toString();
    QStringView specifier = text.first(at);
    if (specifier.startsWith(u'/'))
        specifier = specifier.sliced(1);
    if (specifier.endsWith(u'/'))
        specifier.chop(1);

    const auto segments = specifier.split(u'/');
    const QStringView first = segments.first();
    constexpr QLatin1StringView keyword("WAPPUSH=");
    if (!first.startsWith(keyword, Qt::CaseInsensitive))
        return wrong("pap-address-keyword", first);
    for (qsizetype i = 1; i < segments.size(); ++i) {
        const QStringView segment = segments[i];
        const qsizetype equals = segment.indexOf(u'=');
        const QStringView name = equals < 0 ? segment : segment.first(equals);
        const QStringView value = equals < 0 ? QStringView() : segment.sliced(equals + 1);
        const bool isType = name.compare(QLatin1StringView("TYPE"), Qt::CaseInsensitive) == 0;
        if (isType != (i == segments.size() - 1))
            return wrong("pap-address-type", segment);
        if (isType) {
            if (value.isEmpty() || !allOf(value, isWordCharacter))
                return wrong("pap-address-type", segment);
            address.type = value.toString();
        } else if (name.isEmpty() || value.isEmpty() || !allOf(name, isWordCharacter) || !unescaped(value)) {
            return wrong("pap-address-extension", segment);
        } else {
            address.extensions.append({name.toString(), value.toString()});
        }
    }
    if (address.type.isEmpty())
        return wrong("pap-address-type", first);
    address.kind = kindOf(address.type);
    if (const auto error = readClient(first.sliced(keyword.size()), address))
        return *error;
    return address;
}

} // namespace reveille
