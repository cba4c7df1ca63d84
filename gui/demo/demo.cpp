// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demo.h"

#include "gui/demo/demofleet.h"
#include "gui/demo/demosubscribers.h"

#include <QSet>

namespace reveille {

using namespace Qt::StringLiterals;

Config demoConfig(const Config &base)
{
    const Config defaults = Config::defaults();
    Config config = base;
    config.realm = defaults.realm;
    config.publicAddress.clear();
    for (const Config::Listener &listener : Config::listeners())
        config.*listener.address = defaults.*listener.address;
    config.takeAnyPorts();
    config.bearers = defaults.bearers;
    config.wakeRoutes.clear();
    config.wakeMode = SirMode::Routed;
    config.sipDigest = true;
    config.sipFlowTimer = 0;
    config.wakeAnswerTimeout = Milliseconds(5000);
    config.wakeBackoff = Milliseconds(500);
    config.keepAliveGrace = Milliseconds(1000);
    config.udpPinhole = Milliseconds(5000);
    config.tcpSilence = Milliseconds(10000);
    config.requestTimeout = Milliseconds(1500);
    return config;
}

struct Demo::Private {
    explicit Private(ServerHost &server) : host(server) {}

    ServerHost &host;
    QVector<DemoUser> users = demoUsers();
    DemoFleet fleet;
    bool populateWanted = false;
    bool away = false;
    bool made = false;          ///< the world of this run of the host is there or on its way
    int waiting = 0;            ///< answers of the host
    quint64 round = 0;          ///< of making the world; answers to an earlier one are dropped
    QSet<DeviceId> registered;

    int deviceCount() const
    {
        int count = 0;
        for (const DemoUser &user : users)
            count += int(user.devices.size());
        return count;
    }
};

Demo::Demo(ServerHost &host, QObject *parent) : QObject(parent), d(new Private(host))
{
    connect(&d->fleet, &DemoFleet::failed, this, &Demo::failed);
    connect(&d->fleet, &DemoFleet::happened, this, &Demo::hear);
    connect(&host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running && d->populateWanted && !d->away)
            makeUsers();
        else if (state == ServerHost::State::Stopped || state == ServerHost::State::Failed)
            dismiss();
    });
}

Demo::~Demo() = default;

void Demo::populate()
{
    d->populateWanted = true;
    if (d->host.state() == ServerHost::State::Running && !d->made && !d->away)
        makeUsers();
}

void Demo::setAway(bool away)
{
    d->away = away;
    if (away)
        dismiss();
}

/// Runs `next` once every answer came; the first error ends it.
template <typename Next>
void Demo::whenDone(const QVector<QFuture<Result<Done>>> &orders, Next next)
{
    d->waiting = int(orders.size());
    for (QFuture<Result<Done>> order : orders) {
        order.then(this, [this, next, round = d->round](const Result<Done> &done) {
            if (round != d->round)
                return;
            if (!done) {
                ++d->round;
                d->made = false;
                Q_EMIT failed(done.error());
            } else if (--d->waiting == 0) {
                next();
            }
        });
    }
}

void Demo::makeUsers()
{
    ++d->round;
    d->made = true;
    d->registered.clear();
    QVector<QFuture<Result<Done>>> orders;
    for (const DemoUser &user : d->users)
        orders.append(d->host.putUser(user.id, user.name, user.password));
    whenDone(orders, [this] { makeDevices(); });
}

void Demo::makeDevices()
{
    QVector<QFuture<Result<Done>>> orders;
    for (const DemoUser &user : d->users) {
        for (const DemoDevice &device : user.devices)
            orders.append(d->host.putDevice(device.provisioned));
    }
    whenDone(orders, [this] { startDevices(); });
}

void Demo::startDevices()
{
    const QMap<QString, QString> addresses = d->host.boundAddresses();
    const auto portOf = [&](const QString &listener) { return addresses.value(listener).section(u':', -1).toUShort(); };
    QVector<PushClientSettings> settings;
    for (const DemoUser &user : d->users) {
        for (const DemoDevice &device : user.devices) {
            const bool udp = device.transport == ClientTransport::Udp;
            settings.append(demoClient(user, device, portOf(udp ? u"sip_udp"_s : u"sip_tcp"_s)));
        }
    }
    d->fleet.start(settings);
}

void Demo::dismiss()
{
    ++d->round;
    d->made = false;
    d->registered.clear();
    d->fleet.stop();
}

void Demo::hear(const DeviceId &device, const ClientEvent &event)
{
    if (event.code != "registered"_L1 || d->registered.contains(device))
        return;
    d->registered.insert(device);
    if (isPopulated())
        Q_EMIT populated();
}

bool Demo::isPopulated() const
{
    return d->registered.size() == d->deviceCount();
}

} // namespace reveille
