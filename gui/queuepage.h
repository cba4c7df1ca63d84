// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/rowspage.h"
#include "models/queuemodel.h"

#include <QTimer>

class QPushButton;

namespace reveille {

/// What waits for one device, in order of sending, with its states moving; one or several are cancelled here. GUI thread.
class QueuePage : public RowsPage
{
    Q_OBJECT
public:
    explicit QueuePage(GuiContext &context, QWidget *parent = nullptr);

    void showDevice(const DeviceId &id);
    QueueModel &model() { return *m_model; }
    QPushButton *cancelButton() const { return m_cancel; }
    QVector<PushId> selected() const;
    /// Cancels them without asking; the sentence says what came of it.
    void cancel(const QVector<PushId> &pushes);

public Q_SLOTS:
    void cancelSelected(); ///< asks first

Q_SIGNALS:
    void countChanged(int waiting);
    void openWanted(const reveille::PushId &push); ///< Return, a double click or the button
    void sendWanted();

protected:
    void showChosen() override;
    void openMenu(const QPoint &at) override;

private:
    QueuePage(GuiContext &context, QueueModel *model, QWidget *parent);
    void read();
    void arrange();
    void open();
    void count();

    GuiContext &m_context;
    QueueModel *m_model;
    QPushButton *m_cancel;
    QPushButton *m_open;
    QString m_told; ///< what came of the last cancellation
    QTimer m_second; ///< what waits grows older
    bool m_arranging = false;
    int m_last = 0; ///< rows, when they were counted last
    quint64 m_question = 0; ///< answers to an earlier one are dropped
};

} // namespace reveille
