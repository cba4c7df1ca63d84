// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/faultmodel.h"

#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace reveille {

FaultModel::FaultModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_names([](const DeviceId &id) { return Sentences::shortened(id.toString()); })
    , m_now([] { return Timestamp{QDateTime::currentMSecsSinceEpoch()}; })
{
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] { tell(Left, Left); });
}

void FaultModel::apply(const ServerChanges &changes)
{
    if (!changes.faults)
        return;
    const QVector<FaultRule> &faults = *changes.faults;
    for (int row = int(m_faults.size()) - 1; row >= 0; --row) {
        const bool stays = std::any_of(faults.begin(), faults.end(), [&](const FaultRule &rule) { return rule.id == m_faults[row].id; });
        if (stays)
            continue;
        beginRemoveRows({}, row, row);
        m_faults.removeAt(row);
        endRemoveRows();
    }
    // What stays is the beginning of what there is: both are in the order in which they began.
    for (int row = 0; row < m_faults.size(); ++row)
        m_faults[row] = faults[row];
    if (faults.size() > m_faults.size()) {
        beginInsertRows({}, int(m_faults.size()), int(faults.size()) - 1);
        m_faults = faults;
        endInsertRows();
    }
    tell(0, ColumnCount - 1);
}

void FaultModel::clear()
{
    ServerChanges none;
    none.faults.emplace();
    apply(none);
}

void FaultModel::setNames(std::function<QString(const DeviceId &)> names)
{
    m_names = std::move(names);
    tell(What, What);
}

void FaultModel::setNow(std::function<Timestamp()> now)
{
    m_now = std::move(now);
    tell(Left, Left);
}

void FaultModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    tell(0, ColumnCount - 1);
}

void FaultModel::tell(int firstColumn, int lastColumn)
{
    if (m_faults.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
    if (!m_faults.isEmpty())
        Q_EMIT dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn));
    Q_EMIT changed();
}

const FaultRule *FaultModel::faultAt(int row) const
{
    return row >= 0 && row < m_faults.size() ? &m_faults[row] : nullptr;
}

int FaultModel::rowOf(const FaultId &id) const
{
    for (int row = 0; row < m_faults.size(); ++row) {
        if (m_faults[row].id == id)
            return row;
    }
    return -1;
}

QString FaultModel::sentence(const FaultRule &rule) const
{
    return Sentences::fault(rule, rule.device.isEmpty() ? QString() : m_names(rule.device));
}

QString FaultModel::left(const FaultRule &rule) const
{
    return TimeDisplay::duration(std::max(Milliseconds(0), rule.until - m_now()));
}

QSet<QString> FaultModel::devices() const
{
    QSet<QString> ids;
    for (const FaultRule &rule : m_faults) {
        if (!rule.device.isEmpty())
            ids.insert(rule.device.toString());
    }
    return ids;
}

Timestamp FaultModel::nextEnd() const
{
    Timestamp next;
    for (const FaultRule &rule : m_faults)
        next = next.isSet() ? std::min(next, rule.until) : rule.until;
    return next;
}

QString FaultModel::struck(const FaultRule &rule) const
{
    return rule.most > 0 ? tr("%L1 of %L2").arg(rule.struck).arg(rule.most) : QLocale().toString(rule.struck);
}

int FaultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_faults.size());
}

int FaultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FaultModel::text(const FaultRule &rule, int column) const
{
    switch (column) {
    case What: return sentence(rule);
    case Struck: return struck(rule);
    case Left: return left(rule);
    case Until: return m_times.shortTime(rule.until, m_now());
    case Note: return rule.note;
    case Who: return rule.who;
    case Since: return m_times.shortTime(rule.since, m_now());
    case LastStruck: return rule.lastStruck.isSet() ? m_times.shortTime(rule.lastStruck, m_now()) : tr("not yet");
    case Id: return rule.id.text();
    default: return {};
    }
}

QVariant FaultModel::sortValue(const FaultRule &rule, int column) const
{
    switch (column) {
    case Struck: return rule.struck;
    case Left:
    case Until: return rule.until.ms;
    case Since: return rule.since.ms;
    case LastStruck: return rule.lastStruck.ms;
    default: return text(rule, column);
    }
}

QVariant FaultModel::data(const QModelIndex &index, int role) const
{
    const FaultRule *rule = index.isValid() ? faultAt(index.row()) : nullptr;
    if (!rule)
        return {};
    const bool isNumber = index.column() == Struck || index.column() == Left;
    switch (role) {
    case Role::Id: return rule->id.text();
    case Role::DeviceId: return rule->device.toString();
    case Role::Sort: return sortValue(*rule, index.column());
    case Qt::TextAlignmentRole: return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() == Until || index.column() == Left)
            return m_times.dateTime(rule->until);
        if (index.column() == What)
            return plainTip(QStringList{text(*rule, What), rule->device.toString(), rule->id.text()}.join(u'\n'));
        return plainTip(text(*rule, index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() == What)
            return tr("%1, ends in %2, struck %3").arg(text(*rule, What), left(*rule), struck(*rule));
        [[fallthrough]];
    case Qt::DisplayRole: return text(*rule, index.column());
    default: return {};
    }
}

QVariant FaultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == Struck || section == Left))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool full = role == Qt::ToolTipRole;
    switch (section) {
    case What: return full ? tr("What is struck, and how") : tr("Fault");
    case Struck: return full ? tr("Messages it has struck so far") : tr("Struck");
    case Left: return full ? tr("Time until it ends by itself") : tr("Ends in");
    case Until: return full ? tr("When it ends by itself") : tr("Ends at");
    case Note: return full ? tr("What it is good for") : tr("Note");
    case Who: return full ? tr("Who put it there") : tr("By");
    case Since: return full ? tr("Since when it is in force") : tr("Since");
    case LastStruck: return full ? tr("When it struck last") : tr("Last strike");
    case Id: return full ? tr("As the journal names it") : tr("Id");
    default: return {};
    }
}

} // namespace reveille
