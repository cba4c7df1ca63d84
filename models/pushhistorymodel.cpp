// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pushhistorymodel.h"

#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QDateTime>
#include <QPointer>
#include <QSet>

#include <algorithm>
#include <utility>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int enoughToSee = PushHistoryModel::pageSize / 4; ///< rows; a search goes on by itself until there are so many
constexpr size_t mostRuns = 50; ///< of changed rows that are told one by one

Timestamp now()
{
    return Timestamp{QDateTime::currentMSecsSinceEpoch()};
}

/// Calls `use(first, last)` for every run of neighbours; `rows` rise.
template <typename Use>
void eachRun(const std::vector<int> &rows, Use use)
{
    for (size_t first = 0; first < rows.size();) {
        size_t last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        use(rows[first], rows[last]);
        first = last + 1;
    }
}

} // namespace

PushHistoryModel::PushHistoryModel(QObject *parent) : QAbstractTableModel(parent) {}

void PushHistoryModel::setSource(Source source)
{
    m_source = std::move(source);
    reload();
}

void PushHistoryModel::setQuery(const PushQuery &query)
{
    PushQuery wanted = query;
    wanted.before = {};
    wanted.limit = pageSize;
    if (wanted == m_query)
        return;
    m_query = wanted;
    reload();
}

void PushHistoryModel::reload()
{
    ++m_question;
    m_reading = false;
    m_read = false;
    m_error = {};
    m_next = {};
    if (!m_source)
        removeAllBut({});
    readOn();
}

void PushHistoryModel::removeAllBut(const QVector<ListedPush> &kept)
{
    QSet<PushId> ids;
    for (const ListedPush &item : kept)
        ids.insert(item.push.id);
    std::vector<int> gone;
    for (int row = 0; row < rowCount(); ++row) {
        if (!ids.contains(m_rows[size_t(row)]->push.id))
            gone.push_back(row);
    }
    removeRowsAt(std::move(gone));
}

void PushHistoryModel::readOn()
{
    m_reading = m_source != nullptr;
    m_error = {};
    Q_EMIT statusChanged();
    if (!m_source)
        return;
    PushQuery page = m_query;
    page.limit = pageSize;
    page.before = m_next;
    m_source(page, [self = QPointer(this), question = m_question](const Result<PushPage> &answer) {
        if (!self || question != self->m_question)
            return;
        self->m_reading = false;
        if (answer)
            return self->take(*answer);
        self->m_error = answer.error();
        if (!self->m_read)
            self->removeAllBut({});
        Q_EMIT self->statusChanged();
    });
}

void PushHistoryModel::take(const PushPage &page)
{
    if (!std::exchange(m_read, true))
        removeAllBut(page.pushes); // of an earlier query, shown until now
    m_next = page.next;
    insert({page.pushes.cbegin(), page.pushes.cend()});
    dropOldest();
    if (!isWhole() && rowCount() < enoughToSee)
        readOn();
    else
        Q_EMIT statusChanged();
}

bool PushHistoryModel::reaches(const PushId &id) const
{
    return m_read && (m_next.isEmpty() || !(id < m_next));
}

int PushHistoryModel::placeOf(const PushId &id) const
{
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), id,
                                     [](const auto &row, const PushId &wanted) { return wanted < row->push.id; });
    return int(at - m_rows.begin());
}

int PushHistoryModel::rowOf(const PushId &id) const
{
    const int row = placeOf(id);
    return row < rowCount() && m_rows[size_t(row)]->push.id == id ? row : -1;
}

const ListedPush *PushHistoryModel::pushAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[size_t(row)].get() : nullptr;
}

/// What is here already is replaced; what comes between the same two rows comes together.
void PushHistoryModel::insert(std::vector<ListedPush> pushes)
{
    std::sort(pushes.begin(), pushes.end(), [](const ListedPush &a, const ListedPush &b) { return b.push.id < a.push.id; });
    std::vector<int> changed;
    for (size_t i = 0; i < pushes.size();) {
        const int place = placeOf(pushes[i].push.id);
        if (const ListedPush *known = pushAt(place); known && known->push.id == pushes[i].push.id) {
            if (*known != pushes[i]) {
                *m_rows[size_t(place)] = std::move(pushes[i]);
                changed.push_back(place);
            }
            ++i;
            continue;
        }
        const ListedPush *older = pushAt(place);
        size_t end = i + 1;
        while (end < pushes.size() && (!older || older->push.id < pushes[end].push.id))
            ++end;
        std::vector<std::unique_ptr<ListedPush>> run;
        for (; i < end; ++i)
            run.push_back(std::make_unique<ListedPush>(std::move(pushes[i])));
        beginInsertRows({}, place, place + int(run.size()) - 1);
        m_rows.insert(m_rows.begin() + place, std::make_move_iterator(run.begin()), std::make_move_iterator(run.end()));
        endInsertRows();
    }
    tellChanged(std::move(changed));
}

void PushHistoryModel::apply(const ServerChanges &changes)
{
    std::vector<ListedPush> fitting;
    std::vector<int> gone;
    for (const Push &push : changes.pushes) {
        if (!reaches(push.id))
            continue;
        const int row = rowOf(push.id);
        if (matches(push, m_query))
            fitting.push_back(listed(push));
        else if (row >= 0)
            gone.push_back(row);
    }
    removeRowsAt(std::move(gone));
    insert(std::move(fitting));
    dropOldest();
}

