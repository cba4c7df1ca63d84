// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pinholelearner.h"

#include "engine/limitlog.h"

#include <QHash>
#include <QLoggingCategory>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(lcPinholes, "reveille.pinholes")

constexpr int evictedAtOnce = 16; ///< a full table loses one part in so many
constexpr Milliseconds testMargin{60000};

} // namespace

struct PinholeLearner::Known {
    LearnedNetwork network;
    PinholeEstimate estimate;
    Timestamp usedAt;
    Timestamp testUntil; ///< a test is under way
};

struct PinholeLearner::Private {
    Settings settings;
    Clock &clock;
    PinholeBounds bounds;
    QHash<NetworkKey, Known> networks;
    LimitLog fullLog{lcPinholes, "maxNetworks"};
};

PinholeLearner::PinholeLearner(Settings settings, Clock &clock, QObject *parent)
    : QObject(parent), d(new Private{settings, clock, {settings.shortest, settings.longest}, {}})
{
}

PinholeLearner::~PinholeLearner() = default;

NetworkKey PinholeLearner::keyOf(const IpAddress &peer, PathTransport transport) const
{
    return {IpNetwork::of(peer, peer.isV4() ? d->settings.v4Prefix : d->settings.v6Prefix), transport};
}

PinholeEstimate PinholeLearner::estimate(const Known &known) const
{
    const Timestamp now = d->clock.now();
    return known.estimate.validUntil.isSet() && known.estimate.validUntil <= now
        ? estimatePinhole(known.network.samples, d->bounds, now)
        : known.estimate;
}

void PinholeLearner::update(Known &known)
{
    known.estimate = estimatePinhole(known.network.samples, d->bounds, d->clock.now());
    known.network.longestOpen = known.estimate.longestOpen;
    known.network.shortestClosed = known.estimate.shortestClosed;
    known.network.keepAlive = known.estimate.keepAlive;
    known.network.confidence = known.estimate.confidence;
}

PinholeLearner::Advice PinholeLearner::advice(const IpAddress &peer, PathTransport transport) const
{
    Advice advice{d->settings.fixed, Milliseconds(0)};
    const auto known = d->networks.isEmpty() ? d->networks.cend() : d->networks.constFind(keyOf(peer, transport));
    if (known == d->networks.cend())
        return advice;
    const PinholeEstimate now = estimate(*known);
    if (advice.keepAlive.count() <= 0)
        advice.keepAlive = now.keepAlive;
    if (now.shortestClosed.count() > 0)
        advice.lifetime = now.longestOpen.count() > 0 ? (now.longestOpen + now.shortestClosed) / 2 : now.shortestClosed;
    return advice;
}

LivenessPolicy PinholeLearner::policyFor(LivenessPolicy policy, const QString &peer, const QString &transport) const
{
    const IpAddress address = IpAddress::ofPeer(peer);
    if (d->networks.isEmpty() || address.isNull())
        return policy;
    const Milliseconds learned = expectedLifetime(address, pathTransportOf(transport));
    if (learned.count() > 0)
        policy.pinholeLifetime = learned;
    return policy;
}

std::optional<Milliseconds> PinholeLearner::nextTest(const IpAddress &peer, PathTransport transport)
{
    if (!d->settings.learns || d->settings.fixed.count() > 0 || peer.isNull())
        return std::nullopt;
    const Timestamp now = d->clock.now();
    const NetworkKey key = keyOf(peer, transport);
    auto known = d->networks.find(key);
    if (known == d->networks.end()) {
        makeRoom(key);
        known = d->networks.insert(key, Known{});
        known->network.prefix = key.prefix;
        known->network.transport = transport;
        update(*known);
    }
    known->usedAt = now;
    if (known->testUntil > now)
        return std::nullopt;
    const std::optional<Milliseconds> silence = estimate(*known).next;
    if (silence)
        known->testUntil = now + *silence * 3 / 2 + testMargin;
    return silence;
}

