// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/copyline.h"
#include "models/variables.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace reveille {

class ComposerForm;
class ExplanationView;
class PushLife;

/// Writes a push and sends it: beside the form stands who will get it and why, asked anew as one writes; after sending,
/// the same place shows the life of that push. Ctrl+Enter sends. GUI thread.
class Composer : public QWidget
{
    Q_OBJECT
public:
    /// `context` outlives it. Follows the selection.
    explicit Composer(GuiContext &context, QWidget *parent = nullptr);

    ComposerForm *form() const { return m_form; }
    ExplanationView *explanation() const { return m_explanation; }
    PushLife *life() const { return m_life; }
    QString notice() const; ///< what went wrong and concerns no field
    /// What the form says, its variables filled as far as that needs nobody; an error is marked.
    Result<PushRequest> request();
    quint64 loadedTrigger() const { return m_loaded; } ///< of the library; 0 = none

public Q_SLOTS:
    /// A device of a user, or a user with an empty device.
    void setTarget(const reveille::PublicUserId &user, const reveille::DeviceId &device);
    void focusBody();
    void send();
    /// The same push for another program, into the clipboard.
    void copyAs(reveille::PushText how);
    void copyLine() { copyAs(PushText::Reveillectl); }
    void loadTrigger(quint64 id);
    /// A past push to be sent again or changed. The notice says what of it the composer cannot hold.
    void loadPush(const reveille::Push &push);
    void saveTrigger(); ///< into the library; asks for name and folder

Q_SIGNALS:
    void sent(const reveille::PushId &id);
    void triggerSaved(quint64 id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void followSelection();
    void explainSoon();
    void explain();
    void showExplanation(const Result<Explanation> &explanation);
    void showTargetName(const PushTarget &target);
    void setNotice(const QString &text);
    VariableValues values() const; ///< that need nobody to fill them in
    void submit(const VariableValues &values);

    GuiContext &m_context;
    ComposerForm *m_form;
    ExplanationView *m_explanation;
    PushLife *m_life;
    QStackedWidget *m_beside;
    QLabel *m_notice;
    QPushButton *m_send;
    QPushButton *m_copy;
    QPushButton *m_save;
    QTimer m_explainTimer;
    QTimer m_refreshTimer;
    quint64 m_question = 0; ///< answers to an earlier one are dropped
    quint64 m_loaded = 0;
    bool m_sending = false;
};

} // namespace reveille
