// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/bytestream.h"
#include "connections/sip/sipflow.h"
#include "engine/clock.h"
#include "engine/limitlog.h"
#include "wire/sipframer.h"

#include <QObject>

namespace reveille {

/// What all streams say to the log.
struct SipStreamLogs {
    SipStreamLogs();
    LimitLog maxWriteBuffer;
    LogGate notUnderstood;
};

/// One TCP or TLS connection: bytes in, messages out, bounded both ways. Server thread.
class SipStream : public QObject {
    Q_OBJECT
public:
    /// Takes the connection over.
    SipStream(ByteStream *bytes, SipTransport transport, quint64 number, qint64 maxWriteBuffer, SipStreamLogs &logs,
              QObject *parent);

    const SipFlow &flow() const { return m_flow; }
    /// False when it is closing, or the peer reads too slowly; it is closed in that case.
    bool send(const QByteArray &bytes);
    /// Tells nobody.
    void abort();
    /// Sends what is waiting, then closes.
    void closeGently();
    bool isPartial() const { return m_framer.buffered() > 0; } ///< in the middle of a message
    bool hasSpoken() const { return m_hasSpoken; }             ///< a whole message has come

    // Kept by the transport:
    Milliseconds lastHeard{0};     ///< monotonic, last whole message or ping
    Milliseconds partialSince{-1}; ///< lastHeard at the check that found it in the middle of a message
    TimerId timer = 0;

Q_SIGNALS:
    void messageReceived(const QByteArray &bytes);
    void pingReceived();
    /// The peer closed it (reset = false), it broke, or what came cannot be framed.
    void closed(bool reset);

private:
    void take(const QByteArray &bytes);
    void end(bool reset);

    ByteStream *m_bytes;
    SipFlow m_flow;
    SipFramer m_framer{SipFramer::Role::Server};
    qint64 m_maxWriteBuffer;
    SipStreamLogs &m_logs;
    bool m_hasSpoken = false;
    bool m_ended = false;
};

} // namespace reveille
