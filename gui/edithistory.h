// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "serverhost.h"

#include <QObject>
#include <QVector>

#include <variant>

namespace reveille {

/// What was changed of users and devices, to be taken back and done again. Each step is a change the server does and answers
/// with the one that takes it back; one at a time. What was edited of a device is taken back field by field: whatever else
/// was changed of it meanwhile stays. At most 100 steps. Holds digest secrets, in memory only. GUI thread.
class EditHistory : public QObject
{
    Q_OBJECT
public:
    explicit EditHistory(ServerHost &host, QObject *parent = nullptr);

    /// Something was done; `back` takes it back. `text` says what, "removal of alice's phone".
    void add(const QString &text, const SubscriberChange &back);
    void add(const QString &text, const DeviceEdit &back);
    /// Nothing can be taken back any more; what is under way counts no longer.
    void clear();
    bool canUndo() const { return !m_busy && !m_undo.isEmpty(); }
    bool canRedo() const { return !m_busy && !m_redo.isEmpty(); }
    QString undoText() const { return m_undo.isEmpty() ? QString() : m_undo.last().text; }
    QString redoText() const { return m_redo.isEmpty() ? QString() : m_redo.last().text; }
    /// What the next undo or redo does of several users and devices; empty where it is an edit of one device.
    SubscriberChange nextUndo() const { return next(m_undo); }
    SubscriberChange nextRedo() const { return next(m_redo); }

    static constexpr qsizetype limit = 100;

public Q_SLOTS:
    void undo() { step(m_undo, m_redo); }
    void redo() { step(m_redo, m_undo); }

Q_SIGNALS:
    void changed();
    void stepped(const QString &text);
    void failed(const QString &text, const reveille::Error &error);

private:
    struct Step {
        QString text;
        std::variant<SubscriberChange, DeviceEdit> change;
    };
    static SubscriberChange next(const QVector<Step> &steps);
    void add(const Step &step);
    void step(QVector<Step> &from, QVector<Step> &to);

    ServerHost &m_host;
    QVector<Step> m_undo, m_redo;
    bool m_busy = false;
    quint64 m_round = 0; ///< of what was cleared; answers to an earlier one are dropped
};

} // namespace reveille
