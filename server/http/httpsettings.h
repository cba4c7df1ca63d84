// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "wire/httprequestparser.h"

namespace reveille {

/// What an HTTP listener allows. Each limit is answered or cut off, never waited out.
struct HttpSettings {
    HttpLimits limits;
    int maxConnections = 1000;         ///< further ones get 503 and are closed
    int maxPerAddress = 250;           ///< of them from one address, so that one peer cannot have all; 0 = no limit
    qint64 maxBodies = 12 * 1024 * 1024; ///< octets of all bodies that have not come whole, together; then 503
    Milliseconds headerTime{10000};    ///< from the first octet to the end of the header section, then 408
    Milliseconds bodyTime{30000};      ///< from there to the end of the body, then 408
    Milliseconds idleTime{60000};      ///< between requests, then closed
    Milliseconds replyTime{60000};     ///< the server has to answer, then 503 reply-timeout
    Milliseconds writeTime{60000};     ///< the peer has to take a response, then cut off
    Milliseconds lingerTime{2000};     ///< what the peer still sends after a refusal is thrown away so long
    qint64 writeBacklog = 1024 * 1024; ///< octets waiting for a slow reader before pipelined requests wait
                                       ///< and an event stream is dropped
    Milliseconds heartbeat{15000}; ///< comment line on a silent event stream
};

} // namespace reveille
