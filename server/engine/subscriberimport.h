// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/subscriberchange.h"
#include "wire/provisioningcsv.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <atomic>
#include <functional>
#include <memory>

namespace reveille {

class Engine;

struct ImportOptions {
    bool dryRun = false;
    bool keepGood = false; ///< apply the good rows although others are bad
};

/// What came, or would come, of an import.
struct ImportReport {
    struct Tally {
        qint64 made = 0, changed = 0, unchanged = 0;
        friend bool operator==(const Tally &, const Tally &) = default;
    };
    struct RowChange {
        qint64 line = 0;
        bool made = false; ///< otherwise changed
        PublicUserId user;
        DeviceId device;   ///< empty: the user alone
    };
    bool dryRun = false;
    bool applied = false;   ///< false for a dry run, and where bad rows kept everything back
    bool cancelled = false; ///< what was applied up to then stays
    qint64 rows = 0, badRows = 0;
    Tally users, devices;   ///< as planned; as applied where `applied`
    QVector<RowFault> bad;  ///< the first listCap of them
    QVector<RowChange> changes; ///< the first listCap of those that are not bad and change something
    /// The file is broken beyond single rows: nothing of it is applied, whatever was wished.
    bool unreadable = false;

    static constexpr qsizetype listCap = 1000;
    qint64 goodRows() const { return rows - badRows; }
};

/// Seen and steered from another thread.
struct ImportProgress {
    std::atomic<bool> cancelled{false};
    std::atomic<bool> applying{false};
    std::atomic<qint64> done{0}, total{0}; ///< octets while checking, rows while applying
};

/// One import of subscribers: reads the file a few rows at a time, so that the server thread stays at hand, first to judge
/// it, then, if that is wished and allowed, to apply it in batches that are durable one after the other. Deletes itself when
/// it has answered. Server thread.
class SubscriberImport : public QObject
{
    Q_OBJECT
public:
    /// The report; an error only where the store refuses, or where the server stops (server-stopping). What was applied
    /// before stays, and the same file may be imported again.
    using DoneCallback = std::function<void(Result<ImportReport>)>;

    static void start(Engine &engine, const QString &realm, const QByteArray &csv, const ImportOptions &options,
                      const ProvisioningLimits &limits, std::shared_ptr<ImportProgress> progress, DoneCallback done);
    ~SubscriberImport() override;

    static constexpr int rowsAtOnce = 200; ///< until the server may do something else; also rows of a batch

private:
    SubscriberImport(Engine &engine, QString realm, QByteArray csv, const ImportOptions &options,
                     const ProvisioningLimits &limits, std::shared_ptr<ImportProgress> progress, DoneCallback done);
    struct UserNote {
        QString name, password;
        qint64 nameLine = 0;
        int newDevices = 0;
        bool counted = false; ///< among the changes
    };
    void again();
    void check();
    void apply();
    void commit();
    void judged();
    /// Whether the row can be taken; `fault` says why not.
    bool judge(const ProvisionedRow &row, RowFault *fault);
    void count(const ProvisionedRow &row);
    User userOf(const ProvisionedRow &row, bool *known, bool *changed) const;
    void noteBad(const RowFault &fault);
    void noteChange(const ImportReport::RowChange &change);
    void finish(const Result<ImportReport> &result);

    Engine &m_engine;
    QString m_realm;
    QByteArray m_csv;
    ImportOptions m_options;
    ProvisioningLimits m_limits;
    std::shared_ptr<ImportProgress> m_progress;
    DoneCallback m_done;
    std::unique_ptr<ProvisioningReader> m_reader;
    ImportReport m_report;
    QHash<PublicUserId, UserNote> m_users;
    QHash<DeviceId, qint64> m_devices; ///< seen in the file, on which line
    SubscriberChange m_batch;
    QSet<PublicUserId> m_batchUsers;
    QSet<qint64> m_badAt;              ///< rows that the check found bad, by their number
    qint64 m_row = 0;
    bool m_applying = false;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::ImportReport)
