// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wakelistmodel.h"

#include "models/plaintip.h"
#include "models/sentences.h"

#include <QDateTime>

#include <algorithm>
#include <functional>

namespace reveille {

namespace {

Timestamp startOf(const WakeUp &wake)
{
    return wake.stepTimes.value(int(WakeStep::Requested));
}

/// From the request to the last step reached, or to now while it is under way.
Milliseconds elapsed(const WakeUp &wake, Timestamp now)
{
    Timestamp end = now;
    if (isTerminal(wake.state) && !wake.stepTimes.isEmpty())
        end = *std::max_element(wake.stepTimes.begin(), wake.stepTimes.end());
    return startOf(wake).isSet() ? end - startOf(wake) : Milliseconds(0);
}

} // namespace

WakeListModel::WakeListModel(QObject *parent) : QAbstractTableModel(parent) {}

void WakeListModel::apply(const ServerChanges &changes)
{
    QVector<WakeUp> wakes = changes.wakes;
    std::stable_sort(wakes.begin(), wakes.end(),
                     [](const WakeUp &a, const WakeUp &b) { return startOf(a) < startOf(b); });
    for (const WakeUp &wake : wakes) {
        const auto put = m_all.put(wake);
        if (put.dropped != 0 && !m_shown.isEmpty() && m_shown.last() == put.dropped) {
            const int gone = rowCount() - 1;
            beginRemoveRows({}, gone, gone);
            m_shown.removeLast();
            endRemoveRows();
        }
        if (!takes(wake))
            continue;
        if (put.isNew) {
            beginInsertRows({}, 0, 0);
            m_shown.prepend(put.order);
            endInsertRows();
        } else {
            const int row = rowOf(wake.id);
            Q_EMIT dataChanged(index(row, 0), index(row, WakeColumn::Count - 1));
        }
    }
}

void WakeListModel::clear()
{
    m_all.clear();
    refill();
}

void WakeListModel::setNames(NameFunction names)
{
    m_names = std::move(names);
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, WakeColumn::Count - 1));
}

void WakeListModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, WakeColumn::Count - 1));
}

void WakeListModel::setDevice(const DeviceId &device)
{
    if (device == m_device)
        return;
    m_device = device;
    refill();
}

bool WakeListModel::takes(const WakeUp &wake) const
{
    return m_device.isEmpty() || wake.device == m_device;
}

void WakeListModel::refill()
{
    beginResetModel();
    m_shown.clear();
    m_all.newestFirst([this](RecentList<WakeUp>::Order order, const WakeUp &wake) {
        if (takes(wake))
            m_shown.append(order);
    });
    endResetModel();
}

const WakeUp *WakeListModel::wakeAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? m_all.at(m_shown[row]) : nullptr;
}

const WakeUp *WakeListModel::wakeUp(const WakeId &id) const
{
    return m_all.find(id);
}

int WakeListModel::rowOf(const WakeId &id) const
{
    const RecentList<WakeUp>::Order order = m_all.orderOf(id);
    const auto at = std::lower_bound(m_shown.cbegin(), m_shown.cend(), order, std::greater<>());
    return order != 0 && at != m_shown.cend() && *at == order ? int(at - m_shown.cbegin()) : -1;
}

int WakeListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int WakeListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(WakeColumn::Count);
}

QVariant WakeListModel::data(const QModelIndex &index, int role) const
{
    const WakeUp *wake = index.isValid() ? wakeAt(index.row()) : nullptr;
    if (!wake)
        return {};
    switch (role) {
    case Role::Id:
    case Role::WakeId: return wake->id.text();
    case Role::UserId: return wake->user.toString();
    case Role::DeviceId: return wake->device.toString();
    case Role::State: return int(wake->state);
    case Role::Step: return int(wake->furthest);
    case Role::Time: return startOf(*wake).ms;
    case Role::Sort:
        return index.column() == WakeColumn::Started    ? QVariant(startOf(*wake).ms)
            : index.column() == WakeColumn::Attempts ? QVariant(int(wake->attempts.size()))
                                                     : QVariant(text(*wake, index.column()));
    case Qt::TextAlignmentRole:
        return int((index.column() == WakeColumn::Attempts ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(*wake, index.column());
    case Qt::ToolTipRole:
        switch (index.column()) {
        case WakeColumn::Started: return m_times.dateTime(startOf(*wake));
        case WakeColumn::Device: return plainTip(wake->device.toString());
        case WakeColumn::Id: return wake->id.text();
        case WakeColumn::Bearer:
            return wake->attempts.isEmpty() ? QString() : plainTip(Sentences::wakeRoute(wake->attempts.last().route));
        case WakeColumn::Receipt:
            return wake->attempts.isEmpty() || wake->attempts.last().carrierId.isEmpty()
                ? text(*wake, index.column())
                : plainTip(tr("%1 · message %2").arg(text(*wake, index.column()), wake->attempts.last().carrierId));
        default: return plainTip(text(*wake, index.column()));
        }
    default: return {};
    }
}

QString WakeListModel::text(const WakeUp &wake, int column) const
{
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    switch (column) {
    case WakeColumn::Started: return m_times.shortTime(startOf(wake), now);
    case WakeColumn::State:
        return wake.outcome.isEmpty()
            ? Sentences::wakeState(wake.state)
            : tr("%1: %2").arg(Sentences::wakeState(wake.state), Sentences::outcome(wake.outcome));
    case WakeColumn::Step: return Sentences::wakeStep(wake.furthest);
    case WakeColumn::Device: {
        const QString name = m_names ? m_names(wake.device) : QString();
        return name.isEmpty() ? Sentences::shortened(wake.device.toString()) : name;
    }
    case WakeColumn::Bearer: return wake.attempts.isEmpty() ? QString() : wake.attempts.last().bearer;
    case WakeColumn::Sir: return sirText(wake);
    case WakeColumn::Attempts: return QString::number(wake.attempts.size());
    case WakeColumn::Receipt: return wake.attempts.isEmpty() ? QString() : Sentences::outcome(wake.attempts.last().outcome);
    case WakeColumn::Elapsed: return TimeDisplay::duration(elapsed(wake, now));
    case WakeColumn::Reason: return Sentences::wakeReason(wake.order.reason);
    case WakeColumn::Id: return Sentences::shortened(wake.id.text(), 12);
    default: return {};
    }
}

QString WakeListModel::sirText(const WakeUp &wake)
{
    if (wake.order.empty)
        return tr("empty");
    if (wake.sir.isEmpty())
        return {};
    return tr("%1, %n octet(s)", nullptr, int(wake.sir.size())).arg(Sentences::sirMode(wake.mode));
}

QVariant WakeListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WakeColumn::Started: return tr("Started");
    case WakeColumn::State: return tr("State");
    case WakeColumn::Step: return tr("Furthest step");
    case WakeColumn::Device: return tr("Device");
    case WakeColumn::Bearer: return tr("Bearer");
    case WakeColumn::Sir: return tr("SIR");
    case WakeColumn::Attempts: return tr("Attempts");
    case WakeColumn::Receipt: return tr("Carrier said");
    case WakeColumn::Elapsed: return tr("Took");
    case WakeColumn::Reason: return tr("Why");
    case WakeColumn::Id: return tr("Id");
    default: return {};
    }
}

} // namespace reveille
