// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/demo/demostep.h"

#include <QVector>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace reveille {

class Demo;

/// The story of the demo as a list of steps: a mark, what is expected, beside it what really happened, and when. Play and
/// Reset. Grows with the font, so that a room can follow it. GUI thread.
class DemoPanel : public QWidget
{
    Q_OBJECT
public:
    /// `demo` outlives the panel.
    explicit DemoPanel(Demo &demo, QWidget *parent = nullptr);

    QPushButton *playButton() const { return m_play; }
    QPushButton *resetButton() const { return m_reset; }
    QString actualText(int step) const;

private:
    struct Row {
        QLabel *mark;
        QLabel *title;
        QLabel *expected;
        QLabel *actual;
        QLabel *time;
    };
    QWidget *makeSteps();
    void show(int index);
    void showState();

    Demo &m_demo;
    QScrollArea *m_scroll = nullptr;
    QVector<Row> m_rows;
    QPushButton *m_play;
    QPushButton *m_reset;
    QLabel *m_state;
    QString m_failure;
};

} // namespace reveille
