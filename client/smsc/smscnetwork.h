// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/simulation/simulationrandom.h"
#include "client/simulation/simulationtimers.h"
#include "client/smsc/smscmessage.h"
#include "wire/smsassembler.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QUdpSocket>

#include <map>

namespace reveille {

/// The mobile network behind the simulated SMSC: takes accepted messages to terminals after a while, or does
/// not. Parts are put together, the user data header is taken off, and the terminal gets what is left as a
/// UDP datagram. For a terminal that is not reachable messages wait until it is or their validity ends; a
/// USSD string does not wait. Thread of the simulation.
class SmscNetwork : public QObject {
    Q_OBJECT
public:
    SmscNetwork(const SmscSettings &settings, quint64 seed, const SimulationClock &clock,
                SimulationTimers &timers, QObject *parent = nullptr);
    ~SmscNetwork() override;

    void change(const SmscSettings &settings);

    bool knows(const QString &msisdn) const { return m_terminals.contains(msisdn); }
    /// Replaces one with the same number; what waits for it is delivered if it is reachable. False at
    /// maxTerminals.
    bool setTerminal(const SmscTerminal &terminal);
    /// False where there is none. What waits for it becomes undeliverable.
    bool removeTerminal(const QString &msisdn);
    QVector<SmscTerminal> terminals() const; ///< by number

    /// Ends with ended() or vanished(), later.
    void take(const SmscMessage &message);

Q_SIGNALS:
    /// `error`: GSM cause, 0 where it was delivered.
    void ended(const reveille::SmscMessage &message, reveille::SmppMessageState state, int error);
    /// Lost; nobody will hear of it.
    void vanished(const reveille::SmscMessage &message);
    void happened(const reveille::ClientEvent &event);

private:
    struct Waiting {
        SmscMessage message;
        SimulationTimers::Id expiry = 0;
    };

    void arrive(const SmscMessage &message);
    void arriveUssd(const SmscMessage &message);
    void wait(const SmscMessage &message);
    void expire(quint64 id);
    void hand(const SmscMessage &message, const SmscTerminal &terminal);
    bool send(const SmscMessage &message, const SmscTerminal &terminal, const QByteArray &octets,
              std::optional<quint16> port);
    QVector<SmscMessage> takeWaiting(const QString &msisdn);
    QString named(const SmscMessage &message) const; ///< as the response writes the id
    void tell(const char *code, QJsonObject fields);

    SmscSettings m_settings;
    SimulationRandom m_random;
    const SimulationClock &m_clock;
    SimulationTimers &m_timers;
    QHash<QString, SmscTerminal> m_terminals;
    std::map<quint64, Waiting> m_waiting; ///< by message
    QSet<QString> m_dialogues;            ///< numbers with a USSD dialogue
    SmsAssembler m_assembler;
    QUdpSocket m_socket;
};

} // namespace reveille
