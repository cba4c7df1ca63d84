// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/jsoncolumns.h"

#include "store/sqlrow.h"
#include "wire/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QString compact(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

/// With its quotes; what is no plain ASCII the long way.
void appendText(QString &out, const QString &text)
{
    const auto isPlain = [](QChar c) { return c >= u' ' && c < u'\x7f' && c != u'"' && c != u'\\'; };
    if (std::all_of(text.cbegin(), text.cend(), isPlain)) {
        out.append(u'"').append(text).append(u'"');
        return;
    }
    QByteArray escaped;
    appendJson(escaped, text);
    out.append(QString::fromUtf8(escaped));
}

template <typename List, typename ToValue>
QString listed(const List &list, ToValue toValue)
{
    if (list.isEmpty())
        return u"[]"_s;
    QJsonArray array;
    for (const auto &item : list)
        array.append(toValue(item));
    return compact(array);
}

/// Reads an array, giving each element to `fromValue`, which answers nothing for one it cannot take.
template <typename List, typename FromValue>
List listFrom(SqlRow &row, FromValue fromValue)
{
    const QByteArray json = row.text().toUtf8();
    List list;
    if (json == "[]")
        return list;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray()) {
        row.refuse();
        return list;
    }
    const QJsonArray array = document.array();
    list.reserve(array.size());
    for (const QJsonValue &value : array) {
        auto item = fromValue(value);
        if (!item) {
            row.refuse();
            return {};
        }
        list.append(*std::move(item));
    }
    return list;
}

std::optional<QString> text(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

QJsonObject routeObject(const WakeRoute &route)
{
    QJsonObject object{{u"bearer"_s, route.bearer}, {u"address"_s, route.address}};
    if (route.port.isSet())
        object.insert(u"port"_s, route.port.number());
    if (route.source == WakeRoute::Source::Client)
        object.insert(u"client"_s, true);
    if (route.source == WakeRoute::Source::Implied)
        object.insert(u"implied"_s, true);
    return object;
}

std::optional<WakeRoute> routeFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const int port = object.value("port"_L1).toInt();
    if (!object.value("bearer"_L1).isString() || !object.value("address"_L1).isString() || port < 0 ||
        port > 65535)
        return std::nullopt;
    WakeRoute route;
    route.bearer = object.value("bearer"_L1).toString();
    route.address = object.value("address"_L1).toString();
    route.port = ClientPort(quint16(port));
    if (object.value("client"_L1).toBool())
        route.source = WakeRoute::Source::Client;
    else if (object.value("implied"_L1).toBool())
        route.source = WakeRoute::Source::Implied;
    return route;
}

QJsonArray checkArray(const Check &check)
{
    return {QString::fromLatin1(check.question), QString::fromLatin1(toText(check.outcome)), check.value,
            QString::fromLatin1(check.setting)};
}

std::optional<Check> checkFrom(const QJsonValue &value)
{
    const QJsonArray parts = value.toArray();
    if (parts.size() != 4)
        return std::nullopt;
    return checkFromTexts(parts[0].toString(), parts[1].toString(), parts[2].toString(), parts[3].toString());
}

QJsonObject attemptObject(const WakeAttempt &attempt)
{
    QJsonArray checks;
    for (const Check &check : attempt.checks)
        checks.append(checkArray(check));
    return {{u"number"_s, attempt.number},
            {u"checks"_s, checks},
            {u"bearer"_s, attempt.bearer},
            {u"route"_s, routeObject(attempt.route)},
            {u"sent_at"_s, attempt.sentAt.ms},
            {u"outcome"_s, QString::fromLatin1(attempt.outcome)},
            {u"carrier_id"_s, attempt.carrierId}};
}

std::optional<WakeAttempt> attemptFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    std::optional<WakeRoute> route = routeFrom(object.value("route"_L1));
    if (!route || !object.value("number"_L1).isDouble())
        return std::nullopt;
    WakeAttempt attempt;
    attempt.number = object.value("number"_L1).toInt();
    attempt.bearer = object.value("bearer"_L1).toString();
    attempt.route = *std::move(route);
    attempt.sentAt = {object.value("sent_at"_L1).toInteger()};
    attempt.outcome = object.value("outcome"_L1).toString().toLatin1();
    attempt.carrierId = object.value("carrier_id"_L1).toString();
    for (const QJsonValue kept : object.value("checks"_L1).toArray()) {
        const std::optional<Check> check = checkFrom(kept);
        if (!check)
            return std::nullopt;
        attempt.checks.append(*check);
    }
    return attempt;
}

} // namespace

