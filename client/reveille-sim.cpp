// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationconsole.h"
#include "client/simulation/simulationoptions.h"
#include "client/smsc/smscsimulator.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace reveille;

namespace {

int complain(const Error &error, int exitCode)
{
    std::fprintf(stderr, "reveille-sim: %s: %s%s\n", error.code, qUtf8Printable(error.about),
                 exitCode == 2 ? " (see --help)" : "");
    return exitCode;
}

/// A mapping takes two descriptors, and the usual bound of a shell is 1,024.
void raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// Runs a simulator until it is told to end.
template <typename Simulator>
int run(Simulator &simulator, const SimulationClock &clock, const QStringList &hushed,
        const QJsonObject &ready)
{
    SimulationConsole console([&simulator](QByteArrayView line) { return obey(simulator, line); },
                              STDIN_FILENO, clock, hushed);
    QObject::connect(&simulator, &Simulator::happened, &console, &SimulationConsole::show);
    QObject::connect(&console, &SimulationConsole::endAsked, qApp, &QCoreApplication::quit);
    console.say(u"ready"_s, ready);
    return QCoreApplication::exec();
}

int runNat(const SimulationOptions &options, const SimulationClock &clock, SimulationTimers &timers)
{
    NatSimulator nat(options.nat, options.natSettings, clock, timers);
    if (const Result<Done> started = nat.start(); !started)
        return complain(started.error(), 1);
    QJsonObject ready;
    int udp = 0, tcp = 0;
    for (const NatPort &port : nat.ports()) {
        const int number = port.protocol == NatProtocol::Udp ? ++udp : ++tcp;
        ready.insert(QString::fromLatin1(natProtocolText(port.protocol)) + u'_' + QString::number(number),
                     port.inside.toString());
    }
    return run(nat, clock, options.quiet ? QStringList{u"packet-dropped"_s} : QStringList{}, ready);
}

int runSmsc(const SimulationOptions &options, const SimulationClock &clock, SimulationTimers &timers)
{
    SmscSimulator smsc(options.smscSettings, options.seed, clock, timers);
    for (const SmscTerminal &terminal : options.terminals)
        smsc.setTerminal(terminal);
    if (const Result<Done> listening = smsc.listen(options.listen); !listening)
        return complain(listening.error(), 1);
    const QStringList hushed{u"submit"_s,          u"to-terminal"_s,   u"message-ended"_s,
                             u"message-waiting"_s, u"delivery-sent"_s, u"delivery-answered"_s,
                             u"message-lost"_s,    u"enquire-link"_s};
    return run(smsc, clock, options.quiet ? hushed : QStringList{}, {{u"smpp"_s, smsc.address().toString()}});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"reveille-sim"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));
    const Result<SimulationOptions> options = SimulationOptions::read(QCoreApplication::arguments());
    if (!options)
        return complain(options.error(), 2);
    raiseFileLimit();
    MachineClock clock;
    SimulationTimers timers(clock);
    switch (options->action) {
    case SimulationOptions::Action::Nat:
        return runNat(*options, clock, timers);
    case SimulationOptions::Action::Smsc:
        return runSmsc(*options, clock, timers);
    case SimulationOptions::Action::ShowVersion:
        QTextStream(stdout) << "reveille-sim " << QCoreApplication::applicationVersion() << '\n';
        return 0;
    case SimulationOptions::Action::ShowHelp:
        break;
    }
    QTextStream(stdout) << options->helpText;
    return 0;
}
