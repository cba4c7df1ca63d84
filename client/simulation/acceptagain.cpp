// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/acceptagain.h"

#include <QPointer>
#include <QTcpServer>

namespace reveille {

namespace {

constexpr Milliseconds pauseTime{1000};

} // namespace

void acceptAgainAfterFailures(QTcpServer &server, SimulationTimers &timers,
                              std::function<void(const QString &reason)> tell)
{
    QObject::connect(&server, &QTcpServer::acceptError, &server, [&server, &timers, tell = std::move(tell)] {
        server.pauseAccepting();
        timers.start(pauseTime, [guard = QPointer(&server)] {
            if (guard)
                guard->resumeAccepting();
        });
        tell(server.errorString());
    });
}

} // namespace reveille
