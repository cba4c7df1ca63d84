// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/smpp.h"

#include <QDeadlineTimer>
#include <QTcpSocket>

#include <memory>

namespace reveille {

/// The TCP or TLS connection below an SmppLink: PDUs out, whole PDUs in, each side's unread octets bounded. Says nothing by
/// itself but the unbind at the end. Server thread.
class SmppConnection : public QObject {
    Q_OBJECT
public:
    struct Place {
        QString host;
        quint16 port = 2775;
        bool tls = false;
        QString tlsCaFile; ///< PEM; empty: the system's authorities
        bool tlsVerify = true;
    };
    explicit SmppConnection(Place place, QObject *parent = nullptr);
    /// Waits for what leave() began, no longer than it may still take.
    ~SmppConnection() override;

    void open();
    /// Ends it at once; neither that nor anything read before is told any more.
    void abort();
    void write(const SmppPdu &pdu);
    /// Hands what was written to the system, as far as it takes it.
    void flush();
    /// Sends an unbind and does not wait; from here on nothing but its response is heard. At most 300 ms from now the
    /// destructor waits for that, for closing on an SMSC that is still talking could cost it the unbind.
    void leave(quint32 sequence);

    /// "192.0.2.1:2775", "[2001:db8::1]:2775"
    QString peer() const;

Q_SIGNALS:
    void opened();
    /// It is gone, or never came to be. Code "connection-refused", "name-not-found", "tls-failed", "link-lost", or
    /// "smsc-protocol" when the octets are no PDUs.
    void failed(const QByteArray &code, const QString &detail);
    void pduRead(QByteArrayView octets);
    /// Everything that was there has been read.
    void drained();

private:
    void read();
    bool handOver(const QByteArray &octets, qsizetype *used);
    void hearFarewell(QByteArrayView octets);
    void tellError(QAbstractSocket::SocketError error);

    Place m_place;
    std::unique_ptr<QTcpSocket> m_socket; ///< a QSslSocket where there is TLS
    QByteArray m_buffer;                  ///< the start of a PDU
    quint32 m_life = 0;                   ///< counts what open() and abort() begin and end
    QDeadlineTimer m_leaveUntil;
    quint32 m_unbind = 0;                 ///< sequence number of the unbind; 0 = none
    bool m_isFarewell = false;            ///< its response has come
};

} // namespace reveille
