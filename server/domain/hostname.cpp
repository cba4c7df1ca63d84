// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/hostname.h"

#include "domain/clientport.h"
#include "domain/ipaddress.h"
#include "domain/textscan.h"

#include <QList>

namespace reveille {

namespace {

bool isLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-') && !label.endsWith(u'-') &&
           allOf(label, [](QChar c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == u'-'; });
}

std::optional<QString> canonicalHost(QStringView text)
{
    if (text.startsWith(u'[')) {
        const Result<IpAddress> address = IpAddress::parse(text);
        if (!address)
            return std::nullopt;
        return address->isV4() ? address->toString() : u'[' + address->toString() + u']';
    }
    if (text.contains(u':'))
        return std::nullopt;
    if (const Result<IpAddress> address = IpAddress::parse(text))
        return address->toString();
    if (text.endsWith(u'.'))
        text.chop(1);
    if (!isHostName(text))
        return std::nullopt;
    return text.toString().toLower();
}

} // namespace

bool isHostName(QStringView text)
{
    if (text.isEmpty() || text.size() > 253)
        return false;
    const QList<QStringView> labels = text.split(u'.');
    for (QStringView label : labels) {
        if (!isLabel(label))
            return false;
    }
    return !isAsciiDigit(labels.constLast().front());
}

std::optional<HostPort> HostPort::parse(QStringView text)
{
    HostPort result;
    const qsizetype colon = text.indexOf(u':', qMax(text.indexOf(u']'), qsizetype(0)));
    if (colon >= 0) {
        const QStringView portText = text.sliced(colon + 1);
        if (!allOf(portText, isAsciiDigit))
            return std::nullopt;
        const Result<ClientPort> port = ClientPort::parse(portText);
        if (!port)
            return std::nullopt;
        result.port = port->number();
        text = text.first(colon);
    }
    const std::optional<QString> host = canonicalHost(text);
    if (!host)
        return std::nullopt;
    result.host = *host;
    return result;
}

} // namespace reveille
