// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"
#include "wire/sipmessage.h"

#include <QByteArrayList>

namespace reveille {

/// One contact of one user (RFC 3261 section 10.3) and what is needed to judge its next REGISTER. Any thread.
struct SipBinding {
    QByteArray uri;    ///< Contact URI as it came
    QByteArray uriKey; ///< what is compared of it (section 19.1.4)
    QByteArray callId;
    quint32 cseq = 0;
    DeviceId instance; ///< of +sip.instance; empty where it has none that can be read
    quint32 regId = 0; ///< RFC 5626, 0 where outbound is not in use
    int q = 1000;
    QByteArray features;         ///< further Contact parameters, ";name=value…", given back in answers
    int flowTimer = 0;           ///< seconds between keep-alives the device was told; 0 = it was told nothing
    QByteArrayList path;         ///< RFC 3327, of a trusted edge proxy
    bool takesCpim = false;      ///< its REGISTER said Accept: message/cpim (RFC 3862)
    quint64 temporarySerial = 0; ///< of the newest temporary GRUU
    Timestamp until;

    DeviceId device; ///< the engine's name for it
    QString flowKey; ///< "sip/1": key of the connection within the device
    SipFlow flow;
    ConnectionId connection;

    /// Call-ID, CSeq and the rest: StoredBinding::state. Compact (CBOR).
    QByteArray state() const;
    /// Whether state() made it. Leaves alone what StoredBinding has members for.
    bool setState(const QByteArray &state);

    static QByteArray keyOf(const SipUri &uri);
    /// Parameters of a Contact that are nobody's in particular, for `features`; at most 512 octets.
    static QByteArray featuresOf(const SipContact &contact);
};

} // namespace reveille
