// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;
class QTreeWidget;

namespace reveille {

class CheckTree;
class FieldView;

/// The life of one wake-up as it goes: every step with its time and how long after the start it was reached, each
/// attempt with what the carrier said and why it went that way, and the SIR. It can be cancelled, repeated, and repeated
/// over or moved to another bearer. GUI thread.
class WakeLife : public QWidget
{
    Q_OBJECT
public:
    explicit WakeLife(GuiContext &context, QWidget *parent = nullptr);

    void setWake(const WakeId &id);
    const WakeId &wakeId() const { return m_id; }
    std::optional<WakeState> state() const; ///< as last reported
    QString title() const;
    QTreeWidget *steps() const { return m_steps; }
    QTreeWidget *attempts() const { return m_attempts; }
    FieldView *sir() const { return m_sir; }
    CheckTree *checks() const { return m_checks; }
    QPushButton *cancelButton() const { return m_cancel; }
    QPushButton *repeatButton() const { return m_repeat; }
    QPushButton *repeatOverButton() const { return m_repeatOver; }

Q_SIGNALS:
    void repeated(const reveille::WakeId &id); ///< the new one, which is shown from here on

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeButtons();
    void showChecks(); ///< of the chosen attempt, or why no route was left
    void take(const ServerChanges &changes);
    void show(const WakeUp &wake);
    void showTitle();
    void showSteps(const WakeUp &wake);
    void showAttempts(const WakeUp &wake);
    void cancel();
    void repeat(const QString &bearer);
    void showError(const Error &error);

    GuiContext &m_context;
    QLabel *m_title;
    QLabel *m_error;
    QTabWidget *m_tabs;
    QSplitter *m_story;
    QTreeWidget *m_steps;
    QTreeWidget *m_attempts;
    CheckTree *m_checks;
    FieldView *m_sir;
    QPushButton *m_cancel;
    QPushButton *m_repeat;
    QPushButton *m_repeatOver;
    WakeId m_id;
    std::optional<WakeUp> m_wake;
    QTimer m_second; ///< the next attempt comes nearer
};

} // namespace reveille
