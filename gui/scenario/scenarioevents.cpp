// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariosentences.h"
#include "models/codetable.h"
#include "models/sentences.h"

#include <QRegularExpression>

namespace reveille {

/// What devices and simulators tell, after their name. What the server writes down has its words in Sentences.

using namespace Qt::StringLiterals;

namespace {

constexpr CodeText events[] = {
    {"started", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "is started")},
    {"registering", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "asks to be registered")},
    {"registered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "registers")},
    {"register-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot register")},
    {"unregistered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has unregistered")},
    {"sir-received", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hears a SIR")},
    {"sir-refused", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses a SIR")},
    {"sir-ignored", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "ignores a SIR")},
    {"sir-handed-on", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hands a SIR on")},
    {"decision-asked", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "asks its user")},
    {"decision-taken", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has its user's answer")},
    {"application-activated", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "registers an application")},
    {"application-started", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "starts an application")},
    {"application-running", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "runs the application already")},
    {"application-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot start an application")},
    {"application-output", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hears from an application")},
    {"application-ended", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "ends an application")},
    {"core-registered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "registers with the SIP core")},
    {"core-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot register with the SIP core")},
    {"refusal-answered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has told that it refuses")},
    {"information-sent", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "tells what it was asked for")},
    {"information-answered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has told what it was asked for")},
    {"wake-received", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hears an empty wake-up")},
    {"called", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "is called over HTTP")},
    {"call-refused", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses a call over HTTP")},
    {"reconnecting", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "reconnects")},
    {"push-received", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "receives a push")},
    {"push-confirmed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "confirms a push")},
    {"push-handed-on", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hands a push on")},
    {"pinhole-tested", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "tests its pinhole")},
    {"session-opened", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "opens a session")},
    {"session-closed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "closes a session")},
    {"session-refused", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses a session")},
    {"silent", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "falls silent")},
    {"answering", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "answers again")},
    {"dropped", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "drops its path")},
    {"refusing", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses from here on")},
    {"stopped", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "is stopped")},
    {"flow-lost", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "loses its connection")},
    {"state-restored", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "remembers")},
    {"state-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot remember")},
    {"mapping-made", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "opens a pinhole")},
    {"mapping-closed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "closes a pinhole")},
    {"mapping-rebound", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "moves a pinhole")},
    {"rebind-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot move a pinhole")},
    {"accept-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot take a connection")},
    {"packet-dropped", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "drops a packet")},
    {"connected", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has a connection")},
    {"connection-refused", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses a connection")},
    {"bound", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "takes a link")},
    {"bind-refused", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "refuses a link")},
    {"submit", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "takes a message")},
    {"to-terminal", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "hands a message to the terminal")},
    {"terminal-failed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot reach the terminal")},
    {"message-waiting", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "keeps a message")},
    {"message-lost", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "loses a message")},
    {"message-ended", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "is done with a message")},
    {"delivery-sent", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "sends a receipt")},
    {"delivery-dropped", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "drops a receipt")},
    {"delivery-answered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has its receipt taken")},
    {"enquire-link", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "is asked whether it is there")},
    {"malformed", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "cannot read what came")},
    {"unbound", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "ends a link")},
    {"disconnected", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "loses a link")},
    {"ready", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "serves")},
    {"ended", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "has ended")},
};

/// Of simulated networks.
constexpr CodeText pathValues[] = {
    {"inbound", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "inbound")},
    {"outbound", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "outbound")},
    {"no_mapping", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "no pinhole is open")},
    {"filtered", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "its sender is not let in")},
    {"mapping_limit", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "too many pinholes are open")},
    {"queue_full", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "too much is on the way")},
    {"no_port", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "no port is left")},
    {"idle", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "nothing passed for too long")},
    {"forgotten", QT_TRANSLATE_NOOP("reveille::ScenarioSentences", "it was told to forget")},
};

} // namespace

QString ScenarioSentences::knownValue(const QString &field, const QString &value)
{
    if (field == u"mode" && sirModeFromText(value))
        return Sentences::sirMode(*sirModeFromText(value));
    if (field == u"rule")
        return Sentences::ruleText({evidenceRuleFromText(value), {}, 0, {}, {}});
    if (field != u"reason" && field != u"direction")
        return {};
    if (const LossReason reason = lossReasonFromText(value); QLatin1StringView(toText(reason)) == value)
        return Sentences::reason(reason);
    if (const QString text = wordsOf(pathValues, value, [](const char *english) { return tr(english); }); !text.isEmpty())
        return text;
    const QString outcome = Sentences::outcome(value.toLatin1());
    return outcome == value ? QString() : outcome;
}

bool ScenarioSentences::isEvent(const QString &code)
{
    return codesOf(events).contains(code);
}

QString ScenarioSentences::eventName(const QString &code)
{
    const QString text = wordsOf(events, code, [](const char *english) { return tr(english); });
    return text.isEmpty() ? QString(code).replace(u'-', u' ') : text;
}

/// Of "12:00:00.000 server KIND EVENT fields", or "12:00:00.000 NAME EVENT fields" of a device or simulator.
std::optional<ScenarioSentences::Happening> ScenarioSentences::happening(const QString &line, Timestamp began)
{
    const QTime of = QTime::fromString(line.left(12), u"HH:mm:ss.zzz"_s);
    if (!of.isValid())
        return {};
    Happening found;
    if (began.isSet()) {
        const QDateTime start = QDateTime::fromMSecsSinceEpoch(began.ms, Qt::UTC);
        QDateTime moment(start.date(), of, Qt::UTC);
        if (moment < start.addSecs(-12 * 3600))
            moment = moment.addDays(1); // past midnight
        found.time = Timestamp{moment.toMSecsSinceEpoch()};
    }
    const QString rest = line.sliced(12).trimmed();
    const QString by = rest.section(u' ', 0, 0);
    const bool isServer = by == u"server";
    const QString event = rest.section(u' ', isServer ? 2 : 1, isServer ? 2 : 1);
    found.by = isServer ? tr("server") : by;
    found.what = event.isEmpty() ? event : isServer ? Sentences::event(event) : eventName(event);
    static const QRegularExpression field(uR"((?:^| )([a-z][a-z0-9_]*)=)"_s);
    const QString fields = rest.section(u' ', isServer ? 3 : 2);
    QRegularExpressionMatch match = field.match(fields);
    while (match.hasMatch()) {
        const QRegularExpressionMatch next = field.match(fields, match.capturedEnd());
        const qsizetype end = next.hasMatch() ? next.capturedStart() : fields.size();
        found.fields.append({match.captured(1), fields.sliced(match.capturedEnd(), end - match.capturedEnd())});
        match = next;
    }
    return found;
}

QString ScenarioSentences::evidence(const QString &line, Timestamp began, const TimeDisplay &times)
{
    const auto found = happening(line, began);
    if (!found)
        return line;
    QStringList parts{found->time.isSet() ? times.clock(found->time) : line.left(12), found->by};
    if (!found->what.isEmpty())
        parts.append(found->what);
    for (const auto &[name, value] : found->fields)
        parts.append(name + u'=' + value);
    return parts.join(u"  "_s);
}

} // namespace reveille
