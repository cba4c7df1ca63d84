// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient keeps over its restarts.
#include "client/pushclientstate.h"

#include "client/endpoint.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr Milliseconds soon{200};

QString serverOf(const PushClientSettings &settings)
{
    return u"%1 %2 %3"_s.arg(QString::fromLatin1(toText(settings.connect)), QString::fromLatin1(toText(settings.transport)),
                             endpointText(settings.registrar, settings.registrarPort));
}

} // namespace

Result<Done> PushClient::State::recall()
{
    if (settings.stateFile.isEmpty())
        return Done{};
    file.reset();
    auto opened = std::make_unique<MemoryFile>(settings.stateFile);
    const Result<std::optional<ClientMemory>> found = opened->open();
    if (!found)
        return found.error();
    if (*found && ((*found)->user != settings.user || (*found)->device != settings.device))
        return Error{"state-other-device", settings.stateFile};
    if (*found)
        restore(**found);
    // Whoever cannot keep it, or not read it again, should know before it matters.
    const ClientMemory first = memory();
    if (const Result<ClientMemory> again = clientMemoryFromJson(toJson(first)); !again)
        return Error{"client-settings", again.error().about};
    if (const Result<Done> saved = opened->save(first); !saved)
        return Error{saved.error().code, settings.stateFile + u": "_s + saved.error().about};
    file = std::move(opened);
    return Done{};
}

void PushClient::State::restore(const ClientMemory &memory)
{
    inbox.restore(memory.pushes);
    inbox.restore(memory.datagramPushes, PushInbox::Way::Datagram);
    gate.memory().restore(memory.sirs, memory.sirsForgottenUntil);
    learnedRealm = memory.realm;
    for (const QString &application : memory.activated)
        asleep.removeAll(application);
    for (const auto &lane : lanes)
        lane->link->setAsleep(asleep);
    keptPorts = memory.ports;
    const bool isSameServer = memory.server == serverOf(settings);
    qsizetype registrations = 0;
    if (isSameServer) {
        gruu = memory.gruu;
        learnedKeepAlive = memory.keepAlive;
        const bool stands = defaultInterval > Milliseconds(0);
        if (learnedKeepAlive >= Milliseconds(10) && !settings.insistsOnInterval && !stands)
            defaultInterval = std::exchange(settings.keepAliveInterval, learnedKeepAlive);
        for (size_t flow = 0; flow < lanes.size() && qsizetype(flow) < memory.links.size(); ++flow) {
            const LinkMemory &link = memory.links.at(qsizetype(flow));
            registrations += link.registrations.size() + !link.callId.isEmpty();
            lanes[flow]->link->resume(link);
        }
    }
    tell("state-restored", {{u"pushes"_s, memory.pushes.size() + memory.datagramPushes.size()},
                            {u"sirs"_s, qint64(memory.sirs.size())},
                            {u"same_server"_s, isSameServer},
                            {u"registrations"_s, registrations},
                            {u"gruu"_s, gruu},
                            {u"keep_alive_ms"_s, qint64(learnedKeepAlive.count())},
                            {u"activated"_s, QJsonArray::fromStringList(memory.activated)}});
}

ClientMemory PushClient::State::memory() const
{
    ClientMemory memory;
    memory.user = settings.user;
    memory.device = settings.device;
    memory.server = serverOf(settings);
    memory.gruu = gruu;
    memory.realm = secret.realm().isEmpty() ? learnedRealm : QString::fromUtf8(secret.realm());
    memory.keepAlive = learnedKeepAlive;
    for (const auto &lane : lanes)
        memory.links.append(lane->link->memory());
    memory.ports = keptPorts;
    if (wakes.port() != 0)
        memory.ports.insert(QString(), wakes.port());
    for (const ClientApplication &application : settings.installed) {
        if (application.port.value_or(0) != 0)
            memory.ports.insert(application.name, *application.port);
    }
    memory.pushes = inbox.known();
    memory.datagramPushes = inbox.known(PushInbox::Way::Datagram);
    memory.sirs = gate.memory().seen();
    memory.sirsForgottenUntil = gate.memory().forgottenUntil();
    for (const ClientApplication &application : settings.installed) {
        if (application.dormant && !asleep.contains(application.name))
            memory.activated.append(application.name);
    }
    return memory;
}

/// Where any port will do it is that of the last life: others have been told of it.
Result<Done> PushClient::State::listenAt(WakeListener &listener, const QHostAddress &address, quint16 port, const QString &application)
{
    const quint16 before = port == 0 ? keptPorts.value(application) : quint16(0);
    if (before != 0 && listener.listen(address, before))
        return Done{};
    return listener.listen(address, port);
}

/// At once: what follows must not happen before it is kept.
void PushClient::State::keep()
{
    keepLater.stop();
    if (!file)
        return;
    const Result<Done> saved = file->save(memory());
    if (!saved && !std::exchange(isForgetful, true))
        tell("state-failed", {{u"reason"_s, saved.error().about}});
    else if (saved)
        isForgetful = false;
}

void PushClient::State::keepSoon()
{
    if (file && !keepLater.isActive())
        keepLater.start(soon);
}

} // namespace reveille
