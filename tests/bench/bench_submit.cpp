// SPDX-License-Identifier: GPL-3.0-or-later
// Hands WAKES wake-ups to the smpp bearer as the server runs it, over an SMSC on loopback, and prints how many were taken in
// a second and the CPU time of this process for each, in microseconds. Used by submit.sh.
// Usage: bench_submit PORT WAKES WINDOW
// It also listens where Kannel's test centre looks for a bearerbox (13001), for without one that ends after three seconds.

#include "bearers/smppbearer.h"
#include "engine/timerwheel.h"
#include "eventloop/epolldispatcher.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTcpServer>

#include <cstdio>
#include <sys/resource.h>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr int waiting = 1000; ///< in the bearer's queue, so that the window never runs empty
constexpr int users = 100;

qint64 cpuTime() ///< microseconds
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

WakeMessage wakeUp(int number)
{
    WakeMessage message;
    message.wake = WakeId(u"w-"_s + QString::number(number));
    message.user = *PublicUserId::parse(u"sip:user%1@lab.example"_s.arg(number % users));
    message.route = {u"sms"_s, QString::number(491700000000LL + number), ClientPort(2948), WakeRoute::Source::Provisioned};
    message.sir = QByteArray(45, '\1');
    return message;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_submit PORT WAKES WINDOW\n");
        return 2;
    }
    const int wakes = std::atoi(argv[2]);
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    QTcpServer bearerbox;
    bearerbox.listen(QHostAddress::LocalHost, 13001);

    SystemClock clock;
    TimerWheel timers(clock);
    SmppBearer::Settings settings;
    settings.smsc.name = u"bench"_s;
    settings.smsc.pair = true;
    settings.smsc.link.host = u"127.0.0.1"_s;
    settings.smsc.link.port = quint16(std::atoi(argv[1]));
    settings.smsc.link.bind.systemId = "foo";
    settings.smsc.link.bind.password = "bar";
    settings.smsc.link.bind.systemType = "VMA";
    settings.smsc.link.firstPause = Milliseconds(50);
    settings.smsc.link.window = std::atoi(argv[3]);
    settings.smsc.queue = {100'000, std::atoi(argv[3]), 2 * waiting};
    settings.receipts = false;
    auto bearer = std::make_unique<SmppBearer>(settings, clock, timers);

    int sent = 0, taken = 0, lost = 0;
    qint64 cpu = 0;
    QElapsedTimer time;
    std::function<void()> next = [&] {
        if (sent == wakes)
            return;
        bearer->send(wakeUp(sent++), [&](const WakeReceipt &receipt) {
            ++(receipt.kind == WakeReceipt::Kind::Accepted ? taken : lost);
            if (taken + lost == wakes)
                QCoreApplication::quit();
            else
                next();
        });
    };
    const auto begin = [&] {
        if (time.isValid() || !bearer->health().code.isEmpty())
            return;
        time.start();
        cpu = cpuTime();
        for (int i = 0; i < waiting; ++i)
            next();
    };
    bearer->setHealthObserver(begin);
    QCoreApplication::exec();
    std::printf("%.0f %.2f\n", 1e9 * taken / double(time.nsecsElapsed()), double(cpuTime() - cpu) / wakes);
    if (lost > 0)
        std::fprintf(stderr, "bench_submit: %d not taken\n", lost);
    bearer.reset();
    return lost > 0 ? 1 : 0;
}
