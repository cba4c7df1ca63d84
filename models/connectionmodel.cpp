// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionmodel.h"

#include "models/roles.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

ConnectionModel::ConnectionModel(QObject *parent) : QAbstractTableModel(parent) {}

void ConnectionModel::show(const QVector<ConnectionSnapshot> &connections, Timestamp now)
{
    m_now = now;
    const auto placeOf = [](const QVector<ConnectionSnapshot> &all, ConnectionId id) {
        return int(std::find_if(all.begin(), all.end(), [id](const auto &one) { return one.id == id; }) - all.begin());
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (placeOf(connections, m_connections[row].id) < connections.size())
            continue;
        beginRemoveRows({}, row, row);
        m_connections.remove(row);
        endRemoveRows();
    }
    for (int row = 0; row < connections.size(); ++row) {
        const int known = placeOf(m_connections, connections[row].id);
        if (known >= m_connections.size()) {
            beginInsertRows({}, row, row);
            m_connections.insert(row, connections[row]);
            endInsertRows();
        } else if (known != row) {
            beginMoveRows({}, known, known, {}, row);
            m_connections.move(known, row);
            endMoveRows();
        }
    }
    m_connections = connections;
    if (!m_connections.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const ConnectionSnapshot *ConnectionModel::connectionAt(int row) const
{
    return row >= 0 && row < m_connections.size() ? &m_connections[row] : nullptr;
}

QString ConnectionModel::text(int row) const
{
    const ConnectionSnapshot *connection = connectionAt(row);
    if (!connection)
        return {};
    QString text;
    for (int column = 0; column < ColumnCount; ++column) {
        if (const QString value = full(*connection, column); !value.isEmpty())
            text += headerData(column, Qt::Horizontal).toString() + u'\t' + value.section(u'\n', 0, 0) + u'\n';
    }
    return text;
}

QString ConnectionModel::shown(const ConnectionSnapshot &connection, int column) const
{
    const Liveness &liveness = connection.liveness;
    switch (column) {
    case Path: {
        const QString path = Sentences::path(connection.facts.kind, connection.facts.transport);
        return connection.live ? path : tr("%1, gone", "a path kept for its history").arg(path);
    }
    case State: return Sentences::stateAndReason(liveness.state(), liveness.reason());
    case Peer: return connection.facts.peer;
    case LastPacket: return TimeDisplay::relative(liveness.lastPacket(), m_now);
    case LastProof: {
        const QString last = liveness.lastProof().isSet() ? TimeDisplay::relative(liveness.lastProof(), m_now) : tr("never");
        const int lost = connection.probesLost;
        return lost > 0 ? u"%1 · %2"_s.arg(last, tr("%Ln probe(s) lost", nullptr, lost)) : last;
    }
    case KeepAlive: {
        const Milliseconds interval = liveness.policy().keepAliveInterval;
        return interval.count() > 0 ? tr("every %1").arg(TimeDisplay::exact(interval)) : tr("none asked");
    }
    case Deadline: {
        const Timestamp next = liveness.nextDeadline();
        return next > m_now ? TimeDisplay::relative(next, m_now) : QString();
    }
    case RegisteredUntil: return m_times.shortTime(liveness.registeredUntil(), m_now);
    case Instance:
        if (connection.facts.session.isEmpty())
            return connection.facts.application;
        return connection.facts.application.isEmpty()
            ? Sentences::shortened(connection.facts.session)
            : u"%1 · %2"_s.arg(connection.facts.application, Sentences::shortened(connection.facts.session, 14));
    case Local: return connection.facts.local;
    case Evidence: return Sentences::evidence(liveness.evidence(), m_now);
    default: return {};
    }
}

QString ConnectionModel::full(const ConnectionSnapshot &connection, int column) const
{
    const Liveness &liveness = connection.liveness;
    const auto time = [this](Timestamp at) { return at.isSet() ? m_times.dateTime(at) : QString(); };
    switch (column) {
    case Path: {
        const QString text = u"%1 %2"_s.arg(shown(connection, column), connection.facts.address);
        return connection.live ? text : text + u'\n' + tr("There is no path any more; it is kept for its history.");
    }
    case State: {
        const QString why = shown(connection, Evidence);
        return why.isEmpty() ? shown(connection, State) : u"%1\n%2"_s.arg(shown(connection, State), why);
    }
    case LastPacket: return time(liveness.lastPacket());
    case LastProof: return time(liveness.lastProof());
    case KeepAlive: {
        const LivenessPolicy &policy = liveness.policy();
        QString text = shown(connection, column);
        if (policy.pinholeLifetime.count() > 0)
            text += u'\n' + tr("After %1 of silence the path is probed.").arg(TimeDisplay::exact(policy.pinholeLifetime));
        return text;
    }
    case Deadline: return time(liveness.nextDeadline());
    case RegisteredUntil: return time(liveness.registeredUntil());
    case Instance:
        return connection.facts.session.isEmpty() ? connection.facts.application
                                                  : connection.facts.application + u' ' + connection.facts.session;
    default: return shown(connection, column);
    }
}

int ConnectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_connections.size());
}

int ConnectionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ConnectionModel::data(const QModelIndex &index, int role) const
{
    const ConnectionSnapshot *connection = index.isValid() ? connectionAt(index.row()) : nullptr;
    if (!connection)
        return {};
    const Liveness &liveness = connection->liveness;
    switch (role) {
    case Role::Kind: return QVariant::fromValue(NodeKind::Connection);
    case Role::Id: return QString::number(connection->id.number);
    case Role::State: return int(liveness.state());
    case Role::HasState: return true;
    case Role::Reason: return int(liveness.reason());
    case Role::Live: return connection->live;
    case Role::EvidenceText: return shown(*connection, Evidence);
    case Qt::DisplayRole: return shown(*connection, index.column());
    case Qt::ToolTipRole: return plainTip(full(*connection, index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() != Path)
            return shown(*connection, index.column());
        return tr("Connection %1 from %2, %3").arg(shown(*connection, Path), shown(*connection, Peer), shown(*connection, State));
    case Qt::TextAlignmentRole: return int(Qt::AlignLeft | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool full = role == Qt::ToolTipRole;
    switch (section) {
    case Path: return full ? tr("Protocol and transport") : tr("Connection");
    case State: return full ? tr("Whether this path works") : tr("State");
    case Peer: return full ? tr("Where the device is seen") : tr("Peer");
    case LastPacket: return full ? tr("Time since the last packet") : tr("Heard");
    case LastProof: return full ? tr("When the path last worked both ways") : tr("Last proof");
    case KeepAlive: return full ? tr("How often the device was told to show that it is there") : tr("Keep-alive");
    case Deadline: return full ? tr("When the path is judged anew if nothing is heard") : tr("Next deadline");
    case RegisteredUntil: return full ? tr("When its registration runs out") : tr("Registered until");
    case Instance: return full ? tr("The application and the session of it that this path belongs to") : tr("Application");
    case Local: return full ? tr("Where the server listens") : tr("Local");
    case Evidence: return full ? tr("What put it into its state") : tr("Why");
    default: return {};
    }
}

} // namespace reveille
