// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"

#include <QMenu>

namespace reveille {

/// The actions about scenarios; the others are in actions.cpp.

void Actions::makeScenarioActions()
{
    const auto id = [](const char *text) { return QString::fromLatin1(text); };
    demo = make(id("demo"), tr("Play the de&mo"), {}, id("play"), tr("Register, go quiet, push, wake-up, return, delivered"));
    scenarios = make(id("scenarios"), tr("S&how scenarios"), tr("F7"), {}, tr("Stories of devices in steps, with what is expected beside what happened"));
    openScenario = make(id("openScenario"), tr("&Open a scenario…"), tr("Ctrl+Shift+O"), {}, tr("Open a scenario file of your own"));
    playScenario = make(id("playScenario"), tr("&Play the scenario"), tr("F5"), id("play"), tr("Play the chosen scenario from its start, on a server of its own"));
    nextStep = make(id("nextStep"), tr("&Next step"), tr("F8"), {}, tr("Go on with the next step, where the scenario pauses between steps"));
    holdSteps = make(id("holdSteps"), tr("Pause &between steps"), tr("Shift+F8"), {}, tr("Each step waits for Next step, so that you can talk about it"));
    stopScenario = make(id("stopScenario"), tr("S&top the scenario"), tr("Ctrl+F5"), id("stop"), tr("Stop the scenario where it is, to look at it"));
    resetScenario = make(id("resetScenario"), tr("&Reset the scenario"), tr("Shift+F5"), {}, tr("Back to the start of the scenario, and to what the server served before"));
    presenter = make(id("presenter"), tr("Presenter si&ze"), tr("F11"), {}, tr("Steps in large type, to be read from the last row of a room"));
    copyScenarioReport = make(id("copyScenarioReport"), tr("Copy scenario &report"), {}, {}, tr("Copy what became of each step as text"));
    saveScenarioText = make(id("saveScenarioText"), tr("Save scenario report as te&xt…"), {}, {}, tr("Write what became of each step as text"));
    saveScenarioJunit = make(id("saveScenarioJunit"), tr("Save scenario report as &JUnit XML…"), {}, {}, tr("Write what became of each step as CI servers read it"));
    copyScenarioLine = make(id("copyScenarioLine"), tr("&Copy scenario as reveillectl line"), {}, {}, tr("The command that plays the chosen scenario without a window"));
    copyScenario = make(id("copyScenario"), tr("Save a cop&y of the scenario…"), {}, {}, tr("A file to start a scenario of your own from"));
    holdSteps->setCheckable(true);
    presenter->setCheckable(true);
}

QVector<QAction *> Actions::scenarioActions() const
{
    return {openScenario, playScenario, nextStep, holdSteps, stopScenario, resetScenario, presenter};
}

void Actions::fillScenarioMenu(QMenu *menu)
{
    menu->addAction(scenarios);
    menu->addSeparator();
    for (QAction *action : scenarioActions())
        menu->addAction(action);
    menu->addSeparator();
    menu->addActions({copyScenarioReport, saveScenarioText, saveScenarioJunit, copyScenarioLine, copyScenario});
}

void Actions::setScenarioState(bool canPlay, bool isBusy, bool isHeld, bool isIdle, bool hasReport)
{
    playScenario->setEnabled(canPlay);
    demo->setEnabled(!isBusy);
    openScenario->setEnabled(!isBusy);
    nextStep->setEnabled(isHeld);
    stopScenario->setEnabled(isBusy);
    resetScenario->setEnabled(!isIdle);
    for (QAction *reports : {copyScenarioReport, saveScenarioText, saveScenarioJunit})
        reports->setEnabled(hasReport);
}

} // namespace reveille
