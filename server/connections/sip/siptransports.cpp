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
    , m_tcp(settings, clock, timers, listener, std::move(inUse))
{
}

Result<QMap<QString, QString>> SipTransports::listen()
{
    QMap<QString, QString> bound;
    if (m_settings.udp.enabled) {
        if (const Result<Done> done = m_udp.listen(m_settings.udp); !done)
            return done.error();
        bound[QStringLiteral("sip_udp")] =
            SipFlow::of(SipTransport::Udp, m_udp.localAddress(), m_udp.localPort()).peer();
    }
    if (m_settings.tcp.enabled) {
        if (const Result<Done> done = m_tcp.listen(m_settings.tcp); !done) {
            m_udp.close();
            return done.error();
        }
        bound[QStringLiteral("sip_tcp")] =
            SipFlow::of(SipTransport::Tcp, m_tcp.localAddress(), m_tcp.localPort()).peer();
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
    m_tcp.close();
}

bool SipTransports::send(const SipFlow &flow, const QByteArray &bytes)
{
    return flow.transport == SipTransport::Udp ? m_udp.send(flow, bytes) : m_tcp.send(flow, bytes);
}

QHostAddress SipTransports::boundAddress(SipTransport transport) const
{
    if (transport == SipTransport::Udp)
        return m_udp.isListening() ? m_udp.localAddress() : m_settings.udp.address;
    return m_tcp.isListening() ? m_tcp.localAddress() : m_settings.tcp.address;
}

quint16 SipTransports::boundPort(SipTransport transport) const
{
    if (transport == SipTransport::Udp)
        return m_udp.isListening() ? m_udp.localPort() : m_settings.udp.port;
    return m_tcp.isListening() ? m_tcp.localPort() : m_settings.tcp.port;
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
    const SipTransport transport = m_udp.isListening() ? SipTransport::Udp : SipTransport::Tcp;
    if (!m_udp.isListening() && !m_tcp.isListening())
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
    for (const SipTransport transport : {SipTransport::Udp, SipTransport::Tcp}) {
        const QHostAddress bound = boundAddress(transport);
        if (address == bound || (isAny(bound) && (address.isLoopback() || m_machine.contains(address))))
            return true;
    }
    return false;
}

} // namespace reveille
