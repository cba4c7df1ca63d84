// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/networkrows.h"

#include "store/jsoncolumns.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

Result<Done> done(const Result<qint64> &changed)
{
    if (!changed)
        return changed.error();
    return Done{};
}

QString name(PathTransport transport)
{
    return QString::fromLatin1(toText(transport));
}

LearnedNetwork networkFrom(SqlRow &row)
{
    LearnedNetwork network;
    const Result<IpNetwork> prefix = IpNetwork::parse(row.text());
    if (!prefix)
        row.refuse();
    network.prefix = prefix.valueOr({});
    network.transport = row.named(pathTransportFromText);
    network.longestOpen = Milliseconds(row.number());
    network.shortestClosed = Milliseconds(row.number());
    network.keepAlive = Milliseconds(row.number());
    network.confidence = row.integer();
    network.changedAt = row.time();
    network.samples = samplesFrom(row);
    return network;
}

} // namespace

Result<Done> writeRow(SqlConnection &connection, const LearnedNetwork &network)
{
    return done(connection.write(
        u"INSERT INTO networks (prefix, transport, longest_open, shortest_closed, keep_alive, confidence, "
        "changed_at, samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (prefix, transport) DO UPDATE SET "
        "longest_open = excluded.longest_open, shortest_closed = excluded.shortest_closed, keep_alive = "
        "excluded.keep_alive, confidence = excluded.confidence, changed_at = excluded.changed_at, samples = "
        "excluded.samples"_s,
        {network.prefix.toString(), name(network.transport), qint64(network.longestOpen.count()),
         qint64(network.shortestClosed.count()), qint64(network.keepAlive.count()), network.confidence,
         network.changedAt.ms, toJson(network.samples)}));
}

Result<Done> removeRow(SqlConnection &connection, const NetworkKey &key)
{
    return done(connection.write(u"DELETE FROM networks WHERE prefix = ? AND transport = ?"_s,
                                 {key.prefix.toString(), name(key.transport)}));
}

Result<QVector<LearnedNetwork>> readNetworks(SqlConnection &connection)
{
    QVector<LearnedNetwork> networks;
    const Result<Done> read = connection.each(
        u"SELECT prefix, transport, longest_open, shortest_closed, keep_alive, confidence, changed_at, samples "
        "FROM networks ORDER BY prefix, transport"_s,
        {}, [&](SqlRow &row) { networks.append(networkFrom(row)); });
    if (!read)
        return read.error();
    return networks;
}

} // namespace reveille
