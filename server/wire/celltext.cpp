// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/celltext.h"

#include "domain/ipaddress.h"
#include "domain/msisdn.h"
#include "domain/textscan.h"

#include <algorithm>
#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRoutes = 16;
constexpr qsizetype mostItems = 100;

/// Reads the items of a cell, bracketed or plain.
struct ItemScan {
    QStringView text;
    qsizetype at = 0;

    bool atEnd() const { return at >= text.size(); }
    bool sees(QChar c) const { return !atEnd() && text[at] == c; }
    void skipSpaces()
    {
        while (sees(u' '))
            ++at;
    }
    /// After an opening bracket has been seen; nothing where it is never closed.
    std::optional<QString> bracketed()
    {
        const QChar close = text[at] == u'[' ? u']' : u'>';
        QString inside;
        for (++at; !atEnd(); ++at) {
            if (text[at] == close) {
                ++at;
                if (close != u'>' || !sees(u'>'))
                    return inside;
            }
            inside += text[at];
        }
        return {};
    }
    QString plain(QStringView ends)
    {
        const qsizetype start = at;
        while (!atEnd() && !ends.contains(text[at]))
            ++at;
        return text.sliced(start, at - start).trimmed().toString();
    }
};

QString itemText(const QString &item)
{
    const bool special = item.isEmpty() || item != item.trimmed()
        || std::any_of(item.begin(), item.end(), [](QChar c) { return QStringView(u":;<>[]").contains(c); });
    if (!special)
        return item;
    return u'<' + QString(item).replace(u'>', u">>"_s) + u'>';
}

bool bearsNumber(const QString &bearer)
{
    return bearer == "sms"_L1 || bearer == "ussd"_L1;
}

QString addressText(const WakeRoute &route)
{
    const Result<IpAddress> ip = IpAddress::parse(route.address);
    if (ip && !ip->isV4() && ip->toString() == route.address)
        return u'[' + route.address + u']';
    const Result<Msisdn> number = Msisdn::parse(route.address);
    if (bearsNumber(route.bearer) && number && number->digits() == route.address)
        return number->toString();
    return itemText(route.address);
}

/// What follows "bearer:" without brackets: an address, and a port after the only colon.
Result<Done> splitPlain(const QString &rest, WakeRoute &route)
{
    const qsizetype colon = rest.lastIndexOf(u':');
    const QStringView tail = QStringView(rest).sliced(colon + 1);
    route.address = rest;
    if (colon < 0 || tail.isEmpty() || !allOf(tail, isAsciiDigit))
        return Done{};
    const QString address = rest.first(colon);
    if (address.contains(u':'))
        return Error{"route-ambiguous", shortened(rest)};
    const Result<ClientPort> port = ClientPort::parse(tail);
    if (!port)
        return port.error();
    route.address = address;
    route.port = *port;
    return Done{};
}

Result<WakeRoute> readRoute(ItemScan &scan)
{
    WakeRoute route;
    const qsizetype start = scan.at;
    const auto shown = [&] { return shortened(scan.text.sliced(start)); };
    std::optional<QString> bearer = scan.sees(u'<') ? scan.bracketed() : scan.plain(u":;");
    if (!bearer)
        return Error{"route-brackets", shown()};
    route.bearer = *bearer;
    if (!scan.sees(u':'))
        return Error{"route-missing-address", shown()};
    ++scan.at;
    scan.skipSpaces();
    if (scan.sees(u'<') || scan.sees(u'[')) {
        const std::optional<QString> address = scan.bracketed();
        if (!address)
            return Error{"route-brackets", shown()};
        route.address = *address;
        if (scan.sees(u':')) {
            ++scan.at;
            const Result<ClientPort> port = ClientPort::parse(scan.plain(u";"));
            if (!port)
                return port.error();
            route.port = *port;
        }
    } else if (const Result<Done> split = splitPlain(scan.plain(u";"), route); !split) {
        return split.error();
    }
    scan.skipSpaces();
    if (!scan.atEnd() && !scan.sees(u';'))
        return Error{"route-brackets", shown()};
    return checkedRoute(route);
}

} // namespace

Result<WakeRoute> checkedRoute(WakeRoute route)
{
    if (route.bearer.isEmpty())
        return Error{"route-bearer", {}};
    if (route.address.isEmpty())
        return Error{"address-empty", {}};
    if (bearsNumber(route.bearer)) {
        const Result<Msisdn> number = Msisdn::parse(route.address);
        if (!number)
            return number.error();
        route.address = number->digits();
    } else if (route.bearer == "wsp-udp"_L1) {
        const Result<IpAddress> address = IpAddress::parse(route.address);
        if (!address)
            return address.error();
        route.address = address->toString();
    }
    return route;
}

Result<QVector<WakeRoute>> routesFromText(QStringView text)
{
    QVector<WakeRoute> routes;
    ItemScan scan{text};
    for (;;) {
        scan.skipSpaces();
        if (scan.sees(u';')) {
            ++scan.at;
            continue;
        }
        if (scan.atEnd())
            return routes;
        if (routes.size() >= mostRoutes)
            return Error{"routes-too-many", QString::number(mostRoutes)};
        const Result<WakeRoute> route = readRoute(scan);
        if (!route)
            return route.error();
        routes.append(*route);
    }
}

QString routesToText(const QVector<WakeRoute> &routes)
{
    QStringList texts;
    for (const WakeRoute &route : routes) {
        const QString port = route.port.isSet() ? u':' + QString::number(route.port.number()) : QString();
        texts.append(itemText(route.bearer) + u':' + addressText(route) + port);
    }
    return texts.join(u';');
}

Result<QStringList> listFromText(QStringView text, QVector<bool> *literal)
{
    QStringList items;
    ItemScan scan{text};
    for (;;) {
        scan.skipSpaces();
        if (scan.sees(u';')) {
            ++scan.at;
            continue;
        }
        if (scan.atEnd())
            return items;
        if (items.size() >= mostItems)
            return Error{"list-too-long", QString::number(mostItems)};
        if (literal)
            literal->append(scan.sees(u'<'));
        const std::optional<QString> item = scan.sees(u'<') ? scan.bracketed() : scan.plain(u";");
        scan.skipSpaces();
        if (!item || (!scan.atEnd() && !scan.sees(u';')))
            return Error{"list-brackets", shortened(text)};
        items.append(*item);
    }
}

QString listToText(const QStringList &items)
{
    QStringList texts;
    for (const QString &item : items) {
        // Colons are common in application names and separate nothing here.
        const bool plain = !item.isEmpty() && item == item.trimmed() && !item.contains(u';') && !item.startsWith(u'<')
            && !isAsciiDigit(item.front());
        texts.append(plain ? item : u'<' + QString(item).replace(u'>', u">>"_s) + u'>');
    }
    return texts.join(u';');
}

} // namespace reveille
