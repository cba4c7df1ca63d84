// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetprogram.h"

#include "client/endpoint.h"
#include "client/fleet/fleetcoap.h"
#include "client/fleet/fleetconsole.h"
#include "client/fleet/fleetsip.h"
#include "client/fleet/fleetsockets.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

int complain(const Error &error)
{
    std::fprintf(stderr, "reveille-client: %s: %s\n", error.code, qUtf8Printable(error.about));
    return 1;
}

std::unique_ptr<FleetProtocol> protocolFor(const FleetSettings &settings, const FleetIdentities &identities,
                                           const FleetNetwork &network)
{
    if (settings.kind == ClientConnect::Sip)
        return std::make_unique<FleetSip>(
            identities, network,
            FleetSip::Settings{settings.lifetime, settings.listensForWakeUps, settings.password, settings.realm},
            settings.devices);
    return std::make_unique<FleetCoap>(
        identities, FleetCoap::Settings{settings.lifetime, network.clientPort(), settings.password, settings.realm},
        settings.devices);
}

/// What comes in finds its fleet once there is one.
class Relay : public FleetReceiver {
public:
    void received(const FleetPlace &to, QByteArrayView octets) override { target->received(to, octets); }
    void heard(quint32 address, QByteArrayView octets) override { target->heard(address, octets); }
    FleetReceiver *target = nullptr;
};

} // namespace

int runFleet(const FleetOptions &options)
{
    const FleetSettings &settings = options.settings;
    const Result<FleetIdentities> identities =
        FleetIdentities::make(settings.userPattern, settings.seed, settings.devices, settings.perUser);
    if (!identities)
        return complain(identities.error());
    MachineClock clock;
    SimulationTimers timers(clock);
    Relay relay;
    FleetSockets sockets(settings);
    if (const Result<Done> opened = sockets.open(relay); !opened)
        return complain(opened.error());
    const std::unique_ptr<FleetProtocol> protocol = protocolFor(settings, *identities, sockets);
    Fleet fleet(settings, *identities, *protocol, sockets, clock, timers);
    relay.target = &fleet;
    FleetConsole console(fleet, clock, timers, Milliseconds(1000LL * options.statsSeconds), STDIN_FILENO);
    console.setExtra([&] { return QJsonObject{{u"unsent"_s, qint64(sockets.unsent())}}; });
    QObject::connect(&console, &FleetConsole::endAsked, qApp, &QCoreApplication::quit);
    QJsonObject ready = settings.mix.toJson();
    ready.insert(u"devices"_s, qint64(settings.devices));
    ready.insert(u"kind"_s, QString::fromLatin1(toText(settings.kind)));
    ready.insert(u"seed"_s, QString::number(settings.seed));
    ready.insert(u"registrar"_s, endpointText(settings.registrar, settings.registrarPort));
    ready.insert(u"sockets"_s, qint64(sockets.sockets()));
    ready.insert(u"client_port"_s, int(sockets.clientPort()));
    console.say(u"ready"_s, ready);
    fleet.start();
    const int status = QCoreApplication::exec();
    console.say(u"stats"_s, fleet.counters().toJson());
    console.say(u"stopped"_s, {});
    return status;
}

} // namespace reveille
