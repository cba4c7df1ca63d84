// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/triggerlibrarymodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace reveille {

/// What a saved trigger would send just now: to whom, how, the filled text, who would get it (a dry run), and how the last one
/// sent from here fares. GUI thread.
class TriggerPreview : public QWidget
{
    Q_OBJECT
public:
    /// `context` has a library and outlives it.
    explicit TriggerPreview(GuiContext &context, QWidget *parent = nullptr);

    void show(quint64 trigger); ///< 0: nothing
    void follow(const QString &name, const PushId &push);
    void setNotice(const QString &text);
    QString facts() const;
    QString text() const;
    QString whoGetsIt() const;
    QString result() const; ///< of the last one sent, or what went wrong
    const PushId &lastPush() const { return m_push; }

Q_SIGNALS:
    void pushWanted(const reveille::PushId &push); ///< a click on the result

private:
    void refresh();
    void explain(); ///< m_request anew; the text stays as it is shown
    void showResult(const Push &push);

    GuiContext &m_context;
    quint64 m_trigger = 0;
    QString m_name; ///< of what was sent
    PushId m_push;
    QLabel *m_facts;
    QLabel *m_who;
    QPlainTextEdit *m_text;
    QLabel *m_result;
    std::optional<PushRequest> m_request; ///< as it would be sent, once nothing is left to ask
    QTimer m_soon;
    QTimer m_later; ///< devices change all the time
    quint64 m_question = 0; ///< answers to an earlier one are dropped
};

} // namespace reveille
