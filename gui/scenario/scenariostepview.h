// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreport.h"
#include "models/timedisplay.h"

#include <QFrame>

class QLabel;

namespace reveille {

/// One step of a scenario: mark, title and time, below them what is expected beside what there is; of a failed step why, and
/// the evidence with links to where it stands. GUI thread.
class ScenarioStepView : public QFrame
{
    Q_OBJECT
public:
    explicit ScenarioStepView(int index, QWidget *parent = nullptr);

    /// `expected` are the sentences of its expectations. `detailed`: else only its title, unless it failed.
    void show(const ScenarioStepReport &report, const QStringList &expected, const TimeDisplay &times, bool detailed);
    /// Points.
    void setTextSize(double size);
    QString bodyText() const; ///< as plain text

Q_SIGNALS:
    void deviceWanted();
    void journalWanted(); ///< of the time of this step

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void render();
    QString tableText() const;
    QString evidenceText() const;

    int m_index;
    ScenarioStepReport m_report;
    QStringList m_expected;
    TimeDisplay m_times;
    bool m_detailed = true;
    QLabel *m_mark;
    QLabel *m_title;
    QLabel *m_time;
    QLabel *m_body;
};

} // namespace reveille
