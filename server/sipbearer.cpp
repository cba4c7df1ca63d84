// SPDX-License-Identifier: GPL-3.0-or-later
#include "sipbearer.h"

#include <QHostInfo>

namespace reveille {

namespace {

using Kind = WakeReceipt::Kind;

/// What a final answer means (RFC 3261 section 21, RFC 3428 section 7).
Kind judge(int status)
{
    switch (status) {
    case 200:
        return Kind::Received;
    case 408:
    case 429:
    case 480:
    case 486:
    case 491:
        return Kind::Retry;
    case 604:
        return Kind::Failed;
    default:
        return status < 300 ? Kind::Accepted : status >= 600 ? Kind::Refused : status >= 500 ? Kind::Retry : Kind::Failed;
    }
}

} // namespace

SipBearer::SipBearer(Settings settings, SipService &service, Clock &clock, Timers &timers)
    : m_settings(std::move(settings))
    , m_service(&service)
    , m_clock(clock)
    , m_timers(timers)
    , m_queue(m_settings.queue, clock, timers, [this](const WakeQueue::Item &item) { transmit(item); })
    , m_carrier(m_queue, m_settings.backoff, clock, timers, [this] { probe(); }, [this] { tellHealthChanged(); })
{
    if (hasCore()) {
        m_carrier.setPeer(m_settings.coreHost + u':' + QString::number(m_settings.corePort));
        m_carrier.lookSoon();
    }
}

SipBearer::~SipBearer() = default;

BearerFacts SipBearer::facts() const
{
    const QString type = QStringLiteral("sip");
    return {m_settings.name, type, {type}, !m_service.isNull() && m_carrier.isHealthy()};
}

BearerHealth SipBearer::health() const
{
    BearerHealth health = m_carrier.health();
    if (!m_service) {
        health.healthy = false;
        health.code = "server-stopping";
    }
    return health;
}

Result<Done> SipBearer::canReach(const WakeRoute &route) const
{
    if (!m_service)
        return Error{"server-stopping", {}};
    const Result<SipUri> uri = SipUri::parse(route.address.toUtf8());
    if (!uri || !uri->isSip() || !uri->headers.isEmpty())
        return Error{"address-not-sip", route.address.left(64)};
    if (!hasCore() && !uri->isGruu())
        return Error{"gruu-missing", route.address.left(64)};
    return Done{};
}

Result<SipWakeTarget> SipBearer::targetOf(const WakeMessage &message) const
{
    if (!hasCore())
        return m_service->wakeSender().overFlow(message);
    const SipFlow assumed = SipFlow::of(m_settings.transport, QHostAddress(m_settings.coreHost), m_settings.corePort);
    return m_service->wakeSender().throughCore(m_core.value_or(assumed), message);
}

QByteArray SipBearer::encode(const WakeMessage &message) const
{
    if (!m_service)
        return {};
    const Result<SipWakeTarget> target = targetOf(message);
    if (target)
        return m_service->wakeSender().octets(*target, message);
    SipWakeTarget unreachable;
    unreachable.requestUri = unreachable.to = message.route.address.toUtf8();
    return m_service->wakeSender().octets(unreachable, message);
}

void SipBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    m_carrier.take({message, std::move(receipt)}, canReach(message.route));
}

void SipBearer::transmit(const WakeQueue::Item &item)
{
    if (!hasCore() || m_core)
        return send(item);
    reachCore([this, item](const Result<SipFlow> &flow) {
        if (flow)
            return send(item);
        finish(item, {Kind::Retry, flow.error().code, {}});
        down(flow.error().code);
    });
}

void SipBearer::send(const WakeQueue::Item &item)
{
    if (!m_service)
        return finish(item, {Kind::Failed, "server-stopping", {}});
    const Result<SipWakeTarget> target = targetOf(item.message);
    if (!target)
        return finish(item, {Kind::Failed, target.error().code, {}});
    m_service->wakeSender().message(*target, item.message, hasCore() ? m_settings.login : SipWakeSender::Login{},
                                    [guard = QPointer<SipBearer>(this), item](const SipClientAnswer &answer) {
                                        if (guard)
                                            guard->answered(item, answer);
                                    });
}

