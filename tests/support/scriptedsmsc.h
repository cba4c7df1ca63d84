// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/smpp.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace reveille {

/// The other end of SMPP links, in the test's own thread. Answers binds, enquire_link, unbind and submit_sm
/// unless told otherwise; notes everything it reads. Writes nothing by itself, so that a test may also send
/// what no SMSC would.
class ScriptedSmsc : public QTcpServer {
    Q_OBJECT
public:
    ScriptedSmsc() { connect(this, &QTcpServer::newConnection, this, &ScriptedSmsc::take); }

    /// Port of a server that listens on loopback; `port` 0: any.
    quint16 open(quint16 port = 0)
    {
        listen(QHostAddress::LocalHost, port);
        return serverPort();
    }
    /// Called for each request; what it answers is sent instead of the usual response. Nothing: no response.
    std::function<QVector<SmppPdu>(const SmppPdu &)> script;

    int count(SmppCommand command) const { return int(all(command).size()); }
    QVector<SmppPdu> all(SmppCommand command) const
    {
        QVector<SmppPdu> found;
        for (const SmppPdu &pdu : m_read) {
            if (pdu.command == command)
                found.append(pdu);
        }
        return found;
    }
    int connections() const { return m_connections; }
    void say(const QByteArray &octets)
    {
        if (m_socket)
            m_socket->write(octets);
    }
    void say(const SmppPdu &pdu) { say(*encodeSmpp(pdu)); }
    void drop()
    {
        if (m_socket)
            m_socket->abort();
    }

    static SmppPdu response(const SmppPdu &request, quint32 status = 0, const QByteArray &id = {})
    {
        SmppPdu pdu;
        pdu.command = SmppCommand(quint32(request.command) | smppResponseBit);
        pdu.status = status;
        pdu.sequence = request.sequence;
        pdu.id = id;
        return pdu;
    }
    QVector<SmppPdu> usual(const SmppPdu &request)
    {
        if (quint32(request.command) & smppResponseBit)
            return {};
        QByteArray id;
        if (request.command == SmppCommand::SubmitSm)
            id = QByteArray::number(++m_lastId, 16);
        if (request.bind)
            id = "scripted";
        return {response(request, 0, id)};
    }

private:
    void take()
    {
        ++m_connections;
        m_socket = nextPendingConnection();
        connect(m_socket, &QTcpSocket::readyRead, this, [this, socket = m_socket] { read(socket); });
        connect(m_socket, &QTcpSocket::disconnected, this, [this, socket = m_socket] {
            if (m_socket == socket)
                m_socket = nullptr;
            m_streams.remove(socket);
            socket->deleteLater();
        });
    }
    void read(QTcpSocket *socket)
    {
        QByteArray &stream = m_streams[socket];
        stream += socket->readAll();
        while (true) {
            const Result<qsizetype> length = smppPduLength(stream);
            if (!length || *length == 0)
                return;
            const Result<SmppPdu> pdu = decodeSmpp(stream.first(*length));
            stream.remove(0, *length);
            if (!pdu)
                continue;
            m_read.append(*pdu);
            for (const SmppPdu &answer : script ? script(*pdu) : usual(*pdu))
                socket->write(*encodeSmpp(answer));
        }
    }

    QTcpSocket *m_socket = nullptr; ///< the last one
    QHash<QTcpSocket *, QByteArray> m_streams;
    QVector<SmppPdu> m_read;
    int m_connections = 0;
    quint32 m_lastId = 0x1000;
};

} // namespace reveille
