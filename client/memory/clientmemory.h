// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/decision/sirmemory.h"
#include "domain/deviceid.h"
#include "domain/publicuserid.h"

#include <QMap>
#include <QStringList>
#include <QVector>

namespace reveille {

/// What one link has to know to go on after a restart as if there had been none.
struct LinkMemory {
    QByteArray callId; ///< SIP: of its REGISTERs (RFC 3261 section 10.2), with the tag of their From
    QByteArray tag;
    quint32 cseq = 0; ///< none above it was used

    /// CoAP: a registration that the server granted.
    struct Registration {
        QString session;
        QByteArray location; ///< "rd/KEY"
        quint16 port = 0;    ///< client port named with it
        Timestamp until;
        friend bool operator==(const Registration &, const Registration &) = default;
    };
    QVector<Registration> registrations;
    friend bool operator==(const LinkMemory &, const LinkMemory &) = default;
};

/// What a device keeps over its restarts, so that nothing is taken or obeyed twice and the server sees the same device
/// (requirement R6). Any thread.
struct ClientMemory {
    PublicUserId user; ///< whose it is, with `device`
    DeviceId device;
    QString server; ///< of the registrations: "sip tcp 192.0.2.1:5060"
    QString gruu;
    QString realm;             ///< that the server asked for the password in; SIRs are signed with it
    Milliseconds keepAlive{0}; ///< handed out by the server; 0 = none
    QVector<LinkMemory> links; ///< by flow
    QMap<QString, quint16> ports; ///< where it listened, by name of the application; empty: the device itself
    QVector<QByteArray> pushes; ///< those taken, oldest first, as PushInbox::known()
    QVector<QByteArray> datagramPushes; ///< those that came by datagram, which proves nothing
    std::deque<SirMemory::Seen> sirs;
    Timestamp sirsForgottenUntil;
    QStringList activated; ///< dormant applications that a SIR has activated

    static constexpr int version = 1;
    static constexpr qsizetype largest = 512 * 1024; ///< octets of a file
    static constexpr quint32 highestCseq = 2'000'000'000;
    friend bool operator==(const ClientMemory &, const ClientMemory &) = default;
};

/// Versioned JSON, which clientMemoryFromJson() takes, whatever a server has said: what it would refuse is left out or cut, and all
/// registrations where the file would be too large with them. Only user and device are the caller's to check.
QByteArray toJson(const ClientMemory &memory);
/// Strict. Errors: state-too-large, state-version (about: the version found), those of json.h and of the values.
Result<ClientMemory> clientMemoryFromJson(const QByteArray &octets);

} // namespace reveille
