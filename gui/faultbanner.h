// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace reveille {

class FaultModel;

/// Red across the window for as long as an injected fault is in force, so that nobody takes one for a real one or forgets
/// it: how many, what they do, when the next ends. GUI thread.
class FaultBanner : public QFrame
{
    Q_OBJECT
public:
    explicit FaultBanner(FaultModel &faults, QWidget *parent = nullptr);

    QString text() const;
    bool isNeeded() const; ///< a fault is in force
    QPushButton *showButton() const { return m_show; }
    QPushButton *endButton() const { return m_end; }

Q_SIGNALS:
    void neededChanged(bool needed);
    void showWanted();
    void endAllWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void elide();

    FaultModel &m_faults;
    QLabel *m_count;
    QLabel *m_what;
    QString m_whole; ///< what m_what would say with enough room
    QPushButton *m_show;
    QPushButton *m_end;
    bool m_needed = false;
};

} // namespace reveille
