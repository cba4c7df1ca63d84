// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/publicuserid.h"
#include "domain/result.h"

#include <QObject>

#include <functional>

namespace reveille {

class Engine;

/// Users and their devices as provisioningcsv.h writes them.
struct ExportPage {
    QByteArray csv; ///< with the header
    QString next;   ///< after which user to go on; empty: that is all
};

/// One page of an export, made a few devices at a time, so that the server thread stays at hand. Deletes itself when it has
/// answered. Server thread.
class SubscriberExport : public QObject
{
    Q_OBJECT
public:
    using DoneCallback = std::function<void(Result<ExportPage>)>;
    /// Users greater than `after` in order of their address, until there are `rows` rows; a user's devices stay together.
    /// Error server-stopping.
    static void start(Engine &engine, const QString &after, qint64 rows, DoneCallback done);
    ~SubscriberExport() override;

    static constexpr qint64 mostRows = 100000; ///< of one page
    static constexpr int rowsAtOnce = 250;

private:
    SubscriberExport(Engine &engine, QString after, qint64 rows, DoneCallback done);
    void again();
    void write();
    qint64 writeUser(const PublicUserId &id);
    void finish(const Result<ExportPage> &result);

    Engine &m_engine;
    QString m_after;
    qint64 m_left;
    DoneCallback m_done;
    ExportPage m_page;
    QVector<PublicUserId> m_users; ///< still to be written
    bool m_last = false;           ///< no user after those
};

} // namespace reveille
