// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace reveille {

/// How a TCP connection ended. QTcpSocket reports an orderly close and a reset alike and has closed its
/// descriptor by the time it does; a second descriptor keeps the kernel's state readable until then. Tells
/// nothing (never a reset) where the system has no such state. Server thread.
class TcpWatch {
public:
    explicit TcpWatch(qintptr socket);
    ~TcpWatch();
    Q_DISABLE_COPY_MOVE(TcpWatch)

    bool wasReset() const;
    void release();

private:
    int m_descriptor = -1;
};

} // namespace reveille
