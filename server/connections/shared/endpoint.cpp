// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/endpoint.h"

namespace reveille {

QString peerText(const QHostAddress &address, quint16 port)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    const QString host = isV4 ? QHostAddress(v4).toString() : u'[' + address.toString() + u']';
    return host + u':' + QString::number(port);
}

bool peerFromText(const QString &text, QHostAddress *address, quint16 *port)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return false;
    QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    bool isNumber = false;
    *port = text.mid(colon + 1).toUShort(&isNumber);
    return isNumber && *port != 0 && address->setAddress(host);
}

} // namespace reveille
