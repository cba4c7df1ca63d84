// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientconsole.h"

#include "client/pushclient.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

// A signal handler can reach nothing but objects of static storage.
std::array<int, 2> signalPipe{-1, -1};

void noteSignal(int)
{
    const char octet = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &octet, 1);
}

void print(const ClientEvent &event)
{
    const QByteArray line = toJsonLine(event) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

} // namespace

ClientConsole::ClientConsole(PushClient &client, int commandsFrom, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_commands(commandsFrom, QSocketNotifier::Read)
{
    connect(&m_client, &PushClient::happened, this, &print);
    connect(&m_commands, &QSocketNotifier::activated, this, &ClientConsole::readCommands);
    if (::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
        m_signals = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
        connect(m_signals.get(), &QSocketNotifier::activated, this, &ClientConsole::readSignal);
        std::signal(SIGTERM, noteSignal);
        std::signal(SIGINT, noteSignal);
    }
}

ClientConsole::~ClientConsole()
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

bool ClientConsole::obey(const QString &line)
{
    const QStringList words = line.simplified().split(u' ');
    const QString &command = words.first();
    if (command == "refuse"_L1) {
        bool ok = false;
        const int status = words.value(1).toInt(&ok);
        if (!ok || (status != 0 && (status < 300 || status > 699)))
            return false;
        m_client.refuse(status);
    } else if (words.size() != 1) {
        return false;
    } else if (command == "silent"_L1) {
        m_client.goSilent();
    } else if (command == "answer"_L1) {
        m_client.comeBack();
    } else if (command == "drop"_L1) {
        m_client.closeFlow();
    } else if (command == "register"_L1) {
        m_client.registerNow();
    } else if (command == "unregister"_L1) {
        m_client.unregister();
    } else if (command == "deaf"_L1 || command == "hear"_L1) {
        m_client.setDeaf(command == "deaf"_L1);
    } else if (command == "quit"_L1) {
        m_client.stop(true);
    } else {
        return false;
    }
    return true;
}

void ClientConsole::readCommands()
{
    std::array<char, 4096> buffer;
    const ssize_t got = ::read(int(m_commands.socket()), buffer.data(), buffer.size());
    if (got <= 0) {
        m_commands.setEnabled(false);
        return;
    }
    m_pending.append(buffer.data(), got);
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        const QString line = QString::fromUtf8(m_pending.left(end)).trimmed();
        m_pending.remove(0, end + 1);
        if (!line.isEmpty() && !obey(line))
            std::fprintf(stderr, "reveille-client: unknown command: %s\n", qUtf8Printable(line.left(80)));
    }
    if (m_pending.size() > maxLine)
        m_pending.clear();
}

void ClientConsole::readSignal()
{
    std::array<char, 16> octets;
    if (::read(signalPipe[0], octets.data(), octets.size()) > 0)
        m_client.stop(true);
}

} // namespace reveille
