// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/subscriberimport.h"

#include "engine/engine.h"
#include "engine/password.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.engine.import")

RowFault faultOf(const ProvisionedRow &row, const Error &error)
{
    return {row.line, 0, {}, error};
}

} // namespace

void SubscriberImport::start(Engine &engine, const QString &realm, const QByteArray &csv, const ImportOptions &options,
                             const ProvisioningLimits &limits, std::shared_ptr<ImportProgress> progress, DoneCallback done)
{
    if (!progress)
        progress = std::make_shared<ImportProgress>();
    auto *import = new SubscriberImport(engine, realm, csv, options, limits, std::move(progress), std::move(done));
    import->again();
}

SubscriberImport::SubscriberImport(Engine &engine, QString realm, QByteArray csv, const ImportOptions &options,
                                   const ProvisioningLimits &limits, std::shared_ptr<ImportProgress> progress,
                                   DoneCallback done)
    : QObject(&engine)
    , m_engine(engine)
    , m_realm(std::move(realm))
    , m_csv(std::move(csv))
    , m_options(options)
    , m_limits(limits)
    , m_progress(std::move(progress))
    , m_done(std::move(done))
    , m_reader(std::make_unique<ProvisioningReader>(m_csv, limits))
{
    m_report.dryRun = options.dryRun;
    m_progress->total = m_csv.size();
}

SubscriberImport::~SubscriberImport()
{
    if (m_done)
        m_done(Error{"server-stopping", {}});
}

/// By the event loop's timers: everything else that is due comes first.
void SubscriberImport::again()
{
    QTimer::singleShot(0, this, [this] {
        if (m_progress->cancelled) {
            m_report.cancelled = true;
            finish(m_report);
        } else if (m_applying) {
            apply();
        } else {
            check();
        }
    });
}

void SubscriberImport::noteBad(const RowFault &fault)
{
    ++m_report.badRows;
    m_badAt.insert(m_row);
    if (m_report.bad.size() < ImportReport::listCap)
        m_report.bad.append(fault);
}

void SubscriberImport::check()
{
    for (int i = 0; i < rowsAtOnce; ++i) {
        const ProvisioningReader::State state = m_reader->next();
        if (state == ProvisioningReader::State::End) {
            judged();
            return;
        }
        if (state == ProvisioningReader::State::Failed) {
            m_report.unreadable = true;
            m_report.bad.prepend(m_reader->fault());
            ++m_report.badRows;
            m_report.rows = m_reader->rows() + 1;
            finish(m_report);
            return;
        }
        ++m_row;
        ++m_report.rows;
        RowFault fault = m_reader->fault();
        if (state == ProvisioningReader::State::Row && judge(m_reader->row(), &fault))
            count(m_reader->row());
        else
            noteBad(fault);
    }
    m_progress->done = m_reader->position();
    again();
}

bool SubscriberImport::judge(const ProvisionedRow &row, RowFault *fault)
{
    const auto refuse = [&](const Error &error) {
        *fault = faultOf(row, error);
        return false;
    };
    const UserNote note = m_users.value(row.user);
    if (!row.userName.isEmpty() && !note.name.isEmpty() && note.name != row.userName)
        return refuse({"row-user-name-differs", QString::number(note.nameLine)});
    if (!row.password.isEmpty() && !note.password.isEmpty() && note.password != row.password)
        return refuse({"row-password-differs", {}});
    if (row.device.isEmpty())
        return true;
    if (const auto seen = m_devices.constFind(row.device); seen != m_devices.cend())
        return refuse({"row-device-twice", QString::number(*seen)});
    const std::optional<DeviceView> known = m_engine.registry().view(row.device);
    if (known && known->device.user != row.user)
        return refuse({"device-belongs-to-other-user", row.device.toString()});
    int devices = 0;
    if (!known) {
        m_engine.registry().viewUser(row.user, &devices);
        if (devices + note.newDevices >= m_engine.registry().limits().maxDevices)
            return refuse({"devices-too-many", row.user.toString()});
    }
    if (const Result<Device> device = row.applied(known ? known->device : Device{}); !device)
        return refuse(device.error());
    return true;
}

User SubscriberImport::userOf(const ProvisionedRow &row, bool *known, bool *changed) const
{
    const std::optional<User> before = m_engine.registry().viewUser(row.user);
    const UserNote note = m_users.value(row.user);
    User user = before.value_or(User{});
    user.id = row.user;
    if (!before)
        user.createdAt = m_engine.clock().now();
    if (!note.name.isEmpty())
        user.name = note.name;
    if (!note.password.isEmpty())
        setPassword(user, m_realm, note.password);
    *known = before.has_value();
    *changed = !before || user != *before;
    return user;
}

