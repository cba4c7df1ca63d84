// SPDX-License-Identifier: GPL-3.0-or-later
// The mix of a fleet, which may stand in a file: what was read is read again from what is shown of it. And what a server may
// send to devices of both kinds.
#include "client/fleet/fleetcoap.h"
#include "client/fleet/fleetsip.h"
#include "fuzz/fuzz.h"

using namespace reveille;

namespace {

void readMix(const QString &text)
{
    const Result<FleetMix> mix = FleetMix::parse(text, {});
    if (!mix)
        return;
    QStringList parts;
    const QJsonObject fields = mix->toJson();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        parts.append(field.key() + u'=' + QString::number(field.value().toInteger()));
    const Result<FleetMix> again = FleetMix::parse(parts.join(u','), {});
    FUZZ_CHECK(again.ok() && *again == *mix);
}

/// Nowhere at all.
class NoNetwork : public FleetNetwork {
public:
    void send(const FleetPlace &, const QByteArray &) override {}
    void flush() override {}
    FleetPlace place(quint32, quint32) override { return {}; }
    quint16 portOf(const FleetPlace &) const override { return 5060; }
    quint16 clientPort() const override { return 2948; }
    std::optional<quint32> ownerOf(quint32) const override { return std::nullopt; }
};

void hear(FleetProtocol &protocol, QByteArrayView octets)
{
    FleetDevice device;
    FUZZ_CHECK(!protocol.request(0, device, FleetAsk::Register).isEmpty());
    const FleetHeard first = protocol.take(0, device, octets, Milliseconds(0));
    const FleetHeard again = protocol.take(0, device, octets, Milliseconds(1));
    // A request that comes again is answered the same and counted once.
    if (first.kind == FleetHeard::Kind::Push)
        FUZZ_CHECK(again.kind == FleetHeard::Kind::Repeated);
    (void)protocol.isFor(0, octets);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    readMix(QString::fromUtf8(octets));
    static const FleetIdentities identities =
        FleetIdentities::make(QStringLiteral("sip:dev%1@lab.example"), 1, 1).value();
    NoNetwork network;
    FleetCoap coap(identities, {3600, 2948, {}, {}}, 1);
    hear(coap, octets);
    FleetSip sip(identities, network, {3600, true, QStringLiteral("secret"), {}}, 1);
    hear(sip, octets);
    return 0;
}
