// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/smppconnection.h"
#include "engine/backoff.h"
#include "engine/clock.h"

#include <QPointer>

#include <deque>
#include <functional>
#include <map>

namespace reveille {

/// One SMPP 3.4 session with an SMSC, for as long as the object lives: connects, binds, asks whether the
/// other side is still there, and starts again, with growing and jittered pauses, when it is not. Unbinds
/// at the end. Server thread.
///
/// What the peer says is bounded and believed only for what was asked: a response to nothing, or to another
/// command, changes nothing.
class SmppLink : public QObject {
    Q_OBJECT
public:
    enum class Role : quint8 { Transceiver, Transmitter, Receiver };
    struct Settings : SmppConnection::Place {
        Role role = Role::Transceiver;
        SmppBind bind;
        int window = 10;                   ///< requests without a response
        Milliseconds responseTime{10'000}; ///< for connecting, and for each response
        Milliseconds enquireEvery{30'000}; ///< silence after which enquire_link is sent
        Milliseconds firstPause{1'000};    ///< before the first new attempt
        Milliseconds longestPause{60'000};
    };
    SmppLink(Settings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);
    ~SmppLink() override;

    void start();
    /// Tries again now instead of after the pause.
    void retryNow();
    /// The end: unbinds without waiting, and answers nothing any more. Destroying it waits for the response, no longer than
    /// 300 ms from here, so that of many links all can leave first and then go in the time of one.
    void leave();

    /// What became of a request. Without a status nobody knows whether the peer took it.
    struct Answer {
        std::optional<quint32> status;
        QByteArray id;   ///< message_id
        QByteArray code; ///< without a status: "link-lost", "no-answer"
    };
    /// Sends in order, as the window allows; the sequence number is the link's. `done` is called once, never
    /// from within.
    void submit(SmppPdu request, std::function<void(Answer)> done);
    /// enquire_link now. `done` once, later: whether it was answered.
    void enquire(std::function<void(bool)> done);

    bool isBound() const { return m_state == State::Bound; }
    /// Why it is not bound: "connecting", "connection-refused", "name-not-found", "tls-failed",
    /// "bind-refused", "bind-password", "no-answer", "link-lost", "smsc-unbound", "smsc-protocol". Empty
    /// while bound.
    const QByteArray &code() const { return m_code; }
    /// The peer's own word: its system_id, a status in hex, the socket's complaint. Shortened.
    const QString &detail() const { return m_detail; }
    QString peer() const { return m_connection.peer(); }
    int inFlight() const { return int(m_pending.size()); }

Q_SIGNALS:
    /// Bound, or no longer, or another code.
    void stateChanged();
    /// A deliver_sm, answered already.
    void messageDelivered(const reveille::SmppPdu &pdu);
    /// What had come is dealt with: all the responses of one go have made their room in the window.
    void roomMade();

private:
    enum class State : quint8 { Idle, Connecting, Binding, Bound, Pausing, Leaving };
    struct Pending {
        SmppCommand command;
        Milliseconds deadline{0};
        std::function<void(Answer)> done;
    };
    struct Backlog {
        SmppPdu request;
        std::function<void(Answer)> done;
    };
    void connectNow();
    void connected();
    void drained();
    void handle(QByteArrayView octets);
    void handleBroken(const SmppHeader &header, const char *code);
    void handleRequest(const SmppPdu &pdu);
    void handleResponse(SmppCommand command, quint32 status, quint32 sequence, const QByteArray &id);
    void bound(quint32 status, const QString &system);
    void request(SmppPdu pdu, std::function<void(Answer)> done);
    void pump();
    void checkDeadlines();
    void armDeadline();
    void armEnquire();
    void drop(const QByteArray &code, const QString &detail);
    void answerAll(const QByteArray &code);
    void setState(State state, const QByteArray &code, const QString &detail);
    quint32 nextSequence();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    SmppConnection m_connection;
    std::map<quint32, Pending> m_pending;
    std::deque<Backlog> m_backlog;
    State m_state = State::Idle;
    QByteArray m_code = "connecting";
    QString m_detail;
    quint32 m_sequence = 0;
    Backoff m_backoff;
    int m_submits = 0; ///< of m_pending
    Milliseconds m_boundAt{0};
    Milliseconds m_heardAt{0};
    TimerId m_pauseTimer = 0;
    TimerId m_deadlineTimer = 0;
    TimerId m_enquireTimer = 0;
};

} // namespace reveille