QString toJson(const QStringList &texts)
{
    return listed(texts, [](const QString &item) { return QJsonValue(item); });
}

QString toJson(const QVector<DeviceId> &devices)
{
    return listed(devices, [](const DeviceId &device) { return QJsonValue(device.toString()); });
}

QString toJson(const QVector<WakeRoute> &routes)
{
    return listed(routes, routeObject);
}

QString toJson(const QVector<WakeAttempt> &attempts)
{
    return listed(attempts, attemptObject);
}

QString checksToJson(const QVector<Check> &checks)
{
    return listed(checks, [](const Check &check) { return QJsonValue(checkArray(check)); });
}

QString toJson(const QVector<Timestamp> &times)
{
    return listed(times, [](Timestamp time) { return QJsonValue(time.ms); });
}

QString toJson(const QVector<Returned> &returned)
{
    return listed(returned, [](const Returned &told) {
        return QJsonArray{int(told.what), told.value, told.at.ms, told.wake.text(), told.over};
    });
}

/// One for every entry of the journal.
QString toJson(const TextPairs &pairs)
{
    QString out;
    out.reserve(256);
    out.append(u'[');
    for (const auto &[name, value] : pairs) {
        out.append(out.size() > 1 ? u",["_s : u"["_s);
        appendText(out, name);
        out.append(u',');
        appendText(out, value);
        out.append(u']');
    }
    return out.append(u']');
}

QString toJson(const QVector<PinholeSample> &samples)
{
    return listed(samples, [](const PinholeSample &sample) {
        return QJsonArray{qint64(sample.silence.count()), sample.open, QString::fromLatin1(toText(sample.source)),
                          sample.at.ms};
    });
}

QStringList textsFrom(SqlRow &row)
{
    return listFrom<QStringList>(row, text);
}

QVector<DeviceId> devicesFrom(SqlRow &row)
{
    return listFrom<QVector<DeviceId>>(row, [](const QJsonValue &value) -> std::optional<DeviceId> {
        const Result<DeviceId> device = DeviceId::parse(value.toString());
        return device ? std::optional(*device) : std::nullopt;
    });
}

QVector<WakeRoute> routesFrom(SqlRow &row)
{
    return listFrom<QVector<WakeRoute>>(row, routeFrom);
}

QVector<WakeAttempt> attemptsFrom(SqlRow &row)
{
    return listFrom<QVector<WakeAttempt>>(row, attemptFrom);
}

QVector<Check> checksFrom(SqlRow &row)
{
    return listFrom<QVector<Check>>(row, checkFrom);
}

QVector<Timestamp> timesFrom(SqlRow &row)
{
    return listFrom<QVector<Timestamp>>(row, [](const QJsonValue &value) -> std::optional<Timestamp> {
        return value.isDouble() ? std::optional(Timestamp{value.toInteger()}) : std::nullopt;
    });
}

QVector<Returned> returnedFrom(SqlRow &row)
{
    return listFrom<QVector<Returned>>(row, [](const QJsonValue &value) -> std::optional<Returned> {
        const QJsonArray parts = value.toArray();
        const SirRequests what = SirRequests::fromInt(parts.at(0).toInt());
        if (parts.size() != 5 || toTexts(what).size() != 1 || !parts[1].isString() || !parts[2].isDouble())
            return std::nullopt;
        return Returned{SirRequest(parts[0].toInt()), parts[1].toString(), {parts[2].toInteger()},
                        WakeId(parts[3].toString()), parts[4].toString()};
    });
}

TextPairs pairsFrom(SqlRow &row)
{
    return listFrom<TextPairs>(row,
                               [](const QJsonValue &value) -> std::optional<std::pair<QString, QString>> {
                                   const QJsonArray pair = value.toArray();
                                   if (pair.size() != 2 || !pair[0].isString() || !pair[1].isString())
                                       return std::nullopt;
                                   return std::pair(pair[0].toString(), pair[1].toString());
                               });
}

QVector<PinholeSample> samplesFrom(SqlRow &row)
{
    return listFrom<QVector<PinholeSample>>(row, [](const QJsonValue &value) -> std::optional<PinholeSample> {
        const QJsonArray parts = value.toArray();
        const auto source = pinholeSourceFromText(parts.at(2).toString());
        if (parts.size() != 4 || !parts[0].isDouble() || !parts[1].isBool() || !parts[3].isDouble() || !source)
            return std::nullopt;
        return PinholeSample{Milliseconds(parts[0].toInteger()), parts[1].toBool(), *source, {parts[3].toInteger()}};
    });
}

} // namespace reveille
