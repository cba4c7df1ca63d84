// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// Cuts a TCP or TLS stream into SIP messages and keep-alives (RFC 3261 section 18.3, RFC 5626
/// section 4.4.1). Holds at most one message of SipLimit::message octets plus what the last append() brought.
/// No socket, no clock; one thread at a time.
class SipFramer {
public:
    /// Server: CR LF CR LF is a ping to be answered with CR LF, a single CR LF is padding. Client: every CR
    /// LF is a pong.
    enum class Role : quint8 { Server, Client };
    enum class Event : quint8 { Incomplete, Message, Ping, Pong, Failed };

    struct Item {
        Event event = Event::Incomplete;
        QByteArray bytes; ///< of a Message: exactly one
        Error error;      ///< of Failed
    };

    explicit SipFramer(Role role)
        : m_role(role)
    {
    }

    void append(QByteArrayView octets);
    /// Next piece; call until Incomplete. After Failed the stream cannot be read further: close it. Errors:
    /// sip-frame-headers (no end of headers within the limit), sip-frame-content-length (missing, repeated
    /// with another value, not a number), sip-frame-too-long, sip-frame-not-sip.
    Item next();
    qsizetype buffered() const { return m_buffer.size() - m_begin; }

private:
    Item fail(const char *code);

    Role m_role;
    QByteArray m_buffer;
    qsizetype m_begin = 0;   ///< first octet not handed out
    qsizetype m_scanned = 0; ///< end of headers is not before here
    qsizetype m_total = 0;   ///< length of the message whose headers are complete, 0 = not known yet
    bool m_failed = false;
};

} // namespace reveille
