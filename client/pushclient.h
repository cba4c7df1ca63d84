// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/pushclientsettings.h"
#include "domain/result.h"

#include <QObject>

#include <memory>

namespace reveille {

/// The reference push client for one device: registers over SIP or what else its settings name (DeviceLink),
/// listens for wake-ups on its client port, checks what they say, comes back, takes pushes. Lives in any one
/// thread with an event loop; several may share it.
///
/// The word "silent" is what a closed pinhole looks like from outside: sockets stay open, nothing that
/// arrives on the path is seen and nothing is sent on it. The wake listener is another bearer and goes
/// on, unless deaf.
class PushClient : public QObject {
    Q_OBJECT
public:
    explicit PushClient(PushClientSettings settings, QObject *parent = nullptr);
    ~PushClient() override;

    /// Binds and begins to register. Errors: client-settings (about: the field), client-bind (about: the
    /// address), state-other-device and those of MemoryFile::open().
    Result<Done> start();
    /// Closes everything; with `unregister` a REGISTER with Expires 0 is sent first and waited for (2 s at
    /// most). stopped() tells the end, for which programs of applications are given ApplicationRun::endingTime.
    void stop(bool unregister = false);

    void goSilent();
    /// Ends silence and deafness and registers again over a fresh flow.
    void comeBack();
    /// Drops TCP, or closes the UDP socket, as when a network is left. A wake-up or comeBack() opens a new
    /// one.
    void closeFlow();
    /// Pushes are answered with `status` and wake-ups are not followed; 0 ends it.
    void refuse(int status);
    /// Neither is a wake-up heard.
    void setDeaf(bool deaf);
    /// The user's answer to the question with this number (decision-asked). False where none is open.
    bool decide(const QString &decision, bool allowed);
    void registerNow();
    void unregister();

    const PushClientSettings &settings() const;
    bool isRegistered() const;
    bool isSilent() const;
    quint16 callPort() const;   ///< 0 while it takes no calls
    quint16 coapPort() const;   ///< 0 while it takes no CoAP requests
    quint16 clientPort() const; ///< the bound one, 0 where it does not listen
    /// The bound one of that application's own; 0 where it has none.
    quint16 clientPort(const QString &application) const;
    QString gruu() const;       ///< public GRUU the registrar gave

Q_SIGNALS:
    void happened(const reveille::ClientEvent &event);
    void stopped();

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
