// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bearermodel.h"

#include "models/sentences.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

BearerModel::BearerModel(QObject *parent) : QAbstractTableModel(parent) {}

void BearerModel::apply(const ServerChanges &changes)
{
    if (changes.bearers.isEmpty())
        return;
    QVector<BearerSnapshot> bearers = changes.bearers;
    // Those of the configuration first: the one the server brings along serves few devices.
    const auto place = [](const BearerSnapshot &bearer) {
        return std::pair(bearer.facts.type == u"ota_http", bearer.facts.name);
    };
    std::sort(bearers.begin(), bearers.end(),
              [&](const BearerSnapshot &a, const BearerSnapshot &b) { return place(a) < place(b); });
    const bool sameNames = std::equal(bearers.begin(), bearers.end(), m_bearers.begin(), m_bearers.end(),
                                      [](const auto &a, const auto &b) { return a.facts.name == b.facts.name; });
    if (!sameNames) {
        // Bearers come and go with a restart of the server only.
        beginResetModel();
        m_bearers = bearers;
        endResetModel();
        return;
    }
    m_bearers = bearers;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, BearerColumn::Count - 1));
}

void BearerModel::clear()
{
    beginResetModel();
    m_bearers.clear();
    endResetModel();
}

const BearerSnapshot *BearerModel::bearerAt(int row) const
{
    return row >= 0 && row < m_bearers.size() ? &m_bearers[row] : nullptr;
}

int BearerModel::rowOf(const QString &name) const
{
    for (int row = 0; row < m_bearers.size(); ++row) {
        if (m_bearers[row].facts.name == name)
            return row;
    }
    return -1;
}

int BearerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_bearers.size());
}

int BearerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(BearerColumn::Count);
}

QVariant BearerModel::data(const QModelIndex &index, int role) const
{
    const BearerSnapshot *bearer = index.isValid() ? bearerAt(index.row()) : nullptr;
    if (!bearer)
        return {};
    const BearerHealth &health = bearer->health;
    if (role == Role::Id)
        return bearer->facts.name;
    if (role == Role::State)
        return health.healthy;
    const bool isNumber = index.column() == BearerColumn::Sent || index.column() == BearerColumn::Failed;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case BearerColumn::Name: return bearer->facts.name;
    case BearerColumn::Type: return Sentences::bearerType(bearer->facts.type);
    case BearerColumn::Health:
        if (health.healthy)
            return tr("Works");
        return health.code.isEmpty() ? tr("Does not work") : tr("Does not work: %1").arg(Sentences::outcome(health.code));
    case BearerColumn::Sent: return health.sent;
    case BearerColumn::Failed: return health.failed;
    case BearerColumn::Carries: {
        QStringList kinds;
        for (const QString &kind : bearer->facts.carries)
            kinds.append(Sentences::bearerType(kind));
        return kinds.join(u", "_s);
    }
    default: return {};
    }
}

QVariant BearerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case BearerColumn::Name: return tr("Bearer");
    case BearerColumn::Type: return tr("Type");
    case BearerColumn::Health: return tr("Health");
    case BearerColumn::Sent: return tr("Sent");
    case BearerColumn::Failed: return tr("Failed");
    case BearerColumn::Carries: return tr("Carries");
    default: return {};
    }
}

} // namespace reveille
