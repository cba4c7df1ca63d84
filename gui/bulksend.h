// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/bulktable.h"
#include "models/trigger.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

namespace reveille {

/// One push to many, each with values of its own: a few at a time, the server sets the pace; what becomes of each is followed.
/// A row each. GUI thread.
class BulkSend : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Phase : quint8 { Ready, Sending, Stopped, Sent };
    enum class Fate : quint8 {
        Bad,      ///< cannot be sent: `why`
        Ready,
        UnderWay, ///< handed to the server, which has not answered
        Refused,  ///< by the server: `why`
        Accepted, ///< it has an id, and `state` moves
    };
    enum Column : int { Line, To, Outcome, Why, Name, ColumnCount };
    struct Row {
        Recipient recipient;
        DeviceId device; ///< that the recipient names; empty where it names a user
        Fate fate = Fate::Ready;
        QString why;
        PushId push;
        PushState state = PushState::Accepted;
    };
    static constexpr int inFlight = 10; ///< not yet answered by the server

    explicit BulkSend(GuiContext &context, QObject *parent = nullptr);

    /// Who gets what; what cannot go is known at once. `saved` is the trigger in the library whose counter goes on with each
    /// that is accepted; 0 = none. Not while it sends.
    void prepare(const Trigger &trigger, const QVector<Recipient> &recipients, quint64 saved = 0);
    const Trigger &trigger() const { return m_trigger; } ///< what each of them gets, its variables unfilled
    void send();           ///< when Ready
    void stop();           ///< hands over no more; what is sent stays sent
    void cancelAccepted(); ///< and stop(); those that have not ended, also those whose acceptance is heard only now

    Phase phase() const { return m_phase; }
    bool isCancelling() const { return m_cancelling; }
    const QVector<Row> &rows() const { return m_rows; }
    int count(Fate fate) const;
    int count(PushState state) const; ///< of those accepted
    int unfinished() const;           ///< accepted and not ended
    int uncancelled() const { return m_uncancelled; } ///< of those that were to be cancelled
    QString whyUncancelled() const;   ///< of the last of them
    /// What a row gets, or would get now.
    Result<PushRequest> request(int row) const;
    QString csv() const; ///< every row with a head

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void changed(); ///< at most 20 times a second

private:
    Row prepared(const Recipient &recipient) const;
    Trigger triggerFor(const Recipient &recipient) const;
    VariableValues valuesFor(const Recipient &recipient, qint64 counter) const;
    qint64 lastCounter() const; ///< of what was sent before
    void handOver();
    void cancel(const PushId &push);
    void take(int row, const Result<PushId> &accepted);
    void follow(const ServerChanges &changes);
    void touch(int row);
    void tell();
    QString text(const Row &row, int column) const;

    GuiContext &m_context;
    QVector<Row> m_rows;
    Trigger m_trigger;
    quint64 m_saved = 0;
    qint64 m_counter = 0; ///< of the last one handed over
    Phase m_phase = Phase::Ready;
    bool m_cancelling = false;
    int m_uncancelled = 0;
    Error m_cancelError;
    int m_next = 0;
    int m_unanswered = 0;
    bool m_handingOver = false;
    QHash<PushId, int> m_byPush;
    QHash<PushId, PushState> m_early; ///< heard before the answer
    int m_firstTouched = -1, m_lastTouched = -1;
    QTimer m_tell;
};

} // namespace reveille
