// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "serverhost.h"

#include <QTemporaryDir>
#include <QTest>

namespace reveille::test {

/// A whole server on any free ports of loopback, with a data folder of its own.
struct RunningHost {
    QTemporaryDir folder;
    ServerHost host;

    bool start(const Config &config)
    {
        host.start(config, folder.path());
        return QTest::qWaitFor([this] { return host.state() == ServerHost::State::Running; }, 10000);
    }
    bool restart(const Config &config)
    {
        host.stop();
        return QTest::qWaitFor([this] { return host.state() == ServerHost::State::Stopped; }, 10000) && start(config);
    }
};

/// What a future of the host says, waited for with a running event loop.
template <typename T>
Result<T> answerOf(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000))
        return Error{"test-timeout", {}};
    return future.result();
}

} // namespace reveille::test
