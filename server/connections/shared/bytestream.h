// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

class QTcpSocket;

namespace reveille {

class TcpWatch;

/// One TCP connection as bytes both ways, with or without TLS. Server thread.
class ByteStream : public QObject
{
    Q_OBJECT
public:
    enum class Ending : quint8 {
        ByPeer,   ///< the peer closed it
        Reset,    ///< the peer, or a firewall, tore it down
        TimedOut, ///< nothing was acknowledged for too long (TCP_USER_TIMEOUT, keep-alive)
        Failed,   ///< anything else, a broken TLS record among it
    };

    /// Sent now or as soon as the peer reads. False once it has ended or is closing.
    virtual bool write(const QByteArray &bytes) = 0;
    virtual qint64 unsent() const = 0;
    /// Sends what is waiting, then closes. Nothing is told any more.
    virtual void closeGently() = 0;
    /// Closes now. Nothing is told any more.
    virtual void abort() = 0;
    QHostAddress peerAddress() const { return m_peerAddress; }
    quint16 peerPort() const { return m_peerPort; }

    static constexpr qint64 readAtOnce = 64 * 1024; ///< octets, before the event loop gets its turn

Q_SIGNALS:
    void received(const QByteArray &bytes);
    /// Once, and then nothing more.
    void ended(reveille::ByteStream::Ending ending);

protected:
    using QObject::QObject;
    QHostAddress m_peerAddress;
    quint16 m_peerPort = 0;
};

/// A plain connection straight on its descriptor: no buffers while idle, one system call to read and one to write, and
/// the kernel's own word for how it ended.
class PlainStream final : public ByteStream
{
    Q_OBJECT
public:
    /// Takes the connected descriptor over.
    explicit PlainStream(int descriptor, QObject *parent = nullptr);
    ~PlainStream() override;
    bool write(const QByteArray &bytes) override;
    qint64 unsent() const override { return m_unsent.size(); }
    void closeGently() override;
    void abort() override;

private:
    void read();
    void flush();
    void end(int error);

    int m_descriptor;
    QSocketNotifier m_readable;
    std::unique_ptr<QSocketNotifier> m_writable; ///< only while something is unsent
    QByteArray m_unsent;
    bool m_isClosing = false;
};

/// A connection that is a Qt socket, for TLS.
class SocketStream final : public ByteStream
{
    Q_OBJECT
public:
    /// Takes the connected socket over.
    explicit SocketStream(QTcpSocket *socket, QObject *parent = nullptr);
    ~SocketStream() override;
    bool write(const QByteArray &bytes) override;
    qint64 unsent() const override;
    void closeGently() override;
    void abort() override;

private:
    void end(Ending ending);

    QTcpSocket *m_socket;
    std::unique_ptr<TcpWatch> m_watch;
    bool m_isOver = false;
};

} // namespace reveille
