// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/dtlslistener.h"

#include "connections/datagram/datagramlog.h"
#include "connections/shared/icmperrors.h"
#include "connections/shared/listenerror.h"

#include <QRandomGenerator>
#include <QSslCipher>
#include <QSslPreSharedKeyAuthenticator>
#include <QSslSocket>

namespace reveille {

namespace {

constexpr qsizetype largestDatagram = 65536;

constexpr Milliseconds sweepInterval{5000};
constexpr int unknownKeySize = 64;

/// Only suites that take their key from both sides' secret; a certificate is not there.
QList<QSslCipher> presharedCiphers()
{
    QList<QSslCipher> ciphers = QSslConfiguration::supportedCiphers();
    ciphers.removeIf([](const QSslCipher &cipher) { return !cipher.name().contains(u"PSK") || cipher.usedBits() < 128; });
    return ciphers;
}

} // namespace

DtlsListener::DtlsListener(const DatagramSettings &settings, DatagramReceiver &receiver, Clock &clock, Timers &timers,
                           Callbacks callbacks, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_receiver(receiver)
    , m_clock(clock)
    , m_timers(timers)
    , m_callbacks(std::move(callbacks))
    , m_configuration(QSslConfiguration::defaultDtlsConfiguration())
    , m_entry(settings)
    , m_fullLog(datagramLog, "maxDtls")
    , m_shakingLog(datagramLog, "maxHandshakes")
    , m_slowLog(datagramLog, "handshakeTime", QtInfoMsg)
    , m_idleLog(datagramLog, "dtlsIdle", QtInfoMsg)
{
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_configuration.setCiphers(presharedCiphers());
    connect(&m_socket, &QUdpSocket::readyRead, this, &DtlsListener::readBatch);
}

DtlsListener::~DtlsListener()
{
    close();
}

Result<Done> DtlsListener::listen()
{
    if (!QSslSocket::isFeatureSupported(QSsl::SupportedFeature::Psk) || m_configuration.ciphers().isEmpty())
        return Error{"tls-unsupported", QStringLiteral("datagram/dtls")};
    const Endpoint &endpoint = m_settings.dtls;
    if (!m_socket.bind(endpoint.address, endpoint.port, QAbstractSocket::DontShareAddress))
        return listenError(QStringLiteral("datagram/dtls"), endpoint, m_socket.error());
    enableIcmpErrors(m_socket.socketDescriptor());
    sweep();
    return Done{};
}

void DtlsListener::close()
{
    m_timers.cancel(m_sweep);
    const QList<DatagramPeer> peers = m_sessions.keys();
    for (const DatagramPeer &peer : peers)
        drop(peer, true, QStringLiteral("close_notify"));
    m_socket.close();
}

QString DtlsListener::local() const
{
    return peerText(m_socket.localAddress(), m_socket.localPort());
}

const PublicUserId *DtlsListener::userOf(const DatagramPeer &peer) const
{
    const auto found = m_sessions.constFind(peer);
    return found != m_sessions.cend() && m_entry.isOpen(peer) ? &found->user : nullptr;
}

bool DtlsListener::send(const DatagramPeer &peer, const QByteArray &datagram)
{
    const auto found = m_sessions.constFind(peer);
    if (found == m_sessions.cend() || !m_entry.isOpen(peer))
        return false;
    return found->dtls->writeDatagramEncrypted(&m_socket, datagram) >= 0;
}

void DtlsListener::readBatch()
{
    const QVector<IcmpError> errors = takeIcmpErrors(m_socket.socketDescriptor(), batch);
    for (const IcmpError &error : errors) {
        const Result<IpAddress> address = IpAddress::parse(error.address.toString());
        if (error.permanent && address)
            m_receiver.unreachable(DatagramPeer::of(*address, error.port, true), error.what);
    }
    // At least one readDatagram(): QUdpSocket tells of nothing more until there was one.
    QByteArray buffer(largestDatagram, Qt::Uninitialized);
    for (int i = 0; i < batch && m_socket.isValid(); ++i) {
        QHostAddress address;
        quint16 port = 0;
        const qint64 size = m_socket.readDatagram(buffer.data(), buffer.size(), &address, &port);
        if (size < 0)
            return;
        const QByteArray datagram = buffer.left(size);
        const Result<IpAddress> ip = IpAddress::parse(address.toString());
        if (size > 0 && port != 0 && ip)
            take(DatagramPeer::of(*ip, port, true), address, port, datagram);
    }
}

void DtlsListener::take(const DatagramPeer &peer, const QHostAddress &address, quint16 port, const QByteArray &datagram)
{
    switch (m_entry.step(peer, datagram, m_clock.monotonic())) {
    case DtlsEntry::Step::Ignore:
        return;
    case DtlsEntry::Step::Full:
        return tellFull(peer);
    case DtlsEntry::Step::Greet:
        return greet(peer, address, port, datagram);
    case DtlsEntry::Step::Shake:
        return shake(peer, datagram);
    case DtlsEntry::Step::Decrypt:
        return decrypt(peer, datagram);
    }
}

void DtlsListener::greet(const DatagramPeer &peer, const QHostAddress &address, quint16 port, const QByteArray &datagram)
{
    if (!m_verifier.verifyClient(&m_socket, datagram, address, port))
        return; // it has been sent a cookie
    const QVector<DatagramPeer> ending = m_entry.toEndFor(peer, m_clock.monotonic());
    for (const DatagramPeer &other : ending) {
        if (other != peer)
            tellFull(peer);
        drop(other, false, QStringLiteral("new handshake"));
    }
    Session session;
    session.dtls = std::shared_ptr<QDtls>(new QDtls(QSslSocket::SslServerMode), [](QDtls *dtls) { dtls->deleteLater(); });
    QDtls *dtls = session.dtls.get();
    dtls->setDtlsConfiguration(m_configuration);
    dtls->setPeer(address, port);
    connect(dtls, &QDtls::pskRequired, this,
            [this, peer](QSslPreSharedKeyAuthenticator *authenticator) { identify(peer, authenticator); });
    connect(dtls, &QDtls::handshakeTimeout, this, [this, peer, dtls] {
        if (!dtls->handleTimeout(&m_socket))
            drop(peer, false, QStringLiteral("handshake"));
    });
    m_sessions.insert(peer, session);
    m_entry.begin(peer, m_clock.monotonic());
    shake(peer, datagram);
}

void DtlsListener::tellFull(const DatagramPeer &peer)
{
    const bool isShaking = m_entry.handshakes() >= m_settings.maxHandshakes;
    (isShaking ? m_shakingLog : m_fullLog).reached([&] { return peer.text(); });
}

void DtlsListener::identify(const DatagramPeer &peer, QSslPreSharedKeyAuthenticator *authenticator)
{
    const std::optional<Credentials> credentials = m_callbacks.credentials(authenticator->identity());
    const auto session = m_sessions.find(peer);
    if (credentials && session != m_sessions.end()) {
        session->user = credentials->user;
        authenticator->setPreSharedKey(credentials->key);
        return;
    }
    // A key that nobody has: someone not known looks the same from outside as a wrong key.
    QByteArray key(unknownKeySize, Qt::Uninitialized);
    QRandomGenerator::system()->generate(key.begin(), key.end());
    authenticator->setPreSharedKey(key);
}

void DtlsListener::shake(const DatagramPeer &peer, const QByteArray &datagram)
{
    const std::shared_ptr<QDtls> dtls = m_sessions.value(peer).dtls;
    if (!dtls->doHandshake(&m_socket, datagram) && dtls->dtlsError() != QDtlsError::NoError) {
        if (const auto more = m_failed.pass())
            qCInfo(datagramLog) << "DTLS handshake failed" << peer.text() << dtls->dtlsErrorString() << "and" << *more << "before";
        return drop(peer, false, QStringLiteral("handshake"));
    }
    if (!dtls->isConnectionEncrypted())
        return;
    m_entry.finished(peer, m_clock.monotonic());
}

void DtlsListener::decrypt(const DatagramPeer &peer, const QByteArray &datagram)
{
    const std::shared_ptr<QDtls> dtls = m_sessions.value(peer).dtls;
    const QByteArray plain = dtls->decryptDatagram(&m_socket, datagram);
    if (dtls->dtlsError() == QDtlsError::RemoteClosedConnectionError)
        return drop(peer, false, QStringLiteral("close_notify"));
    if (plain.isEmpty())
        return;
    m_entry.heard(peer, m_clock.monotonic());
    m_receiver.received(peer, plain);
}

void DtlsListener::drop(const DatagramPeer &peer, bool says, const QString &why)
{
    const Session session = m_sessions.take(peer);
    if (!session.dtls)
        return;
    const bool done = m_entry.isOpen(peer);
    m_entry.end(peer);
    session.dtls->disconnect(this);
    if (done && says)
        session.dtls->shutdown(&m_socket);
    if (done)
        m_callbacks.closed(peer, why);
}

void DtlsListener::sweep()
{
    const QVector<DatagramPeer> over = m_entry.overdue(m_clock.monotonic(), m_callbacks.isRegistered);
    for (const DatagramPeer &peer : over) {
        (m_entry.isOpen(peer) ? m_idleLog : m_slowLog).reached([&] { return peer.text(); });
        drop(peer, true, QStringLiteral("idle"));
    }
    m_sweep = m_timers.start(sweepInterval, [this] { sweep(); });
}

} // namespace reveille
