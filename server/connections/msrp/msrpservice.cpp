// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/msrp/msrpservice.h"

#include "connections/msrp/msrplink.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslSocket>

namespace reveille {

Q_LOGGING_CATEGORY(msrpLog, "reveille.msrp")

namespace {

QByteArray fingerprintOf(const QSslCertificate &certificate)
{
    return "SHA-256 " + certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper();
}

bool isEverywhere(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6) ||
           address == QHostAddress(QHostAddress::Any);
}

} // namespace

MsrpService::MsrpService(MsrpSettings settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
{
}

MsrpService::~MsrpService()
{
    stop();
}

Result<QMap<QString, QString>> MsrpService::start()
{
    QMap<QString, QString> bound;
    const auto listen = [&](const char *name, const char *key, const Endpoint &endpoint,
                            const std::optional<QSslConfiguration> &tls) -> Result<std::unique_ptr<StreamListener>> {
        StreamListener::Settings settings;
        settings.name = QString::fromLatin1(name);
        settings.endpoint = endpoint;
        settings.tls = tls;
        settings.limit = "maxLinks";
        settings.maxHandshakes = m_settings.maxHandshakes;
        settings.handshakeTime = m_settings.handshakeTime;
        auto listener = std::make_unique<StreamListener>(settings, m_timers, [this] { return m_links.size() + (m_tls ? m_tls->handshakes() : 0) < m_settings.maxLinks; });
        if (const Result<Done> started = listener->start(); !started)
            return started.error();
        connect(listener.get(), &StreamListener::accepted, this, [this](QTcpSocket *socket) { take(socket, nullptr); });
        bound[QString::fromLatin1(key)] = peerText(listener->serverAddress(), listener->serverPort());
        return listener;
    };
    if (m_settings.tcp.enabled) {
        auto listener = listen("msrp/tcp", "msrp_tcp", m_settings.tcp, std::nullopt);
        if (!listener)
            return listener.error();
        m_tcp = std::move(*listener);
    }
    if (m_settings.tls.enabled) {
        const Result<QSslConfiguration> tls = serverTls(m_settings.identity);
        if (!tls) {
            stop();
            return tls.error();
        }
        m_fingerprint = fingerprintOf(tls->localCertificate());
        auto listener = listen("msrp/tls", "msrp_tls", m_settings.tls, *tls);
        if (!listener) {
            stop();
            return listener.error();
        }
        m_tls = std::move(*listener);
    }
    return bound;
}

void MsrpService::stop()
{
    if (m_tcp)
        m_tcp->stop();
    if (m_tls)
        m_tls->stop();
    m_tcp.reset();
    m_tls.reset();
    const QSet<MsrpLink *> links = m_links;
    for (MsrpLink *link : links) {
        if (m_links.contains(link))
            link->fail("closed");
    }
}

std::unique_ptr<MsrpSession> MsrpService::open(bool secure, const QByteArray &host, const QString &peer)
{
    const StreamListener *listener = secure ? m_tls.get() : m_tcp.get();
    if (isFull()) {
        m_logs.maxSessions.reached(peer);
        return nullptr;
    }
    if (!listener)
        return nullptr;
    MsrpUri uri;
    uri.secure = secure;
    uri.host = isEverywhere(listener->serverAddress()) ? host : listener->serverAddress().toString().toLatin1();
    uri.port = listener->serverPort();
    uri.session = newMsrpSession();
    std::unique_ptr<MsrpSession> session(new MsrpSession(*this, uri));
    m_sessions.insert(uri.session, session.get());
    return session;
}

void MsrpService::forget(MsrpLink *link)
{
    m_links.remove(link);
    link->deleteLater();
}

MsrpLink *MsrpService::take(QTcpSocket *socket, MsrpSession *forSession)
{
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *link = new MsrpLink(*this, socket, forSession);
    m_links.insert(link);
    return link;
}

MsrpLink *MsrpService::connectFor(MsrpSession *session, const QHostAddress &address, quint16 port,
                             const QByteArray &fingerprint)
{
    QTcpSocket *socket = nullptr;
    if (session->uri().secure) {
        auto *tls = new QSslSocket;
        tls->setPeerVerifyMode(QSslSocket::VerifyNone);
        tls->setProtocol(QSsl::TlsV1_2OrLater);
        socket = tls;
    } else {
        socket = new QTcpSocket;
    }
    socket->setProxy(QNetworkProxy::NoProxy);
    MsrpLink *link = take(socket, session);
    if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
        connect(tls, &QSslSocket::encrypted, link, [link, tls, fingerprint] {
            // RFC 4572: what was agreed on over SIP is what answers here
            if (fingerprint.toUpper() != fingerprintOf(tls->peerCertificate()))
                return link->fail("fingerprint");
            link->standing();
        });
        tls->connectToHostEncrypted(address.toString(), port);
    } else {
        connect(socket, &QTcpSocket::connected, link, &MsrpLink::standing);
        socket->connectToHost(address, port);
    }
    return link;
}

} // namespace reveille
