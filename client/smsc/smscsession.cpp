// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscsession.h"

#include "client/endpoint.h"
#include "domain/enumtext.h"

#include <QPointer>

#include <sys/socket.h>

namespace reveille {

namespace {

constexpr qint64 mostUnsent = 1 << 20; ///< octets; beyond it nothing more is read
constexpr Milliseconds unbindTime{5'000};
constexpr EnumNames<4> modeNames{"unbound", "transmitter", "receiver", "transceiver"};

} // namespace

const char *smscModeText(SmscSession::Mode mode)
{
    return nameOf(modeNames, mode);
}

SmscSession::SmscSession(quint64 id, std::unique_ptr<QTcpSocket> socket, SimulationTimers &timers,
                         QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_socket(std::move(socket))
    , m_timers(timers)
    , m_peer(endpointText(m_socket->peerAddress(), m_socket->peerPort()))
{
    m_socket->setParent(nullptr);
    m_socket->setReadBufferSize(2 * smppLargestPdu);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &SmscSession::read);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &SmscSession::read);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &SmscSession::ended);
    m_deadline = m_timers.start(bindTime, [this] {
        m_deadline = 0;
        drop();
    });
}

SmscSession::~SmscSession()
{
    m_timers.cancel(m_deadline);
    m_socket->disconnect(this);
}

void SmscSession::setBound(Mode mode, const QByteArray &systemId)
{
    m_mode = mode;
    m_systemId = systemId;
    m_timers.cancel(m_deadline);
}

void SmscSession::send(const SmppPdu &pdu)
{
    if (m_socket->bytesToWrite() > 4 * mostUnsent)
        return drop();
    if (const Result<QByteArray> octets = encodeSmpp(pdu))
        m_socket->write(*octets);
}

void SmscSession::answer(const SmppPdu &request, quint32 status, const QByteArray &id)
{
    SmppPdu pdu;
    pdu.command = SmppCommand(quint32(request.command) | smppResponseBit);
    pdu.status = status;
    pdu.sequence = request.sequence;
    pdu.id = id;
    send(pdu);
}

bool SmscSession::request(SmppPdu pdu)
{
    m_sequence = m_sequence >= 0x7fffffff ? 1 : m_sequence + 1;
    pdu.sequence = m_sequence;
    if (pdu.command == SmppCommand::DeliverSm)
        m_inFlight.insert_or_assign(m_sequence, pdu); // before: sending may end the connection
    send(pdu);
    return !m_closed;
}

QVector<SmppPdu> SmscSession::takeInFlight()
{
    QVector<SmppPdu> all;
    for (auto &[sequence, pdu] : m_inFlight)
        all.append(std::move(pdu));
    m_inFlight.clear();
    return all;
}

void SmscSession::unbind()
{
    SmppPdu pdu;
    pdu.command = SmppCommand::Unbind;
    request(pdu);
    m_leaving = true;
    m_timers.cancel(m_deadline);
    m_deadline = m_timers.start(unbindTime, [this] {
        m_deadline = 0;
        drop();
    });
}

void SmscSession::close()
{
    m_mode = Mode::Unbound;
    m_closed = true;
    m_socket->disconnectFromHost();
}

void SmscSession::drop()
{
    m_mode = Mode::Unbound;
    m_closed = true;
    m_socket->abort();
}

void SmscSession::read()
{
    const QPointer<SmscSession> guard(this);
    while (guard && !m_closed && m_socket->bytesToWrite() < mostUnsent) {
        const Result<qsizetype> length = smppPduLength(m_pending);
        if (!length) {
            Q_EMIT broken(length.error().code);
            if (guard)
                drop();
            return;
        }
        if (*length > 0) {
            const QByteArray octets = m_pending.left(*length);
            m_pending.remove(0, *length);
            take(octets);
            continue;
        }
        const QByteArray more = m_socket->read(smppLargestPdu);
        if (more.isEmpty())
            return;
        m_pending += more;
    }
}

void SmscSession::take(QByteArrayView octets)
{
    const Result<SmppPdu> pdu = decodeSmpp(octets);
    const SmppHeader header = smppHeader(octets);
    if (!pdu) {
        const bool isResponse = header.command & smppResponseBit;
        const bool unknown = pdu.error().is("smpp-command");
        SmppPdu complaint;
        complaint.command =
            unknown ? SmppCommand::GenericNack : SmppCommand(header.command | smppResponseBit);
        complaint.status = unknown ? SmppStatus::invalidCommand : SmppStatus::invalidLength;
        complaint.sequence = header.sequence;
        if (!isResponse)
            send(complaint);
        Q_EMIT broken(pdu.error().code);
        return;
    }
    if (pdu->command == SmppCommand::UnbindResp && m_leaving)
        return close();
    if (pdu->command == SmppCommand::DeliverSmResp || pdu->command == SmppCommand::GenericNack) {
        if (m_inFlight.erase(pdu->sequence) > 0)
            Q_EMIT delivered(pdu->status);
        return;
    }
    if (!(header.command & smppResponseBit))
        Q_EMIT received(*pdu);
}

} // namespace reveille
