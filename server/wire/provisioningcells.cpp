// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/provisioningcells.h"

#include "domain/quiethours.h"
#include "domain/sessionrequest.h"
#include "domain/textscan.h"
#include "wire/celltext.h"

#include <QTime>

#include <algorithm>
#include <array>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Column = ProvisioningColumn;

constexpr qsizetype longestText = 255;
constexpr qint64 largestMessage = Q_INT64_C(1) << 40;
constexpr qint64 highestSirVersion = 2;

constexpr std::array<const char *, size_t(Column::Count)> names{
    "user",          "user_name",        "password",    "device",         "device_name", "msisdn",     "client_port", "routes",
    "applications",  "content_types",    "max_message_size", "sir_version", "accepts_pushes", "preferred", "quiet_from",  "quiet_until",
    "order",         "zone"};

constexpr std::pair<const char *, Column> otherNames[] = {
    {"device_id", Column::Device}, {"display_name", Column::UserName}, {"subscriptions", Column::Applications}};

Result<QString> line(const QString &text)
{
    if (text.size() > longestText)
        return Error{"cell-too-long", QString::number(longestText)};
    const auto isControl = [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; };
    if (std::any_of(text.begin(), text.end(), isControl))
        return Error{"cell-characters", shortened(text)};
    return text;
}

Result<qint64> number(const QString &text, qint64 most)
{
    if (text.isEmpty())
        return qint64(0);
    if (text.size() > 15 || !allOf(text, isAsciiDigit) || text.toLongLong() > most)
        return Error{"cell-number", shortened(text)};
    return text.toLongLong();
}

Result<bool> flag(const QString &text, bool whenEmpty)
{
    const QString word = text.toLower();
    if (word.isEmpty())
        return whenEmpty;
    if (word == "yes"_L1 || word == "true"_L1 || word == "1"_L1)
        return true;
    if (word == "no"_L1 || word == "false"_L1 || word == "0"_L1)
        return false;
    return Error{"cell-flag", shortened(text)};
}

/// Minutes after midnight; -1 for an empty cell.
Result<int> minutes(const QString &text)
{
    if (text.isEmpty())
        return -1;
    const QTime time = QTime::fromString(text, u"HH:mm"_s);
    if (text.size() != 5 || !time.isValid())
        return Error{"cell-time", shortened(text)};
    return time.hour() * 60 + time.minute();
}

/// Registered numbers become their names.
Result<QStringList> applications(const QString &text)
{
    QVector<bool> literal;
    Result<QStringList> list = listFromText(text, &literal);
    if (!list)
        return list;
    for (qsizetype i = 0; i < list->size(); ++i) {
        QString &item = (*list)[i];
        if (literal[i])
            continue;
        const bool hex = item.startsWith("0x"_L1, Qt::CaseInsensitive);
        if (!hex && (item.isEmpty() || !allOf(item, isAsciiDigit)))
            continue;
        bool ok = false;
        const uint number = item.toUInt(&ok, hex ? 16 : 10);
        const QString name = ok ? wellKnownApplicationName(number) : QString();
        if (name.isEmpty())
            return Error{"application-unknown", shortened(item)};
        item = name;
    }
    return list;
}

Result<QStringList> lines(const Result<QStringList> &list)
{
    if (!list)
        return list;
    for (const QString &item : *list) {
        if (const Result<QString> checked = line(item); !checked)
            return checked.error();
    }
    return list;
}

Result<QVector<WakeRoute>> routes(const QString &text)
{
    const Result<QVector<WakeRoute>> list = routesFromText(text);
    if (!list)
        return list;
    for (const WakeRoute &route : *list) {
        for (const QString &part : {route.bearer, route.address}) {
            if (const Result<QString> checked = line(part); !checked)
                return checked.error();
        }
    }
    return list;
}

template <typename To, typename T>
Result<Done> put(To &to, const Result<T> &value)
{
    if (!value)
        return value.error();
    to = *value;
    return Done{};
}

/// Nothing for an empty cell.
template <typename To, typename T>
Result<Done> putUnlessEmpty(To &to, const QString &text, const Result<T> &value)
{
    if (text.isEmpty()) {
        to = T();
        return Done{};
    }
    return put(to, value);
}

} // namespace

