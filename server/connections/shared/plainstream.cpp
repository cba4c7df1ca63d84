// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/bytestream.h"

#include <QPointer>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace reveille {

namespace {

void prepare(int descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

PlainStream::PlainStream(int descriptor, QObject *parent)
    : ByteStream(parent), m_descriptor(descriptor), m_readable(descriptor, QSocketNotifier::Read)
{
    prepare(descriptor);
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    void *raw = &peer;
    if (::getpeername(descriptor, static_cast<sockaddr *>(raw), &length) == 0) {
        m_peerAddress.setAddress(static_cast<sockaddr *>(raw));
        m_peerPort = ntohs(peer.ss_family == AF_INET6 ? static_cast<sockaddr_in6 *>(raw)->sin6_port
                                                      : static_cast<sockaddr_in *>(raw)->sin_port);
    }
    connect(&m_readable, &QSocketNotifier::activated, this, &PlainStream::read);
}

PlainStream::~PlainStream()
{
    abort();
}

bool PlainStream::write(const QByteArray &bytes)
{
    if (m_descriptor < 0 || m_isClosing)
        return false;
    qsizetype sent = 0;
    if (m_unsent.isEmpty()) {
        const ssize_t count = ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && !wouldBlock(errno)) {
            // The caller may be in the middle of something that ends with this stream.
            const int error = errno;
            QMetaObject::invokeMethod(this, [this, error] { end(error); }, Qt::QueuedConnection);
            return false;
        }
        sent = std::max<ssize_t>(count, 0);
    }
    if (sent < bytes.size()) {
        m_unsent.append(bytes.constData() + sent, bytes.size() - sent);
        if (!m_writable) {
            m_writable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
            connect(m_writable.get(), &QSocketNotifier::activated, this, &PlainStream::flush);
        }
    }
    return true;
}

void PlainStream::flush()
{
    const ssize_t count = ::send(m_descriptor, m_unsent.constData(), size_t(m_unsent.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0)
        return wouldBlock(errno) ? void() : end(errno);
    m_unsent.remove(0, count);
    if (!m_unsent.isEmpty())
        return;
    m_unsent.clear();
    m_writable->setEnabled(false);
    m_writable.release()->deleteLater(); // it is telling us this
    if (m_isClosing)
        abort();
}

void PlainStream::read()
{
    static thread_local std::array<char, readAtOnce> buffer;
    const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0)
        Q_EMIT received(QByteArray(buffer.data(), count));
    else if (count == 0)
        end(0);
    else if (!wouldBlock(errno))
        end(errno);
}

void PlainStream::closeGently()
{
    m_isClosing = true;
    m_readable.setEnabled(false);
    if (m_unsent.isEmpty())
        abort();
}

void PlainStream::abort()
{
    if (m_descriptor < 0)
        return;
    m_readable.setEnabled(false);
    if (m_writable) {
        m_writable->setEnabled(false);
        m_writable.release()->deleteLater();
    }
    ::close(m_descriptor);
    m_descriptor = -1;
}

void PlainStream::end(int error)
{
    if (m_descriptor < 0)
        return;
    const bool told = !m_isClosing;
    abort();
    if (!told)
        return;
    switch (error) {
    case 0:
        Q_EMIT ended(Ending::ByPeer);
        break;
    case ECONNRESET:
    case EPIPE:
        Q_EMIT ended(Ending::Reset);
        break;
    case ETIMEDOUT:
        Q_EMIT ended(Ending::TimedOut);
        break;
    default:
        Q_EMIT ended(Ending::Failed);
        break;
    }
}

} // namespace reveille
