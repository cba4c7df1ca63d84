// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/nattcpmapping.h"

#include <QPointer>

#include <algorithm>
#include <sys/socket.h>
#include <utility>

namespace reveille {

namespace {

constexpr qsizetype window = 65'536; ///< octets read from one end and not yet taken by the other
constexpr qsizetype portion = 16'384;
constexpr Milliseconds retryTime{10};
constexpr Milliseconds closingTime{30'000}; ///< for what is still to be taken by the other end

/// Closed so that the peer sees a reset.
void resetSocket(QTcpSocket &socket)
{
    const linger atOnce{1, 0};
    if (socket.socketDescriptor() >= 0)
        ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket.abort();
}

} // namespace

NatTcpMapping::NatTcpMapping(NatCore &core, QTcpSocket *inside, const SimulationEndpoint &server,
                             QObject *parent)
    : QObject(parent)
    , m_core(core)
{
    inside->setParent(nullptr);
    m_ends[Inside].socket.reset(inside);
    m_ends[Outside].socket = std::make_unique<QTcpSocket>();
    m_facts.id = core.nextId();
    m_facts.protocol = NatProtocol::Tcp;
    m_facts.inside = {inside->peerAddress(), inside->peerPort()};
    m_facts.server = server;
    m_made = m_refreshed = core.monotonic();
}

NatTcpMapping::~NatTcpMapping()
{
    m_core.timers().cancel(m_expiry);
    m_core.timers().cancel(m_retry);
    for (End &end : m_ends)
        end.socket->disconnect(this);
}

void NatTcpMapping::start()
{
    QTcpSocket &outside = *m_ends[Outside].socket;
    const bool bound = outside.bind(m_core.nextOutside(m_facts.server.address), 0);
    m_facts.outside = {outside.localAddress(), outside.localPort()};
    watch(Inside);
    watch(Outside);
    m_core.tellMade(m_facts);
    m_expiry = m_core.timers().start(m_core.settings().tcpTimeout, [this] { expire(); });
    if (!bound)
        return failed("no_port");
    connectOutside();
}

void NatTcpMapping::watch(Side side)
{
    QTcpSocket *socket = m_ends[side].socket.get();
    socket->setReadBufferSize(window);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, [this, side] { pump(side); });
    connect(socket, &QTcpSocket::bytesWritten, this, [this, side] { pump(other(side)); });
    connect(socket, &QTcpSocket::disconnected, this, [this, side] { ended(side); });
    if (side == Inside)
        return m_ends[side].witness.watch(socket->socketDescriptor());
    connect(socket, &QTcpSocket::connected, this, [this] {
        m_ends[Outside].witness.watch(m_ends[Outside].socket->socketDescriptor());
        m_ends[Outside].socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        pump(Inside);
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        const QAbstractSocket::SocketState state = m_ends[Outside].socket->state();
        if (m_state == State::Open && error != QAbstractSocket::RemoteHostClosedError &&
            state != QAbstractSocket::ConnectedState)
            failed(error == QAbstractSocket::ConnectionRefusedError ? "refused" : "unreachable");
    });
}

void NatTcpMapping::connectOutside()
{
    if (m_asked || m_core.way(NatDirection::Outbound).blocked)
        return;
    m_asked = true;
    m_ends[Outside].socket->connectToHost(m_facts.server.address, m_facts.server.port);
}

void NatTcpMapping::pump(Side side)
{
    End &end = m_ends[side];
    if (m_state == State::Lost)
        return swallow(side);
    if (m_state == State::Gone || m_core.way(from(side)).blocked)
        return;
    QTcpSocket &to = *m_ends[other(side)].socket;
    const QPointer<NatTcpMapping> guard(this);
    while (guard && m_state != State::Gone && to.state() == QAbstractSocket::ConnectedState) {
        const qsizetype room = window - end.underWay - qsizetype(to.bytesToWrite());
        if (room <= 0)
            break;
        if (!m_core.hasRoom(portion)) {
            retrySoon();
            break;
        }
        const QByteArray octets = end.socket->read(std::min(room, portion));
        if (octets.isEmpty())
            break;
        m_refreshed = m_core.monotonic();
        (side == Inside ? m_facts.octetsOut : m_facts.octetsIn) += quint64(octets.size());
        m_core.count(from(side), octets.size(), false);
        end.underWay += octets.size();
        m_core.carry(m_core.streamDelay(from(side)), octets.size(), end.way, false, [guard, side, octets] {
            if (guard)
                guard->arrive(side, octets);
        });
    }
    if (guard && end.ended)
        passEndOn(side);
}

void NatTcpMapping::arrive(Side side, const QByteArray &octets)
{
    End &end = m_ends[side];
    end.underWay -= octets.size();
    if (m_state == State::Lost || m_state == State::Gone)
        return;
    m_ends[other(side)].socket->write(octets);
    if (end.ended)
        passEndOn(side);
}

/// What still comes for a mapping that is gone.
void NatTcpMapping::swallow(Side side)
{
    QTcpSocket &socket = *m_ends[side].socket;
    const qsizetype late = socket.readAll().size();
    if (late == 0)
        return;
    m_core.drop(NatProtocol::Tcp, from(side), "no_mapping", late, 0);
    if (m_core.settings().tcpLate == NatLate::Reset)
        resetSocket(socket);
}

void NatTcpMapping::ended(Side side)
{
    End &end = m_ends[side];
    end.ended = true;
    end.wasReset |= end.witness.sawReset();
    end.witness.release();
    if (m_state == State::Lost || m_state == State::Gone)
        return finishIfEmpty();
    pump(side);
}

/// The other end is closed once it has all that came before.
void NatTcpMapping::passEndOn(Side side)
{
    End &end = m_ends[side];
    QTcpSocket &to = *m_ends[other(side)].socket;
    if (m_state == State::Gone || m_state == State::Lost || end.underWay > 0)
        return;
    const bool takesNoMore =
        m_ends[other(side)].ended || (m_asked && to.state() == QAbstractSocket::UnconnectedState);
    if (end.socket->bytesAvailable() > 0 && !takesNoMore)
        return;
    if (m_state == State::Open)
        endState(State::Closing, side == Inside ? "closed_inside" : "closed_outside");
    if (to.state() == QAbstractSocket::ConnectedState && end.wasReset) {
        to.flush();
        if (to.bytesToWrite() > 0)
            return; // until that is written, or closingTime is over
        resetSocket(to);
    } else if (to.state() == QAbstractSocket::ConnectedState)
        to.disconnectFromHost();
    else if (to.state() != QAbstractSocket::ClosingState)
        to.abort();
    finishIfEmpty();
}

void NatTcpMapping::failed(const char *reason)
{
    endState(State::Closing, reason);
    resetSocket(*m_ends[Inside].socket);
    finishIfEmpty();
}

void NatTcpMapping::endState(State state, const char *reason)
{
    m_core.timers().cancel(m_expiry);
    const NatMapping now = facts();
    m_state = state;
    if (state == State::Closing)
        m_expiry = m_core.timers().start(closingTime, [this] {
            m_expiry = 0;
            reset();
        });
    m_core.tellClosed(now, reason);
}

void NatTcpMapping::expire()
{
    m_expiry = 0;
    const Milliseconds left = m_refreshed + m_core.settings().tcpTimeout - m_core.monotonic();
    if (left > Milliseconds(0))
        m_expiry = m_core.timers().start(left, [this] { expire(); });
    else
        lose("idle");
}

NatMapping NatTcpMapping::facts() const
{
    NatMapping facts = m_facts;
    facts.age = m_core.monotonic() - m_made;
    facts.idle = m_core.monotonic() - m_refreshed;
    return facts;
}

void NatTcpMapping::lose(const char *reason)
{
    if (m_state != State::Open)
        return;
    const QPointer<NatTcpMapping> guard(this);
    endState(State::Lost, reason);
    if (!guard)
        return;
    m_forgotten = m_core.rememberForgotten(NatProtocol::Tcp, [guard] {
        if (guard) {
            guard->m_forgotten = 0;
            guard->reset();
        }
    });
    for (const Side side : {Inside, Outside}) {
        if (guard && m_state == State::Lost)
            swallow(side);
    }
}

void NatTcpMapping::reschedule()
{
    if (m_state == State::Open) {
        m_core.timers().cancel(m_expiry);
        m_expiry = m_core.timers().start(m_refreshed + m_core.settings().tcpTimeout - m_core.monotonic(),
                                         [this] { expire(); });
        connectOutside();
    }
    pump(Inside);
    pump(Outside);
}

void NatTcpMapping::reset()
{
    if (m_state == State::Open)
        endState(State::Closing, "closed_inside");
    for (End &end : m_ends)
        end.wasReset = true; // neither hears of an orderly end
    for (End &end : m_ends)
        resetSocket(*end.socket);
    finishIfEmpty();
}

void NatTcpMapping::finishIfEmpty()
{
    if (m_state == State::Gone)
        return;
    for (const End &end : m_ends) {
        if (end.socket->state() != QAbstractSocket::UnconnectedState)
            return;
    }
    m_state = State::Gone;
    m_core.timers().cancel(m_expiry);
    m_core.releaseForgotten(std::exchange(m_forgotten, 0));
    Q_EMIT gone();
}

void NatTcpMapping::retrySoon()
{
    if (m_retry)
        return;
    m_retry = m_core.timers().start(retryTime, [this] {
        m_retry = 0;
        pump(Inside);
        pump(Outside);
    });
}

} // namespace reveille
