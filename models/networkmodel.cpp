// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/networkmodel.h"

#include "models/roles.h"
#include "models/sentences.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

NetworkModel::NetworkModel(QObject *parent) : QAbstractTableModel(parent) {}

void NetworkModel::apply(const ServerChanges &changes)
{
    for (const NetworkKey &key : changes.removedNetworks)
        remove(key.prefix, key.transport);
    put(changes.networks);
}

void NetworkModel::put(const QVector<LearnedNetwork> &networks)
{
    for (const LearnedNetwork &network : networks) {
        const int row = rowOf(network.prefix, network.transport);
        if (row >= 0) {
            m_networks[row] = network;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        } else {
            beginInsertRows({}, rowCount(), rowCount());
            m_networks.append(network);
            endInsertRows();
        }
    }
}

void NetworkModel::remove(const IpNetwork &prefix, PathTransport transport)
{
    const int row = rowOf(prefix, transport);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_networks.remove(row);
    endRemoveRows();
}

void NetworkModel::clear()
{
    if (m_networks.isEmpty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_networks.clear();
    endRemoveRows();
}

void NetworkModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    if (!m_networks.isEmpty())
        Q_EMIT dataChanged(index(0, Changed), index(rowCount() - 1, Changed));
}

const LearnedNetwork *NetworkModel::networkAt(int row) const
{
    return row >= 0 && row < m_networks.size() ? &m_networks[row] : nullptr;
}

int NetworkModel::rowOf(const IpNetwork &prefix, PathTransport transport) const
{
    const auto found = std::find_if(m_networks.begin(), m_networks.end(), [&](const LearnedNetwork &network) {
        return network.transport == transport && network.prefix == prefix;
    });
    return found == m_networks.end() ? -1 : int(found - m_networks.begin());
}

const LearnedNetwork *NetworkModel::networkOf(const QString &peer, const QString &transport) const
{
    if (m_networks.isEmpty())
        return nullptr;
    const Result<IpAddress> address = IpAddress::parse(QStringView(peer).left(peer.lastIndexOf(u':')));
    if (!address)
        return nullptr;
    const PathTransport wanted = pathTransportOf(transport);
    const auto found = std::find_if(m_networks.begin(), m_networks.end(), [&](const LearnedNetwork &network) {
        return network.transport == wanted && network.prefix.contains(*address);
    });
    return found == m_networks.end() ? nullptr : &*found;
}

int NetworkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_networks.size());
}

int NetworkModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant NetworkModel::data(const QModelIndex &index, int role) const
{
    const LearnedNetwork *network = index.isValid() ? networkAt(index.row()) : nullptr;
    if (!network)
        return {};
    const int column = index.column();
    if (role == Qt::ToolTipRole)
        return Sentences::network(*network);
    if (role == Role::Time)
        return network->changedAt.ms;
    if (role == Role::Raw)
        return network->confidence;
    if (role == Qt::TextAlignmentRole) {
        const bool number = column == Samples || column == Confidence || column == KeepAlive;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::AccessibleTextRole)
        return column == Prefix ? Sentences::network(*network) : data(index, Qt::DisplayRole);
    if (role != Qt::DisplayRole && role != Role::Sort)
        return {};
    const bool sorts = role == Role::Sort;
    switch (column) {
    case Prefix: return network->prefix.toString();
    case Transport: return Sentences::pathTransport(network->transport);
    case Estimate: return sorts ? QVariant(qlonglong(network->lifetime().count())) : Sentences::networkEstimate(*network);
    case KeepAlive:
        if (sorts)
            return qlonglong(network->keepAlive.count());
        return network->keepAlive.count() > 0 ? TimeDisplay::exact(network->keepAlive) : tr("none yet");
    case Confidence: return sorts ? QVariant(network->confidence) : tr("%1 %").arg(network->confidence);
    case Samples: return int(network->samples.size());
    case Changed: return sorts ? QVariant(network->changedAt.ms) : m_times.dateTime(network->changedAt).left(19);
    default: return {};
    }
}

QVariant NetworkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool full = role == Qt::ToolTipRole;
    switch (section) {
    case Prefix: return full ? tr("Addresses that share what was learned") : tr("Network");
    case Transport: return full ? tr("Firewalls keep UDP and TCP for different times") : tr("Transport");
    case Estimate: return full ? tr("How long a quiet path is expected to stay open") : tr("Pinhole stays open");
    case KeepAlive: return full ? tr("How often clients there are told to show that they are there") : tr("Keep-alive told");
    case Confidence: return full ? tr("How far the estimate can be trusted") : tr("Confidence");
    case Samples: return full ? tr("The newest tests and observations it rests on") : tr("Samples");
    case Changed: return full ? tr("When the estimate last changed") : tr("Changed");
    default: return {};
    }
}

} // namespace reveille
