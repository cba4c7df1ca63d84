// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/subscriberexport.h"

#include "engine/engine.h"
#include "wire/provisioningcsv.h"

#include <QTimer>

namespace reveille {

namespace {

constexpr int usersAtOnce = 5000; ///< names looked up together

} // namespace

void SubscriberExport::start(Engine &engine, const QString &after, qint64 rows, DoneCallback done)
{
    auto *made = new SubscriberExport(engine, after, rows, std::move(done));
    made->again();
}

SubscriberExport::SubscriberExport(Engine &engine, QString after, qint64 rows, DoneCallback done)
    : QObject(&engine)
    , m_engine(engine)
    , m_after(std::move(after))
    , m_left(rows)
    , m_done(std::move(done))
{
    m_page.csv = provisioningHeader();
}

SubscriberExport::~SubscriberExport()
{
    if (m_done)
        m_done(Error{"server-stopping", {}});
}

void SubscriberExport::again()
{
    QTimer::singleShot(0, this, &SubscriberExport::write);
}

qint64 SubscriberExport::writeUser(const PublicUserId &id)
{
    const std::optional<User> user = m_engine.registry().viewUser(id);
    if (!user)
        return 0; // removed meanwhile
    qint64 rows = 0;
    for (const DeviceId &device : m_engine.registry().viewDevices(id)) {
        if (const std::optional<DeviceView> view = m_engine.registry().view(device)) {
            m_page.csv += provisioningRow(*user, &view->device);
            ++rows;
        }
    }
    if (rows > 0)
        return rows;
    m_page.csv += provisioningRow(*user, nullptr);
    return 1;
}

void SubscriberExport::write()
{
    if (m_users.isEmpty() && !m_last) {
        m_users = m_engine.registry().users({}, m_after, usersAtOnce);
        m_last = m_users.size() < usersAtOnce;
    }
    qint64 rows = 0;
    qsizetype written = 0;
    while (written < m_users.size() && rows < rowsAtOnce && m_left > 0) {
        const qint64 added = writeUser(m_users[written]);
        m_after = m_users[written++].toString();
        rows += added;
        m_left -= added;
    }
    m_users.remove(0, written);
    if (m_users.isEmpty() && m_last) {
        finish(m_page);
    } else if (m_left <= 0) {
        m_page.next = m_after;
        finish(m_page);
    } else {
        again();
    }
}

void SubscriberExport::finish(const Result<ExportPage> &result)
{
    const DoneCallback done = std::exchange(m_done, nullptr);
    deleteLater();
    done(result);
}

} // namespace reveille
