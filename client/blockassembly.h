// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapvalue.h"

#include <QByteArray>

#include <deque>
#include <optional>

namespace reveille {

/// Puts bodies together that come in blocks (RFC 7959 section 2.5), several at a time, bounded. Any one
/// thread.
class BlockAssembly {
public:
    enum class State : quint8 {
        Continue, ///< wants the next block
        Complete,
        Incomplete, ///< a block before this one is missing; the sender has to start anew
        TooLarge,
    };
    struct Result {
        State state = State::Incomplete;
        QByteArray body; ///< once complete
    };
    /// `key` tells one body from another. Block 0 starts it anew.
    Result take(const QByteArray &key, const CoapBlock &block, QByteArrayView payload);

    static constexpr qsizetype maxBody = 1024 * 1024; ///< octets
    static constexpr size_t maxBodies = 4;            ///< under way; the oldest is dropped

private:
    struct Body {
        QByteArray key;
        QByteArray octets;
    };
    std::deque<Body> m_bodies;
};

} // namespace reveille
