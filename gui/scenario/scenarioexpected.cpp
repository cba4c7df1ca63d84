// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariomatch.h"
#include "gui/scenario/scenariosentences.h"
#include "models/sentences.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace reveille {

/// What expectations want, in words.

using namespace Qt::StringLiterals;
using Kind = ScenarioExpectation::Kind;

QString ScenarioSentences::valueText(const QString &path, const QJsonValue &wanted)
{
    if (wanted.isNull())
        return tr("none");
    if (!wanted.isObject()) {
        const QString text = scenarioValueText(wanted);
        if (text == u"true" || text == u"false")
            return text == u"true" ? tr("yes") : tr("no");
        const QString known = knownValue(path.section(u'.', -1), text);
        return known.isEmpty() ? text : known;
    }
    const QJsonObject conditions = wanted.toObject();
    QStringList parts;
    for (auto it = conditions.begin(); it != conditions.end(); ++it) {
        const QString value = scenarioValueText(*it);
        if (it.key() == u"at_least")
            parts.append(tr("at least %1").arg(value));
        else if (it.key() == u"at_most")
            parts.append(tr("at most %1").arg(value));
        else if (it.key() == u"not")
            parts.append(tr("not %1").arg(it->isNull() ? tr("none") : value));
        else if (it.key() == u"contains")
            parts.append(tr("contains “%1”").arg(value));
        else if (it.key() == u"matches")
            parts.append(tr("matches %1").arg(value));
        else {
            QStringList choices;
            for (const QJsonValue &choice : it->toArray())
                choices.append(valueText(path, choice));
            parts.append(tr("one of %1").arg(choices.join(u", "_s)));
        }
    }
    return parts.join(u", "_s);
}

QString ScenarioSentences::fieldText(const QString &path, const QJsonValue &wanted)
{
    const QString last = path.section(u'.', -1);
    const QString name = path == u"connections"      ? tr("connections")
                         : path == u"pending_pushes" ? tr("waiting pushes")
                         : path == u"active_wake"    ? tr("wake-up under way")
                                                     : Sentences::fieldName(last);
    return name + u' ' + valueText(path, wanted);
}

/// The state as the lists of the window call it.
QString ScenarioSentences::stateText(const ScenarioExpectation &wanted, const QString &state)
{
    if (wanted.kind == Kind::Device) {
        if (const LivenessState known = livenessStateFromText(state); QLatin1StringView(toText(known)) == state)
            return Sentences::state(known);
    } else if (wanted.kind == Kind::Push) {
        if (const auto known = pushStateFromText(state))
            return Sentences::pushState(*known);
    } else if (const auto known = wakeStateFromText(state)) {
        return Sentences::wakeState(*known);
    }
    return state;
}

QString ScenarioSentences::subjectOf(const ScenarioExpectation &wanted)
{
    switch (wanted.kind) {
    case Kind::Device: return wanted.subject;
    case Kind::Event: return wanted.by + u' ' + eventName(wanted.subject);
    case Kind::Push:
        return wanted.by.isEmpty() ? tr("Push “%1”").arg(wanted.subject) : tr("Push “%1” to %2").arg(wanted.subject, wanted.by);
    case Kind::Wake: return tr("Wake-up of %1").arg(wanted.subject);
    case Kind::Journal:
        return wanted.by.isEmpty() ? tr("Journal: %1").arg(Sentences::event(wanted.subject))
                                   : tr("Journal of %1: %2").arg(wanted.by, Sentences::event(wanted.subject));
    case Kind::Metric: return wanted.subject;
    }
    return {};
}

QString ScenarioSentences::expected(const ScenarioExpectation &wanted)
{
    QStringList parts;
    for (auto it = wanted.fields.begin(); it != wanted.fields.end(); ++it) {
        const bool isState = it.key() == u"state" || it.key() == u"liveness.state";
        const bool isNamed = it->toString().startsWith(u"${") && it->toString().endsWith(u".id}");
        if (isState && it->isString())
            parts.prepend(stateText(wanted, it->toString()));
        else if (isNamed)
            parts.append(tr("“%1”").arg(it->toString().chopped(4).sliced(2)));
        else
            parts.append(fieldText(it.key(), *it));
    }
    if (!wanted.count.isUndefined())
        parts.append(wanted.kind == Kind::Metric ? valueText({}, wanted.count)
                     : wanted.kind == Kind::Event || wanted.kind == Kind::Journal
                         ? (wanted.count == QJsonValue(1) ? tr("once") : tr("%1 times").arg(valueText({}, wanted.count)))
                         : tr("%1 of them").arg(valueText({}, wanted.count)));
    const QString text = parts.isEmpty() ? subjectOf(wanted) : subjectOf(wanted) + u": "_s + parts.join(u", "_s);
    if (!wanted.never)
        return text;
    return tr("Never within %1: %2").arg(seconds(wanted.within.value_or(Milliseconds(0))), text);
}

/// A state of whatever the finding was about: the same word is never two of them with two names.
QString ScenarioSentences::knownState(const QString &state)
{
    if (const LivenessState known = livenessStateFromText(state); QLatin1StringView(toText(known)) == state)
        return Sentences::state(known);
    if (const auto known = pushStateFromText(state))
        return Sentences::pushState(*known);
    if (const auto known = wakeStateFromText(state))
        return Sentences::wakeState(*known);
    return state;
}

/// "state: up, connections: 1", or the code of an event.
QString ScenarioSentences::foundText(const QString &found)
{
    static const QRegularExpression next(uR"(, (?=[a-z0-9_-]+: ))"_s), pair(uR"(^([a-z0-9_-]+): (.*)$)"_s, QRegularExpression::DotMatchesEverythingOption);
    QStringList parts;
    for (const QString &part : found.split(next)) {
        const QRegularExpressionMatch match = pair.match(part);
        if (match.hasMatch() && match.captured(1) == u"state")
            parts.prepend(knownState(match.captured(2)));
        else if (match.hasMatch())
            parts.append(fieldText(match.captured(1), match.captured(2).isEmpty() ? QJsonValue() : QJsonValue(match.captured(2))));
        else if (Sentences::eventCodes().contains(part))
            parts.append(Sentences::event(part));
        else if (isEvent(part))
            parts.append(eventName(part));
        else
            parts.append(part);
    }
    return parts.join(u", "_s);
}

QString ScenarioSentences::happened(const QString &actual)
{
    if (actual.isEmpty())
        return tr("nothing");
    static const QRegularExpression often(uR"(^(\d+) times(?:; last: (.*))?$)"_s, QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression some(uR"(^(\d+) of (\d+)(?:; (\S+) has (.*))?$)"_s, QRegularExpression::DotMatchesEverythingOption);
    if (const QRegularExpressionMatch match = often.match(actual); match.hasMatch()) {
        const QString times = tr("%n time(s)", nullptr, match.captured(1).toInt());
        return match.captured(2).isEmpty() ? times : tr("%1; last: %2").arg(times, foundText(match.captured(2)));
    }
    if (const QRegularExpressionMatch match = some.match(actual); match.hasMatch()) {
        const QString count = tr("%1 of %2").arg(match.captured(1), match.captured(2));
        const QString what = match.captured(4);
        if (match.captured(3).isEmpty())
            return count;
        return tr("%1; %2: %3").arg(count, match.captured(3), what == u"nothing" ? tr("nothing") : happened(what));
    }
    return foundText(actual);
}

} // namespace reveille
