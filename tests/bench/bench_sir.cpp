// SPDX-License-Identifier: GPL-3.0-or-later
// What one wake-up costs before it is sent, in nanoseconds: its SIR written, read and verified, and the SMS around it.
// Usage: bench_sir [ROUNDS]     (default 200000)

#include "bearers/smsform.h"
#include "wire/sir.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

volatile qsizetype kept = 0; ///< so that nothing measured is left out

/// The median of five series.
template <typename Work>
void measure(const char *what, int rounds, Work work)
{
    double series[5] = {};
    for (double &one : series) {
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < rounds; ++i)
            kept = kept + work();
        one = double(time.nsecsElapsed()) / rounds;
    }
    std::sort(std::begin(series), std::end(series));
    std::printf("%-34s %6.0f ns\n", what, series[2]);
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 200'000;
    SessionRequest old;
    old.version = 1;
    ContactPoint point;
    point.bearer = quint8(0);
    point.port = quint16(5060);
    point.address = QByteArray::fromHex("c000020a");
    old.contactPoints = {point};
    SessionRequest sir;
    sir.device = *DeviceId::parse(u"urn:uuid:00000000-0000-4000-8000-000000000001"_s);
    sir.gateway = u"sip:192.0.2.10:5060;transport=udp"_s;
    sir.requests = SirRequest::Capability;
    sir.time = Timestamp{1'795'000'000'000};
    sir.nonce = QByteArray::fromHex("01020304");
    const QByteArray key(64, 'a');

    const QByteArray oldOctets = encodeSir(old);
    const QByteArray plain = encodeSir(sir), signedOctets = encodeSir(sir, key);
    WakeMessage message;
    message.wake = WakeId(u"w-1"_s);
    message.route = {u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Provisioned};
    message.sir = signedOctets;
    std::printf("version 1: %lld octets; version 2: %lld, signed %lld\n", static_cast<long long>(oldOctets.size()),
                static_cast<long long>(plain.size()), static_cast<long long>(signedOctets.size()));

    measure("encode version 1", rounds, [&] { return encodeSir(old).size(); });
    measure("decode version 1", rounds, [&] { return decodeSir(oldOctets)->contactPoints.size(); });
    measure("encode version 2", rounds, [&] { return encodeSir(sir).size(); });
    measure("encode version 2, signed", rounds, [&] { return encodeSir(sir, key).size(); });
    measure("decode version 2", rounds, [&] { return decodeSir(signedOctets)->nonce.size(); });
    measure("verify version 2", rounds, [&] { return qsizetype(verifySir(signedOctets, key)); });
    const SmsForm form;
    measure("SMS around it (WSP push, header)", rounds, [&] { return form.octetsOf(message).size(); });
    return 0;
}
