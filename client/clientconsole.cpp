// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientconsole.h"

#include "client/pushclient.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace reveille {

ClientConsole::ClientConsole(PushClient &client, int commandsFrom, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_commands(commandsFrom, maxLine)
{
    const auto refuse = [](const QByteArray &line) {
        std::fprintf(stderr, "reveille-client: unknown command: %s\n", line.left(80).constData());
    };
    connect(&m_client, &PushClient::happened, this,
            [](const ClientEvent &event) { printLine(toJsonLine(event)); });
    connect(&m_commands, &CommandLines::lineRead, this, [this, refuse](const QByteArray &line) {
        if (!obey(QString::fromUtf8(line)))
            refuse(line);
    });
    connect(&m_commands, &CommandLines::lineTooLong, this, [refuse] { refuse("(too long)"); });
    connect(&m_commands, &CommandLines::endAsked, this, [this] { m_client.stop(true); });
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
    } else if (command == "allow"_L1 || command == "deny"_L1) {
        return words.size() == 2 && m_client.decide(words.at(1), command == "allow"_L1);
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

} // namespace reveille