void PushHistoryModel::removeRowsAt(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> runs;
    eachRun(rows, [&](int first, int last) { runs.emplace_back(first, last); });
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->second);
        m_rows.erase(m_rows.begin() + run->first, m_rows.begin() + run->second + 1);
        endRemoveRows();
    }
}

void PushHistoryModel::tellChanged(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> runs;
    eachRun(rows, [&](int first, int last) { runs.emplace_back(first, last); });
    if (runs.size() > mostRuns)
        runs = {{rows.front(), rows.back()}};
    for (const auto &[first, last] : runs)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

void PushHistoryModel::tellAllChanged()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void PushHistoryModel::dropOldest()
{
    if (rowCount() <= rowLimit)
        return;
    beginRemoveRows({}, rowLimit, rowCount() - 1);
    m_rows.resize(rowLimit);
    endRemoveRows();
    m_next = m_rows.back()->push.id;
    Q_EMIT statusChanged();
}

bool PushHistoryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_source && m_read && !m_reading && m_error.code[0] == '\0' && !isWhole() && !isCut();
}

void PushHistoryModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        readOn();
}

void PushHistoryModel::setInitiatorNames(const QHash<InitiatorId, QString> &names)
{
    if (names == m_initiators)
        return;
    m_initiators = names;
    tellAllChanged();
}

void PushHistoryModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    tellAllChanged();
}

QString PushHistoryModel::initiatorName(const InitiatorId &id) const
{
    return id.isEmpty() ? tr("staff") : m_initiators.value(id, id.text());
}

QString PushHistoryModel::target(const Push &push) const
{
    const PushTarget &to = push.request.to;
    const auto name = [this](const DeviceId &id) { return m_deviceNames ? m_deviceNames(id) : Sentences::shortened(id.toString()); };
    QString part;
    if (!to.device.isEmpty())
        part = name(to.device);
    else if (!to.msisdn.isEmpty())
        part = to.msisdn.toString();
    else if (!to.session.isEmpty())
        part = tr("session %1").arg(to.session);
    else if (push.request.devices.size() == 1)
        part = name(push.request.devices.first());
    else if (!push.request.devices.isEmpty())
        part = tr("%Ln chosen device(s)", nullptr, int(push.request.devices.size()));
    return part.isEmpty() ? push.user.toString() : push.user.toString() + u" · "_s + part;
}

int PushHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PushHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PushHistoryModel::data(const QModelIndex &index, int role) const
{
    const ListedPush *item = index.isValid() ? pushAt(index.row()) : nullptr;
    if (!item)
        return {};
    const Push &push = item->push;
    switch (role) {
    case Role::Id:
    case Role::PushId: return push.id.text();
    case Role::UserId: return push.user.toString();
    case Role::DeviceId: return push.deliveries.size() == 1 ? push.deliveries.first().device.toString() : QString();
    case Role::State: return int(push.state);
    case Role::Time: return push.acceptedAt.ms;
    case Role::Raw: // for a copy or a file
        if (index.column() == Accepted)
            return m_times.dateTime(push.acceptedAt);
        if (index.column() == Left)
            return m_times.dateTime(push.expiresAt);
        return index.column() == Id ? push.id.text() : index.column() == Size ? QString::number(item->octets) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() == Size || index.column() == Left;
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(*item, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Accepted)
            return m_times.dateTime(push.acceptedAt);
        if (index.column() == Left && push.expiresAt.isSet())
            return tr("valid until %1").arg(m_times.dateTime(push.expiresAt));
        if (index.column() == Initiator && !push.request.initiator.isEmpty())
            return plainTip(push.request.initiator.text());
        return plainTip(index.column() == Id ? push.id.text() : text(*item, index.column()));
    default: return {};
    }
}

QString PushHistoryModel::text(const ListedPush &item, int column) const
{
    const Push &push = item.push;
    switch (column) {
    case Accepted: return m_times.shortTime(push.acceptedAt, now());
    case State: return Sentences::pushState(push.state);
    case Done: {
        const auto done = std::count_if(push.deliveries.begin(), push.deliveries.end(),
                                        [](const Delivery &delivery) { return isTerminal(delivery.state); });
        return tr("%L1 of %L2").arg(done).arg(push.deliveries.size());
    }
    case To: return target(push);
    case Initiator: return initiatorName(push.request.initiator);
    case Application: return push.request.application;
    case ContentType: return push.request.contentType;
    case Size: return u"%L1"_s.arg(item.octets);
    case Left:
        if (isTerminal(push.state))
            return {};
        return push.expiresAt.isSet() ? TimeDisplay::duration(push.expiresAt - now()) : tr("now or never");
    case Id: return Sentences::shortened(push.id.text(), 12);
    default: return {};
    }
}

QVariant PushHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case Accepted: return isTip ? tr("When the server took it") : tr("Accepted");
    case State: return isTip ? tr("How it stands, over all of its devices") : tr("State");
    case Done: return isTip ? tr("Of the devices that are to get it, those that are done with it, well or badly") : tr("Done");
    case To: return isTip ? tr("The user, and what the initiator named: a device, a number, a session") : tr("For");
    case Initiator: return isTip ? tr("The application server it came from, or staff") : tr("Initiator");
    case Application: return isTip ? tr("The application on the device it is for") : tr("Application");
    case ContentType: return isTip ? tr("Type of the content") : tr("Content type");
    case Size: return isTip ? tr("Size of the content in octets") : tr("Octets");
    case Left: return isTip ? tr("How long it may still wait; empty once it is over") : tr("Left");
    case Id: return isTip ? tr("Its identity, whole in the tool tip and in copies") : tr("Id");
    default: return {};
    }
}

} // namespace reveille
