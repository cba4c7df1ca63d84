// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/sourceguard.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr Milliseconds sweepInterval{1000};

} // namespace

bool SourceGuard::mayAnswer(const IpAddress &source, Milliseconds now)
{
    auto found = m_buckets.find(source);
    if (found == m_buckets.end() && m_buckets.size() >= m_settings.maxSources)
        forgetFull(now);
    if (found == m_buckets.end() && m_buckets.size() < m_settings.maxSources)
        found = m_buckets.insert(source, {double(m_settings.answerBurst), now});
    if (found != m_buckets.end())
        return take(*found, now);
    if (m_shared.tokens < 0)
        m_shared = {double(m_settings.answerBurst), now};
    return take(m_shared, now);
}

bool SourceGuard::take(Bucket &bucket, Milliseconds now)
{
    const double earned = double((now - bucket.at).count()) / 1000.0 * m_settings.answersPerSecond;
    bucket.tokens = std::min(bucket.tokens + std::max(earned, 0.0), double(m_settings.answerBurst));
    bucket.at = now;
    if (bucket.tokens < 1)
        return false;
    bucket.tokens -= 1;
    return true;
}

/// A bucket that is full again says nothing.
void SourceGuard::forgetFull(Milliseconds now)
{
    if (now - m_swept < sweepInterval)
        return;
    m_swept = now;
    const Milliseconds refill(1000LL * m_settings.answerBurst / std::max(m_settings.answersPerSecond, 1));
    m_buckets.removeIf([&](const QHash<IpAddress, Bucket>::iterator it) { return now - it->at >= refill; });
}

} // namespace reveille
