// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/timestamp.h"

#include <QMetaType>
#include <QVector>

#include <optional>

namespace reveille {

/// What kind of state a firewall keeps for a path; its timers differ by it.
enum class PathTransport : quint8 { Udp, Tcp };
const char *toText(PathTransport transport); ///< "udp", "tcp"
std::optional<PathTransport> pathTransportFromText(QStringView text);
/// What a connection's own name for it means to a firewall: "udp" and "dtls" are Udp, everything else is Tcp.
PathTransport pathTransportOf(QStringView connectionTransport);

/// What is learned apart: one network and transport.
struct NetworkKey {
    IpNetwork prefix;
    PathTransport transport = PathTransport::Udp;
    friend bool operator==(const NetworkKey &, const NetworkKey &) = default;
    friend size_t qHash(const NetworkKey &key, size_t seed = 0) { return qHash(key.prefix, seed ^ size_t(key.transport)); }
};

/// One thing learned of a network: after so long a silence the path was still open, or was not.
struct PinholeSample {
    enum class Source : quint8 {
        Test,    ///< a test path of the device's own, beside the live one
        Traffic, ///< a push or probe that was due anyway
        Missed,  ///< a push that stayed unanswered
    };
    Milliseconds silence{0};
    bool open = false;
    Source source = Source::Test;
    Timestamp at;
    friend bool operator==(const PinholeSample &, const PinholeSample &) = default;
};
const char *toText(PinholeSample::Source source); ///< "test", "traffic", "missed"
std::optional<PinholeSample::Source> pinholeSourceFromText(QStringView text);

/// How long the firewalls of one network keep a quiet path open, as far as it is known (issue "Learned pinholes").
/// The pinhole's lifetime lies between `longestOpen` and `shortestClosed`; 0 = that end is not known. Any thread.
struct LearnedNetwork {
    IpNetwork prefix;
    PathTransport transport = PathTransport::Udp;
    Milliseconds longestOpen{0};
    Milliseconds shortestClosed{0};
    Milliseconds keepAlive{0};       ///< what clients of this network are told; 0 = nothing yet
    int confidence = 0;              ///< percent
    QVector<PinholeSample> samples;  ///< the newest, oldest first, at most maxSamples
    Timestamp changedAt;
    static constexpr int maxSamples = 32;

    NetworkKey key() const { return {prefix, transport}; }

    /// The estimate: the middle where both ends are known, otherwise the one that is; 0 = unknown.
    Milliseconds lifetime() const
    {
        if (longestOpen.count() > 0 && shortestClosed.count() > 0)
            return (longestOpen + shortestClosed) / 2;
        return longestOpen.count() > 0 ? longestOpen : shortestClosed;
    }
    friend bool operator==(const LearnedNetwork &, const LearnedNetwork &) = default;
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::NetworkKey)
Q_DECLARE_METATYPE(reveille::LearnedNetwork)
