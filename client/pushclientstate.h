// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientkeepalive.h"
#include "client/clientregistration.h"
#include "client/messagereceiver.h"
#include "client/pushclient.h"
#include "client/sirgate.h"
#include "client/wakelistener.h"

#include <QJsonObject>
#include <QTimer>

namespace reveille {

/// What stands behind a PushClient: its parts and what each of them sets off in the others. Not for anybody
/// else.
struct PushClient::State {
    State(PushClient *owner, PushClientSettings given);

    void tell(const char *code, QJsonObject fields = {});
    FlowPeer registrar() const { return {settings.registrar, settings.registrarPort, settings.transport}; }
    bool isConnected() const;

    void reconnect(const char *because, const FlowPeer &peer);
    void openFlow(const FlowPeer &peer);
    void closeFlow();
    void retryLater(Milliseconds atLeast);
    void finish();

    void onGranted(const RegistrationGrant &grant, bool refreshed);
    void onFailed(int status, const QByteArray &reason, Milliseconds retryAfter);
    void onLost(const QByteArray &reason);
    void onMessage(const SipMessage &message);
    void onHeard(const QByteArray &octets, const QString &from);
    void judge(const WakeDatagram &wake);
    void refuseSir(const SessionRequest &sir, const FlowPeer &gateway);
    void ignore(const QByteArray &reason);
    SirGate::Rules rules() const;
    FlowPeer peerOf(const SirGateway &gateway) const;

    PushClient *q;
    PushClientSettings settings;
    DigestSecret secret;
    ClientRequester requester;
    ClientRegistration registration;
    ClientKeepAlive keepAlive;
    WakeListener wakes;
    MessageReceiver receiver;
    SirGate gate;
    std::unique_ptr<ClientFlow> flow;
    QTimer retry, farewell;
    int retryFactor = 1;
    bool silent = false;
    bool wanted = false; ///< it tries to be registered
    bool running = false;
    QDeadlineTimer proven, lockout;
    QString gruu;
};

} // namespace reveille
