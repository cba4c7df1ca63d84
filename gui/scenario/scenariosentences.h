// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioerror.h"
#include "client/scenario/scenarioreport.h"
#include "models/timedisplay.h"

#include <QCoreApplication>

#include <optional>

namespace reveille {

/// What the console says of scenarios, in the language of now. Stateless; GUI thread.
class ScenarioSentences
{
    Q_DECLARE_TR_FUNCTIONS(reveille::ScenarioSentences)
public:
    /// "Line 12: there is no key “tilte”; is “title” meant?"
    static QString fault(const ScenarioError &error);
    /// Why it could not be played, or a step could not do what it does; empty without a code.
    static QString problem(const QString &code, const QString &about);
    /// "phone: Up, connections 1": what an expectation wants, for people.
    static QString expected(const ScenarioExpectation &wanted);
    /// "connections 1, Up" or "3 times; last: …": what was found instead, or that it was found, for people. The text is that of
    /// ScenarioExpectationReport::actual.
    static QString happened(const QString &actual);
    /// That of an expectation; of one that was not met also how long it was waited for.
    static QString found(const ScenarioExpectationReport &one);
    /// "6 steps, 1 device, 1 network, a server of its own."
    static QString needs(const Scenario &scenario);
    /// Why the server of the console cannot play it; empty: it can.
    static QString whyNotHere(const Scenario &scenario);
    /// How it stands or ended, in one sentence.
    static QString verdict(const ScenarioReport &report);
    static QString sign(ScenarioStepReport::State state);   ///< "✓"
    static QString word(ScenarioStepReport::State state);   ///< "passed"
    static QString sign(ScenarioExpectationReport::State state);
    static QString seconds(Milliseconds time);              ///< "1.2 s"
    /// A line of evidence, whose time of day is UTC, with the time of the display.
    static QString evidence(const QString &line, Timestamp began, const TimeDisplay &times);
    static QString fieldText(const QString &path, const QJsonValue &wanted); ///< "signed yes"
    /// A line of evidence in its parts; none: it is another one.
    struct Happening {
        Timestamp time; ///< not set where the beginning of the step is not known
        QString by;     ///< of the scenario, or the server
        QString what;
        QVector<std::pair<QString, QString>> fields; ///< name and value, as they are written
    };
    static std::optional<Happening> happening(const QString &line, Timestamp began);
    /// What became of one step as plain text.
    static QString step(const ScenarioStepReport &step, int index, const TimeDisplay &times);
    /// The whole report as plain text.
    static QString report(const ScenarioReport &report, const TimeDisplay &times);
    static bool isEvent(const QString &code); ///< of a device or simulator
    static QString language(); ///< of now, as ScenarioText takes it

private:
    static QString hint(const QString &hint);
    static QString foundText(const QString &found);
    static QString knownState(const QString &state);
    static QString eventName(const QString &code);
    static QString knownValue(const QString &field, const QString &value); ///< null: it is shown as it is
    static QString valueText(const QString &path, const QJsonValue &wanted);
    static QString stateText(const ScenarioExpectation &wanted, const QString &state);
    static QString subjectOf(const ScenarioExpectation &wanted);
};

} // namespace reveille
