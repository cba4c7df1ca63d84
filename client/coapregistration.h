// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapbuilder.h"

namespace reveille {

/// What a device tells to register one application instance: POST /rd, after RFC 9176 section 5. Plain values, any
/// thread.
struct CoapRegistration {
    QByteArray device, user, session;
    QByteArray application; ///< empty: none
    int lifetime = 0;       ///< seconds
    QByteArray name;        ///< empty: none
    quint16 wakePort = 0;   ///< client port at the address it comes from, 0: no wake route is named
    QByteArray pushesTo = {}; ///< "192.0.2.7:5683" where pushes are to go there and not to where it comes from

    void write(CoapBuilder &builder) const;
};

} // namespace reveille
