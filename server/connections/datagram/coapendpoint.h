// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapmemory.h"
#include "connections/datagram/coapowed.h"
#include "connections/datagram/datagramtransport.h"
#include "connections/datagram/sourceguard.h"
#include "engine/clock.h"
#include "engine/limitlog.h"
#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>

namespace reveille {

/// A request that is to be answered: what the answer needs of it.
struct CoapCall {
    DatagramPeer peer;
    quint16 messageId = 0;
    bool confirmable = true;
    quint8 tokenSize = 0;
    char token[coapLongestToken] = {};
    int requestSize = 0;     ///< octets
    bool remembered = true;  ///< see CoapHandler::isHarmlessTwice
};

/// What came of a request of ours.
struct CoapAnswer {
    enum class Kind : quint8 { Response, Reset, Timeout, Unreachable, Dropped };
    Kind kind = Kind::Timeout;
    const CoapMessage *response = nullptr; ///< of a Response; ends with the call
    QString what;                          ///< of Unreachable: "ICMP port unreachable"
};

/// What stands behind the endpoint.
class CoapHandler
{
public:
    virtual ~CoapHandler() = default;
    /// A request that is no duplicate. Ends in CoapEndpoint::answer(), now or later, or in nothing.
    virtual void request(const CoapCall &call, const CoapMessage &message) = 0;
    /// Anything well-formed that is no request. `isPing`: an Empty Confirmable message.
    virtual void heard(const DatagramPeer &peer, bool isPing) = 0;
    virtual void unreachable(const DatagramPeer &peer, const QString &what) = 0;
    /// One that has shown who it is: a registered peer, or one with a DTLS session.
    virtual bool isKnown(const DatagramPeer &peer) const = 0;
    /// Doing such a request twice does no harm: its answer is not kept, and a duplicate is simply done again.
    virtual bool isHarmlessTwice(const CoapMessage &request) const = 0;
    /// See DatagramReceiver::expect; none of them has been checked yet.
    virtual void expect(std::span<const CoapMessage>) {}
};

/// The message layer of CoAP (RFC 7252 section 4 and 5.3) over datagrams: confirmable requests of ours with
/// retransmission, one at a time for each peer (NSTART 1); answers matched by token and peer; duplicates answered the
/// same; answers that take long acknowledged first; pings and broken messages reset. Sources outside the allowed networks hear nothing at all. Server thread.
class CoapEndpoint : public DatagramReceiver
{
public:
    struct Counters {
        quint64 received = 0, notAllowed = 0, malformed = 0, duplicates = 0, limited = 0, retransmitted = 0;
        quint64 refused = 0; ///< requests of ours that were too many
        quint64 separate = 0; ///< answers that were messages of their own
    };
    using Writer = std::function<QByteArray(quint16 messageId, QByteArrayView token)>;
    using Done = std::function<void(const CoapAnswer &)>;

    CoapEndpoint(const CoapSettings &settings, const QVector<IpNetwork> &allowed, Clock &clock, Timers &timers,
                 DatagramSender &sender, CoapHandler &handler);
    ~CoapEndpoint() override;

    void received(const DatagramPeer &peer, QByteArrayView datagram) override;
    void expect(std::span<const QByteArrayView> datagrams) override;
    void unreachable(const DatagramPeer &peer, const QString &what) override;

    /// Sends what `write` writes and repeats it until it is answered; `done` is called once, later. 0 when there are too
    /// many already: then `done` is never called. Requests for the blocks of one body go under one `token`, by which
    /// some peers put blocks together; empty: a new one.
    quint64 ask(const DatagramPeer &peer, Writer write, Done done, const QByteArray &token = {});
    /// An Empty Confirmable message, at most `transmissions` times, each waiting for a first timeout only (0: as often
    /// and as long as any request). A Reset is the answer that is expected.
    quint64 ping(const DatagramPeer &peer, Done done, int transmissions = 0);
    /// Forgets a request of ours; its `done` is not called.
    void forget(quint64 exchange);
    /// Ends everything under way with Dropped.
    void dropAll();

    /// The answer to a call in the making.
    static CoapBuilder builder(const CoapCall &call, quint8 code);
    /// `trusted`: no account is kept of it, whoever it is for.
    void answer(const CoapCall &call, CoapBuilder &builder, bool trusted = false);
    void answer(const CoapCall &call, quint8 code, QByteArrayView diagnosis = {});
    /// The answer takes a while and answer() will be called, in any case: see CoapOwed. Not while owesMost().
    void answerLater(const CoapCall &call);
    bool owesMost() const { return m_owed.isFull(); }

    bool isAllowed(const IpAddress &address) const { return anyContains(m_allowed, address); }
    const Counters &counters() const { return m_counters; }
    qsizetype owed() const { return m_owed.size(); }
    qsizetype remembered() const { return m_memory.size(); }
    quint64 forgottenEarly() const { return m_memory.forgottenEarly(); }
    qsizetype exchanges() const { return qsizetype(m_exchanges.size()); }

private:
    struct Exchange {
        DatagramPeer peer;
        Writer write; ///< none for a ping
        Done done;
        QByteArray bytes; ///< empty until its turn comes
        QByteArray token;
        quint16 messageId = 0;
        int transmissions = 0;
        int maxTransmissions = 0; ///< 0: as the settings say
        Milliseconds timeout{0};
        Milliseconds begun{0};
        bool acknowledged = false;
        bool isAnswer = false; ///< to a request that was acknowledged; all that comes back is an acknowledgement
        TimerId timer = 0;
    };
    struct Lane { ///< requests of ours to one peer
        std::deque<quint64> waiting; ///< the first is under way
        quint64 lastTick = 0;
    };

    void takeRequest(const DatagramPeer &peer, const CoapMessage &message, qsizetype size);
    void takeResponse(const DatagramPeer &peer, const CoapMessage &message);
    void takeEmpty(const DatagramPeer &peer, const CoapMessage &message);
    void reset(const DatagramPeer &peer, quint16 messageId);
    void answerSeparately(const CoapCall &call, QByteArray answer);
    bool mayAnswer(const DatagramPeer &peer);
    bool isAllowedPeer(const DatagramPeer &peer);
    quint16 nextAnswerId();
    void remember(const DatagramPeer &peer, quint16 messageId, const QByteArray &answer);

    quint64 enqueue(Exchange exchange);
    Exchange *underWay(const DatagramPeer &peer, quint64 *id);
    void begin(quint64 id);
    void transmit(quint64 id);
    void wait(quint64 id, Milliseconds time);
    void finish(quint64 id, const CoapAnswer &answer);
    void leaveLane(const DatagramPeer &peer, quint64 id);
    quint64 tick() const;

    const CoapSettings &m_settings;
    const QVector<IpNetwork> &m_allowed;
    Clock &m_clock;
    Timers &m_timers;
    DatagramSender &m_sender;
    CoapHandler &m_handler;
    CoapMemory m_memory;
    CoapOwed m_owed;
    SourceGuard m_guard;
    Counters m_counters;
    struct Logs {
        Logs();
        LimitLog allowed, answersPerSecond, maxSources, amplification, maxRemembered, maxRememberedOctets, maxQueued, maxExchanges;
        LogGate malformed;
    } m_logs;
    std::unordered_map<quint64, Exchange> m_exchanges;
    std::unordered_map<DatagramPeer, Lane, DatagramPeerHash> m_lanes;
    quint64 m_lastExchange = 0;
    quint64 m_lastAnswerTick = 0;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
