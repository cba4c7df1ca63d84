// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/scenario/scenarioplayer.h"
#include "gui/scenario/scenarioshelf.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace reveille {

class EmptyState;
class ScenarioStepList;

/// What the scenarios of one program are made of; each outlives every panel.
struct ScenarioTools {
    ServerLoan &loan;
    ScenarioShelf &shelf;
    ScenarioPlayer &player;
    bool isDemo = false; ///< what the server serves may be put aside without asking
};

/// Scenarios, guided: one is chosen or opened, its steps are played one after the other, what is expected stands beside what
/// happened. Play, Next step, Stop and Reset; text for a room; reports. GUI thread.
class ScenarioPanel : public QWidget
{
    Q_OBJECT
public:
    ScenarioPanel(GuiContext &context, ScenarioTools tools, QWidget *parent = nullptr);

    void askForFile();
    /// A file, or the name of one that comes with the program; says so in place where there is neither.
    bool open(const QString &fileOrName);
    /// Plays the chosen one from its beginning, or its next step where one is held. Asks before it puts aside what the server
    /// serves.
    void play();
    void stop() { m_tools.player.stop(); }
    void reset() { m_tools.player.reset(); }
    void setHolding(bool holding);
    void setPresenting(bool presenting);
    bool isPresenting() const { return m_presenting; }
    /// The reveillectl line that plays the chosen one.
    void copyLine();
    void askForReport(bool junit);
    void copyReport();
    /// The report of what was played last. False: it cannot be written, which is said in place.
    bool saveReport(const QString &path, bool junit);
    /// A copy of the chosen one to start one's own from, which is then opened.
    void askForCopy();
    bool saveCopy(const QString &path);
    /// Adds one entry for each scenario, which chooses it.
    void fillMenu(QMenu *menu);

    bool canPlay() const;
    bool hasReport() const;
    bool isHeld() const { return m_tools.player.state() == ScenarioPlayer::State::Held; }
    ScenarioPlayer &player() const { return m_tools.player; }

    QSize sizeHint() const override; ///< two columns of what is expected and what happened

    QComboBox *chooser() const { return m_chooser; }
    QPushButton *playButton() const { return m_play; }
    QPushButton *stopButton() const { return m_stop; }
    QPushButton *resetButton() const { return m_reset; }
    QCheckBox *holdBox() const { return m_hold; }
    ScenarioStepList *steps() const { return m_steps; }
    QString statusText() const;
    QString noticeText() const; ///< what is wrong with the chosen one; empty: nothing

Q_SIGNALS:
    void changed(); ///< what can be done
    void presentingChanged(bool presenting);
    /// What a step is about: a window shows this device.
    void spotlight(const reveille::PublicUserId &user, const reveille::DeviceId &device);
    void journalWanted(const reveille::PublicUserId &user, const reveille::DeviceId &device, reveille::Timestamp from,
                       reveille::Timestamp until);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QMenu *makeMenu();
    void fillChooser();
    void showChosen();
    void showSteps();
    void showState();
    void showNotice(const QString &text, bool offersLine);
    QString stateText() const;
    QString titleOf(int index) const;
    const Scenario *chosenScenario() const; ///< nullptr: none, or its file is wrong
    bool showsPlayed() const;               ///< the steps are those of the player
    void light(int step);
    void wantJournal(int step);

    GuiContext &m_context;
    ScenarioTools m_tools;
    bool m_presenting = false;
    bool m_filled = false;
    QString m_failure; ///< of saving or opening, until something else is done
    QComboBox *m_chooser;
    QPushButton *m_open;
    QLabel *m_notice;
    QPushButton *m_copyLine;
    QPushButton *m_play;
    QPushButton *m_stop;
    QPushButton *m_reset;
    QCheckBox *m_hold;
    QToolButton *m_more;
    QProgressBar *m_progress;
    QLabel *m_status;
    ScenarioStepList *m_steps;
    EmptyState *m_empty;
};

} // namespace reveille
