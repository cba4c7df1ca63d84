// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ipaddress.h"
#include "domain/textscan.h"

#include <QList>

#include <algorithm>
#include <cstring>

namespace reveille {

namespace {

/// The first `length` bits of `octets`, the others zero.
QByteArray prefixOf(const QByteArray &octets, int length)
{
    QByteArray prefix = octets;
    for (qsizetype i = 0; i < prefix.size(); ++i) {
        const int kept = std::clamp(length - int(i) * 8, 0, 8);
        prefix[i] = char(quint8(octets.at(i)) & quint8(0xff00 >> kept));
    }
    return prefix;
}

} // namespace

bool IpAddress::isPublic() const
{
    static const QVector<IpNetwork> special =
        parseNetworks(u"0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, "
                      "192.0.2.0/24, 192.88.99.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, "
                      "224.0.0.0/3, 2001::/23, 2001:db8::/32, 2002::/16")
            .valueOr({});
    static const IpNetwork globalUnicast = IpNetwork::parse(u"2000::/3").valueOr({});
    return !isNull() && (isV4() || globalUnicast.contains(*this)) && !anyContains(special, *this);
}

Result<IpNetwork> IpNetwork::parse(QStringView text)
{
    text = text.trimmed();
    const qsizetype slash = text.indexOf(u'/');
    const QStringView addressText = slash < 0 ? text : text.first(slash);
    const Result<IpAddress> address = IpAddress::parse(addressText);
    if (!address)
        return address.error();

    int length = int(address->bytes().size()) * 8;
    if (slash >= 0) {
        const Error wrong{"network-prefix", shortened(text)};
        const QStringView lengthText = text.sliced(slash + 1);
        if (lengthText.isEmpty() || lengthText.size() > 3 || !allOf(lengthText, isAsciiDigit))
            return wrong;
        int given = lengthText.toInt();
        if (address->isV4() && addressText.contains(u':'))
            given -= 96; // written as IPv4 mapped into IPv6
        if (given < 0 || given > length)
            return wrong;
        length = given;
    }

    return of(*address, length);
}

IpNetwork IpNetwork::of(const IpAddress &address, int length)
{
    IpNetwork network;
    network.m_length = std::clamp(length, 0, int(address.bytes().size()) * 8);
    network.m_base = IpAddress::fromBytes(prefixOf(address.bytes(), network.m_length));
    return network;
}

bool IpNetwork::contains(const IpAddress &address) const
{
    const QByteArray &base = m_base.bytes(), &octets = address.bytes();
    if (base.isEmpty() || octets.size() != base.size())
        return false;
    const int whole = m_length / 8, rest = m_length % 8; // octets, bits
    return std::memcmp(octets.constData(), base.constData(), size_t(whole)) == 0
        && (rest == 0 || (quint8(octets[whole] ^ base[whole]) >> (8 - rest)) == 0);
}

QString IpNetwork::toString() const
{
    return m_base.isNull() ? QString() : m_base.toString() + u'/' + QString::number(m_length);
}

Result<QVector<IpNetwork>> parseNetworks(QStringView text)
{
    QVector<IpNetwork> networks;
    if (text.trimmed().isEmpty())
        return networks;
    for (QStringView item : text.split(u',')) {
        const Result<IpNetwork> network = IpNetwork::parse(item);
        if (!network)
            return network.error();
        networks.append(*network);
    }
    return networks;
}

bool anyContains(const QVector<IpNetwork> &networks, const IpAddress &address)
{
    return std::any_of(networks.begin(), networks.end(),
                       [&](const IpNetwork &network) { return network.contains(address); });
}

} // namespace reveille
