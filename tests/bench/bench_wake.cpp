// SPDX-License-Identifier: GPL-3.0-or-later
// How long a wake-up takes from its reason to the carrier: WAKES pushes, one after the other, each for a device that is not
// connected and is woken by SMS, from the HTTP request for the push until an SMSC in this program reads the submit_sm.
// Starts reveilled of the same build. Prints the median and the 99th percentile in milliseconds.
// Usage: bench_wake [WAKES]     (default 300)

#include "e2e/stage.h"
#include "support/scriptedsmsc.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QString userOf(int number)
{
    return u"sip:user%1@lab.example"_s.arg(number);
}
QString deviceOf(int number)
{
    return u"urn:uuid:00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QLatin1Char('0'));
}

bool provision(Stage &stage, int wakes)
{
    for (int i = 0; i < wakes; ++i) {
        if (stage.operations().put(u"/v1/users/"_s + segment(userOf(i)), {{u"name"_s, u"Alice"_s}}).status / 100 != 2)
            return false;
        const QJsonObject route{{u"bearer"_s, u"sms"_s}, {u"address"_s, QString::number(491700000000LL + i)}, {u"port"_s, 2948}};
        const ApiCaller::Answer answer = stage.operations().put(u"/v1/devices/"_s + segment(deviceOf(i)),
                                                                {{u"user"_s, userOf(i)}, {u"wake_routes"_s, QJsonArray{route}}});
        if (answer.status / 100 != 2)
            return false;
    }
    return true;
}

int fail(const char *what)
{
    std::fprintf(stderr, "bench_wake: %s\n", what);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int wakes = argc > 1 ? std::atoi(argv[1]) : 300;
    ScriptedSmsc smsc;
    QElapsedTimer time;
    qint64 arrived = -1;
    QEventLoop untilArrived;
    smsc.script = [&](const SmppPdu &pdu) {
        if (pdu.command == SmppCommand::SubmitSm && arrived < 0)
            arrived = time.nsecsElapsed(), untilArrived.quit();
        return smsc.usual(pdu);
    };
    Stage stage;
    QStringList settings{u"wake/answer_timeout_ms=600000"_s};
    for (const QString &key : {u"type=smpp"_s, u"address=127.0.0.1:%1"_s.arg(smsc.open()), u"system_id=bench"_s, u"per_second=1000"_s,
                               u"first_pause_ms=50"_s, u"receipts=off"_s})
        settings.append(u"bearer.smsc/"_s + key);
    if (!stage.startServer(settings) || !QTest::qWaitFor([&] { return smsc.count(SmppCommand::BindTransceiver) > 0; }, 20'000))
        return fail("no server");
    if (!provision(stage, wakes))
        return fail("devices refused");

    std::vector<double> took;
    for (int i = 0; i < wakes; ++i) {
        QTest::qWait(int(7 + i * 13 % 20)); // at no fixed place between two ticks of the server
        arrived = -1;
        time.start();
        if (stage.push(userOf(i), u"hello"_s, {deviceOf(i)}).isEmpty())
            return fail("push refused");
        if (arrived < 0) {
            QTimer::singleShot(20'000, &untilArrived, &QEventLoop::quit);
            untilArrived.exec();
        }
        if (arrived < 0)
            return fail("not woken");
        took.push_back(double(arrived) / 1e6);
    }
    std::sort(took.begin(), took.end());
    std::printf("%d wake-ups: median %.1f ms, 99th percentile %.1f ms\n", wakes, took[took.size() / 2], took[took.size() * 99 / 100]);
    stage.server().terminate();
    return 0;
}
