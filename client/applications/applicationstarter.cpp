// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/applicationstarter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

ApplicationStarter::ApplicationStarter(int mostRuns, QObject *parent)
    : QObject(parent)
    , m_most(mostRuns)
{
}

ApplicationStarter::~ApplicationStarter() = default;

std::optional<int> ApplicationStarter::start(const ClientApplication &application, const ApplicationFacts &facts)
{
    for (const auto &run : m_runs) {
        if (!isSameApplication(run->application().name, application.name))
            continue;
        Q_EMIT happened(u"application-running"_s, {{u"application"_s, application.name}, {u"run"_s, run->id()}});
        return run->id();
    }
    if (int(m_runs.size()) >= m_most) {
        Q_EMIT happened(u"application-failed"_s,
                        {{u"application"_s, application.name}, {u"reason"_s, u"too-many"_s}});
        return std::nullopt;
    }
    const int id = ++m_lastId;
    ApplicationRun &run = *m_runs.emplace_back(std::make_unique<ApplicationRun>(id, application));
    connect(&run, &ApplicationRun::happened, this, &ApplicationStarter::happened);
    connect(&run, &ApplicationRun::informed, this,
            [this, id](const QJsonObject &information) { Q_EMIT informed(id, information); });
    // Not from within its own signal.
    connect(
        &run, &ApplicationRun::ended, this, [this, id] { remove(id); }, Qt::QueuedConnection);
    run.start(facts);
    return id;
}

void ApplicationStarter::endAll()
{
    for (const auto &run : m_runs)
        run->end();
}

ApplicationRun *ApplicationStarter::find(int run) const
{
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [run](const auto &known) { return known->id() == run; });
    return found == m_runs.end() ? nullptr : found->get();
}

void ApplicationStarter::remove(int run)
{
    std::erase_if(m_runs, [run](const auto &known) { return known->id() == run; });
    Q_EMIT ended(run);
}

} // namespace reveille
