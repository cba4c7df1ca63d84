// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSocketNotifier>
#include <QStringList>

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace reveille {

/// A GSM modem at the other end of a pseudo-terminal (3GPP 27.007 and 27.005): echoes, answers OK or what a test says,
/// and keeps the PDUs of the messages it was given.
class FakeModem : public QObject {
public:
    FakeModem()
        : m_master(posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_master < 0 || grantpt(m_master) != 0 || unlockpt(m_master) != 0)
            qFatal("no pseudo-terminal");
        device = QString::fromLocal8Bit(ptsname(m_master));
        m_slave = open(ptsname(m_master), O_RDWR | O_NOCTTY); // kept, so that the modem outlives who uses it
        termios raw = {};
        tcgetattr(m_slave, &raw);
        cfmakeraw(&raw);
        tcsetattr(m_slave, TCSANOW, &raw);
        m_notifier = new QSocketNotifier(m_master, QSocketNotifier::Read, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &FakeModem::readSome);
    }
    ~FakeModem() override { unplug(); }
    /// As if the cable was pulled.
    void unplug()
    {
        delete std::exchange(m_notifier, nullptr);
        for (int *end : {&m_slave, &m_master}) {
            if (*end >= 0)
                close(std::exchange(*end, -1));
        }
    }

    QString device;
    QStringList commands;
    QByteArrayList pdus;
    QByteArray sendAnswer = "+CMGS: 7\r\n\r\nOK"; ///< to a message; empty: none
    QHash<QString, QByteArray> answers{
        {QStringLiteral("AT+CGMI"), "Testmodem"},
        {QStringLiteral("AT+CGMM"), "T1"},
        {QStringLiteral("AT+CSCS?"), "+CSCS: \"GSM\""},
        {QStringLiteral("AT+CSCS=?"), "+CSCS: (\"GSM\",\"UCS2\")"},
        {QStringLiteral("AT+CMGF=?"), "+CMGF: (0,1)"},
        {QStringLiteral("AT+CSCA?"), "+CSCA: \"+491710760000\",145"},
        {QStringLiteral("AT+CPIN?"), "+CPIN: READY"},
        {QStringLiteral("AT+CSQ"), "+CSQ: 20,99"},
        {QStringLiteral("AT+CGATT?"), "+CGATT: 1"},
        {QStringLiteral("AT+COPS?"), "+COPS: 0,2,\"26201\""},
        {QStringLiteral("AT+CREG?"), "+CREG: 2,1,\"1A2B\",\"3C4D\""},
    };

private:
    void readSome()
    {
        char octets[1024];
        const ssize_t count = read(m_master, octets, sizeof octets);
        if (count <= 0)
            return;
        m_input.append(octets, count);
        m_input.replace('\x1b', "");
        for (;;) {
            const qsizetype end = m_input.indexOf(m_isPdu ? '\x1a' : '\r');
            if (end < 0)
                return;
            const QByteArray line = m_input.left(end).trimmed();
            m_input.remove(0, end + 1);
            take(line);
        }
    }
    void take(const QByteArray &line)
    {
        if (m_isPdu) {
            m_isPdu = false;
            pdus.append(line);
            if (!sendAnswer.isEmpty())
                say("\r\n" + sendAnswer + "\r\n");
            return;
        }
        const QString command = QString::fromLatin1(line);
        commands.append(command);
        say(line + '\r');
        m_isPdu = line.startsWith("AT+CMGS=");
        if (m_isPdu)
            return say("\r\n> ");
        const QByteArray answer = answers.value(command);
        say(answer.isEmpty() ? "\r\nOK\r\n" : "\r\n" + answer + "\r\n\r\nOK\r\n");
    }
    void say(const QByteArray &octets)
    {
        if (write(m_master, octets.constData(), size_t(octets.size())) != octets.size())
            qWarning("the modem cannot be read from");
    }

    int m_master;
    int m_slave = -1;
    QSocketNotifier *m_notifier = nullptr;
    QByteArray m_input;
    bool m_isPdu = false;
};

} // namespace reveille
