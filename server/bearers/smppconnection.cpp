// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smppconnection.h"

#include "bearers/smpplog.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>

namespace reveille {

namespace {

constexpr qint64 mostUnread = 256 * 1024;     // octets the socket may hold for us
constexpr qint64 mostUnwritten = 1024 * 1024; // octets the peer may leave lying
constexpr int leaveTime = 300;                // milliseconds for the response to the unbind

} // namespace

SmppConnection::SmppConnection(Place place, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
{
    if (m_place.tls) {
        auto socket = std::make_unique<QSslSocket>();
        connect(socket.get(), &QSslSocket::encrypted, this, &SmppConnection::opened);
        m_socket = std::move(socket);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
        connect(m_socket.get(), &QTcpSocket::connected, this, &SmppConnection::opened);
    }
    m_socket->setReadBufferSize(mostUnread);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &SmppConnection::read);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &SmppConnection::tellError);
}

SmppConnection::~SmppConnection()
{
    while (m_unbind && !m_isFarewell && !m_leaveUntil.hasExpired() && m_socket->state() == QAbstractSocket::ConnectedState) {
        if (!m_socket->waitForReadyRead(int(m_leaveUntil.remainingTime())))
            break;
    }
    m_socket->disconnect(this);
    if (!m_unbind)
        return;
    m_socket->disconnectFromHost();
    qCInfo(smppLog, "%s: unbound%s", qUtf8Printable(peer()), m_isFarewell ? "" : ", unanswered");
}

QString SmppConnection::peer() const
{
    const QString host = m_place.host.contains(u':') ? u'[' + m_place.host + u']' : m_place.host;
    return host + u':' + QString::number(m_place.port);
}

void SmppConnection::open()
{
    ++m_life;
    m_buffer.clear();
    auto *secure = qobject_cast<QSslSocket *>(m_socket.get());
    if (!secure)
        return m_socket->connectToHost(m_place.host, m_place.port);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(m_place.tlsVerify ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (!m_place.tlsCaFile.isEmpty())
        tls.setCaCertificates(QSslCertificate::fromPath(m_place.tlsCaFile));
    secure->setSslConfiguration(tls);
    secure->connectToHostEncrypted(m_place.host, m_place.port);
}

void SmppConnection::abort()
{
    ++m_life;
    m_buffer.clear();
    const QSignalBlocker quiet(this);
    m_socket->abort();
}

void SmppConnection::write(const SmppPdu &pdu)
{
    const Result<QByteArray> octets = encodeSmpp(pdu);
    if (!octets) {
        qCWarning(smppLog, "%s: %s %s", qUtf8Printable(peer()), octets.error().code, qUtf8Printable(octets.error().about));
        return;
    }
    m_socket->write(*octets);
}

void SmppConnection::flush()
{
    m_socket->flush();
}

void SmppConnection::leave(quint32 sequence)
{
    if (m_unbind || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    SmppPdu unbind;
    unbind.command = SmppCommand::Unbind;
    unbind.sequence = sequence;
    write(unbind);
    m_socket->flush();
    m_unbind = sequence;
    m_leaveUntil = QDeadlineTimer(leaveTime);
}

void SmppConnection::tellError(QAbstractSocket::SocketError error)
{
    if (m_unbind)
        return;
    const QString detail = m_socket->errorString().left(120);
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        Q_EMIT failed("connection-refused", detail);
        return;
    case QAbstractSocket::HostNotFoundError:
        Q_EMIT failed("name-not-found", detail);
        return;
    case QAbstractSocket::SslHandshakeFailedError:
        Q_EMIT failed("tls-failed", detail);
        return;
    default:
        Q_EMIT failed("link-lost", detail);
    }
}

void SmppConnection::read()
{
    const QPointer<SmppConnection> alive(this);
    const quint32 life = m_life;
    const QByteArray octets = std::exchange(m_buffer, {}) + m_socket->readAll();
    qsizetype used = 0;
    const bool isWell = handOver(octets, &used); // a receiver may end the connection, or this
    if (!alive || m_life != life)
        return;
    if (!isWell)
        return;
    m_buffer = octets.sliced(used);
    if (!m_unbind)
        Q_EMIT drained();
    if (alive && m_life == life && m_socket->bytesToWrite() > mostUnwritten)
        Q_EMIT failed("link-lost", QStringLiteral("unread"));
}

/// False once it ended, or is to end.
bool SmppConnection::handOver(const QByteArray &octets, qsizetype *used)
{
    const QPointer<SmppConnection> alive(this);
    const quint32 life = m_life;
    for (;;) {
        const QByteArrayView rest = QByteArrayView(octets).sliced(*used);
        const Result<qsizetype> length = smppPduLength(rest);
        if (!length) {
            SmppPdu nack;
            nack.command = SmppCommand::GenericNack;
            nack.status = SmppStatus::invalidLength;
            write(nack);
            m_socket->flush();
            Q_EMIT failed("smsc-protocol", QString::fromLatin1(length.error().code) + u' ' + length.error().about);
            return false;
        }
        if (*length == 0)
            return true;
        *used += *length;
        if (m_unbind)
            hearFarewell(rest.first(*length));
        else
            Q_EMIT pduRead(rest.first(*length));
        if (!alive || m_life != life)
            return false;
    }
}

void SmppConnection::hearFarewell(QByteArrayView octets)
{
    const SmppHeader header = smppHeader(octets);
    if (header.command == quint32(SmppCommand::UnbindResp) && header.sequence == m_unbind)
        m_isFarewell = true;
}

} // namespace reveille
