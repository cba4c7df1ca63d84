// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagrampeer.h"

#include "connections/shared/endpoint.h"

namespace reveille {

DatagramPeer DatagramPeer::of(const IpAddress &address, quint16 port, bool secure)
{
    DatagramPeer peer;
    peer.port = port;
    peer.secure = secure;
    const QByteArray &bytes = address.bytes();
    if (bytes.size() == 4)
        std::memcpy(peer.octets.data(), mappedV4.data(), mappedV4.size());
    if (bytes.size() == 4 || bytes.size() == 16)
        std::memcpy(peer.octets.data() + 16 - bytes.size(), bytes.constData(), size_t(bytes.size()));
    return peer;
}

bool DatagramPeer::fromText(const QString &text, bool secure, DatagramPeer *peer)
{
    QHostAddress address;
    quint16 port = 0;
    if (!peerFromText(text, &address, &port))
        return false;
    const Result<IpAddress> ip = IpAddress::parse(address.toString());
    if (!ip)
        return false;
    *peer = of(*ip, port, secure);
    return true;
}

IpAddress DatagramPeer::address() const
{
    const size_t from = isV4() ? mappedV4.size() : 0;
    const char *begin = reinterpret_cast<const char *>(octets.data() + from);
    return IpAddress::fromBytes(QByteArray(begin, qsizetype(octets.size() - from)));
}

QString DatagramPeer::text() const
{
    const IpAddress ip = address();
    QString text;
    text.reserve(24);
    if (ip.isV4())
        text.append(ip.toString());
    else
        text.append(u'[').append(ip.toString()).append(u']');
    return text.append(u':').append(QString::number(port));
}

} // namespace reveille
