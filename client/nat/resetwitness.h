// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace reveille {

/// Why a TCP connection has ended: QTcpSocket takes a reset for an orderly end and closes its descriptor
/// before it tells. Holds a second descriptor of the connection, so that the connection is closed only once
/// the witness is released, too. Without a descriptor to hold, every end is an orderly one. Any thread, one
/// at a time.
class ResetWitness {
public:
    ResetWitness() = default;
    ~ResetWitness() { release(); }
    ResetWitness(const ResetWitness &) = delete;
    ResetWitness &operator=(const ResetWitness &) = delete;

    void watch(qintptr descriptor);
    bool sawReset() const; ///< by the peer, so far
    void release();

private:
    int m_descriptor = -1;
};

} // namespace reveille
