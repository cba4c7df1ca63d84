// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smscbearer.h"

#include "bearers/carrierstate.h"
#include "bearers/smsform.h"
#include "wire/smppreceipt.h"

#include <algorithm>

namespace reveille {

/// A wake-up of which the SMSC has some requests and has not answered all.
struct SmscBearer::Flight {
    Item item;
    QVector<QByteArray> ids;
    int open = 0;
    std::optional<SmppLink::Answer> worst;
};

SmscBearer::SmscBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
    , m_queue(m_settings.queue, clock, timers, [this](Item item) { transmit(std::move(item)); })
    , m_throttling(m_settings.firstHold, m_settings.longestHold)
{
    QVector<SmppLink::Role> roles{SmppLink::Role::Transceiver};
    if (m_settings.pair)
        roles = {SmppLink::Role::Transmitter, SmppLink::Role::Receiver};
    for (const SmppLink::Role role : roles) {
        SmppLink::Settings link = m_settings.link;
        link.role = role;
        m_links.push_back(std::make_unique<SmppLink>(link, clock, timers));
        connect(m_links.back().get(), &SmppLink::stateChanged, this, [this] { linkChanged(); });
        connect(m_links.back().get(), &SmppLink::roomMade, this, [this] { m_queue.releaseNow(); });
        connect(m_links.back().get(), &SmppLink::messageDelivered, this,
                [this](const SmppPdu &pdu) { delivered(pdu); });
    }
    m_queue.setPaused(true);
    m_counters.since = clock.now();
    m_told = health();
    armPatience();
    for (const auto &link : m_links)
        link->start();
}

SmscBearer::~SmscBearer()
{
    m_timers.cancel(m_patienceTimer);
    m_timers.cancel(m_recoveryTimer);
    for (const auto &link : m_links)
        link->disconnect(this);
    leave();
    m_links.clear();
}

void SmscBearer::leave()
{
    m_queue.setPaused(true);
    for (const auto &link : m_links)
        link->leave();
}

Result<Done> SmscBearer::canReach(const WakeRoute &route) const
{
    return SmsForm::canReach(route);
}

bool SmscBearer::isHealthy() const
{
    return sender().isBound() && !(m_impatient && !m_throttle.isEmpty());
}

QByteArray SmscBearer::code() const
{
    for (const auto &link : m_links) {
        if (!link->isBound())
            return link->code();
    }
    return m_throttle;
}

BearerHealth SmscBearer::health() const
{
    BearerHealth health = m_counters;
    health.healthy = isHealthy();
    health.code = code();
    health.peer = sender().peer();
    health.detail = sender().detail();
    health.queued = m_queue.queued();
    health.inFlight = m_queue.inFlight();
    return health;
}

void SmscBearer::tellIfChanged()
{
    const BearerHealth now = health();
    if (now.healthy == m_told.healthy && now.code == m_told.code && now.detail == m_told.detail)
        return;
    if (now.healthy != m_told.healthy || now.code != m_told.code)
        m_counters.since = m_clock.now();
    m_told = health();
    tellHealthChanged();
}

void SmscBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    Item item{message, std::move(receipt)};
    Error error;
    if (const Result<Done> reachable = canReach(message.route); !reachable) {
        error = reachable.error();
    } else if (!m_impatient) {
        const Result<Done> added = m_queue.add(std::move(item));
        if (added)
            return armPatience();
        error = added.error();
    }
    ++m_counters.failed;
    const bool hopeless = *error.code && !error.is("queue-full");
    const WakeReceipt refusal{hopeless ? WakeReceipt::Kind::Failed : WakeReceipt::Kind::Retry,
                              *error.code ? QByteArray(error.code) : code(),
                              {}};
    CarrierState::tellLater(m_timers, std::move(item.receipt), refusal);
}

void SmscBearer::fail(const Item &item, WakeReceipt::Kind kind, const QByteArray &code,
                      const QString &carrierId)
{
    ++m_counters.failed;
    item.receipt({kind, code, carrierId});
}

void SmscBearer::transmit(Item item)
{
    const Result<QVector<SmppPdu>> requests = requestsFor(item.message);
    if (!requests || requests->isEmpty()) {
        m_queue.answered();
        const QByteArray code = requests ? QByteArray("sms-empty") : QByteArray(requests.error().code);
        const bool later = code == "ussd-busy" || code == "queue-full";
        return fail(item, later ? WakeReceipt::Kind::Retry : WakeReceipt::Kind::Failed, code);
    }
    auto flight = std::make_shared<Flight>(Flight{std::move(item), {}, int(requests->size()), {}});
    for (const SmppPdu &request : *requests) {
        sender().submit(request,
                        [guard = QPointer<SmscBearer>(this), flight](const SmppLink::Answer &answer) {
                            if (guard)
                                guard->answered(flight, answer);
                        });
    }
}

