// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/msrp/msrplink.h"

#include "connections/msrp/msrpservice.h"

#include <QSslSocket>

namespace reveille {

MsrpLink::MsrpLink(MsrpService &service, QTcpSocket *socket, MsrpSession *forSession)
    : QObject(&service)
    , m_service(service)
    , m_timers(service.m_timers)
    , m_socket(socket)
    , m_watch(socket->socketDescriptor())
    , m_waiting(forSession)
    , m_stands(!forSession)
{
    socket->setParent(this);
    socket->setReadBufferSize(m_service.settings().writeBuffer);
    connect(socket, &QTcpSocket::readyRead, this, &MsrpLink::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &MsrpLink::pump);
    if (auto *tls = qobject_cast<QSslSocket *>(socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &MsrpLink::pump);
    connect(socket, &QAbstractSocket::disconnected, this, [this] { fail(m_watch.wasReset() ? "reset" : "closed"); });
    connect(socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            fail(m_stands ? "reset" : "connect-failed");
    });
    const MsrpSettings &settings = m_service.settings();
    m_timer = m_timers.start(forSession ? settings.connectTime : settings.bindTime, [this] {
        m_timer = 0;
        timedOut();
    });
    if (m_stands && socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &MsrpLink::read, Qt::QueuedConnection);
}

MsrpLink::~MsrpLink()
{
    m_timers.cancel(m_timer);
}

QString MsrpLink::peer() const
{
    const QHostAddress address = m_socket->peerAddress();
    return address.isNull() ? m_socket->peerName() : peerText(address, m_socket->peerPort());
}

void MsrpLink::timedOut()
{
    if (isUsed())
        return;
    MsrpLogs &logs = m_service.logs();
    (m_stands ? logs.bindTime : logs.connectTime).reached([this] { return peer(); });
    fail(m_stands ? "unbound" : "connect-failed");
}

void MsrpLink::standing()
{
    m_stands = true;
    if (MsrpSession *session = std::exchange(m_waiting, nullptr))
        session->bind(this);
    else
        fail("closed");
}

void MsrpLink::fail(const QByteArray &code)
{
    if (m_isOver)
        return;
    m_isOver = true;
    qCDebug(msrpLog) << "connection over" << peer() << code;
    m_timers.cancel(m_timer);
    m_socket->disconnect(this);
    m_socket->abort();
    m_watch.release();
    m_service.forget(this);
    while (!m_sessions.isEmpty())
        m_sessions.takeLast()->unlink(code);
    if (MsrpSession *session = std::exchange(m_waiting, nullptr))
        session->unlink(code);
}

void MsrpLink::attach(MsrpSession *session)
{
    m_sessions.append(session);
}

void MsrpLink::detach(MsrpSession *session)
{
    if (m_waiting == session)
        m_waiting = nullptr;
    m_sessions.removeOne(session);
    if (m_isOver || isUsed())
        return;
    // The last one is gone: what is written goes out, then the connection ends.
    m_isOver = true;
    m_timers.cancel(m_timer);
    m_socket->disconnect(this);
    m_watch.release();
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] { m_service.forget(this); });
    m_timer = m_timers.start(m_service.settings().connectTime, [this] {
        m_timer = 0;
        m_socket->abort();
        m_service.forget(this);
    });
    if (m_stands)
        m_socket->disconnectFromHost();
    else
        m_socket->abort();
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        m_service.forget(this);
}

/// Octets the peer has not taken yet, as far as this side holds them.
qint64 MsrpLink::unwritten() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void MsrpLink::write(const QByteArray &octets)
{
    m_socket->write(octets);
}

void MsrpLink::pump()
{
    const qint64 room = m_service.settings().writeBuffer;
    qsizetype idle = 0;
    while (!m_isOver && unwritten() < room && idle < m_sessions.size()) {
        m_turn = (m_turn + 1) % m_sessions.size();
        const QByteArray chunk = m_sessions[m_turn]->nextChunk();
        idle = chunk.isEmpty() ? idle + 1 : 0;
        if (!chunk.isEmpty())
            write(chunk);
    }
    if (!m_isOver && unwritten() >= room)
        m_service.logs().writeBuffer.reached([this] { return peer(); });
}

void MsrpLink::read()
{
    while (!m_isOver && m_socket->bytesAvailable() > 0) {
        m_parser.append(m_socket->read(m_service.settings().writeBuffer));
        for (MsrpParser::Item item = m_parser.next(); item.event != MsrpParser::Event::Incomplete; item = m_parser.next()) {
            switch (item.event) {
            case MsrpParser::Event::Head:
                takeHead(item.head);
                break;
            case MsrpParser::Event::End:
                takeEnd();
                break;
            case MsrpParser::Event::Failed:
                if (const auto before = m_service.logs().notUnderstood.pass())
                    qCInfo(msrpLog) << "stream refused" << peer() << item.error.code << "and" << *before << "times before";
                return fail("malformed");
            default:
                break; // content for nobody
            }
            if (m_isOver)
                return;
        }
    }
}

void MsrpLink::takeHead(const MsrpHead &head)
{
    m_request = head;
}

void MsrpLink::takeEnd()
{
    const MsrpHead head = std::exchange(m_request, {});
    const MsrpUri us = head.to();
    MsrpSession *session = m_service.find(us.session);
    if (head.isResponse()) {
        if (session && session->m_link == this)
            session->takeResponse(head);
        return;
    }
    m_request = head;
    if (head.method == "REPORT") {
        if (session && session->m_link == this)
            session->takeReport(head);
        return;
    }
    const bool isSecure = qobject_cast<QSslSocket *>(m_socket) != nullptr;
    if (!session || !session->isFrom(head) || us.secure != isSecure || session->uri().secure != isSecure)
        return answer(481);
    if (session->m_link && session->m_link != this)
        return answer(506);
    if (head.method != "SEND")
        return answer(501);
    const bool isNew = !session->m_link;
    if (head.failureReport == MsrpFailureReport::Yes || (head.failureReport == MsrpFailureReport::Partial && !head.contentType.isEmpty()))
        answer(head.contentType.isEmpty() ? 200 : 403); // we only send
    if (isNew && !m_isOver)
        session->bind(this);
}

void MsrpLink::answer(int status)
{
    const MsrpHead response = msrpResponse(m_request, m_request.to(), status);
    const MsrpSettings &settings = m_service.settings();
    if (unwritten() > settings.writeBuffer + settings.answerBuffer) {
        m_service.logs().answerBuffer.reached([this] { return peer(); });
        return fail("not-reading");
    }
    write(response.message({}, MsrpEnd::Complete));
}

} // namespace reveille
