// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"
#include "engine/clock.h"

#include <QObject>

#include <optional>

namespace reveille {

/// Learns per network prefix and transport how long a quiet path stays open, by bisection over samples that cost no
/// live path anything (test paths of the devices' own, and traffic that was due anyway), and says what keep-alive
/// interval to hand to a client. A missed push lowers the interval at once. Server thread.
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
    };
    PinholeLearner(Settings settings, Clock &clock, QObject *parent = nullptr);
    ~PinholeLearner() override;

    /// What a client at this address is to be told; 0 = nothing is known and nothing is fixed.
    Milliseconds keepAliveInterval(const IpAddress &peer, PathTransport transport) const;
    /// The silence after which a path there is no longer taken for open; 0 = not learned.
    Milliseconds expectedLifetime(const IpAddress &peer, PathTransport transport) const;
    /// How long the next test path of this network is to stay silent; not set when there is nothing to learn, or a test
    /// with that silence is under way.
    std::optional<Milliseconds> nextTest(const IpAddress &peer, PathTransport transport);
    /// After this silence something crossed the path to the peer, or did not.
    void sample(const IpAddress &peer, PathTransport transport, Milliseconds silence, bool open, PinholeSample::Source source);

    QVector<LearnedNetwork> networks() const;
    /// Staff: forgets what was learned. False where nothing was known.
    bool forget(const IpNetwork &prefix, PathTransport transport);
    /// Start-up.
    void load(const QVector<LearnedNetwork> &networks);

Q_SIGNALS:
    void networkChanged(const reveille::LearnedNetwork &network);
    void networkForgotten(const reveille::IpNetwork &prefix, reveille::PathTransport transport);

private:
    Settings m_settings;
    Clock &m_clock;
};

} // namespace reveille
