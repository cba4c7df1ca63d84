// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientmsrpsession.h"

#include <QCryptographicHash>
#include <QNetworkProxy>
#include <QPointer>
#include <QSslCertificate>
#include <QSslSocket>

#include <algorithm>

namespace reveille {

namespace {

constexpr int connectTime = 10000; ///< ms, with TLS

} // namespace

ClientMsrpSession::ClientMsrpSession(PushInbox &inbox, bool secure, const QHostAddress &local, qint64 maxMessage,
                                     QObject *parent)
    : QObject(parent)
    , m_inbox(inbox)
    , m_maxMessage(maxMessage)
{
    m_uri.secure = secure;
    m_uri.host = local.toString().toLatin1();
    m_uri.port = 9; // RFC 4145: who connects says discard
    m_uri.session = newMsrpSession();
    m_connecting.setSingleShot(true);
    m_connecting.setInterval(connectTime);
    connect(&m_connecting, &QTimer::timeout, this, [this] { lose("connect-failed"); });
}

SdpMsrp ClientMsrpSession::description() const
{
    SdpMsrp sdp;
    sdp.host = m_uri.host;
    sdp.port = m_uri.port;
    sdp.secure = m_uri.secure;
    sdp.path = {m_uri.toText()};
    sdp.maxSize = m_maxMessage;
    sdp.setup = SdpSetup::Active;
    sdp.direction = SdpDirection::RecvOnly;
    return sdp;
}

void ClientMsrpSession::start(const SdpMsrp &remote, const QHostAddress &address)
{
    m_remote = remote;
    const MsrpUri uri = MsrpUri::parse(remote.path.value(0)).valueOr({});
    auto *tls = m_uri.secure ? new QSslSocket(this) : nullptr;
    m_socket = tls ? tls : new QTcpSocket(this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    const auto stands = [this] {
        m_connecting.stop();
        MsrpHead hello;
        hello.transaction = newMsrpId();
        hello.method = "SEND";
        hello.toPath = m_remote.path;
        hello.fromPath = {m_uri.toText()};
        hello.messageId = newMsrpId();
        hello.byteRange = MsrpByteRange{1, 0, 0};
        send(hello.message({}, MsrpEnd::Complete));
        Q_EMIT opened();
    };
    connect(m_socket, &QTcpSocket::readyRead, this, &ClientMsrpSession::read);
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] { lose("closed"); });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        lose(error == QAbstractSocket::RemoteHostClosedError ? "closed" : m_connecting.isActive() ? "connect-failed" : "reset");
    });
    m_connecting.start();
    if (!tls) {
        connect(m_socket, &QTcpSocket::connected, this, stands);
        return m_socket->connectToHost(address, uri.port);
    }
    // RFC 4572: what was agreed on over SIP is what has to answer here
    tls->setPeerVerifyMode(QSslSocket::VerifyNone);
    connect(tls, &QSslSocket::encrypted, this, [this, tls, stands] {
        const QByteArray shown = "SHA-256 " + tls->peerCertificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
        if (m_remote.fingerprint.toUpper() != shown)
            return lose("fingerprint");
        stands();
    });
    tls->connectToHostEncrypted(address.toString(), uri.port);
}

void ClientMsrpSession::close()
{
    m_isOver = true;
    m_connecting.stop();
    m_messages.clear();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (!m_isTelling)
        hangUp();
}

void ClientMsrpSession::hangUp()
{
    m_socket->flush(); // what was taken has been answered, and this may be gone before the event loop comes round
    m_socket->disconnectFromHost();
}

void ClientMsrpSession::lose(const QByteArray &reason)
{
    close();
    Q_EMIT lost(reason);
}

void ClientMsrpSession::send(const QByteArray &octets)
{
    m_socket->write(octets);
}

void ClientMsrpSession::answer(int status)
{
    if (m_head.failureReport == MsrpFailureReport::No || (m_head.failureReport == MsrpFailureReport::Partial && status == 200))
        return;
    send(msrpResponse(m_head, m_uri, status).message({}, MsrpEnd::Complete));
}

