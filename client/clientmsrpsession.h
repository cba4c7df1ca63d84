// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushinbox.h"
#include "wire/msrpparser.h"
#include "wire/sdp.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <map>

namespace reveille {

/// A device's end of one MSRP session (RFC 4975): connects, binds by an empty SEND, puts the chunks of each message
/// together and answers them, hands complete messages to the inbox and reports success where asked. Lives in its
/// client's thread.
class ClientMsrpSession : public QObject {
    Q_OBJECT
public:
    /// `maxMessage`: octets of all messages under way together.
    ClientMsrpSession(PushInbox &inbox, bool secure, const QHostAddress &local, qint64 maxMessage, QObject *parent = nullptr);

    /// What the server is told in SDP.
    SdpMsrp description() const;
    /// Connects to `remote`, which is at `address`.
    void start(const SdpMsrp &remote, const QHostAddress &address);
    bool isStarted() const { return m_socket != nullptr; }
    void close();

    static constexpr int maxMessages = 8; ///< under way side by side

Q_SIGNALS:
    void opened();
    /// It is answered once this returns.
    void pushReceived(const reveille::ReceivedPush &push);
    /// "closed", "connect-failed", "malformed", "fingerprint". Not after close().
    void lost(const QByteArray &reason);

private:
    struct Message {
        QByteArray body;
        bool refused = false;
    };
    void read();
    void takeEnd(MsrpEnd end);
    int takeChunk(MsrpEnd end);
    void hangUp();
    void complete(const QByteArray &body);
    void send(const QByteArray &octets);
    void answer(int status);
    void lose(const QByteArray &reason);
    qint64 held() const;

    PushInbox &m_inbox;
    MsrpUri m_uri;
    qint64 m_maxMessage;
    SdpMsrp m_remote;
    QTcpSocket *m_socket = nullptr;
    QTimer m_connecting;
    MsrpParser m_parser;
    MsrpHead m_head;      ///< of the message under way
    QByteArray m_chunk;   ///< its content
    bool m_overflow = false;
    std::map<QByteArray, Message> m_messages; ///< by Message-ID
    bool m_isOver = false;
    bool m_isTelling = false; ///< of a push, which is answered even where it is closed meanwhile
};

} // namespace reveille
