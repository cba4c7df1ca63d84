// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipclienttransactions.h"
#include "connections/sip/siptransports.h"
#include "engine/bearer.h"
#include "engine/registry.h"
#include "wire/sipgruu.h"

#include <QObject>

namespace reveille {

/// Where a wake-up over SIP goes.
struct SipWakeTarget {
    SipFlow flow;
    QByteArray requestUri;
    QByteArray to;
    QByteArrayList path;     ///< the Route of a device behind an edge proxy
    ConnectionId connection; ///< not set where the flow is that of a core
};

/// Sends wake-ups as MESSAGE (RFC 3428) with a body of application/vnd.wap.sia: through a SIP core, or over the live
/// flow of a registered device. Retransmissions and timer F are those of the client transactions. Server thread.
class SipWakeSender : public QObject {
    Q_OBJECT
public:
    /// What it works with; all of it outlives it.
    struct Ground {
        const SipSettings &settings;
        Clock &clock;
        SipTransports &transports;
        SipClientTransactions &client;
        const SipGruu &gruu;
        Registry &registry;
    };
    explicit SipWakeSender(const Ground &ground);

    /// The live flow of the device that this GRUU names, which is one of `user`. Errors: address-not-sip,
    /// gruu-unknown, gruu-of-other-user, flow-missing.
    Result<SipWakeTarget> overFlow(const WakeMessage &message) const;
    /// To the address of the route. With IdentityPlacement::Header an address of record becomes the GRUU of the
    /// device meant (RFC 5627 section 4.1).
    SipWakeTarget throughCore(const SipFlow &core, const WakeMessage &message) const;

    /// Who we are to a core that asks.
    struct Login {
        QByteArray user; ///< empty = nobody
        QByteArray password;
    };

    /// What message() sends first. The same for the same message as long as the server runs. With
    /// IdentityPlacement::HeaderValue the device meant stands in Accept-Contact (RFC 3841), with Header over a flow
    /// in X-Reveille-Device.
    QByteArray octets(const SipWakeTarget &target, const WakeMessage &message) const;
    /// A challenge (401, 407) is answered with `login` by Digest, the strongest algorithm we know, once more where the nonce was
    /// stale. `done` is called once, later; its code too-large where the octets do not fit into a datagram.
    void message(const SipWakeTarget &target, const WakeMessage &message, const Login &login,
                 std::function<void(SipClientAnswer)> done);
    /// Asks a core whether it is there: OPTIONS.
    void options(const SipFlow &core, std::function<void(SipClientAnswer)> done);
    /// A flow to the core: over UDP at once, over TCP once the connection stands. Errors connection-refused,
    /// connection-failed. `done` is called once, later.
    void reach(SipTransport transport, const QHostAddress &address, quint16 port,
               std::function<void(Result<SipFlow>)> done);

private:
    struct Attempt {
        int number = 1;           ///< also the CSeq
        QByteArray header, value; ///< Authorization or Proxy-Authorization; empty without
    };
    QByteArray octets(const SipWakeTarget &target, const WakeMessage &message, const Attempt &attempt) const;
    QByteArray branchOf(const WakeMessage &message, const Attempt &attempt) const;
    void send(const SipWakeTarget &target, const WakeMessage &message, const Login &login, const Attempt &attempt,
              const std::function<void(SipClientAnswer)> &done);
    QByteArray label(const WakeMessage &message, const char *use) const;

    Ground m;
    QByteArray m_key; ///< makes labels of this run
};

} // namespace reveille
