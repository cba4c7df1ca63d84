// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/devicelink.h"

#include "client/datagramlink.h"
#include "client/siplink.h"

namespace reveille {

std::unique_ptr<DeviceLink> makeDeviceLink(const PushClientSettings &settings, DigestSecret &secret,
                                           PushInbox &inbox, int flow)
{
    if (settings.connect == ClientConnect::Datagram)
        return std::make_unique<DatagramLink>(settings, inbox);
    return std::make_unique<SipLink>(settings, secret, inbox, flow);
}

} // namespace reveille
