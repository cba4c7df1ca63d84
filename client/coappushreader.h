// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/blockassembly.h"
#include "client/coapchannel.h"
#include "client/pushinbox.h"

namespace reveille {

/// Reads pushes out of CoAP requests: POST /push?s=SESSION&id=PUSH, whole or block by block (RFC 7959). Any one thread.
class CoapPushReader {
public:
    struct Outcome {
        CoapChannel::Reply reply;         ///< where there is no push: what is missing, or wrong with it
        std::optional<ReceivedPush> push; ///< not judged yet
    };
    /// `from` keeps the blocks of one sender apart from those of another.
    Outcome read(const CoapMessage &request, const QByteArray &from = {});

    /// For a push that was judged: 2.04, or what corresponds to its refusal. `outcome` is of the same push.
    static CoapChannel::Reply answerTo(const ReceivedPush &push, const Outcome &outcome);

private:
    BlockAssembly m_blocks;
};

} // namespace reveille
