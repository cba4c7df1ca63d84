// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"
#include "models/journalsource.h"
#include "models/lifeline.h"
#include "models/timedisplay.h"

#include <QAbstractTableModel>

namespace reveille {

/// The life of one device, put together from what the server remembers (DeviceHistory), what happens now (batches), and
/// what is older (the journal). As a table, newest on top, it is the text alternative of the strip. GUI thread.
class LifelineModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Time, What, Subject, Count, ColumnCount };

    explicit LifelineModel(QObject *parent = nullptr);
    ~LifelineModel() override;

    /// Not owned, may be nullptr; outlives the model or is set to nullptr before.
    void setSource(JournalSource *source);
    /// Forgets everything and starts with this device.
    void setDevice(const DeviceId &device);
    const DeviceId &device() const { return m_device; }
    void setTimeDisplay(const TimeDisplay &display);

    void setHistory(const DeviceHistory &history);
    void apply(const ServerChanges &changes);
    /// A view begins there: older rows of the journal are read until it is covered.
    void want(Timestamp from);

    static constexpr int markLimit = 10000;
    static constexpr int pageSize = 500;
    const QVector<HistoryMark> &marks() const { return m_marks; } ///< rising
    const QVector<LifelineBand> &bands() const { return m_bands; }
    /// Nothing is known of before; not set = all of it is known.
    Timestamp since() const;
    bool isReading() const { return m_reading; }
    const DeviceHistory &history() const { return m_history; } ///< as last told: its totals

    /// What held and what happened from `from` to before `until`, for a tool tip; lines.
    QString facts(Timestamp from, Timestamp until) const;
    /// Every mark from `from` to before `until` as lines of text.
    QString text(Timestamp from, Timestamp until) const;
    /// One phrase for screen readers: what holds now and what the stretch held.
    QString summary(Timestamp from, Timestamp until) const;
    const HistoryMark *markAt(int row) const; ///< nullptr outside

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void changed();

private:
    void readOlder();
    void takeRows(const QVector<JournalEntry> &falling);
    void takeLive(const DeviceSnapshot &device);
    void add(QVector<HistoryMark> more);
    void replace(QVector<HistoryMark> marks);
    Timestamp firstAfter(Timestamp time) const;

    JournalSource *m_source = nullptr;
    DeviceId m_device;
    TimeDisplay m_times;
    DeviceHistory m_history;
    QVector<HistoryMark> m_marks;
    QVector<LifelineBand> m_bands;
    Timestamp m_statesFrom;    ///< from here on states are told by the server, before by the journal
    Timestamp m_readSince;     ///< the journal is read back to here
    Timestamp m_wanted;
    Timestamp m_lastPacket;
    JournalId m_oldest;
    bool m_reading = false;
    bool m_atEnd = false;
    quint64 m_generation = 0;
};

} // namespace reveille
