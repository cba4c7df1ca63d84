// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientkeepalive.h"
#include "client/clientmsrpcalls.h"
#include "client/clientregistration.h"
#include "client/devicelink.h"
#include "client/messagereceiver.h"

#include <memory>

namespace reveille {

/// A device on a SIP flow (RFC 5626): one registration, kept open by keep-alives, pushes as MESSAGE, large ones in
/// MSRP sessions. Lives in
/// its client's thread.
class SipLink : public DeviceLink {
    Q_OBJECT
public:
    SipLink(const PushClientSettings &settings, DigestSecret &secret, PushInbox &inbox, int flow = 0,
            QObject *parent = nullptr);
    ~SipLink() override;

    void open(const SirGateway &gateway) override;
    void close() override;
    void registerNow() override;
    void unregister() override;
    void goSilent() override;
    void openSession() override;
    /// MESSAGE to the server with a notification of delivery (RFC 5438); only while open.
    bool confirm(const ReceivedPush &push) override;
    LinkMemory memory() const override { return m_registration.memory(); }
    void resume(const LinkMemory &memory) override { m_registration.resume(memory); }
    bool isOpen() const override { return m_flow != nullptr; }
    bool isRegistered() const override { return m_registration.isRegistered(); }

    static constexpr int mostConfirmations = 8; ///< under way; with so many nothing is confirmed

private:
    void onGranted(const RegistrationGrant &granted, bool refreshed);
    void onMessage(const SipMessage &message);
    void lose(const QByteArray &reason);
    void sendConfirmation(const QString &push);

    DigestSecret &m_secret;
    ClientRequester m_requester;
    ClientRegistration m_registration;
    ClientKeepAlive m_keepAlive;
    MessageReceiver m_receiver;
    FlowSecurity m_security;
    ClientMsrpCalls m_calls;
    std::unique_ptr<ClientFlow> m_flow;
    int m_confirmations = 0; ///< under way over the flow
};

/// Where a SIP device goes for `gateway`; an empty host means the registrar of the settings.
FlowPeer sipPeerOf(const SirGateway &gateway, const PushClientSettings &settings);

} // namespace reveille
