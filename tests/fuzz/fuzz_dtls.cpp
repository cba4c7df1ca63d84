// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/dtlsentry.h"
#include "connections/datagram/dtlsidentity.h"
#include "fuzz/fuzz.h"
#include "wire/dtlshello.h"

#include <algorithm>

using namespace reveille;

namespace {

/// What a hello says lies within the datagram, and nothing longer than the protocol has.
void checkHello(QByteArrayView datagram)
{
    const Result<DtlsHello> hello = DtlsHello::parse(datagram);
    FUZZ_CHECK(!hello.ok() || DtlsHello::isMeant(datagram));
    if (!hello)
        return;
    const auto isWithin = [&](QByteArrayView part) {
        return part.isEmpty() || (part.data() >= datagram.data() && part.data() + part.size() <= datagram.data() + datagram.size());
    };
    FUZZ_CHECK(isWithin(hello->session) && isWithin(hello->cookie));
    FUZZ_CHECK(hello->session.size() <= DtlsHello::longestSession && hello->cookie.size() <= DtlsHello::longestCookie);
    // Cut anywhere within its record it is none any more; what follows the record does not matter.
    const qsizetype record = 13 + (quint8(datagram[11]) << 8 | quint8(datagram[12]));
    FUZZ_CHECK(!DtlsHello::parse(datagram.first(std::max<qsizetype>(record - 1, 0))).ok());
    FUZZ_CHECK(DtlsHello::parse(datagram.first(record)).ok());
}

/// Datagrams of several peers, as the listener meets them: one octet says who sends and what comes of it, one how much
/// time goes by, one how long the datagram is.
void checkEntry(QByteArrayView script)
{
    DatagramSettings settings;
    settings.allowed = {*IpNetwork::parse(u"10.0.0.0/8")};
    settings.maxDtls = 4;
    settings.maxHandshakes = 2;
    DtlsEntry entry(settings);
    Milliseconds now{0};
    while (script.size() >= 3) {
        const auto what = quint8(script[0]);
        now += Milliseconds(quint8(script[1]) * 50);
        const QByteArrayView datagram = script.sliced(3, std::min<qsizetype>(quint8(script[2]), script.size() - 3));
        script = script.sliced(3 + datagram.size());
        const bool isStranger = (what & 7) == 7;
        const DatagramPeer peer = DatagramPeer::of(*IpAddress::parse(isStranger ? u"192.0.2.1" : u"10.0.0.7"), 1000 + (what & 7), true);

        const qsizetype before = entry.sessions();
        const DtlsEntry::Step step = entry.step(peer, datagram, now);
        FUZZ_CHECK(entry.sessions() == before); // looking keeps nothing
        FUZZ_CHECK(!isStranger || step == DtlsEntry::Step::Ignore);
        FUZZ_CHECK(step != DtlsEntry::Step::Greet || DtlsHello::parse(datagram).ok());
        if (step == DtlsEntry::Step::Greet && (what & 8)) { // the cookie was right
            for (const DatagramPeer &over : entry.toEndFor(peer, now))
                entry.end(over);
            entry.begin(peer, now);
            FUZZ_CHECK(!entry.isOpen(peer) && entry.step(peer, datagram, now) == DtlsEntry::Step::Shake);
        } else if (step == DtlsEntry::Step::Shake && (what & 8)) {
            what & 16 ? entry.finished(peer, now) : entry.end(peer);
        } else if (step == DtlsEntry::Step::Decrypt) {
            FUZZ_CHECK(entry.isOpen(peer));
            what & 16 ? entry.heard(peer, now) : entry.end(peer);
        }
        if (what & 32) {
            for (const DatagramPeer &over : entry.overdue(now, [](const DatagramPeer &p) { return p.port == 1001; }))
                entry.end(over);
        }
        FUZZ_CHECK(entry.sessions() <= settings.maxDtls && entry.handshakes() <= settings.maxHandshakes);
        FUZZ_CHECK(entry.handshakes() <= entry.sessions());
    }
}

void checkIdentity(QByteArrayView identity)
{
    const auto user = userOfDtlsIdentity(identity, QStringLiteral("lab.example"));
    if (!user)
        return;
    FUZZ_CHECK(identity.size() <= longestDtlsIdentity);
    FUZZ_CHECK(userOfDtlsIdentity(user->toString().toUtf8(), QStringLiteral("lab.example")) == user);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    checkHello(octets);
    checkEntry(octets);
    checkIdentity(octets);
    return 0;
}
