// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/listenerror.h"


namespace reveille {

Error listenError(const QString &what, const Endpoint &endpoint, QAbstractSocket::SocketError error)
{
    QString why = QStringLiteral("socket error %1").arg(int(error));
    if (error == QAbstractSocket::AddressInUseError)
        why = QStringLiteral("address in use");
    else if (error == QAbstractSocket::SocketAddressNotAvailableError)
        why = QStringLiteral("address not available");
    else if (error == QAbstractSocket::SocketAccessError)
        why = QStringLiteral("permission denied");
    else if (error == QAbstractSocket::SocketResourceError)
        why = QStringLiteral("out of descriptors");
    const QString address = peerText(endpoint.address, endpoint.port);
    return Error{"listen-failed", what + u' ' + address + QStringLiteral(": ") + why};
}

} // namespace reveille
