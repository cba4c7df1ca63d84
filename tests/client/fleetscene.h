// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleet.h"
#include "client/fleet/fleetcoap.h"
#include "client/simulationfixture.h"
#include "wire/coapbuilder.h"
#include "wire/coapvalue.h"
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QVector>

namespace reveille {

/// A network without sockets that notes what is sent, and a CoAP server at its other end that answers 10 ms later.
class FakeFleetNetwork : public FleetNetwork {
public:
    struct Sent {
        Milliseconds at;
        FleetPlace from;
        QByteArray octets;
        friend bool operator==(const Sent &, const Sent &) = default;
    };
    static constexpr quint32 first = 0x7f010000, block = 1024;

    explicit FakeFleetNetwork(FakeSimulationTime &time)
        : m_time(time)
    {
    }
    void send(const FleetPlace &from, const QByteArray &octets) override
    {
        sent.append({m_time.monotonic(), from, octets});
        m_time.timers().start(Milliseconds(10), [this, from, octets] { answer(from, octets); });
    }
    void flush() override {}
    FleetPlace place(quint32 device, quint32 moves) override
    {
        return {shared ? first : first + block * (moves % 4) + device, quint16(moves % 4)};
    }
    quint16 portOf(const FleetPlace &place) const override { return quint16(40000 + place.socket); }
    quint16 clientPort() const override { return 2948; }
    std::optional<quint32> ownerOf(quint32 address) const override
    {
        return shared ? std::nullopt : std::optional((address - first) % block);
    }

    /// What the server says to a registration or a refresh; Empty: nothing.
    quint8 registrationCode = CoapCode::Created, refreshCode = CoapCode::Changed;
    bool shared = false;
    QVector<Sent> sent;
    FleetReceiver *fleet = nullptr;

private:
    void answer(const FleetPlace &from, const QByteArray &octets)
    {
        const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
        if (!message || !message->isRequest())
            return;
        const bool registers = message->isAt("rd");
        const quint8 code = registers ? registrationCode : refreshCode;
        if (code == CoapCode::Empty)
            return;
        CoapBuilder reply(CoapType::Acknowledgement, code, message->messageId(), message->token());
        if (registers && coapClass(code) == 2)
            reply.path("rd/" + QByteArray::number(++m_keys), CoapOptionNumber::LocationPath);
        if (code == CoapCode::ServiceUnavailable)
            reply.add(CoapOptionNumber::MaxAge, quint32(60));
        if (coapClass(code) == 2)
            reply.payload("ka=25;lt=3600");
        fleet->received(from, reply.bytes());
    }

    FakeSimulationTime &m_time;
    int m_keys = 0;
};

/// A fleet whose time is the test's.
struct FleetScene {
    explicit FleetScene(quint32 devices, const QString &mix, quint64 seed = 1, const QString &password = {})
        : settings(settingsFor(devices, mix, seed, password))
        , identities(*FleetIdentities::make(settings.userPattern, seed, devices))
        , network(time)
        , protocol(identities, {3600, 2948, password, {}}, devices)
        , fleet(settings, identities, protocol, network, time, time.timers())
    {
        network.fleet = &fleet;
    }
    static FleetSettings settingsFor(quint32 devices, const QString &mix, quint64 seed, const QString &password)
    {
        FleetSettings settings;
        settings.devices = devices;
        settings.mix = FleetMix::parse(mix, {}).valueOr({});
        settings.seed = seed;
        settings.password = password;
        return settings;
    }
    void run(int seconds) { time.advance(Milliseconds(1000LL * seconds)); }
    const FleetCounters &count() const { return fleet.counters(); }
    quint32 in(FleetPhase phase) const { return count().phases[size_t(phase)]; }

    /// A push for a device, where the server believes it to be.
    void push(quint32 device, const QByteArray &id, quint16 messageId, const QByteArray &block1 = {})
    {
        pushTo(fleet.device(device).place, device, id, messageId, block1);
    }
    void pushTo(const FleetPlace &place, quint32 device, const QByteArray &id, quint16 messageId,
                const QByteArray &block1 = {})
    {
        CoapBuilder builder(CoapType::Confirmable, CoapCode::Post, messageId, "token");
        builder.path("push").query("s", identities.session(device)).query("id", id).payload("x");
        if (!block1.isNull())
            builder.add(CoapOptionNumber::Block1, block1);
        fleet.received(place, builder.bytes());
    }
    /// The code of the last message that was sent.
    quint8 lastCode() const
    {
        const QByteArray octets = network.sent.isEmpty() ? QByteArray() : network.sent.last().octets;
        return octets.size() < 2 ? 0 : quint8(octets[1]);
    }
    QByteArray sirFor(quint32 device, const QByteArray &key = {}) const
    {
        SessionRequest sir;
        sir.device = identities.device(device);
        sir.gateway = QStringLiteral("sip:127.0.0.1:5060");
        if (!key.isEmpty()) {
            sir.time = Timestamp{time.now().ms / 1000 * 1000};
            sir.nonce = "1234";
        }
        WspPush push;
        push.applicationId = 1;
        push.data = encodeSir(sir, key);
        return encodeWspPush(push);
    }
    void wake(quint32 device, const QByteArray &octets) { fleet.heard(fleet.device(device).place.address, octets); }
    void wake(quint32 device) { wake(device, sirFor(device)); }

    FakeSimulationTime time;
    FleetSettings settings;
    FleetIdentities identities;
    FakeFleetNetwork network;
    FleetCoap protocol;
    Fleet fleet;
};

} // namespace reveille
