// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpconnection.h"

#include "engine/limitlog.h"
#include "http/eventstream.h"
#include "http/problem.h"
#include "wire/utctime.h"

#include <QHostAddress>
#include <QLoggingCategory>
#include <QSslSocket>

#include <sys/socket.h>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.http")

LimitLog header{log, "header"}, target{log, "target"}, body{log, "body"};
LimitLog maxBodies{log, "maxBodies"};
LimitLog headerTime{log, "headerTime"}, bodyTime{log, "bodyTime"}, idleTime{log, "idleTime", QtInfoMsg};
LimitLog replyTime{log, "replyTime"}, writeTime{log, "writeTime"};

constexpr qint64 readSize = 64 * 1024;

/// The limit that a request with this failure has reached; null where it is malformed otherwise.
LimitLog *limitOf(const Error &failure)
{
    static const std::pair<const char *, LimitLog *> limits[] = {
        {"http-header-too-large", &header}, {"http-target-too-long", &target}, {"http-body-too-large", &body}};
    for (const auto &[code, limit] : limits) {
        if (failure.is(code))
            return limit;
    }
    return nullptr;
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, const HttpRouter &router, BodyRoom &bodies,
                               const HttpSettings &settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_router(router)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_parser(settings.limits,
               [this](const HttpRequest &head, qint64 usual) {
                   m_verdict = m_router.judge(head, m_peer, usual);
                   return m_verdict.bodyLimit;
               })
    , m_body(bodies)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readSize);
    const QHostAddress address = m_socket->peerAddress();
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
                             ? u'[' + address.toString() + u']'
                             : address.toString();
    m_peer = host + u':' + QString::number(m_socket->peerPort());
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::readSome);
    // What is encrypted is counted as written before it is in anybody's buffer.
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket))
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::written);
    else
        connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::written);
    connect(m_socket, &QTcpSocket::disconnected, this, [this] {
        m_phase = Phase::Closing;
        Q_EMIT
        closed(this);
    });
    awaitInput();
}

HttpConnection::~HttpConnection()
{
    m_timers.cancel(m_deadline);
    m_socket->disconnect(this);
    delete m_events;
}

