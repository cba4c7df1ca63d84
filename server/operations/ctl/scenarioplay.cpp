// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/scenarioplay.h"

#include "client/scenario/attachedserver.h"
#include "client/scenario/processserver.h"
#include "operations/ctl/scenariotext.h"

#include <QEventLoop>
#include <QFileInfo>

#include <csignal>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

sigset_t endingSignals()
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    return ending;
}

/// A device takes some descriptors, and the usual bound of a shell is 1,024.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// DIR/NAME, or the first DIR/NAME-2, … that is not there: a server never finds the data of another run.
QString freshFolder(const QString &folder, const QString &name)
{
    QString path = folder + u'/' + name;
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = folder + u'/' + name + u'-' + QString::number(number);
    return path;
}

std::unique_ptr<ScenarioServer> serverFor(const Scenario &scenario, const ScenarioPlan &plan)
{
    if (!plan.server.isEmpty())
        return std::make_unique<AttachedServer>(plan.server, plan.token);
    return std::make_unique<ProcessServer>(plan.keep.isEmpty() ? QString()
                                                               : freshFolder(plan.keep, scenario.name));
}

} // namespace

InterruptWatch::InterruptWatch(QObject *parent)
    : QObject(parent)
{
    const sigset_t ending = endingSignals();
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    m_signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_signals, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo told{};
        if (::read(m_signals, &told, sizeof told) == qsizetype(sizeof told))
            Q_EMIT
        interrupted();
    });
}

InterruptWatch::~InterruptWatch()
{
    m_notifier.reset();
    ::close(m_signals);
    const sigset_t ending = endingSignals();
    sigprocmask(SIG_UNBLOCK, &ending, nullptr);
}

ScenarioReport playScenario(const CtlContext &context, const Scenario &scenario, const ScenarioPlan &plan,
                            InterruptWatch &interrupts)
{
    raiseDescriptorLimit();
    const std::unique_ptr<ScenarioServer> server = serverFor(scenario, plan);
    ScenarioRunner runner(scenario, *server);
    for (const QString &which : plan.without)
        runner.leaveOut(which);
    runner.setLimit(plan.limit);
    QEventLoop loop;
    const auto show = [&](int step) {
        if (!context.json)
            context.out << scenarioStepText(runner.report(), step, plan.language) << Qt::flush;
    };
    QObject::connect(&runner, &ScenarioRunner::stepPassed, &loop, show);
    QObject::connect(&runner, &ScenarioRunner::stepFailed, &loop, show);
    QObject::connect(&runner, &ScenarioRunner::finished, &loop, &QEventLoop::quit);
    int interruptions = 0;
    QObject::connect(&interrupts, &InterruptWatch::interrupted, &loop, [&] {
        if (++interruptions > 1)
            loop.quit(); // who asks twice does not want to wait
        runner.stop();
    });
    if (!context.json) {
        // Once it is ready for what happens.
        QObject::connect(&runner, &ScenarioRunner::started, &loop,
                         [&] { context.out << scenarioHead(runner.report(), plan.language) << Qt::flush; });
    }
    runner.start();
    loop.exec();
    if (!context.json)
        context.out << scenarioEnd(runner.report(), plan.language) << Qt::flush;
    return runner.report();
}

} // namespace reveille
