// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreport.h"
#include "models/timedisplay.h"

#include <QFrame>

class QLabel;

namespace reveille {

class FoldedLabel;

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
    FoldedLabel *body() const { return m_body; }
    void copy() const; ///< what became of it, as plain text

Q_SIGNALS:
    void deviceWanted();
    void journalWanted(); ///< of the time of this step
    void reportWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void render();
    QString tableText() const;
    QString failureText() const;
    QString evidenceText() const;
    QString happeningsText(const QString &head, bool before) const;
    void follow(const QString &link);

    int m_index;
    ScenarioStepReport m_report;
    QStringList m_expected;
    TimeDisplay m_times;
    bool m_detailed = true;
    QLabel *m_mark;
    QLabel *m_title;
    QLabel *m_time;
    FoldedLabel *m_body;
};

} // namespace reveille
