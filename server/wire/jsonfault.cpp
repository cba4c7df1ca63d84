// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonfault.h"

#include "wire/jsonreader.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 anyNumber = 1LL << 40;

FaultScope impliedScope(const FaultRule &rule)
{
    return !rule.bearer.isEmpty() ? FaultScope::Wakes : !rule.connection.isEmpty() ? FaultScope::Deliveries : FaultScope::Both;
}

} // namespace

Result<FaultOrder> faultOrderFromJson(const QJsonObject &object)
{
    FaultOrder order;
    FaultRule &rule = order.rule;
    JsonReader reader(object);
    reader.require(u"kind"_s);
    reader.choice(u"kind"_s, rule.kind, faultKindFromText);
    reader.text(u"bearer"_s, rule.bearer);
    reader.text(u"connection"_s, rule.connection);
    reader.value(u"device"_s, rule.device, [](const QString &text) { return DeviceId::parse(text); });
    rule.scope = impliedScope(rule);
    reader.choice(u"what"_s, rule.scope, faultScopeFromText);
    qint64 delay = 0, chance = 100, most = 0, life = order.life.count() / 1000;
    reader.number(u"delay_ms"_s, delay, 0, anyNumber);
    QString code;
    reader.text(u"code"_s, code);
    reader.flag(u"again"_s, rule.again);
    reader.number(u"chance"_s, chance, 1, 100);
    reader.number(u"most"_s, most, 0, FaultRule::highestMost);
    reader.number(u"for_s"_s, life, 1, anyNumber);
    reader.text(u"note"_s, rule.note, FaultRule::longestNote);
    reader.text(u"who"_s, rule.who, FaultRule::longestNote);
    reader.finish();
    if (reader.failed())
        return reader.error();
    rule.delay = Milliseconds(delay);
    rule.code = code.toUtf8();
    rule.chance = int(chance);
    rule.most = int(most);
    order.life = Milliseconds(life * 1000);
    return order;
}

QJsonObject toJson(const FaultOrder &order)
{
    const FaultRule &rule = order.rule;
    QJsonObject object{{u"kind"_s, QString::fromLatin1(toText(rule.kind))}, {u"for_s"_s, qint64(order.life.count() / 1000)}};
    if (rule.scope != impliedScope(rule))
        object.insert(u"what"_s, QString::fromLatin1(toText(rule.scope)));
    if (!rule.bearer.isEmpty())
        object.insert(u"bearer"_s, rule.bearer);
    if (!rule.connection.isEmpty())
        object.insert(u"connection"_s, rule.connection);
    if (!rule.device.isEmpty())
        object.insert(u"device"_s, rule.device.toString());
    if (rule.kind == FaultKind::Delay)
        object.insert(u"delay_ms"_s, qint64(rule.delay.count()));
    if (rule.kind == FaultKind::Reject)
        object.insert(u"code"_s, QString::fromLatin1(rule.code));
    if (rule.kind == FaultKind::Reject && !rule.again)
        object.insert(u"again"_s, false);
    if (rule.chance != 100)
        object.insert(u"chance"_s, rule.chance);
    if (rule.most > 0)
        object.insert(u"most"_s, rule.most);
    if (!rule.note.isEmpty())
        object.insert(u"note"_s, rule.note);
    if (!rule.who.isEmpty())
        object.insert(u"who"_s, rule.who);
    return object;
}

QJsonObject toJson(const FaultRule &rule)
{
    return {{u"id"_s, rule.id.text()},
            {u"kind"_s, QString::fromLatin1(toText(rule.kind))},
            {u"what"_s, QString::fromLatin1(toText(rule.scope))},
            {u"bearer"_s, jsonText(rule.bearer)},
            {u"connection"_s, jsonText(rule.connection)},
            {u"device"_s, jsonText(rule.device.toString())},
            {u"delay_ms"_s, qint64(rule.delay.count())},
            {u"code"_s, jsonText(QString::fromLatin1(rule.code))},
            {u"again"_s, rule.again},
            {u"chance"_s, rule.chance},
            {u"most"_s, rule.most},
            {u"since"_s, jsonTime(rule.since)},
            {u"until"_s, jsonTime(rule.until)},
            {u"note"_s, jsonText(rule.note)},
            {u"who"_s, jsonText(rule.who)},
            {u"struck"_s, rule.struck},
            {u"last_struck"_s, jsonTime(rule.lastStruck)}};
}

} // namespace reveille
