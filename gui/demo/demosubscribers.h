// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushclientsettings.h"
#include "domain/device.h"

#include <QVector>

namespace reveille {

/// Who plays in the demo. Values, any thread.
struct DemoDevice {
    Device provisioned;
    ClientTransport transport = ClientTransport::Udp;
};

struct DemoUser {
    PublicUserId id;
    QString name;
    QString password;
    QVector<DemoDevice> devices; ///< phone, laptop, tablet
};

/// Alice and Bob.
QVector<DemoUser> demoUsers();

/// What the client of this device is told. `registrarPort` is that of its transport.
PushClientSettings demoClient(const DemoUser &user, const DemoDevice &device, quint16 registrarPort);

} // namespace reveille
