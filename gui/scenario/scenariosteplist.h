// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreport.h"
#include "models/timedisplay.h"

#include <QScrollArea>
#include <QVector>

class QLabel;
class QVBoxLayout;

namespace reveille {

class ScenarioStepView;

/// The steps of a scenario below what it is about; the one that runs is highlighted and kept in sight. GUI thread.
class ScenarioStepList : public QScrollArea
{
    Q_OBJECT
public:
    explicit ScenarioStepList(QWidget *parent = nullptr);

    /// Another scenario, with every step anew. `about` is plain text.
    void showScenario(const Scenario &scenario, const ScenarioReport &report, const QString &about);
    void clear();
    void showStep(int step, const ScenarioStepReport &report);
    void follow(int step);
    void setTimes(const TimeDisplay &times) { m_times = times; }
    /// Larger, with the details of what runs or failed only: for a room.
    void setPresenting(bool presenting);

    int count() const { return int(m_steps.size()); }
    ScenarioStepView *step(int index) const { return m_steps.value(index); }

    static constexpr double presenterScale = 1.6;

Q_SIGNALS:
    void deviceWanted(int step);
    void journalWanted(int step);
    void reportWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applySize();

    QWidget *m_inner;
    QVBoxLayout *m_layout;
    QLabel *m_about;
    QVector<ScenarioStepView *> m_steps;
    QVector<QStringList> m_expected;
    QVector<ScenarioStepReport> m_reports;
    TimeDisplay m_times;
    bool m_presenting = false;
};

} // namespace reveille
