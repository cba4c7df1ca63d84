// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/coapregistration.h"

namespace reveille {

void CoapRegistration::write(CoapBuilder &builder) const
{
    builder.path("rd").query("ep", device).query("u", user).query("s", session);
    if (!application.isEmpty())
        builder.query("app", application);
    builder.query("lt", QByteArray::number(lifetime));
    if (!name.isEmpty())
        builder.query("name", name);
    if (!pushesTo.isEmpty())
        builder.query("b", "coap://" + pushesTo);
    // The server takes the port together with the address we come from.
    if (wakePort != 0)
        builder.query("port", QByteArray::number(wakePort));
}

} // namespace reveille
