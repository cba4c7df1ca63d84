// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocheck.h"

#include "client/scenario/scenariofilling.h"
#include "client/scenario/scenariomatch.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

using Kind = ScenarioExpectation::Kind;
using State = ScenarioFinding::State;

QStringList membersOf(const QString &name, const ScenarioScene &scene)
{
    const QStringList members = scene.stage.membersOf(name);
    return members.isEmpty() ? QStringList{name} : members;
}

/// `fields` with what ${DEVICE.FACT} stands for.
QJsonObject filledIn(const QJsonObject &fields, const ScenarioScene &scene)
{
    ScenarioFilling filling([&scene](const QString &name, const QString &fact) {
        if (name == u"server")
            return scene.addresses.value(fact);
        const QString known = scene.stage.factOf(name, fact);
        return known.isEmpty() && fact == u"id" ? scene.ids.of.value(name).value(0) : known;
    });
    return filling.value(fields).toObject();
}

/// How many of several are as they should be.
struct Tally {
    int good = 0;
    int all = 0;
    QString other; ///< the first that is not

    void add(bool isGood, const QString &who, const QString &found)
    {
        ++all;
        good += int(isGood);
        if (!isGood && other.isEmpty())
            other = who + u" has "_s + (found.isEmpty() ? u"nothing"_s : found);
    }
    ScenarioFinding finding(const ScenarioExpectation &wanted, const QString &single) const
    {
        // What must never be must not be of one of them either.
        const bool met = !wanted.count.isUndefined() && wanted.kind != Kind::Event
                             ? scenarioMatches(wanted.count, good)
                         : wanted.never ? good > 0
                                        : all > 0 && good == all;
        if (all == 1)
            return {met ? State::Met : State::Open, single};
        const QString text = u"%1 of %2"_s.arg(good).arg(all);
        return {met ? State::Met : State::Open, met || other.isEmpty() ? text : text + u"; "_s + other};
    }
};

ScenarioFinding judgeDevice(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    const QJsonObject fields = filledIn(wanted.fields, scene);
    Tally tally;
    QString found;
    for (const QString &member : membersOf(wanted.subject, scene)) {
        const QJsonObject device = scene.facts.device(scene.stage.idOf(member));
        found = device.isEmpty() ? QString() : scenarioFoundText(fields, device);
        tally.add(!device.isEmpty() && scenarioMatchesAll(fields, device), member, found);
    }
    return tally.finding(wanted, found);
}

QJsonObject deliveryTo(const QJsonObject &push, const QString &device)
{
    const QJsonArray deliveries = push.value(u"deliveries"_s).toArray();
    for (const QJsonValue &delivery : deliveries) {
        if (delivery[u"device"_s].toString() == device)
            return delivery.toObject();
    }
    return {};
}

ScenarioFinding judgePush(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    const QJsonObject fields = filledIn(wanted.fields, scene);
    Tally tally;
    QString found;
    for (const QString &id : scene.ids.of.value(wanted.subject, {wanted.subject})) {
        QJsonObject push = scene.facts.push(id);
        if (!wanted.by.isEmpty() && !push.isEmpty())
            push = deliveryTo(push, scene.stage.idOf(wanted.by));
        found = push.isEmpty() ? QString() : scenarioFoundText(fields, push);
        tally.add(!push.isEmpty() && scenarioMatchesAll(fields, push), id, found);
    }
    return tally.finding(wanted, found);
}

ScenarioFinding judgeWake(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    const QJsonObject fields = filledIn(wanted.fields, scene);
    QVector<QJsonObject> wakes;
    if (wanted.subject.startsWith(u"w-") && !scene.ids.of.contains(wanted.subject))
        wakes.append(scene.facts.wake(wanted.subject));
    for (const QString &id : scene.ids.of.value(wanted.subject))
        wakes.append(scene.facts.wake(id));
    if (wakes.isEmpty()) {
        for (const QString &member : membersOf(wanted.subject, scene))
            wakes.append(scene.facts.newestWakeOf(scene.stage.idOf(member),
                                                  wanted.fromStart ? scene.start : scene.since));
    }
    Tally tally;
    QString found;
    for (const QJsonObject &wake : std::as_const(wakes)) {
        found = wake.isEmpty() ? QString() : scenarioFoundText(fields, wake);
        tally.add(!wake.isEmpty() && scenarioMatchesAll(fields, wake), wake.value(u"device"_s).toString(),
                  found);
    }
    return tally.finding(wanted, found);
}

/// Takes ${NAME.id} out of `fields`: the ids that will do.
QHash<QString, QStringList> takeNamed(QJsonObject &fields, const ScenarioScene &scene)
{
    QHash<QString, QStringList> named;
    for (const QString &key : {u"push"_s, u"wake"_s}) {
        const QString text = fields.value(key).toString();
        if (!text.startsWith(u"${") || !text.endsWith(u".id}"))
            continue;
        const QString name = text.sliced(2, text.size() - 6);
        named.insert(key, scene.ids.of.value(name, {name}));
        fields.remove(key);
    }
    return named;
}

