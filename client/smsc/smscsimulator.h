// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/smsc/smsccounters.h"
#include "client/smsc/smscnetwork.h"
#include "client/smsc/smscoutbox.h"

#include <QTcpServer>

#include <functional>

namespace reveille {

/// An SMSC with terminals behind it: a server of SMPP 3.4 that takes binds of all three kinds, submits SMS
/// and USSD strings to simulated phones, sends receipts, and misbehaves as it is told. Needs no rights and no
/// phone. Lives in the thread that made it.
class SmscSimulator : public QObject {
    Q_OBJECT
public:
    SmscSimulator(const SmscSettings &settings, quint64 seed, const SimulationClock &clock,
                  SimulationTimers &timers, QObject *parent = nullptr);
    ~SmscSimulator() override;

    /// Port 0: any free one. Error listen-failed (about = the endpoint and why).
    Result<Done> listen(const SimulationEndpoint &at);
    SimulationEndpoint address() const;

    const SmscSettings &settings() const { return m_settings; }
    void change(const SmscSettings &settings);
    /// False at maxTerminals.
    bool setTerminal(const SmscTerminal &terminal) { return m_network.setTerminal(terminal); }
    bool removeTerminal(const QString &msisdn) { return m_network.removeTerminal(msisdn); }
    QVector<SmscTerminal> terminals() const { return m_network.terminals(); }

    void dropAll();   ///< every connection, without a word
    void unbindAll(); ///< says good-bye on each

    SmscCounters counters() const;

Q_SIGNALS:
    /// One thing that happened. Codes and fields, which tests and scripts read:
    ///   connected | connection-refused  session peer
    ///   bound            session mode system_id interface_version
    ///   bind-refused     session mode system_id status
    ///   submit           session sequence message(when accepted) source msisdn service_type esm_class
    ///   data_coding
    ///                    registered_delivery port part parts bytes(base64) status(null: no answer)
    ///   to-terminal      message msisdn place port bytes(base64); terminal-failed: the same, not sent
    ///   message-waiting  message msisdn expires_in_ms: the terminal is not reachable
    ///   message-lost     message msisdn
    ///   message-ended    message msisdn state error
    ///   delivery-sent    session msisdn service_type text: a receipt, or the answer to a USSD string
    ///   delivery-dropped system_id: too many wait
    ///   delivery-answered  session status: of a deliver_sm
    ///   enquire-link     session
    ///   malformed        session reason
    ///   unbound | disconnected  session peer
    ///   dropped          session: by the SMSC, without a word
    ///   accept-failed    reason: a connection could not be taken; it is tried again a second later
    /// No password is in any of them.
    void happened(const reveille::ClientEvent &event);

private:
    void accept();
    void handle(SmscSession &session, const SmppPdu &pdu);
    void bind(SmscSession &session, const SmppPdu &pdu);
    void submitted(SmscSession &session, const SmppPdu &pdu);
    quint32 statusFor(const SmscSession &session, const SmppPdu &pdu);
    bool isThrottled();
    void answerLater(SmscSession &session, const SmppPdu &pdu, quint32 status, const SmscMessage &message);
    void later(Milliseconds delay, std::function<void()> action);
    void tellSubmit(const SmscSession &session, const SmppPdu &pdu, const SmscMessage &message,
                    const QJsonValue &status);
    void messageEnded(const SmscMessage &message, SmppMessageState state, int error);
    void sendReceipt(const SmscMessage &message, SmppMessageState state, int error);
    void deliver(const SmscMessage &message, const SmppPdu &pdu);
    void pump();
    void sessionEnded(quint64 id);
    QVector<quint64> sessionIds() const; ///< to walk over: a session may end while it is spoken to
    void enquire();
    QString named(const SmscMessage &message) const; ///< as the response writes the id
    void tell(const char *code, QJsonObject fields);

    SmscSettings m_settings;
    const SimulationClock &m_clock;
    SimulationTimers &m_timers;
    SmscNetwork m_network;
    QTcpServer m_server;
    SmscOutbox::Sessions m_sessions;
    SmscOutbox m_outbox;
    SmscCounters m_counters;
    quint64 m_lastSession = 0;
    quint64 m_lastMessage = 0x4f8a1200;
    int m_later = 0;  ///< answers and receipts held back; at maxMessages they are not any more
    int m_failed = 0; ///< with the status of the settings
    int m_untilDrop = 0;
    Milliseconds m_secondBegan{0};
    int m_inSecond = 0;
    SimulationTimers::Id m_enquiring = 0;
};

} // namespace reveille
