// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/junit.h"
#include "gui/copyline.h"
#include "gui/scenario/scenariopanel.h"
#include "gui/scenario/scenariosentences.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

namespace reveille {

/// What the panel opens, writes and copies.

using namespace Qt::StringLiterals;

namespace {

/// Empty, or why not.
QString written(const QString &path, const QByteArray &octets)
{
    QSaveFile file(path);
    const bool done = file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size() && file.commit();
    return done ? QString() : ScenarioPanel::tr("%1 could not be written: %2").arg(path, file.errorString());
}

} // namespace

QMenu *ScenarioPanel::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    QAction *present = menu->addAction(tr("&Presenter size"));
    present->setCheckable(true);
    connect(present, &QAction::toggled, this, &ScenarioPanel::setPresenting);
    connect(this, &ScenarioPanel::presentingChanged, present, &QAction::setChecked);
    menu->addSeparator();
    QAction *report = menu->addAction(tr("Copy the &report"), this, &ScenarioPanel::copyReport);
    QAction *text = menu->addAction(tr("Save the report as &text…"), this, [this] { askForReport(false); });
    QAction *junit = menu->addAction(tr("Save the report as &JUnit XML…"), this, [this] { askForReport(true); });
    menu->addSeparator();
    QAction *line = menu->addAction(tr("&Copy the reveillectl line"), this, &ScenarioPanel::copyLine);
    QAction *copy = menu->addAction(tr("Save a cop&y to change…"), this, &ScenarioPanel::askForCopy);
    connect(menu, &QMenu::aboutToShow, this, [=, this] {
        report->setEnabled(hasReport());
        text->setEnabled(hasReport());
        junit->setEnabled(hasReport());
        line->setEnabled(m_tools.shelf.chosen() >= 0);
        copy->setEnabled(m_tools.shelf.chosen() >= 0);
    });
    return menu;
}

void ScenarioPanel::askForFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.yaml *.yml);;All files (*)"));
    if (!path.isEmpty())
        open(path);
}

bool ScenarioPanel::open(const QString &fileOrName)
{
    if (m_tools.player.isBusy())
        return false;
    const bool found = m_tools.shelf.open(fileOrName);
    m_failure = found ? QString() : tr("There is no file and no scenario “%1”.").arg(fileOrName);
    showState();
    return found;
}

void ScenarioPanel::copyLine()
{
    const int chosen = m_tools.shelf.chosen();
    if (chosen < 0)
        return;
    const QString argument = m_tools.shelf.argument(chosen);
    QGuiApplication::clipboard()->setText(u"reveillectl scenario run "_s + (argument.startsWith(u'-') ? u"-- "_s : QString())
                                          + shellWord(argument));
}

void ScenarioPanel::askForReport(bool junit)
{
    if (!hasReport())
        return;
    const QString name = m_tools.player.report().name + (junit ? u".xml"_s : u".txt"_s);
    const QString path = QFileDialog::getSaveFileName(this, junit ? tr("Save the report as JUnit XML") : tr("Save the report as text"), name);
    if (!path.isEmpty())
        saveReport(path, junit);
}

void ScenarioPanel::copyReport()
{
    if (hasReport())
        QGuiApplication::clipboard()->setText(ScenarioSentences::report(m_tools.player.report(), m_context.times));
}

bool ScenarioPanel::saveReport(const QString &path, bool junit)
{
    const ScenarioReport &report = m_tools.player.report();
    m_failure = written(path, junit ? junitOf({report}, ScenarioSentences::language())
                                    : ScenarioSentences::report(report, m_context.times).toUtf8());
    showState();
    return m_failure.isEmpty();
}

void ScenarioPanel::askForCopy()
{
    if (m_tools.shelf.chosen() < 0)
        return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a copy to change"), m_tools.shelf.fileName(m_tools.shelf.chosen()),
                                                      tr("Scenarios (*.yaml *.yml);;All files (*)"));
    if (!path.isEmpty())
        saveCopy(path);
}

bool ScenarioPanel::saveCopy(const QString &path)
{
    QFile from(m_tools.shelf.path(m_tools.shelf.chosen()));
    m_failure = from.open(QIODevice::ReadOnly) ? written(path, from.readAll())
                                               : tr("%1 could not be read: %2").arg(from.fileName(), from.errorString());
    if (m_failure.isEmpty())
        return open(path);
    showState();
    return false;
}

} // namespace reveille
