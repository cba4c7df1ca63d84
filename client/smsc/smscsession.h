// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/simulation/simulationtimers.h"
#include "wire/smpp.h"

#include <QObject>
#include <QTcpSocket>

#include <map>
#include <memory>

namespace reveille {

/// One connection to the simulated SMSC: PDUs in and out, bound or not, and what was sent and not answered
/// yet. Thread of the simulation.
///
/// What cannot be read is answered as SMPP 3.4 says: an unknown command by generic_nack, a known one that is
/// broken by its response with a status; a length that makes no sense ends the connection. A peer that does
/// not read is not read from, and is dropped where that is not enough.
class SmscSession : public QObject {
    Q_OBJECT
public:
    enum class Mode : quint8 { Unbound, Transmitter, Receiver, Transceiver };

    SmscSession(quint64 id, std::unique_ptr<QTcpSocket> socket, SimulationTimers &timers,
                QObject *parent = nullptr);
    ~SmscSession() override;

    quint64 id() const { return m_id; }
    QString peer() const { return m_peer; }
    Mode mode() const { return m_mode; }
    bool submits() const { return m_mode == Mode::Transmitter || m_mode == Mode::Transceiver; }
    bool receives() const { return m_mode == Mode::Receiver || m_mode == Mode::Transceiver; }
    const QByteArray &systemId() const { return m_systemId; }
    void setBound(Mode mode, const QByteArray &systemId);

    /// Drops the connection where the peer does not read; ended() comes from within then.
    void send(const SmppPdu &pdu);
    void answer(const SmppPdu &request, quint32 status, const QByteArray &id = {});
    /// A request with a sequence number of this side. What is a deliver_sm stays in inFlight() until it is
    /// answered. False where sending ended the connection.
    bool request(SmppPdu pdu);
    int inFlight() const { return int(m_inFlight.size()); }
    QVector<SmppPdu> takeInFlight(); ///< in order

    /// Unbinds; the connection is closed after the response, or a while later.
    void unbind();
    /// After what was written before.
    void close();
    /// Without a word.
    void drop();

    static constexpr Milliseconds bindTime{30'000}; ///< for a connection to bind

Q_SIGNALS:
    void received(const reveille::SmppPdu &pdu);
    /// Of what was sent: a deliver_sm. There is room again.
    void delivered(quint32 status);
    /// Something that cannot be read, answered already: a code of wire/smpp.h.
    void broken(const QByteArray &code);
    void ended();

private:
    void read();
    void take(QByteArrayView octets);

    quint64 m_id;
    std::unique_ptr<QTcpSocket> m_socket;
    SimulationTimers &m_timers;
    QString m_peer;
    QByteArray m_pending;
    Mode m_mode = Mode::Unbound;
    QByteArray m_systemId;
    quint32 m_sequence = 0;
    std::map<quint32, SmppPdu> m_inFlight; ///< deliver_sm by sequence number
    SimulationTimers::Id m_deadline = 0;
    bool m_leaving = false;
    bool m_closed = false; ///< what has come is not looked at any more
};

/// "transceiver" and so on; for events.
const char *smscModeText(SmscSession::Mode mode);

} // namespace reveille