void SmscBearer::answered(const std::shared_ptr<Flight> &flight, const SmppLink::Answer &answer)
{
    if (answer.status == SmppStatus::ok)
        flight->ids.append(answer.id);
    else if (!flight->worst || !answer.status)
        flight->worst = answer;
    if (--flight->open == 0)
        settle(*flight);
}

void SmscBearer::settle(Flight &flight)
{
    if (!flight.worst) {
        ++m_counters.sent;
        m_queue.answered();
        if (!m_throttle.isEmpty())
            recover();
        return accepted(std::move(flight.item), flight.ids);
    }
    givenUp(flight.item);
    const SmppLink::Answer &answer = *flight.worst;
    if (!answer.status) {
        m_queue.answered();
        return fail(flight.item, WakeReceipt::Kind::Retry, answer.code);
    }
    if (const std::optional<WakeReceipt> own = judged(*answer.status)) {
        m_queue.answered();
        return fail(flight.item, own->kind, own->code);
    }
    const QByteArray code = smppStatusCode(*answer.status);
    const SmppReaction reaction = smppReaction(*answer.status);
    if (reaction == SmppReaction::Throttle)
        return throttled(std::move(flight.item), code);
    m_queue.answered();
    const bool permanent = reaction == SmppReaction::Permanent || reaction == SmppReaction::Configuration;
    const QString status = QStringLiteral("0x%1").arg(*answer.status, 8, 16, QLatin1Char('0'));
    fail(flight.item, permanent ? WakeReceipt::Kind::Failed : WakeReceipt::Kind::Retry, code, status);
}

void SmscBearer::throttled(Item item, const QByteArray &code)
{
    if (m_impatient) {
        m_queue.answered();
        return fail(item, WakeReceipt::Kind::Retry, code);
    }
    m_throttle = code;
    m_queue.hold(m_throttling.now());
    if (m_queue.inFlight() <= 1) // one step for a window full of refusals, not one for each
        m_throttling.grow();
    m_queue.putBack(std::move(item));
    armPatience();
    tellIfChanged();
}

/// Runs while something keeps wake-ups from leaving.
void SmscBearer::armPatience()
{
    const bool stuck = !sender().isBound() || !m_throttle.isEmpty();
    if (!stuck || m_impatient)
        m_timers.cancel(m_patienceTimer);
    else if (!m_patienceTimer && m_queue.queued() > 0)
        m_patienceTimer = m_timers.start(m_settings.patience, [this] {
            m_patienceTimer = 0;
            loseTime();
        });
}

void SmscBearer::loseTime()
{
    m_impatient = true;
    const QByteArray why = code();
    std::vector<Item> waiting;
    m_queue.drain([&](Item item) { waiting.push_back(std::move(item)); });
    tellIfChanged();
    for (const Item &item : waiting)
        fail(item, WakeReceipt::Kind::Retry, why);
    if (sender().isBound() && !m_recoveryTimer) { // it throttles; after a pause the next wake-up is the probe
        m_recoveryTimer = m_timers.start(m_settings.longestHold, [this] {
            m_recoveryTimer = 0;
            recover();
        });
    }
}

/// Whatever kept wake-ups from leaving is over.
void SmscBearer::recover()
{
    m_throttling.reset();
    m_throttle.clear();
    m_impatient = false;
    m_timers.cancel(m_recoveryTimer);
    m_timers.cancel(m_patienceTimer);
    armPatience();
    tellIfChanged();
}

void SmscBearer::linkChanged()
{
    const bool bound = sender().isBound();
    m_queue.setPaused(!bound);
    if (bound && !m_wasBound)
        recover();
    m_wasBound = bound;
    armPatience();
    tellIfChanged();
    finishTests();
}

std::optional<WakeReceipt> SmscBearer::judged(quint32 status) const
{
    Q_UNUSED(status)
    return {};
}

void SmscBearer::submitAlone(SmppPdu pdu)
{
    sender().submit(std::move(pdu), [](const SmppLink::Answer &) {});
}

void SmscBearer::test(std::function<void(BearerTest)> done)
{
    if (!sender().isBound()) {
        m_tests.push_back(std::move(done));
        sender().retryNow();
        return;
    }
    const Milliseconds started = m_clock.monotonic();
    sender().enquire([guard = QPointer<SmscBearer>(this), started, done = std::move(done)](bool ok) {
        if (guard)
            done({ok, ok ? "link-answers" : "no-answer", guard->sender().detail(),
                  guard->m_clock.monotonic() - started});
    });
}

/// Once the link is bound, or has failed again.
void SmscBearer::finishTests()
{
    if (m_tests.empty() || sender().code() == "connecting")
        return;
    const std::vector<std::function<void(BearerTest)>> tests = std::exchange(m_tests, {});
    for (const auto &done : tests) {
        if (sender().isBound())
            test(done);
        else
            done({false, sender().code(), sender().detail(), Milliseconds(0)});
    }
}

} // namespace reveille
