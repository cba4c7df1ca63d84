// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natcore.h"
#include "client/nat/resetwitness.h"

#include <QObject>
#include <QTcpSocket>

#include <array>
#include <memory>

namespace reveille {

/// One TCP connection through the NAT: the device's, taken here, and one to the server from an outside port.
/// Octets and ends are passed on, a reset as a reset after what came before it. A half-close is not: who says
/// that it sends no more gets nothing more, and both connections end. Thread of the simulation.
///
/// A connection whose mapping is gone is held open at both ends and what comes is thrown away, so that
/// neither end is told; or whoever sends is reset. The kernel still acknowledges segments to both, which a
/// real NAT would not: what shows is the silence of the other end, not an unacknowledged segment.
class NatTcpMapping : public QObject {
    Q_OBJECT
public:
    NatTcpMapping(NatCore &core, QTcpSocket *inside, const SimulationEndpoint &server,
                  QObject *parent = nullptr);
    ~NatTcpMapping() override;

    void start();
    bool isOpen() const { return m_state == State::Open; }
    NatMapping facts() const;
    /// The mapping is gone, and nobody is told.
    void lose(const char *reason);
    /// The settings have changed.
    void reschedule();
    /// Both ends are reset.
    void reset();

Q_SIGNALS:
    /// Nothing is left of it.
    void gone();

private:
    enum class State : quint8 { Open, Closing, Lost, Gone };
    enum Side : size_t { Inside = 0, Outside = 1 };
    struct End {
        std::unique_ptr<QTcpSocket> socket;
        qsizetype underWay = 0; ///< octets read here and not yet written there
        NatWay way;             ///< from here
        ResetWitness witness;
        bool ended = false;    ///< it has closed; what it sent before is still passed on
        bool wasReset = false; ///< and how
    };
    static NatDirection from(Side side)
    {
        return side == Inside ? NatDirection::Outbound : NatDirection::Inbound;
    }
    static Side other(Side side) { return side == Inside ? Outside : Inside; }

    void watch(Side side);
    void connectOutside();
    void pump(Side side);
    void arrive(Side to, const QByteArray &octets);
    void swallow(Side side);
    void ended(Side side);
    void passEndOn(Side side);
    void failed(const char *reason);
    void endState(State state, const char *reason);
    void expire();
    void finishIfEmpty();
    void retrySoon();

    NatCore &m_core;
    NatMapping m_facts;
    std::array<End, 2> m_ends;
    State m_state = State::Open;
    bool m_asked = false; ///< the server, for a connection
    Milliseconds m_made{0};
    Milliseconds m_refreshed{0};
    SimulationTimers::Id m_expiry = 0;
    SimulationTimers::Id m_retry = 0;
    quint64 m_forgotten = 0;
};

} // namespace reveille