void SipBearer::answered(const WakeQueue::Item &item, const SipClientAnswer &answer)
{
    const bool isFinal = answer.kind == SipClientAnswer::Kind::Final;
    if (isFinal)
        finish(item, {judge(answer.status), answer.code, {}});
    else
        finish(item, {answer.code == "too-large" ? Kind::Failed : Kind::Retry, answer.code, {}});
    if (hasCore() && answer.code != "too-large")
        judgeCore(answer);
}

void SipBearer::finish(const WakeQueue::Item &item, const WakeReceipt &receipt)
{
    m_queue.answered();
    const bool taken = receipt.kind == Kind::Accepted || receipt.kind == Kind::Received;
    taken ? m_carrier.countSent() : m_carrier.countFailed();
    if (receipt.kind == Kind::Received) {
        m_carrier.countReceived();
        item.receipt({Kind::Accepted, receipt.code, {}});
    }
    item.receipt(receipt);
}

void SipBearer::reachCore(ReachedCore done)
{
    m_reaching.append(std::move(done));
    if (m_reaching.size() > 1)
        return;
    if (const QHostAddress literal(m_settings.coreHost); !literal.isNull())
        return connectTo(literal);
    QHostInfo::lookupHost(m_settings.coreHost, this, [this](const QHostInfo &info) {
        if (info.addresses().isEmpty())
            return reached(Error{"name-not-found", info.hostName()});
        connectTo(info.addresses().constFirst());
    });
}

void SipBearer::connectTo(const QHostAddress &address)
{
    if (!m_service) {
        m_reaching.clear();
        return;
    }
    m_service->wakeSender().reach(m_settings.transport, address, m_settings.corePort,
                                  [guard = QPointer<SipBearer>(this)](const Result<SipFlow> &flow) {
                                      if (guard)
                                          guard->reached(flow);
                                  });
}

void SipBearer::reached(const Result<SipFlow> &flow)
{
    if (flow)
        m_core = *flow;
    const QVector<ReachedCore> waiting = std::exchange(m_reaching, {});
    for (const ReachedCore &done : waiting)
        done(flow);
}

void SipBearer::ask(std::function<void(const SipClientAnswer &)> done)
{
    const auto options = [this, done](const Result<SipFlow> &flow) {
        if (!flow)
            return done({SipClientAnswer::Kind::Failed, 0, flow.error().code});
        if (m_service)
            m_service->wakeSender().options(*flow, [guard = QPointer<SipBearer>(this), done](const SipClientAnswer &answer) {
                if (guard)
                    done(answer);
            });
    };
    if (m_core)
        return options(*m_core);
    reachCore(options);
}

void SipBearer::probe()
{
    if (m_service)
        ask([this](const SipClientAnswer &answer) { judgeCore(answer); });
}

void SipBearer::judgeCore(const SipClientAnswer &answer)
{
    if (answer.kind != SipClientAnswer::Kind::Final)
        return down(answer.code);
    m_carrier.up();
    if (answer.status == 503 && answer.retryAfter > 0)
        m_queue.hold(std::min(m_settings.longestHold, Milliseconds(1000LL * answer.retryAfter)));
}

void SipBearer::down(const QByteArray &code)
{
    m_core.reset();
    m_carrier.down(code);
}

void SipBearer::test(std::function<void(BearerTest)> done)
{
    if (!m_service || !hasCore()) {
        const bool runs = !m_service.isNull();
        m_timers.start(Milliseconds(0), [runs, done = std::move(done)] {
            done({runs, runs ? "service-runs" : "server-stopping", {}, Milliseconds(0)});
        });
        return;
    }
    const Milliseconds begun = m_clock.monotonic();
    ask([this, begun, done = std::move(done)](const SipClientAnswer &answer) {
        const bool ok = answer.kind == SipClientAnswer::Kind::Final;
        done({ok, ok ? QByteArray("link-answers") : answer.code, ok ? QString::fromLatin1(answer.code) : QString(),
              m_clock.monotonic() - begun});
        judgeCore(answer);
    });
}

} // namespace reveille
