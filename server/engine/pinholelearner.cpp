// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pinholelearner.h"

namespace reveille {

PinholeLearner::PinholeLearner(Settings settings, Clock &clock, QObject *parent)
    : QObject(parent), m_settings(settings), m_clock(clock)
{
}

PinholeLearner::~PinholeLearner() = default;

Milliseconds PinholeLearner::keepAliveInterval(const IpAddress &, PathTransport) const
{
    return m_settings.fixed;
}

Milliseconds PinholeLearner::expectedLifetime(const IpAddress &, PathTransport) const
{
    return Milliseconds(0);
}

std::optional<Milliseconds> PinholeLearner::nextTest(const IpAddress &, PathTransport)
{
    return std::nullopt;
}

void PinholeLearner::sample(const IpAddress &, PathTransport, Milliseconds, bool, PinholeSample::Source) {}

QVector<LearnedNetwork> PinholeLearner::networks() const
{
    return {};
}

bool PinholeLearner::forget(const IpNetwork &, PathTransport)
{
    return false;
}

void PinholeLearner::load(const QVector<LearnedNetwork> &) {}

} // namespace reveille
