// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"
#include "domain/liveness.h"
#include "domain/pinholeestimate.h"
#include "engine/clock.h"
#include "engine/pathnotes.h"

#include <QObject>

#include <memory>
#include <optional>

namespace reveille {

/// Learns per network prefix and transport how long a quiet path stays open, by bisection over samples that cost no
/// live path anything (test paths of the devices' own, and traffic that was due anyway), and says what keep-alive
/// interval to hand to a client. A missed push lowers the interval at once. What the samples say is decided in
/// domain/pinholeestimate.h. Server thread.
class PinholeLearner : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        bool learns = true;
        Milliseconds fixed{0};           ///< handed to everyone; 0 = learned
        Milliseconds shortest{15000};    ///< bounds of what is handed out and tested
        Milliseconds longest{1800000};
        int v4Prefix = 24, v6Prefix = 56;
        int maxNetworks = 10000;         ///< those nothing was heard of for longest go first
    };
    PinholeLearner(Settings settings, Clock &clock, QObject *parent = nullptr);
    ~PinholeLearner() override;

    struct Advice {
        Milliseconds keepAlive{0}; ///< what a client is to be told; 0 = nothing is known and nothing is fixed
        Milliseconds lifetime{0};  ///< the silence after which a path is no longer taken for open; 0 = not learned
    };
    /// For paths to this address.
    Advice advice(const IpAddress &peer, PathTransport transport) const;
    Milliseconds keepAliveInterval(const IpAddress &peer, PathTransport transport) const { return advice(peer, transport).keepAlive; }
    Milliseconds expectedLifetime(const IpAddress &peer, PathTransport transport) const { return advice(peer, transport).lifetime; }
    /// The policy of a path there: what was learned in place of the lifetime it names; as it is where nothing was. For
    /// Registry::bind and refresh. `transport` is ConnectionFacts::transport, `peer` ConnectionFacts::peer.
    LivenessPolicy policyFor(LivenessPolicy policy, const QString &peer, const QString &transport) const;
    /// How long the next test path of this network is to stay silent; not set when there is nothing to learn, or a test
    /// is under way: it is given its silence and half as much again, and a minute.
    std::optional<Milliseconds> nextTest(const IpAddress &peer, PathTransport transport);
    /// After this silence something crossed the path to the peer, or did not. Silences under the shortest say nothing.
    void sample(const IpAddress &peer, PathTransport transport, Milliseconds silence, bool open, PinholeSample::Source source);

    /// What came of a push or probe that was due anyway. An answer after a silence shows an open path; none shows a
    /// closed one, unless the client was late by then with a keep-alive of its own and may simply be off.
    void learnFrom(const PathExchange &exchange);

    QVector<LearnedNetwork> networks() const;
    std::optional<LearnedNetwork> network(const NetworkKey &key) const;
    qint64 count() const;
    /// Staff: forgets what was learned. False where nothing was known.
    bool forget(const NetworkKey &key);
    /// Start-up.
    void load(const QVector<LearnedNetwork> &networks);
    const Settings &settings() const;

Q_SIGNALS:
    void networkChanged(const reveille::LearnedNetwork &network);
    /// What clients there are told fell, or something they are told is known for the first time; 0 = nothing was told before.
    void intervalChanged(const reveille::LearnedNetwork &network, reveille::Milliseconds before);
    void networkForgotten(const reveille::NetworkKey &key);

private:
    struct Known;
    struct Private;
    NetworkKey keyOf(const IpAddress &peer, PathTransport transport) const;
    PinholeEstimate estimate(const Known &known) const;
    void update(Known &known);
    void makeRoom(const NetworkKey &key);

    std::unique_ptr<Private> d;
};

} // namespace reveille