/// Adds a good row to the tallies. A user is counted at the end, when the file has said everything about it.
void SubscriberImport::count(const ProvisionedRow &row)
{
    UserNote &note = m_users[row.user];
    const std::optional<User> user = m_engine.registry().viewUser(row.user);
    const bool renames = user && !row.userName.isEmpty() && user->name != row.userName;
    if (!std::exchange(note.counted, note.counted || !user || renames) && note.counted)
        noteChange({row.line, !user, row.user, {}});
    if (!row.userName.isEmpty() && note.name.isEmpty()) {
        note.name = row.userName;
        note.nameLine = row.line;
    }
    if (!row.password.isEmpty())
        note.password = row.password;
    if (row.device.isEmpty())
        return;
    m_devices.insert(row.device, row.line);
    const std::optional<DeviceView> known = m_engine.registry().view(row.device);
    const Device base = known ? known->device : Device{};
    const bool changes = !known || row.applied(base).valueOr(base) != base;
    if (!known)
        ++note.newDevices;
    ++(!known ? m_report.devices.made : changes ? m_report.devices.changed : m_report.devices.unchanged);
    if (changes)
        noteChange({row.line, !known, row.user, row.device});
}

void SubscriberImport::noteChange(const ImportReport::RowChange &change)
{
    if (m_report.changes.size() < ImportReport::listCap)
        m_report.changes.append(change);
}

void SubscriberImport::judged()
{
    for (auto it = m_users.cbegin(); it != m_users.cend(); ++it) {
        ProvisionedRow row;
        row.user = it.key();
        bool known = false, changed = false;
        (void)userOf(row, &known, &changed);
        ++(!known ? m_report.users.made : changed ? m_report.users.changed : m_report.users.unchanged);
    }
    if (m_options.dryRun || (m_report.badRows > 0 && !m_options.keepGood) || m_report.goodRows() == 0) {
        finish(m_report);
        return;
    }
    qCInfo(log) << "importing" << m_report.goodRows() << "rows," << m_report.badRows << "are bad";
    m_applying = true;
    m_row = 0;
    m_reader = std::make_unique<ProvisioningReader>(m_csv, m_limits);
    m_progress->done = 0;
    m_progress->total = m_report.rows;
    m_progress->applying = true;
    again();
}

void SubscriberImport::apply()
{
    m_batch = {};
    m_batchUsers.clear();
    for (int i = 0; i < rowsAtOnce; ++i) {
        const ProvisioningReader::State state = m_reader->next();
        if (state == ProvisioningReader::State::End || state == ProvisioningReader::State::Failed)
            break;
        ++m_row;
        if (m_badAt.contains(m_row))
            continue;
        const ProvisionedRow &row = m_reader->row();
        const std::optional<DeviceView> known = row.device.isEmpty() ? std::nullopt : m_engine.registry().view(row.device);
        if (known && known->device.user != row.user) { // since the check
            noteBad(faultOf(row, {"device-belongs-to-other-user", row.device.toString()}));
            continue;
        }
        bool knownUser = false, changed = false;
        const User user = userOf(row, &knownUser, &changed);
        if (changed && !m_batchUsers.contains(row.user)) {
            m_batch.users.append(user);
            m_batchUsers.insert(row.user);
        }
        if (row.device.isEmpty())
            continue;
        const Device base = known ? known->device : Device{};
        const Device device = row.applied(base).valueOr(base);
        if (!known || device != base)
            m_batch.devices.append(device);
    }
    if (!m_batch.isEmpty()) {
        commit();
    } else if (m_row >= m_report.rows) {
        m_report.applied = true;
        finish(m_report);
    } else {
        m_progress->done = m_row;
        again();
    }
}

void SubscriberImport::commit()
{
    m_engine.registry().change(m_batch, [this, guard = QPointer<SubscriberImport>(this)](const Result<SubscriberChange> &made) {
        if (!guard)
            return;
        if (!made) {
            finish(made.error());
            return;
        }
        m_report.applied = true;
        m_progress->done = m_row;
        again();
    });
}

void SubscriberImport::finish(const Result<ImportReport> &result)
{
    const DoneCallback done = std::exchange(m_done, nullptr);
    deleteLater();
    done(result);
}

} // namespace reveille
