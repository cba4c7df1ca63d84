// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/endpoint.h"

namespace reveille {

QString uriHostText(const QHostAddress &address)
{
    bool isV4 = false;
    const QHostAddress v4(address.toIPv4Address(&isV4));
    if (isV4)
        return v4.toString();
    QHostAddress plain = address;
    plain.setScopeId({});
    return u'[' + plain.toString() + u']';
}

QString endpointText(const QHostAddress &address, quint16 port)
{
    return uriHostText(address) + u':' + QString::number(port);
}

std::optional<HostAndPort> splitHostAndPort(const QString &text)
{
    HostAndPort result;
    QString port;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 2)
            return std::nullopt;
        result.host = text.mid(1, end - 1);
        port = text.mid(end + 1);
        if (!port.isEmpty() && (!port.startsWith(u':') || port.size() == 1))
            return std::nullopt;
        port.remove(0, 1);
    } else if (text.count(u':') == 1) {
        result.host = text.section(u':', 0, 0);
        port = text.section(u':', 1);
        if (port.isEmpty())
            return std::nullopt;
    } else {
        result.host = text;
    }
    if (result.host.isEmpty())
        return std::nullopt;
    if (!port.isEmpty()) {
        bool ok = false;
        result.port = port.toUShort(&ok);
        if (!ok || result.port == 0)
            return std::nullopt;
    }
    return result;
}

} // namespace reveille