qint64 ClientMsrpSession::held() const
{
    qint64 octets = m_chunk.size();
    for (const auto &[id, message] : m_messages)
        octets += message.body.size();
    return octets;
}

void ClientMsrpSession::read()
{
    m_parser.append(m_socket->readAll());
    const QPointer<ClientMsrpSession> guard(this);
    while (guard && !m_isOver) {
        const MsrpParser::Item item = m_parser.next();
        if (item.event == MsrpParser::Event::Incomplete)
            return;
        switch (item.event) {
        case MsrpParser::Event::Head:
            m_head = item.head;
            m_chunk.clear();
            m_overflow = false;
            break;
        case MsrpParser::Event::Content:
            m_overflow = m_overflow || held() + item.content.size() > m_maxMessage;
            if (!m_overflow)
                m_chunk += item.content;
            break;
        case MsrpParser::Event::End:
            takeEnd(item.end);
            break;
        default:
            return lose("malformed");
        }
    }
}

void ClientMsrpSession::takeEnd(MsrpEnd end)
{
    if (m_head.isResponse() || m_head.method == "REPORT")
        return;
    if (!(m_head.to() == m_uri))
        return answer(481);
    if (m_head.method != "SEND")
        return answer(501);
    if (m_head.contentType.isEmpty())
        return answer(200);
    const QByteArray id = m_head.messageId;
    if (const int status = takeChunk(end); status != 200) {
        m_messages.erase(id);
        if (end != MsrpEnd::Aborted)
            answer(status);
        return;
    }
    if (end != MsrpEnd::Complete)
        return answer(200);
    const QByteArray body = std::move(m_messages[id].body);
    m_messages.erase(id);
    complete(body);
}

/// Puts the chunk where its Byte-Range says; nothing may be missing before it.
int ClientMsrpSession::takeChunk(MsrpEnd end)
{
    if (end == MsrpEnd::Aborted || m_head.messageId.isEmpty())
        return 400;
    if (m_overflow || (m_head.byteRange && m_head.byteRange->total.value_or(0) > m_maxMessage))
        return 413;
    const auto found = m_messages.find(m_head.messageId);
    if (found == m_messages.end() && m_messages.size() >= size_t(maxMessages))
        return 413;
    QByteArray &body = m_messages[m_head.messageId].body;
    const qint64 at = m_head.byteRange ? m_head.byteRange->first - 1 : body.size();
    if (at > body.size())
        return 400;
    body.replace(at, std::min<qint64>(m_chunk.size(), body.size() - at), m_chunk);
    m_chunk.clear();
    const std::optional<qint64> total = m_head.byteRange ? m_head.byteRange->total : std::nullopt;
    if (end == MsrpEnd::Complete && total && *total != body.size())
        return 400;
    return 200;
}

void ClientMsrpSession::complete(const QByteArray &body)
{
    ReceivedPush push;
    push.id = QString::fromUtf8(m_head.other("x-reveille-push")).left(255);
    push.contentType = QString::fromUtf8(m_head.contentType);
    push.contentEncoding = QString::fromUtf8(m_head.other("content-encoding"));
    push.application = QString::fromUtf8(m_head.other("x-wap-application-id"));
    push.body = body;
    push.confirm = m_head.other("x-reveille-confirm").compare("yes", Qt::CaseInsensitive) == 0;
    m_inbox.take(push);
    const QPointer<ClientMsrpSession> guard(this);
    m_isTelling = true;
    Q_EMIT pushReceived(push);
    if (!guard)
        return;
    m_isTelling = false;
    const bool taken = push.answered < 300;
    answer(taken ? 200 : 403);
    if (taken && m_head.successReport)
        send(msrpReport(m_head, m_uri, {1, body.size(), body.size()}, 200).message({}, MsrpEnd::Complete));
    if (m_isOver)
        hangUp();
}

} // namespace reveille
