// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/siptransports.h"

#include <QNetworkInterface>

namespace reveille {

namespace {

bool isAny(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6) ||
           address == QHostAddress(QHostAddress::Any);
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

SipTransports::SipTransports(const SipSettings &settings, Clock &clock, Timers &timers,
                             SipTransportListener &listener, std::function<bool(const SipFlow &)> inUse)
    : m_settings(settings)
    , m_udp(listener)
    , m_streams(settings, clock, timers, listener, std::move(inUse))
{
}

Result<QMap<QString, QString>> SipTransports::listen()
{
    QMap<QString, QString> bound;
    for (const auto &[transport, endpoint] : {std::pair{SipTransport::Udp, m_settings.udp},
                                              std::pair{SipTransport::Tcp, m_settings.tcp},
                                              std::pair{SipTransport::Tls, m_settings.tls}}) {
        if (!endpoint.enabled)
            continue;
        const Result<Done> done =
            transport == SipTransport::Udp ? m_udp.listen(endpoint) : m_streams.listen(transport);
        if (!done) {
            close();
            return done.error();
        }
        bound[QStringLiteral("sip_") + toText(transport)] =
            SipFlow::of(transport, boundAddress(transport), boundPort(transport)).peer();
    }
    m_machine = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : std::as_const(m_machine)) {
        if (!address.isLoopback() && !address.isLinkLocal() && m_outward.isNull())
            m_outward = address;
    }
    return bound;
}

void SipTransports::close()
{
    m_udp.close();
    m_streams.close();
}

bool SipTransports::send(const SipFlow &flow, const QByteArray &bytes)
{
    return flow.isStream() ? m_streams.send(flow, bytes) : m_udp.send(flow, bytes);
}

bool SipTransports::isListening(SipTransport transport) const
{
    return transport == SipTransport::Udp ? m_udp.isListening() : m_streams.listener(transport) != nullptr;
}

QHostAddress SipTransports::boundAddress(SipTransport transport) const
{
    if (transport == SipTransport::Udp)
        return m_udp.isListening() ? m_udp.localAddress() : m_settings.udp.address;
    if (const StreamListener *listener = m_streams.listener(transport))
        return listener->serverAddress();
    return transport == SipTransport::Tls ? m_settings.tls.address : m_settings.tcp.address;
}

quint16 SipTransports::boundPort(SipTransport transport) const
{
    if (transport == SipTransport::Udp)
        return m_udp.isListening() ? m_udp.localPort() : m_settings.udp.port;
    if (const StreamListener *listener = m_streams.listener(transport))
        return listener->serverPort();
    return transport == SipTransport::Tls ? m_settings.tls.port : m_settings.tcp.port;
}

QHostAddress SipTransports::advertised(SipTransport transport, const QHostAddress &peer) const
{
    const QHostAddress bound = boundAddress(transport);
    if (!isAny(bound))
        return bound;
    return peer.isLoopback() || m_outward.isNull() ? QHostAddress(QHostAddress::LocalHost) : m_outward;
}

std::pair<QByteArray, quint16> SipTransports::sentBy(const SipFlow &flow) const
{
    const QString host = m_settings.publicHost.isEmpty()
                             ? advertised(flow.transport, flow.address()).toString()
                             : m_settings.publicHost;
    return {bracketed(host).toLatin1(), boundPort(flow.transport)};
}

QString SipTransports::local(const SipFlow &flow) const
{
    return SipFlow::of(flow.transport, advertised(flow.transport, flow.address()), boundPort(flow.transport))
        .peer();
}

QString SipTransports::uri() const
{
    const SipTransport transport = isListening(SipTransport::Udp)   ? SipTransport::Udp
                                   : isListening(SipTransport::Tcp) ? SipTransport::Tcp
                                                                    : SipTransport::Tls;
    if (!isListening(transport))
        return {};
    const QString host =
        m_settings.publicHost.isEmpty() ? advertised(transport, m_outward).toString() : m_settings.publicHost;
    return QStringLiteral("sip:%1:%2;transport=%3")
        .arg(bracketed(host))
        .arg(boundPort(transport))
        .arg(toText(transport));
}

bool SipTransports::isOwnHost(const QByteArray &host) const
{
    const QString text = QString::fromLatin1(host);
    if (!m_settings.publicHost.isEmpty() && text.compare(m_settings.publicHost, Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(text);
    if (address.isNull())
        return text == QLatin1String("localhost");
    for (const SipTransport transport : {SipTransport::Udp, SipTransport::Tcp, SipTransport::Tls}) {
        const QHostAddress bound = boundAddress(transport);
        if (address == bound || (isAny(bound) && (address.isLoopback() || m_machine.contains(address))))
            return true;
    }
    return false;
}

} // namespace reveille