/// Octets the peer has not taken, those that are encrypted already included.
qint64 HttpConnection::backlog() const
{
    const auto *secure = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

void HttpConnection::setDeadline(Milliseconds in, std::function<void()> action)
{
    m_timers.cancel(m_deadline);
    m_deadline = m_timers.start(in, std::move(action));
}

void HttpConnection::stop()
{
    if (m_phase == Phase::Handling)
        respond(m_exchange, problem({"server-stopping", {}}));
    else if (m_phase == Phase::Streaming && m_events)
        m_events->close();
    m_socket->flush();
    m_socket->disconnect(this);
    m_socket->disconnectFromHost();
}

void HttpConnection::readSome()
{
    if (m_phase == Phase::Streaming || m_phase == Phase::Closing) {
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
    work();
}

/// Feeds the parser and handles what is complete, until there is nothing to do; a handler that answers at
/// once comes back here and is taken up by the loop.
void HttpConnection::work()
{
    if (std::exchange(m_working, true))
        return;
    while (m_phase == Phase::Reading && backlog() <= m_settings.writeBacklog) {
        if (m_parser.state() == HttpRequestParser::State::NeedMore) {
            if (m_verdict.refusal) {
                turnAway(*std::exchange(m_verdict.refusal, {}));
                break;
            }
            // Qt makes room for as much as it is asked for.
            const QByteArray octets = m_socket->read(qMin(readSize, m_socket->bytesAvailable()));
            if (octets.isEmpty())
                break;
            m_parser.feed(octets);
            if (!m_body.set(m_parser.unfinished())) {
                maxBodies.reached(m_peer);
                turnAway(problem({"bodies-too-many", {}}));
                break;
            }
        }
        if (m_parser.state() == HttpRequestParser::State::Failed)
            refuse();
        else if (m_parser.state() == HttpRequestParser::State::Complete)
            handle();
    }
    m_working = false;
    // Without a turn of the event loop for what the kernel takes at once.
    if (m_phase == Phase::Reading && m_socket->bytesToWrite() > 0)
        m_socket->flush();
    if (m_phase == Phase::Reading)
        awaitInput();
}

/// The time limit of what is outstanding; it runs from the first octet of a part and is not renewed by
/// further ones.
void HttpConnection::awaitInput()
{
    Awaiting now = Awaiting::Request;
    if (backlog() > m_settings.writeBacklog)
        now = Awaiting::Nothing;
    else if (m_parser.hasHead())
        now = Awaiting::Body;
    else if (!m_parser.isIdle())
        now = Awaiting::Head;
    if (now == Awaiting::Body)
        sendInterim();
    if (m_awaiting == now && m_deadline != 0)
        return;
    m_awaiting = now;
    if (now == Awaiting::Nothing)
        cutOffIn(m_settings.writeTime);
    else if (now == Awaiting::Body)
        setDeadline(m_settings.bodyTime, [this] { timeOut("http-body", bodyTime); });
    else if (now == Awaiting::Head)
        setDeadline(m_settings.headerTime, [this] { timeOut("http-header", headerTime); });
    else
        setDeadline(m_settings.idleTime, [this] {
            idleTime.reached(m_peer);
            closeAfterWriting();
        });
}

void HttpConnection::sendInterim()
{
    if (!m_parser.head().expectsContinue || std::exchange(m_interimSent, true))
        return;
    m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpConnection::cutOffIn(Milliseconds in)
{
    setDeadline(in, [this] {
        writeTime.reached(m_peer);
        m_socket->abort();
    });
}

void HttpConnection::timeOut(const char *what, LimitLog &limit)
{
    limit.reached(m_peer);
    m_deadline = 0;
    turnAway(problem({"request-timeout", QString::fromLatin1(what)}));
}

/// Answers a request that has not come whole and will not be read further.
void HttpConnection::turnAway(HttpResponse response)
{
    m_keepAlive = false;
    m_head = false;
    m_parser.drop();
    m_body.set(0);
    write(std::move(response), false);
    linger();
}

void HttpConnection::refuse()
{
    const HttpRequestParser::Failure &failure = m_parser.failure();
    if (LimitLog *limit = limitOf({failure.code, {}}))
        limit->reached(m_peer);
    turnAway(m_verdict.refusal ? *std::exchange(m_verdict.refusal, {}) : problem(failure.status, {failure.code, {}}));
}

void HttpConnection::handle()
{
    HttpVerdict verdict = std::exchange(m_verdict, {}); // taking this request may begin the next
    verdict.call.request = m_parser.take();
    const HttpRequest &request = verdict.call.request;
    m_interimSent = false;
    m_phase = Phase::Handling;
    m_awaiting = Awaiting::Nothing;
    m_keepAlive = request.keepAlive && request.minorVersion > 0;
    m_head = request.method == "HEAD";
    m_minorVersion = request.minorVersion;
    const quint64 exchange = ++m_exchange;
    setDeadline(m_settings.replyTime, [this, exchange] {
        m_deadline = 0;
        replyTime.reached(m_peer);
        respond(exchange, problem({"reply-timeout", {}}));
    });
    if (verdict.refusal)
        respond(exchange, *std::move(verdict.refusal));
    else
        verdict.handler(verdict.call, HttpReply(this, exchange));
}

void HttpConnection::respond(quint64 exchange, HttpResponse response)
{
    if (!isWaitingFor(exchange))
        return;
    write(std::move(response), m_keepAlive);
    if (!m_keepAlive) {
        closeAfterWriting();
        return;
    }
    m_timers.cancel(m_deadline);
    m_phase = Phase::Reading;
    work();
}

void HttpConnection::write(HttpResponse response, bool keepAlive, HttpFraming::Body body)
{
    response.headers.set("Date", httpDate(m_clock.wall()));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    m_socket->write(serialise(response, {keepAlive, m_head, body}));
}

EventStream *HttpConnection::respondWithEvents(quint64 exchange)
{
    if (!isWaitingFor(exchange))
        return nullptr;
    m_timers.cancel(m_deadline);
    HttpResponse response;
    response.headers.add("Content-Type", "text/event-stream");
    const bool chunked = m_minorVersion > 0;
    m_keepAlive = false;
    if (m_head) {
        write(std::move(response), false);
        closeAfterWriting();
        return nullptr;
    }
    m_phase = Phase::Streaming;
    // HTTP/1.0 has no chunks: the end of the connection is the end of the stream.
    write(std::move(response), false, chunked ? HttpFraming::Body::Chunked : HttpFraming::Body::ToTheEnd);
    m_events = new EventStream(this, m_timers, m_settings.heartbeat, m_settings.writeBacklog, chunked);
    m_socket->skip(m_socket->bytesAvailable());
    return m_events;
}

void HttpConnection::writeEvents(const QByteArray &octets)
{
    if (m_phase == Phase::Streaming)
        m_socket->write(octets);
}

void HttpConnection::endEvents(const QByteArray &lastOctets)
{
    if (m_phase != Phase::Streaming)
        return;
    m_socket->write(lastOctets);
    closeAfterWriting();
}

void HttpConnection::closeAfterWriting()
{
    m_phase = Phase::Closing;
    cutOffIn(m_settings.writeTime);
    m_socket->disconnectFromHost();
}

/// After a refusal the peer may still be sending. Closing with octets unread would reset the connection and
/// could take the answer with it, so the way out is closed first and the rest thrown away for a while.
void HttpConnection::linger()
{
    m_phase = Phase::Closing;
    m_lingering = true;
    setDeadline(m_settings.lingerTime, [this] { m_socket->abort(); });
    m_socket->skip(m_socket->bytesAvailable());
    m_socket->flush();
    if (!qobject_cast<QSslSocket *>(m_socket))
        written();
}

void HttpConnection::written()
{
    if (m_lingering && backlog() == 0) {
        m_lingering = false;
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    }
    if (m_phase == Phase::Reading)
        work();
    else if (m_phase == Phase::Streaming && backlog() == 0)
        Q_EMIT m_events->drained();
}

} // namespace reveille