void PinholeLearner::sample(const IpAddress &peer, PathTransport transport, Milliseconds silence, bool open,
                            PinholeSample::Source source)
{
    if (!d->settings.learns || peer.isNull() || silence < d->bounds.shortest)
        return;
    const Timestamp now = d->clock.now();
    const NetworkKey key = keyOf(peer, transport);
    auto found = d->networks.find(key);
    if (found == d->networks.end()) {
        makeRoom(key);
        found = d->networks.insert(key, Known{});
        found->network.prefix = key.prefix;
        found->network.transport = transport;
    }
    Known &known = *found;
    known.usedAt = now;
    if (source == PinholeSample::Source::Test)
        known.testUntil = {};
    if (!addPinholeSample(known.network.samples, {silence, open, source, now}, d->bounds))
        return;
    const Milliseconds before = known.network.keepAlive;
    update(known);
    known.network.changedAt = now;
    const LearnedNetwork network = known.network;
    Q_EMIT networkChanged(network);
    if (network.keepAlive < before || (before.count() == 0 && network.keepAlive.count() > 0)) {
        qCInfo(lcPinholes) << "keep-alive" << network.prefix.toString() << toText(transport) << before.count() << "->"
                           << network.keepAlive.count() << "ms";
        Q_EMIT intervalChanged(network, before);
    }
}

void PinholeLearner::learnFrom(const PathExchange &exchange)
{
    const bool closed = exchange.unanswered() && !exchange.overdue;
    if (!exchange.answered() && !closed)
        return;
    const bool missed = closed && exchange.what == PathExchange::What::Push;
    sample(IpAddress::ofPeer(exchange.facts.peer), pathTransportOf(exchange.facts.transport), exchange.silence, !closed,
           missed ? PinholeSample::Source::Missed : PinholeSample::Source::Traffic);
}

void PinholeLearner::makeRoom(const NetworkKey &key)
{
    if (d->networks.size() < d->settings.maxNetworks)
        return;
    QVector<std::pair<Timestamp, NetworkKey>> byAge;
    for (auto it = d->networks.cbegin(); it != d->networks.cend(); ++it)
        byAge.append({it->usedAt, it.key()});
    const qsizetype gone = std::max<qsizetype>(1, byAge.size() / evictedAtOnce);
    std::nth_element(byAge.begin(), byAge.begin() + gone - 1, byAge.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    d->fullLog.reached([&] { return key.prefix.toString(); });
    for (qsizetype i = 0; i < gone; ++i)
        forget(byAge[i].second);
}

QVector<LearnedNetwork> PinholeLearner::networks() const
{
    QVector<LearnedNetwork> list;
    for (const Known &known : std::as_const(d->networks)) {
        if (!known.network.samples.isEmpty())
            list.append(*network(known.network.key()));
    }
    std::sort(list.begin(), list.end(), [](const LearnedNetwork &a, const LearnedNetwork &b) {
        return std::pair(a.prefix.toString(), a.transport) < std::pair(b.prefix.toString(), b.transport);
    });
    return list;
}

std::optional<LearnedNetwork> PinholeLearner::network(const NetworkKey &key) const
{
    const auto known = d->networks.constFind(key);
    if (known == d->networks.cend() || known->network.samples.isEmpty())
        return std::nullopt;
    LearnedNetwork network = known->network;
    const PinholeEstimate now = estimate(*known);
    network.longestOpen = now.longestOpen;
    network.shortestClosed = now.shortestClosed;
    network.keepAlive = now.keepAlive;
    network.confidence = now.confidence;
    return network;
}

qint64 PinholeLearner::count() const
{
    return d->networks.size();
}

bool PinholeLearner::forget(const NetworkKey &key)
{
    const auto known = d->networks.find(key);
    if (known == d->networks.end())
        return false;
    const bool wasShown = !known->network.samples.isEmpty();
    d->networks.erase(known);
    Q_EMIT networkForgotten(key);
    return wasShown;
}

const PinholeLearner::Settings &PinholeLearner::settings() const
{
    return d->settings;
}

void PinholeLearner::load(const QVector<LearnedNetwork> &networks)
{
    for (const LearnedNetwork &network : networks) {
        Known known;
        known.network = network;
        known.usedAt = network.changedAt;
        if (known.network.samples.size() > LearnedNetwork::maxSamples)
            known.network.samples.remove(0, known.network.samples.size() - LearnedNetwork::maxSamples);
        update(known);
        makeRoom(network.key());
        d->networks.insert(network.key(), known);
    }
}

} // namespace reveille
