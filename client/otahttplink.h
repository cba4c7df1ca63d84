// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/devicelink.h"
#include "client/flowsecurity.h"
#include "client/httpchannel.h"
#include "client/otahttpterminal.h"

#include <QTimer>

#include <memory>

namespace reveille {

/// A device over OTA-HTTP (WAP-235-PushOTA section 8): one TCP or TLS connection that it opened (TO-TCP), or that the
/// server opened to it (PO-TCP, takeCall()), and over which the server asks. The server alone ends a registration, so
/// what stands is believed in until the connection ends. Lives in its client's thread.
///
/// The standard has no word for "you are registered": the device takes its answer for accepted once T1 has passed
/// without the server hanging up, or once the server asks for something else.
class OtaHttpLink : public DeviceLink {
    Q_OBJECT
public:
    OtaHttpLink(const PushClientSettings &settings, PushInbox &inbox, QObject *parent = nullptr);
    ~OtaHttpLink() override;

    /// With `calledOnly` it waits for the server to call; registering() comes with the call.
    void open(const SirGateway &gateway) override;
    void close() override;
    /// A terminal cannot ask by itself: opens a fresh connection, on which the server does.
    void registerNow() override;
    void unregister() override;
    void goSilent() override;
    bool takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &request) override;
    /// In the answers to OPTIONS until the registration stands; a refusal has no place there.
    bool giveBack(const QByteArray &kind, const QByteArray &body) override;
    bool givesBackInAnswers() const override { return true; }
    /// Its capabilities are told once, and say all that it has.
    bool registersApplications() const override { return false; }
    /// In X-Reveille-Confirmed of the next answer, which within pushReceived() is that to the push itself. Nothing comes back:
    /// confirmed() has the status 202 once it was said.
    bool confirm(const ReceivedPush &push) override;
    bool isOpen() const override { return m_socket || m_channel || m_waits; }
    bool isRegistered() const override { return m_registered; }

private:
    void adopt(std::unique_ptr<HttpChannel> channel);
    void onRequest(const HttpRequest &request);
    void onRefused(const OtaHttpTerminal::Outcome &outcome);
    void onTold(Milliseconds keepAlive);
    void settle();
    void answer(HttpResponse response);
    void watch();
    void lose(const QByteArray &reason);
    OtaHttpTerminal::Path path() const;

    OtaHttpTerminal m_terminal;
    FlowSecurity m_security;
    SirGateway m_gateway;
    std::unique_ptr<QSslSocket> m_socket; ///< until it stands
    std::unique_ptr<HttpChannel> m_channel;
    QTimer m_settle; ///< told all, and the server did not hang up yet
    QTimer m_watch;  ///< how long the server may be silent
    Milliseconds m_keepAlive{0};
    QByteArray m_returned; ///< to go with the answer to OPTIONS; empty: nothing
    QVector<OtaConfirmation> m_confirmed; ///< to go with the next answer
    bool m_registered = false;
    bool m_waits = false;
};

} // namespace reveille
