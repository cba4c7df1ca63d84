// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coapendpoint.h"

#include "connections/datagram/datagramlog.h"

#include <QRandomGenerator>
#include <QVarLengthArray>

namespace reveille {

namespace {

/// Octets of a refresh, and a little more: nobody has checked yet whether larger ones may be here at all.
constexpr qsizetype largestExpected = 64;

/// Message ids are numbers of moments, even ones for requests and odd ones for answers that need one of their own, so
/// that none comes again to a peer within EXCHANGE_LIFETIME (247 s).
constexpr int ticksPerSecond = 132;

/// What a server here understands; anything else that is critical is answered 4.02.
constexpr std::initializer_list<quint16> understood{CoapOptionNumber::UriHost, CoapOptionNumber::UriPort,
                                                    CoapOptionNumber::UriPath, CoapOptionNumber::UriQuery,
                                                    CoapOptionNumber::Accept};

CoapCall callOf(const DatagramPeer &peer, const CoapMessage &message, qsizetype size)
{
    CoapCall call;
    call.peer = peer;
    call.messageId = message.messageId();
    call.confirmable = message.isConfirmable();
    call.tokenSize = quint8(message.token().size());
    std::memcpy(call.token, message.token().data(), call.tokenSize);
    call.requestSize = int(size);
    return call;
}

} // namespace

CoapEndpoint::Logs::Logs()
    : allowed(datagramLog, "allowed", QtInfoMsg)
    , answersPerSecond(datagramLog, "answersPerSecond")
    , maxSources(datagramLog, "maxSources")
    , amplification(datagramLog, "amplification", QtInfoMsg)
    , maxRemembered(datagramLog, "maxRemembered")
    , maxRememberedOctets(datagramLog, "maxRememberedOctets")
    , maxQueued(datagramLog, "maxQueued")
    , maxExchanges(datagramLog, "maxExchanges")
{
}

CoapEndpoint::CoapEndpoint(const CoapSettings &settings, const QVector<IpNetwork> &allowed, Clock &clock, Timers &timers,
                           DatagramSender &sender, CoapHandler &handler)
    : m_settings(settings)
    , m_allowed(allowed)
    , m_clock(clock)
    , m_timers(timers)
    , m_sender(sender)
    , m_handler(handler)
    , m_memory(settings)
    , m_owed(settings, clock, timers,
             [this](const DatagramPeer &to, quint16 messageId) {
                 if (mayAnswer(to))
                     m_sender.send(to, CoapBuilder::empty(CoapType::Acknowledgement, messageId));
             })
    , m_guard(settings)
{
}

CoapEndpoint::~CoapEndpoint()
{
    *m_alive = false;
    for (auto &[id, exchange] : m_exchanges)
        m_timers.cancel(exchange.timer);
}

bool CoapEndpoint::isAllowedPeer(const DatagramPeer &peer)
{
    if (isAllowed(peer.address()) || m_handler.isKnown(peer))
        return true;
    ++m_counters.notAllowed;
    m_logs.allowed.reached([&] { return peer.text(); });
    return false;
}

void CoapEndpoint::received(const DatagramPeer &peer, QByteArrayView datagram)
{
    ++m_counters.received;
    if (!isAllowedPeer(peer))
        return;
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(datagram);
    if (!message) {
        ++m_counters.malformed;
        if (const auto before = m_logs.malformed.pass())
            qCInfo(datagramLog) << "no CoAP message from" << peer.text() << "and" << *before << "times before";
        if (message.error().answerReset)
            reset(peer, message.error().messageId);
        return;
    }
    if (message->isRequest())
        return takeRequest(peer, *message, datagram.size());
    m_handler.heard(peer, message->isEmpty() && message->isConfirmable());
    if (message->isResponse())
        takeResponse(peer, *message);
    else
        takeEmpty(peer, *message);
}

void CoapEndpoint::expect(std::span<const QByteArrayView> datagrams)
{
    QVarLengthArray<CoapMessage, 64> requests;
    for (const QByteArrayView datagram : datagrams) {
        if (datagram.size() > largestExpected)
            continue;
        const Result<CoapMessage, CoapFault> message = CoapMessage::parse(datagram);
        if (message && message->isRequest())
            requests.append(*message);
    }
    m_handler.expect(requests);
}

void CoapEndpoint::takeRequest(const DatagramPeer &peer, const CoapMessage &message, qsizetype size)
{
    CoapCall call = callOf(peer, message, size);
    call.remembered = !m_handler.isHarmlessTwice(message);
    if (call.remembered && m_owed.remind(peer, message.messageId())) {
        ++m_counters.duplicates;
        return;
    }
    const QByteArray *answered = call.remembered ? m_memory.find(peer, message.messageId(), m_clock.monotonic()) : nullptr;
    if (answered) {
        ++m_counters.duplicates;
        if (!answered->isEmpty() && mayAnswer(peer))
            m_sender.send(peer, *answered);
        return;
    }
    if (const auto bad = message.badCriticalOption(understood)) {
        if (message.isConfirmable())
            answer(call, CoapCode::BadOption, QByteArray::number(*bad));
        return;
    }
    m_handler.request(call, message);
}

void CoapEndpoint::takeResponse(const DatagramPeer &peer, const CoapMessage &message)
{
    quint64 id = 0;
    Exchange *exchange = underWay(peer, &id);
    const bool piggybacked = message.type() == CoapType::Acknowledgement;
    const bool ours = exchange && exchange->write && !exchange->isAnswer && exchange->token == message.token()
        && (!piggybacked || exchange->messageId == message.messageId());
    const Milliseconds now = m_clock.monotonic();
    // Requests of one push share a token, so a repeated answer to the one before may look like one to this.
    const bool again = !piggybacked && m_memory.find(peer, message.messageId(), now) != nullptr;
    if (message.isConfirmable()) {
        if (!ours && !again)
            return reset(peer, message.messageId());
        const QByteArray ack = CoapBuilder::empty(CoapType::Acknowledgement, message.messageId());
        remember(peer, message.messageId(), ack);
        m_sender.send(peer, ack);
    } else if (ours && !piggybacked) {
        m_memory.remember(peer, message.messageId(), {}, now);
    }
    if (!ours || again)
        return;
    if (message.badCriticalOption({CoapOptionNumber::Block1, CoapOptionNumber::Block2}))
        return finish(id, {CoapAnswer::Kind::Dropped, nullptr, {}});
    finish(id, {CoapAnswer::Kind::Response, &message, {}});
}

void CoapEndpoint::takeEmpty(const DatagramPeer &peer, const CoapMessage &message)
{
    if (message.isConfirmable())
        return reset(peer, message.messageId());
    quint64 id = 0;
    Exchange *exchange = underWay(peer, &id);
    if (!exchange || exchange->messageId != message.messageId())
        return;
    if (message.type() == CoapType::Reset || exchange->isAnswer)
        return finish(id, {CoapAnswer::Kind::Reset, nullptr, {}});
    // The answer comes by itself, later; it may take until the request is given up.
    exchange->acknowledged = true;
    const Milliseconds left = exchange->begun + m_settings.requestTimeout - m_clock.monotonic();
    wait(id, std::max(left, Milliseconds(0)));
}

void CoapEndpoint::reset(const DatagramPeer &peer, quint16 messageId)
{
    if (mayAnswer(peer))
        m_sender.send(peer, CoapBuilder::empty(CoapType::Reset, messageId));
}

bool CoapEndpoint::mayAnswer(const DatagramPeer &peer)
{
    if (m_handler.isKnown(peer))
        return true;
    const bool may = m_guard.mayAnswer(peer.address(), m_clock.monotonic());
    if (m_guard.shares(peer.address()))
        m_logs.maxSources.reached([&] { return peer.text(); });
    if (may)
        return true;
    ++m_counters.limited;
    m_logs.answersPerSecond.reached([&] { return peer.text(); });
    return false;
}

quint64 CoapEndpoint::ask(const DatagramPeer &peer, Writer write, Done done, const QByteArray &token)
{
    Exchange exchange;
    exchange.token = token;
    exchange.peer = peer;
    exchange.write = std::move(write);
    exchange.done = std::move(done);
    return enqueue(std::move(exchange));
}

quint64 CoapEndpoint::ping(const DatagramPeer &peer, Done done, int transmissions)
{
    Exchange exchange;
    exchange.peer = peer;
    exchange.done = std::move(done);
    exchange.maxTransmissions = transmissions;
    return enqueue(std::move(exchange));
}

quint64 CoapEndpoint::enqueue(Exchange exchange)
{
    Lane &lane = m_lanes[exchange.peer];
    if (qsizetype(m_exchanges.size()) >= m_settings.maxExchanges || qsizetype(lane.waiting.size()) >= m_settings.maxQueued) {
        ++m_counters.refused;
        const bool isLaneFull = qsizetype(lane.waiting.size()) >= m_settings.maxQueued;
        (isLaneFull ? m_logs.maxQueued : m_logs.maxExchanges).reached([&] { return exchange.peer.text(); });
        if (lane.waiting.empty())
            m_lanes.erase(exchange.peer);
        return 0;
    }
    const quint64 id = ++m_lastExchange;
    const bool first = lane.waiting.empty();
    if (exchange.isAnswer && !first)
        lane.waiting.insert(lane.waiting.begin() + 1, id);
    else
        lane.waiting.push_back(id);
    m_exchanges.emplace(id, std::move(exchange));
    if (first)
        begin(id);
    return id;
}

CoapEndpoint::Exchange *CoapEndpoint::underWay(const DatagramPeer &peer, quint64 *id)
{
    const auto lane = m_lanes.find(peer);
    if (lane == m_lanes.end() || lane->second.waiting.empty())
        return nullptr;
    *id = lane->second.waiting.front();
    const auto exchange = m_exchanges.find(*id);
    return exchange == m_exchanges.end() || exchange->second.bytes.isEmpty() ? nullptr : &exchange->second;
}

/// Rises about 65536 times in an EXCHANGE_LIFETIME, so that a message id made of it is not used twice for one peer
/// within that time, over restarts too, without a counter kept for each peer.
quint64 CoapEndpoint::tick() const
{
    return quint64(m_clock.now().ms) * ticksPerSecond / 1000;
}

void CoapEndpoint::begin(quint64 id)
{
    Exchange &exchange = m_exchanges.at(id);
    Lane &lane = m_lanes.at(exchange.peer);
    lane.lastTick = std::max(tick(), lane.lastTick + 1);
    exchange.messageId = quint16(lane.lastTick << 1);
    if (exchange.write) {
        if (exchange.token.isEmpty() && !exchange.isAnswer) {
            exchange.token.resize(coapLongestToken);
            const quint64 random = QRandomGenerator::system()->generate64();
            std::memcpy(exchange.token.data(), &random, sizeof random);
        }
        exchange.bytes = exchange.write(exchange.messageId, exchange.token);
    } else {
        exchange.bytes = CoapBuilder::empty(CoapType::Confirmable, exchange.messageId);
    }
    exchange.begun = m_clock.monotonic();
    const double factor = 1 + QRandomGenerator::global()->generateDouble() * (m_settings.ackRandomFactor - 1);
    exchange.timeout = Milliseconds(qint64(double(m_settings.ackTimeout.count()) * factor));
    transmit(id);
}

void CoapEndpoint::transmit(quint64 id)
{
    Exchange &exchange = m_exchanges.at(id);
    ++exchange.transmissions;
    if (exchange.transmissions > 1)
        ++m_counters.retransmitted;
    const Milliseconds timeout = exchange.timeout;
    if (exchange.maxTransmissions == 0)
        exchange.timeout *= 2;
    wait(id, timeout);
    m_sender.send(exchange.peer, exchange.bytes);
}

void CoapEndpoint::wait(quint64 id, Milliseconds time)
{
    Exchange &exchange = m_exchanges.at(id);
    m_timers.cancel(exchange.timer);
    if (exchange.maxTransmissions == 0) {
        const Milliseconds left = exchange.begun + m_settings.requestTimeout - m_clock.monotonic();
        time = std::max(std::min(time, left), Milliseconds(0));
    }
    exchange.timer = m_timers.start(time, [this, id] {
        Exchange &due = m_exchanges.at(id);
        due.timer = 0;
        const bool limited = due.maxTransmissions > 0;
        const int most = limited ? due.maxTransmissions : 1 + m_settings.maxRetransmit;
        const bool late = !limited && m_clock.monotonic() - due.begun >= m_settings.requestTimeout;
        if (due.acknowledged || late || due.transmissions >= most)
            return finish(id, {CoapAnswer::Kind::Timeout, nullptr, {}});
        transmit(id);
    });
}

void CoapEndpoint::finish(quint64 id, const CoapAnswer &answer)
{
    auto node = m_exchanges.extract(id);
    if (node.empty())
        return;
    Exchange &exchange = node.mapped();
    m_timers.cancel(exchange.timer);
    leaveLane(exchange.peer, id);
    if (exchange.done)
        exchange.done(answer);
}

void CoapEndpoint::leaveLane(const DatagramPeer &peer, quint64 id)
{
    const auto found = m_lanes.find(peer);
    if (found == m_lanes.end())
        return;
    Lane &lane = found->second;
    const bool wasFirst = !lane.waiting.empty() && lane.waiting.front() == id;
    std::erase(lane.waiting, id);
    if (!lane.waiting.empty()) {
        if (wasFirst)
            m_timers.start(Milliseconds(0), [this, alive = m_alive, next = lane.waiting.front()] {
                if (!*alive)
                    return;
                const auto exchange = m_exchanges.find(next);
                if (exchange != m_exchanges.end() && exchange->second.bytes.isEmpty())
                    begin(next);
            });
        return;
    }
    // A burst may have run ahead of the clock; its message ids stay taken until the clock has caught up.
    const quint64 now = tick();
    if (lane.lastTick < now) {
        m_lanes.erase(found);
        return;
    }
    m_timers.start(Milliseconds(qint64(lane.lastTick - now + 1) * 1000 / ticksPerSecond + 1), [this, alive = m_alive, peer] {
        if (!*alive)
            return;
        const auto idle = m_lanes.find(peer);
        if (idle != m_lanes.end() && idle->second.waiting.empty() && idle->second.lastTick < tick())
            m_lanes.erase(idle);
    });
}

void CoapEndpoint::forget(quint64 exchange)
{
    auto node = m_exchanges.extract(exchange);
    if (node.empty())
        return;
    m_timers.cancel(node.mapped().timer);
    leaveLane(node.mapped().peer, exchange);
}

void CoapEndpoint::dropAll()
{
    while (!m_exchanges.empty())
        finish(m_exchanges.begin()->first, {CoapAnswer::Kind::Dropped, nullptr, {}});
}

void CoapEndpoint::unreachable(const DatagramPeer &peer, const QString &what)
{
    quint64 id = 0;
    if (underWay(peer, &id))
        finish(id, {CoapAnswer::Kind::Unreachable, nullptr, what});
    m_handler.unreachable(peer, what);
}

} // namespace reveille
