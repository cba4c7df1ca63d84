// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/publicuserid.h"
#include "wire/sipmessage.h"

#include <QHostAddress>
#include <QStringList>

namespace reveille {

/// What a device says where it registers over SIP (RFC 3261 section 10.2, RFC 5626, RFC 5627, RFC 8599). Plain values, any
/// thread.
struct SipRegistration {
    PublicUserId user;
    DeviceId device;
    QString name; ///< of the device, may be empty
    QByteArray registrar; ///< Request-URI
    QHostAddress address; ///< of the path, as the device sees it
    quint16 port = 0;
    QByteArray transport{"udp"}; ///< "udp", "tcp", "tls"
    int regId = 0;               ///< 0 = none
    bool gruu = true;
    QStringList applications; ///< that it has, may be empty

    QByteArray wakeBearer;  ///< RFC 8599; empty: no wake route is named
    QByteArray wakeAddress; ///< not escaped
    quint16 wakePort = 0;   ///< 0: none is named

    QByteArray callId, tag, branch;
    quint32 cseq = 1;
    int expires = 0; ///< seconds; 0 removes
    std::pair<QByteArray, QByteArray> credentials; ///< name and value of a header; no name: none

    QByteArray contact() const; ///< of the header
    QByteArray bytes() const;   ///< of the request
};

/// The contact of this device in a 2xx; nothing where there is none. `regId` 0: any.
const SipContact *ownContact(const SipMessage &response, const DeviceId &device, int regId);

} // namespace reveille
