// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commandlines.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace reveille {
namespace {

// A signal handler can reach nothing but objects of static storage.
std::array<int, 2> signalPipe{-1, -1};

void noteSignal(int)
{
    const char octet = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &octet, 1);
}

} // namespace

void printLine(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

CommandLines::CommandLines(int from, qsizetype longest, QObject *parent)
    : QObject(parent)
    , m_longest(longest)
    , m_lines(from, QSocketNotifier::Read)
{
    connect(&m_lines, &QSocketNotifier::activated, this, &CommandLines::read);
    if (::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
        m_signals = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
        connect(m_signals.get(), &QSocketNotifier::activated, this, &CommandLines::readSignal);
        std::signal(SIGTERM, noteSignal);
        std::signal(SIGINT, noteSignal);
    }
}

CommandLines::~CommandLines()
{
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    m_signals.reset();
    for (int &end : signalPipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

void CommandLines::read()
{
    std::array<char, 4096> buffer;
    const ssize_t got = ::read(int(m_lines.socket()), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        m_lines.setEnabled(false);
        const QByteArray last = std::exchange(m_pending, {}).trimmed();
        if (!last.isEmpty() && !m_skipping)
            Q_EMIT lineRead(last);
        return;
    }
    m_pending.append(buffer.data(), got);
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        const QByteArray line = m_pending.left(end).trimmed();
        m_pending.remove(0, end + 1);
        if (std::exchange(m_skipping, false))
            continue;
        if (line.size() > m_longest)
            Q_EMIT lineTooLong();
        else if (!line.isEmpty())
            Q_EMIT lineRead(line);
    }
    if (m_pending.size() > m_longest) {
        m_pending.clear();
        if (!std::exchange(m_skipping, true))
            Q_EMIT lineTooLong();
    }
}

void CommandLines::readSignal()
{
    std::array<char, 16> octets;
    if (::read(signalPipe[0], octets.data(), octets.size()) > 0)
        Q_EMIT endAsked();
}

} // namespace reveille
