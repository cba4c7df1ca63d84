// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/sessionrequest.h"
#include "domain/timestamp.h"

#include <QString>

namespace reveille {

/// Information a device sent back because a SIR asked for it (requirements S10, S14), or its refusal. A device keeps the
/// newest of each kind. Any thread.
struct Returned {
    SirRequest what = SirRequest::Capability;
    QString value;  ///< compact JSON of what it said; for a refusal {"status":603}; for a registration message empty
    Timestamp at;
    WakeId wake;    ///< the wake-up whose SIR had asked; empty where none is known
    QString over;   ///< "sip", "coap", "ota_http"

    static constexpr qsizetype longestValue = 2048; ///< characters; what is longer is refused with returned-too-large
    friend bool operator==(const Returned &, const Returned &) = default;
};

} // namespace reveille