QString toText(ProvisioningColumn column)
{
    return QString::fromLatin1(names.at(size_t(column)));
}

std::optional<ProvisioningColumn> provisioningColumnFromText(const QString &name)
{
    const QString wanted = name.trimmed().toLower().replace(u' ', u'_').replace(u'-', u'_');
    for (size_t i = 0; i < names.size(); ++i) {
        if (wanted == QLatin1StringView(names[i]))
            return Column(i);
    }
    for (const auto &[other, column] : otherNames) {
        if (wanted == QLatin1StringView(other))
            return column;
    }
    return {};
}

Result<Done> takeCell(ProvisionedRow &row, ProvisioningColumn column, const QString &text)
{
    switch (column) {
    case Column::User:
        return put(row.user, PublicUserId::parse(text));
    case Column::UserName:
        return put(row.userName, line(text));
    case Column::Password:
        if (const Result<QString> checked = line(text); !checked)
            return Error{checked.error().code, {}}; // it shall stand nowhere
        row.password = text;
        return Done{};
    case Column::Device:
        return putUnlessEmpty(row.device, text, DeviceId::parse(text));
    case Column::DeviceName:
        return put(row.deviceName, line(text));
    case Column::Msisdn:
        return putUnlessEmpty(row.msisdn, text, Msisdn::parse(text));
    case Column::ClientPort:
        return putUnlessEmpty(row.clientPort, text, ClientPort::parse(text));
    case Column::Routes:
        return put(row.routes, routes(text));
    case Column::Applications:
        return put(row.applications, lines(applications(text)));
    case Column::ContentTypes:
        return put(row.contentTypes, lines(listFromText(text)));
    case Column::MaxMessageSize:
        return put(row.maxMessageSize, number(text, largestMessage));
    case Column::SirVersion: {
        const Result<qint64> version = number(text.isEmpty() ? u"2"_s : text, highestSirVersion);
        return version ? put(row.sirVersion, Result<int>(int(*version))) : Result<Done>(version.error());
    }
    case Column::AcceptsPushes:
        return put(row.acceptsPushes, flag(text, true));
    case Column::Preferred:
        return put(row.preferred, flag(text, false));
    case Column::QuietFrom:
        return put(row.quietFrom, minutes(text));
    case Column::QuietUntil:
        return put(row.quietUntil, minutes(text));
    case Column::Order: {
        const Result<qint64> place = number(text, Preferences::lastOrder);
        return place ? put(row.order, Result<int>(int(*place))) : Result<Done>(place.error());
    }
    case Column::Zone:
        return put(row.zone, isKnownZone(text) ? Result<QString>(text) : Result<QString>(Error{"cell-zone", shortened(text)}));
    case Column::Count:
        break;
    }
    return Done{};
}

QByteArray provisioningHeader()
{
    QStringList cells;
    for (int i = 0; i < int(Column::Count); ++i) {
        if (Column(i) != Column::Password)
            cells.append(toText(Column(i)));
    }
    return csvLine(cells);
}

QByteArray provisioningRow(const User &user, const Device *device)
{
    QStringList cells{user.id.toString(), user.name};
    if (device) {
        const auto yes = [](bool is) { return is ? u"yes"_s : u"no"_s; };
        const auto count = [](qint64 number) { return number == 0 ? QString() : QString::number(number); };
        const auto time = [](int minutes) {
            return minutes < 0 ? QString() : QTime(0, 0).addSecs(minutes * 60).toString(u"HH:mm"_s);
        };
        cells += {device->id.toString(),
                  device->name,
                  device->msisdn.toString(),
                  count(device->clientPort.number()),
                  routesToText(device->provisionedRoutes),
                  listToText(device->subscriptions),
                  listToText(device->capabilities.contentTypes),
                  count(device->capabilities.maxMessageSize),
                  QString::number(device->capabilities.sirVersion),
                  yes(device->preferences.acceptsPushes),
                  yes(device->preferences.preferred),
                  time(device->preferences.quietFrom),
                  time(device->preferences.quietUntil),
                  count(device->preferences.order),
                  device->preferences.zone};
    }
    while (cells.size() < qsizetype(Column::Count) - 1)
        cells.append(QString());
    for (QString &cell : cells)
        cell = templateText(cell);
    return csvLine(cells);
}

} // namespace reveille
