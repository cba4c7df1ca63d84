// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHashFunctions>
#include <QHostAddress>
#include <QString>

namespace reveille {

/// An address literal and a port. Any thread.
struct SimulationEndpoint {
    QHostAddress address;
    quint16 port = 0; ///< where one listens: 0 for any free one

    /// "127.0.0.1:2775", "[::1]:2775"; "127.0.0.1" and "127.0.0.1:0" have port 0. Names are not looked up.
    /// Error endpoint-value (about = the text, shortened).
    static Result<SimulationEndpoint> parse(const QString &text);
    QString toString() const;

    friend bool operator==(const SimulationEndpoint &, const SimulationEndpoint &) = default;
    friend size_t qHash(const SimulationEndpoint &endpoint, size_t seed = 0)
    {
        return qHashMulti(seed, endpoint.address, endpoint.port);
    }
};

} // namespace reveille
