// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QHash>
#include <QMap>
#include <QTimer>

namespace reveille {

/// Wakes many devices by hand: first asks of each what a wake-up would do, then starts them a few at a time, so that
/// neither the server nor a carrier is flooded, and follows what becomes of each. GUI thread.
class WakeMany : public QObject
{
    Q_OBJECT
public:
    enum class Phase : quint8 { Looking, Ready, Sending, Stopped, Sent };
    enum class Fate : quint8 {
        Unknown,   ///< not looked at yet
        Reachable, ///< it is there already; woken only if that is wanted
        Cannot,    ///< `why` says why
        Can,       ///< over `bearer`
        NotStarted, ///< the server refused to start it; `why`
        UnderWay,
        Back,
        Failed,    ///< `why`
        Cancelled,
    };
    struct Row {
        DeviceId device;
        Fate fate = Fate::Unknown;
        QString bearer;
        QString why;
        WakeId wake;
    };
    static constexpr int mostDevices = 10000; ///< in one go; the rest is left out
    static constexpr int perBatch = 10;       ///< started at once
    static constexpr Milliseconds betweenBatches{250};

    WakeMany(GuiContext &context, const QVector<DeviceId> &devices, QObject *parent = nullptr);

    /// Looks at every device anew. Not while it sends.
    void look(const WakeOrder &order, bool alsoReachable);
    void send();         ///< when Ready
    void stop();         ///< starts no more; those under way go on
    void cancelStarted(); ///< those under way

    Phase phase() const { return m_phase; }
    const QVector<Row> &rows() const { return m_rows; }
    int looked() const { return m_looked; }
    int started() const { return m_started; }
    int count(Fate fate) const;
    int toWake() const { return count(Fate::Can); }
    bool leftOut() const { return m_leftOut; } ///< more than mostDevices were given

Q_SIGNALS:
    void changed();

private:
    void lookOn();
    void take(int row, const Result<WakePreview> &preview);
    void sendBatch();
    void startOne(int row);
    void follow(const ServerChanges &changes);
    void settle(Row &row, const WakeUp &wake);
    void tell(); ///< changed(), at most 20 times a second

    GuiContext &m_context;
    QVector<Row> m_rows;
    WakeOrder m_order;
    bool m_alsoReachable = false;
    bool m_leftOut = false;
    Phase m_phase = Phase::Looking;
    quint64 m_question = 0; ///< answers to an earlier look are dropped
    int m_nextLook = 0, m_looked = 0, m_nextSend = 0, m_started = 0, m_unanswered = 0;
    QHash<WakeId, int> m_byWake;
    QTimer m_batch;
    QTimer m_tell;
};

} // namespace reveille
