// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "domain/deviceid.h"
#include "serverhost.h"

#include <QObject>

#include <memory>

namespace reveille {

struct ClientEvent;

/// The configuration the demo runs with: `base`, on any free ports of loopback, with passwords (so that SIRs are signed)
/// and with timers short enough to watch.
Config demoConfig(const Config &base);

/// A small world to look at: two users with three devices each, which are real push clients on loopback sockets in a
/// thread of their own. GUI thread; `host` outlives it.
class Demo : public QObject
{
    Q_OBJECT
public:
    explicit Demo(ServerHost &host, QObject *parent = nullptr);
    ~Demo() override; ///< stops the devices and waits for their thread

    /// Makes the users and starts their devices, at once or as soon as the host runs; again after every restart of it.
    /// Does nothing where they are there already.
    void populate();
    /// While the host serves something else the devices are away; they come back with the next start after that.
    void setAway(bool away);

    bool isPopulated() const; ///< every device is registered

Q_SIGNALS:
    void populated();
    void failed(const reveille::Error &error); ///< the users could not be made, or a device could not start

private:
    template <typename Next>
    void whenDone(const QVector<QFuture<Result<Done>>> &orders, Next next);
    void makeUsers();
    void makeDevices();
    void startDevices();
    void dismiss();
    void hear(const DeviceId &device, const ClientEvent &event);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
