// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/push.h"

#include <functional>

namespace reveille {

/// Content on its way to one device.
struct PushMessage {
    PushId push;
    DeviceId device;
    QString session;          ///< the application instance it is for; empty where any of the device may have it
    QString application;
    QString contentType;
    QString contentEncoding;  ///< coding of the body that the device undoes; empty: none
    QByteArray body;
    bool confirm = false;     ///< the device is asked to say when its application has it
};

/// What became of a PushMessage or a probe.
struct SendOutcome {
    enum class Kind : quint8 {
        Delivered,  ///< the device took it
        Refused,    ///< the device said no; do not try again
        Busy,       ///< the device said later; try again, the path works
        Unanswered, ///< nothing came back; the path may be closed
        Broken,     ///< the path is gone
    };
    Kind kind = Kind::Broken;
    QByteArray code;          ///< "200", "486", "timeout", "reset"; begins with a digit only where the device answered
    QByteArray bytes;         ///< what was put on the wire, without credentials; for the journal
    QString request{};        ///< what was sent, in its protocol's own word: "MESSAGE", "SEND", "POST", "OPTIONS", "ping"
};

/// Facts about a live path, as shown.
struct ConnectionFacts {
    QString kind;       ///< "sip", "ota_http", "datagram"
    QString transport;  ///< "udp", "tcp", "tls", "dtls"
    QString peer;       ///< "203.0.113.7:4012"
    QString local;      ///< "127.0.0.1:5060"
    QString address;    ///< how the device is addressed over it: the Contact URI, "coap://10.0.0.7:5683"
    QString session{};  ///< the one application instance that is at the other end; empty: any application of the device
    QString application{}; ///< which application that instance is of; empty where not told
    friend bool operator==(const ConnectionFacts &, const ConnectionFacts &) = default;
};

/// Which of a device's paths will do. A path that belongs to one application instance (ConnectionFacts::session) serves
/// only what is meant for that session, for its application, or for any.
struct PathWish {
    QString session;     ///< this instance and no other; empty: any
    QString application; ///< empty: any
    bool isMetBy(const ConnectionFacts &facts) const
    {
        if (!session.isEmpty())
            return facts.session == session;
        return application.isEmpty() || facts.application.isEmpty() || facts.application == application;
    }
};

enum class CloseReason : quint8 { Deregistered, Replaced, ServerStopping, Lost };

/// One live path to one device. Owned by the Registry. Server thread.
///
/// The protocol behind it reports what it hears through Registry::observe; a Connection never calls back after
/// close() returned, and drops unanswered callbacks with outcome Broken before that.
class Connection
{
public:
    virtual ~Connection() = default;
    virtual ConnectionFacts facts() const = 0;
    /// Sends and answers exactly once, later, never from within send().
    virtual void send(const PushMessage &message, std::function<void(SendOutcome)> done) = 0;
    /// Asks the device whether it is there (SIP: OPTIONS). Answers exactly once, later.
    virtual void probe(std::function<void(SendOutcome)> done) = 0;
    virtual void close(CloseReason reason) = 0;
    /// Nothing is under way over it, so it may be put away and made anew later (Registry::setProtocol).
    virtual bool isIdle() const { return true; }
};

} // namespace reveille
