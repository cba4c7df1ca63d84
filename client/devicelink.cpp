// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/devicelink.h"

#include "client/datagramlink.h"
#include "client/httpchannel.h"
#include "client/otahttplink.h"
#include "client/siplink.h"

namespace reveille {

bool DeviceLink::takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &)
{
    channel.release()->deleteLater();
    return false;
}

std::unique_ptr<DeviceLink> makeDeviceLink(const PushClientSettings &settings, DigestSecret &secret,
                                           PushInbox &inbox, int flow)
{
    if (settings.connect == ClientConnect::Datagram)
        return std::make_unique<DatagramLink>(settings, inbox);
    if (settings.connect == ClientConnect::OtaHttp)
        return std::make_unique<OtaHttpLink>(settings, inbox);
    return std::make_unique<SipLink>(settings, secret, inbox, flow);
}

} // namespace reveille
