// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpchannel.h"

#include "connections/otahttp/otahttplog.h"
#include "connections/shared/tcpoptions.h"

#include <QPointer>
#include <QSslSocket>

namespace reveille {

namespace {

constexpr qint64 readAtOnce = 64 * 1024;

IpAddress addressOf(const QHostAddress &address)
{
    return IpAddress::parse(address.toString().section(u'%', 0, 0)).valueOr({});
}

} // namespace

OtaHttpChannel::OtaHttpChannel(QTcpSocket *socket, const OtaHttpSettings &settings, Clock &clock, Timers &timers,
                               OtaHttpLogs &logs, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_logs(logs)
    , m_watch(socket->socketDescriptor())
    , m_parser(settings.maxHead, settings.maxBody)
    , m_peer(peerText(socket->peerAddress(), socket->peerPort()))
    , m_local(peerText(socket->localAddress(), socket->localPort()))
    , m_peerAddress(addressOf(socket->peerAddress()))
    , m_lastHeard(clock.monotonic())
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readAtOnce);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    detectHalfOpen(m_socket->socketDescriptor(), settings.silence, settings.userTimeout);
    connect(m_socket, &QTcpSocket::readyRead, this, &OtaHttpChannel::read);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &OtaHttpChannel::connectionLost);
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { end(false, QStringLiteral("TCP")); });
}

OtaHttpChannel::~OtaHttpChannel()
{
    m_ended = true;
    m_timers.cancel(m_stuck);
    for (Pending &pending : m_pending)
        m_timers.cancel(pending.timer);
    m_socket->disconnect(this);
}

bool OtaHttpChannel::canTake(qsizetype octets) const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0) + octets <= m_settings.maxWriteBuffer;
}

void OtaHttpChannel::request(const QByteArray &octets, Milliseconds timeout, Done done)
{
    Pending pending;
    pending.id = ++m_last;
    pending.done = std::move(done);
    pending.silence = m_clock.monotonic() - m_lastHeard;
    pending.timer = m_timers.start(timeout, [this, id = pending.id] { giveUp(id); });
    m_pending.push_back(std::move(pending));
    if (!m_ended)
        m_socket->write(octets);
}

bool OtaHttpChannel::isSilent() const
{
    return !m_pending.empty() && !m_pending.front().done;
}

void OtaHttpChannel::giveUp(quint64 id)
{
    for (Pending &pending : m_pending) {
        if (pending.id != id)
            continue;
        pending.timer = 0;
        OtaHttpReply reply;
        reply.kind = m_ended ? OtaHttpReply::Kind::Gone : OtaHttpReply::Kind::Silent;
        reply.code = m_ended ? "closed" : "timeout";
        reply.silence = pending.silence;
        if (!m_stuck && !m_ended) {
            m_stuck = m_timers.start(m_settings.stuckTime, [this] {
                m_stuck = 0;
                m_logs.stuckTime.reached(m_peer);
                end(true, QStringLiteral("unanswered"));
            });
        }
        const QPointer<OtaHttpChannel> guard(this);
        if (const Done done = std::exchange(pending.done, nullptr))
            done(reply);
        if (guard && !m_ended)
            Q_EMIT silent();
        return;
    }
}

void OtaHttpChannel::fail(const QByteArray &code)
{
    auto pending = std::exchange(m_pending, {});
    for (Pending &one : pending)
        m_timers.cancel(one.timer);
    for (const Pending &one : pending) {
        OtaHttpReply reply;
        reply.code = code;
        reply.silence = one.silence;
        if (one.done)
            one.done(reply);
    }
}

void OtaHttpChannel::closeGently()
{
    m_ended = true;
    m_timers.cancel(m_stuck);
    m_watch.release();
    m_socket->flush();
    m_socket->disconnectFromHost();
}

void OtaHttpChannel::connectionLost(QAbstractSocket::SocketError error)
{
    const bool byPeer = error == QAbstractSocket::RemoteHostClosedError;
    if (byPeer && !m_watch.wasReset())
        m_parser.finish();
    const QPointer<OtaHttpChannel> guard(this);
    if (byPeer)
        takeAnswers();
    if (!guard)
        return;
    // Neither FIN nor RST came: the kernel gave up, because nothing was acknowledged any more.
    end(!byPeer || m_watch.wasReset(), byPeer ? QStringLiteral("TCP") : gaveUp());
}

void OtaHttpChannel::end(bool reset, const QString &what)
{
    if (m_ended)
        return;
    m_ended = true;
    m_timers.cancel(m_stuck);
    m_watch.release();
    m_socket->abort();
    Q_EMIT ended(reset, what);
}

void OtaHttpChannel::read()
{
    const QPointer<OtaHttpChannel> guard(this);
    while (guard && !m_ended) {
        const QByteArray octets = m_socket->read(readAtOnce);
        if (octets.isEmpty())
            return;
        m_parser.feed(octets);
        takeAnswers();
    }
}

void OtaHttpChannel::takeAnswers()
{
    const QPointer<OtaHttpChannel> guard(this);
    while (guard && !m_ended && m_parser.state() == HttpResponseParser::State::Complete) {
        const bool closes = m_parser.closes();
        OtaHttpReply reply;
        reply.response = m_parser.take();
        if (m_pending.empty()) {
            if (const auto before = m_logs.unasked.pass())
                qCInfo(otaHttpLog) << "answer to nothing" << m_peer << "and" << *before << "times before";
            return end(true, QStringLiteral("HTTP http-unasked"));
        }
        Pending pending = std::move(m_pending.front());
        m_pending.pop_front();
        m_timers.cancel(pending.timer);
        if (!isSilent())
            m_timers.cancel(m_stuck);
        reply.kind = OtaHttpReply::Kind::Answer;
        reply.silence = pending.silence;
        m_lastHeard = m_clock.monotonic();
        Q_EMIT heard();
        if (guard && pending.done)
            pending.done(reply);
        if (guard && closes)
            return end(false, QStringLiteral("HTTP Connection: close"));
    }
    if (guard && !m_ended && m_parser.state() == HttpResponseParser::State::Failed) {
        const QByteArray failure = m_parser.failure();
        if (failure == "http-header-too-large")
            m_logs.maxHead.reached(m_peer);
        else if (failure == "http-body-too-large")
            m_logs.maxBody.reached(m_peer);
        else if (const auto before = m_logs.notUnderstood.pass())
            qCInfo(otaHttpLog) << "terminal cannot be understood" << m_peer << failure << "and" << *before << "times before";
        end(true, QStringLiteral("HTTP ") + QString::fromLatin1(m_parser.failure()));
    }
}

} // namespace reveille
