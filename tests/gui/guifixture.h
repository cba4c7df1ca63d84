// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/runninghost.h"
#include "gui/selection.h"
#include "models/faultmodel.h"

#include <QTemporaryDir>

namespace reveille::test {

/// A running server with the models of a window over it.
struct GuiFixture : RunningHost {
    SubscriberModel subscribers;
    JournalModel journal;
    PushListModel pushes;
    WakeListModel wakes;
    BearerModel bearers;
    NetworkModel networks;
    FaultModel faults;
    Selection selection;
    QSettings settings{folder.filePath(QStringLiteral("console.ini")), QSettings::IniFormat};
    GuiContext context;

    GuiFixture()
    {
        context.host = &host;
        context.subscribers = &subscribers;
        context.journal = &journal;
        context.pushes = &pushes;
        context.wakes = &wakes;
        context.bearers = &bearers;
        context.networks = &networks;
        context.faults = &faults;
        context.selection = &selection;
        context.settings = &settings;
        QObject::connect(&host, &ServerHost::changed, &subscribers, [this](const ServerChanges &changes) {
            subscribers.apply(changes);
            journal.apply(changes);
            pushes.apply(changes);
            wakes.apply(changes);
            bearers.apply(changes);
            networks.apply(changes);
            faults.apply(changes);
        });
    }

    static Config quickConfig()
    {
        Config config = Config::defaults();
        config.takeAnyPorts();
        config.wakeAnswerTimeout = Milliseconds(300);
        config.wakeBackoff = Milliseconds(10);
        return config;
    }
    static PublicUserId alice() { return PublicUserId::parse(u"sip:alice@lab.example").valueOr({}); }
    /// A device of Alice; with a wake route to `wakePort` on loopback unless that is 0.
    static Device device(const QString &name, int number, quint16 wakePort)
    {
        Device device;
        device.id = DeviceId::parse(QStringLiteral("urn:uuid:00000000-0000-4000-8000-%1").arg(number, 12, 10, QChar(u'0')))
                        .valueOr({});
        device.user = alice();
        device.name = name;
        if (wakePort)
            device.provisionedRoutes = {{QStringLiteral("wsp-udp"), QStringLiteral("127.0.0.1"), ClientPort(wakePort),
                                         WakeRoute::Source::Provisioned}};
        return device;
    }
    bool provision(const QVector<Device> &devices)
    {
        bool ok = answerOf(host.putUser(alice(), QStringLiteral("Alice"), QStringLiteral("wonderland"))).ok();
        for (const Device &device : devices)
            ok = ok && answerOf(host.putDevice(device)).ok();
        return ok && QTest::qWaitFor([&] { return subscribers.totalDevices() == devices.size(); }, 5000);
    }
};

} // namespace reveille::test