bool isNamed(const QHash<QString, QStringList> &named, const QJsonObject &found)
{
    return std::all_of(named.keyBegin(), named.keyEnd(), [&](const QString &key) {
        return named.value(key).contains(found.value(key).toString());
    });
}

/// `times` of something that can only become more.
ScenarioFinding judgeTimes(const QJsonValue &times, int found, const QString &last)
{
    const QString actual = found == 0                           ? QString()
                           : found == 1 && times.isUndefined() ? last
                                                               : u"%1 times; last: %2"_s.arg(found).arg(last);
    if (times.isUndefined())
        return {found > 0 ? State::Met : State::Open, actual};
    if (scenarioMatches(times, found))
        return {State::Met, u"%1 times"_s.arg(found)};
    const bool tooMany = times.isDouble()
                             ? found > times.toInt()
                             : times[u"at_most"_s].isDouble() && found > times[u"at_most"_s].toInt();
    return {tooMany ? State::Broken : State::Open, actual};
}

ScenarioFinding judgeEvent(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    QJsonObject fields = wanted.fields;
    const auto named = takeNamed(fields, scene);
    fields = filledIn(fields, scene);
    const QStringList members = membersOf(wanted.by, scene);
    const QSet<QString> meant(members.begin(), members.end());
    QHash<QString, int> counts;
    QString last;
    scene.facts.eachHeard(
        wanted.fromStart ? scene.start : scene.since, [&](const ScenarioFacts::Heard &heard) {
            if (heard.event.code != wanted.subject || !meant.contains(heard.by))
                return;
            const QString text =
                fields.isEmpty() ? heard.event.code : scenarioFoundText(fields, heard.event.fields);
            if (isNamed(named, heard.event.fields) && scenarioMatchesAll(fields, heard.event.fields))
                ++counts[heard.by];
            last = text;
        });
    if (members.size() == 1) {
        ScenarioFinding finding = judgeTimes(wanted.count, counts.value(wanted.by), last);
        if (finding.actual.isEmpty() && !last.isEmpty())
            finding.actual = last;
        return finding;
    }
    Tally tally;
    for (const QString &member : members)
        tally.add(judgeTimes(wanted.count, counts.value(member), {}).state == State::Met, member,
                  u"%1 times"_s.arg(counts.value(member)));
    return tally.finding(wanted, {});
}

ScenarioFinding judgeJournal(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    QJsonObject fields = wanted.fields;
    const auto named = takeNamed(fields, scene);
    fields = filledIn(fields, scene);
    QStringList devices;
    if (!wanted.by.isEmpty()) {
        for (const QString &member : membersOf(wanted.by, scene))
            devices.append(scene.stage.idOf(member));
    }
    int count = 0;
    QString last;
    scene.facts.eachJournal(wanted.fromStart ? scene.start : scene.since, [&](const QJsonObject &entry) {
        if (entry.value(u"event"_s).toString() != wanted.subject ||
            (!devices.isEmpty() && !devices.contains(entry.value(u"device"_s).toString())))
            return;
        last = fields.isEmpty() ? wanted.subject : scenarioFoundText(fields, entry);
        count += int(isNamed(named, entry) && scenarioMatchesAll(fields, entry));
    });
    ScenarioFinding finding = judgeTimes(wanted.count, count, last);
    if (finding.actual.isEmpty())
        finding.actual = last;
    return finding;
}

ScenarioFinding judgeMetric(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    const QJsonValue found = scene.facts.metric(wanted.subject);
    if (found.isUndefined())
        return {};
    return {scenarioMatches(wanted.count, found) ? State::Met : State::Open, scenarioValueText(found)};
}

} // namespace

ScenarioFinding judge(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    switch (wanted.kind) {
    case Kind::Device:
        return judgeDevice(wanted, scene);
    case Kind::Event:
        return judgeEvent(wanted, scene);
    case Kind::Push:
        return judgePush(wanted, scene);
    case Kind::Wake:
        return judgeWake(wanted, scene);
    case Kind::Journal:
        return judgeJournal(wanted, scene);
    case Kind::Metric:
        return judgeMetric(wanted, scene);
    }
    return {};
}

bool hasUpperBound(const ScenarioExpectation &wanted)
{
    const bool counts = wanted.kind == Kind::Event || wanted.kind == Kind::Journal;
    return wanted.never || (counts && (wanted.count.isDouble() || wanted.count[u"at_most"_s].isDouble()));
}

QStringList namesOf(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    QString name = wanted.by;
    if (wanted.kind == Kind::Device || (wanted.kind == Kind::Wake && !scene.ids.of.contains(wanted.subject)))
        name = wanted.subject;
    return name.isEmpty() ? QStringList() : membersOf(name, scene);
}

QStringList devicesOf(const ScenarioExpectation &wanted, const ScenarioScene &scene)
{
    QStringList devices;
    for (const QString &name : namesOf(wanted, scene)) {
        if (!scene.stage.membersOf(name).isEmpty() || name.contains(u':'))
            devices.append(scene.stage.idOf(name));
    }
    return devices;
}

} // namespace reveille
