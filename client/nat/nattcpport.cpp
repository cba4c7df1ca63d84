// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/nattcpport.h"

#include "client/nat/natudpport.h"
#include "client/simulation/acceptagain.h"

using namespace Qt::StringLiterals;

namespace reveille {

NatTcpPort::NatTcpPort(NatCore &core, NatPort port, QObject *parent)
    : QObject(parent)
    , m_core(core)
    , m_port(std::move(port))
{
    connect(&m_server, &QTcpServer::newConnection, this, &NatTcpPort::accept);
    acceptAgainAfterFailures(m_server, m_core.timers(), [this](const QString &reason) {
        m_core.tell("accept-failed", {{u"inside"_s, m_port.inside.toString()}, {u"reason"_s, reason}});
    });
}

NatTcpPort::~NatTcpPort() = default;

Result<Done> NatTcpPort::listen()
{
    if (!m_server.listen(m_port.inside.address, m_port.inside.port))
        return Error{"listen-failed", m_port.inside.toString() + u' ' + m_server.errorString()};
    m_port.inside.port = m_server.serverPort();
    return Done{};
}

void NatTcpPort::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_core.counters().open >= m_core.settings().maxMappings) {
            m_core.drop(NatProtocol::Tcp, NatDirection::Outbound, "mapping_limit", 0, 0);
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto mapping = std::make_unique<NatTcpMapping>(m_core, socket, m_port.server);
        NatTcpMapping *made = mapping.get();
        const quint64 id = made->facts().id;
        connect(made, &NatTcpMapping::gone, this, [this, id] {
            const auto node = m_mappings.extract(id);
            if (node.empty())
                return;
            NatTcpMapping *ended = node.mapped().release();
            ended->setParent(this); // it needs the core, which is only sure to outlive this
            ended->deleteLater();
        });
        m_mappings.emplace(id, std::move(mapping));
        made->start();
    }
}

QVector<NatMapping> NatTcpPort::mappings() const
{
    QVector<NatMapping> list;
    for (const auto &[id, mapping] : m_mappings) {
        if (mapping->isOpen())
            list.append(mapping->facts());
    }
    return list;
}

void NatTcpPort::reschedule()
{
    QVector<QPointer<NatTcpMapping>> all; // one may go meanwhile
    for (const auto &[id, mapping] : m_mappings)
        all.append(mapping.get());
    for (const QPointer<NatTcpMapping> &mapping : all) {
        if (mapping)
            mapping->reschedule();
    }
}

int NatTcpPort::lose(const NatSelection &selection, const char *reason)
{
    QVector<quint64> meant;
    for (const NatMapping &mapping : mappings()) {
        if (isChosen(mapping, selection))
            meant.append(mapping.id);
    }
    for (const quint64 id : meant) {
        if (const auto mapping = m_mappings.find(id); mapping != m_mappings.end())
            mapping->second->lose(reason);
    }
    return int(meant.size());
}

} // namespace reveille
