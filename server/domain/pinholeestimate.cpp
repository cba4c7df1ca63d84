// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pinholeestimate.h"

#include <algorithm>

namespace reveille {

namespace {

using Estimate = PinholeEstimate;
using Source = PinholeSample::Source;

Milliseconds percentOf(Milliseconds time, int percent)
{
    return time * percent / 100;
}

/// Each sample with what the others make of it.
class Reading
{
public:
    Reading(const QVector<PinholeSample> &samples, Timestamp now) : m_samples(samples), m_now(now)
    {
        const qsizetype count = samples.size();
        m_counts.resize(count);
        for (qsizetype i = 0; i < count; ++i)
            m_counts[i] = !isOld(i) && !(isClosed(i) && isRefuted(i));
        for (qsizetype i = 0; i < count; ++i)
            m_effective.append(isClosed(i) && m_counts[i] && (support(i) > 1 || isFreshLoss(i)));
        for (qsizetype i = 0; i < count; ++i) {
            if (!isClosed(i) && m_counts[i] && isOverruled(i))
                m_counts[i] = false;
        }
    }

    Milliseconds longestOpen() const
    {
        Milliseconds longest{0};
        for (qsizetype i = 0; i < m_samples.size(); ++i) {
            if (!isClosed(i) && m_counts[i])
                longest = std::max(longest, m_samples[i].silence);
        }
        return longest;
    }
    Milliseconds shortestClosed() const
    {
        Milliseconds shortest{0};
        for (qsizetype i = 0; i < m_samples.size(); ++i) {
            if (m_effective[i] && (shortest.count() == 0 || m_samples[i].silence < shortest))
                shortest = m_samples[i].silence;
        }
        return shortest;
    }
    /// A closed one that is not confirmed yet, the newest; -1 = none.
    qsizetype doubtful() const
    {
        const Milliseconds known = shortestClosed();
        for (qsizetype i = m_samples.size() - 1; i >= 0; --i) {
            const bool recent = m_now - m_samples[i].at < Estimate::recheckAfter;
            const bool consistent = known.count() > 0 && m_samples[i].silence > known;
            if (isClosed(i) && m_counts[i] && recent && !consistent && support(i) < 2)
                return i;
        }
        return -1;
    }
    int supportOf(Milliseconds closed) const
    {
        int most = 0;
        for (qsizetype i = 0; i < m_samples.size(); ++i) {
            if (m_effective[i] && m_samples[i].silence == closed)
                most = std::max(most, support(i));
        }
        return most;
    }
    /// The newest sample that bears this end; not set = none.
    Timestamp newest(bool open, Milliseconds silence) const
    {
        Timestamp at;
        for (qsizetype i = 0; i < m_samples.size(); ++i) {
            if (m_counts[i] && m_samples[i].open == open && isClose(m_samples[i].silence, silence))
                at = std::max(at, m_samples[i].at);
        }
        return at;
    }
    int agreeing() const { return int(std::count(m_counts.cbegin(), m_counts.cend(), true)); }
    /// When the first loss that stands alone stops to count.
    Timestamp loneLossEnds() const
    {
        Timestamp end;
        for (qsizetype i = 0; i < m_samples.size(); ++i) {
            const Timestamp over = m_samples[i].at + Estimate::loneLossHolds;
            if (m_effective[i] && support(i) < 2 && (!end.isSet() || over < end))
                end = over;
        }
        return end;
    }

private:
    static bool isClose(Milliseconds a, Milliseconds b)
    {
        return percentOf(std::max(a, b), 100 - Estimate::surePercent) <= std::min(a, b);
    }
    bool isClosed(qsizetype i) const { return !m_samples[i].open; }
    bool isOld(qsizetype i) const { return m_now - m_samples[i].at >= Estimate::forgottenAfter; }
    bool isRefuted(qsizetype closed) const
    {
        return std::any_of(m_samples.cbegin() + closed + 1, m_samples.cend(), [&](const PinholeSample &later) {
            return later.open && later.silence >= m_samples[closed].silence;
        });
    }
    bool isFreshLoss(qsizetype i) const
    {
        return m_samples[i].source != Source::Test && m_now - m_samples[i].at < Estimate::loneLossHolds;
    }
    /// How many closed ones say the same, this one included.
    int support(qsizetype closed) const
    {
        int count = 0;
        for (qsizetype i = 0; i < m_samples.size(); ++i)
            count += isClosed(i) && m_counts[i] && isClose(m_samples[i].silence, m_samples[closed].silence);
        return count;
    }
    bool isOverruled(qsizetype open) const
    {
        for (qsizetype i = open + 1; i < m_samples.size(); ++i) {
            if (m_effective[i] && m_samples[i].silence <= m_samples[open].silence)
                return true;
        }
        return false;
    }

    const QVector<PinholeSample> &m_samples;
    const Timestamp m_now;
    QVector<bool> m_counts;
    QVector<bool> m_effective;
};

Milliseconds keepAliveOf(const Estimate &estimate, const PinholeBounds &bounds)
{
    if (estimate.longestOpen.count() > 0 && (estimate.shortestClosed.count() > 0 || estimate.longestOpen >= bounds.longest))
        return std::clamp(percentOf(estimate.longestOpen, Estimate::safePercent), bounds.shortest, bounds.longest);
    return estimate.shortestClosed.count() > 0 ? bounds.shortest : Milliseconds(0);
}

bool isNarrow(Milliseconds low, Milliseconds high)
{
    return (high - low) * 100 <= high * Estimate::narrowPercent;
}

std::optional<Milliseconds> nextSilence(const Reading &reading, const Estimate &estimate, const PinholeBounds &bounds,
                                        const QVector<PinholeSample> &samples, Timestamp now)
{
    const Milliseconds low = estimate.longestOpen, high = estimate.shortestClosed;
    const qsizetype doubtful = reading.doubtful();
    if (doubtful >= 0 && samples[doubtful].silence <= bounds.longest)
        return samples[doubtful].silence;
    const auto isStale = [&](bool open, Milliseconds end) {
        return now - reading.newest(open, end) >= Estimate::recheckAfter;
    };
    if (low >= bounds.longest)
        return isStale(true, low) ? std::optional(bounds.longest) : std::nullopt;
    if (high.count() == 0)
        return std::min(bounds.longest, 2 * std::max(low, bounds.shortest));
    const Milliseconds floor = std::max(low, bounds.shortest);
    if (high > floor && !isNarrow(floor, high))
        return (floor + std::min(high, bounds.longest)) / 2;
    if (reading.supportOf(high) < Estimate::closedNeeded || isStale(false, high))
        return std::clamp(high, bounds.shortest, bounds.longest);
    if (low.count() > 0 && isStale(true, low))
        return low;
    return std::nullopt;
}

int confidenceOf(const Reading &reading, const Estimate &estimate, const PinholeBounds &bounds, qsizetype samples,
                 Timestamp now)
{
    const Milliseconds low = estimate.longestOpen, high = estimate.shortestClosed;
    if (samples == 0 || (low.count() == 0 && high.count() == 0))
        return 0;
    double width = 0.5;
    if (low >= bounds.longest || (high.count() > 0 && high <= bounds.shortest))
        width = 1;
    else if (low.count() > 0 && high.count() > 0)
        width = double(low.count()) / double(high.count());
    const int agreeing = reading.agreeing();
    const double number = double(agreeing) / double(agreeing + 1);
    const double agreement = double(agreeing) / double(samples);
    const Timestamp newest = std::max(reading.newest(true, low), reading.newest(false, high));
    const Milliseconds stale = std::max(Milliseconds(0), now - newest - Estimate::recheckAfter);
    const double age = std::max(0.0, 1 - double(stale.count()) / double(Estimate::forgottenAfter.count()));
    return int(100 * width * number * agreement * age + 0.5);
}

} // namespace

PinholeEstimate estimatePinhole(const QVector<PinholeSample> &samples, const PinholeBounds &bounds, Timestamp now)
{
    const Reading reading(samples, now);
    PinholeEstimate estimate;
    estimate.longestOpen = reading.longestOpen();
    estimate.shortestClosed = reading.shortestClosed();
    estimate.keepAlive = keepAliveOf(estimate, bounds);
    estimate.next = nextSilence(reading, estimate, bounds, samples, now);
    estimate.confidence = confidenceOf(reading, estimate, bounds, samples.size(), now);
    estimate.validUntil = reading.loneLossEnds();
    if (!estimate.validUntil.isSet() && !samples.isEmpty())
        estimate.validUntil = now + Estimate::recheckAfter / 24;
    return estimate;
}

bool addPinholeSample(QVector<PinholeSample> &samples, const PinholeSample &sample, const PinholeBounds &bounds)
{
    const PinholeEstimate before = estimatePinhole(samples, bounds, sample.at);
    if (sample.open && sample.source == Source::Traffic) {
        const bool refutes = std::any_of(samples.cbegin(), samples.cend(), [&](const PinholeSample &known) {
            return !known.open && known.silence <= sample.silence;
        });
        if (sample.silence <= before.longestOpen && !refutes)
            return false;
    }
    samples.removeIf([&](const PinholeSample &known) {
        // An open sample says all that shorter ones nearby say; what it refutes was noise.
        const bool nearby = known.silence <= sample.silence && known.silence >= percentOf(sample.silence, 90);
        const bool refuted = sample.open && !known.open && known.silence <= sample.silence;
        return sample.at - known.at >= Estimate::forgottenAfter || (sample.open && known.open && nearby)
            || (refuted && sample.at - known.at >= Estimate::recheckAfter);
    });
    samples.append(sample);
    while (samples.size() > LearnedNetwork::maxSamples) {
        const PinholeEstimate now = estimatePinhole(samples, bounds, sample.at);
        const auto dispensable = std::find_if(samples.begin(), samples.end() - 1, [&](const PinholeSample &known) {
            const bool bearsClosed = !known.open && now.shortestClosed.count() > 0
                && known.silence >= now.shortestClosed && percentOf(known.silence, 90) <= now.shortestClosed;
            return !bearsClosed && !(known.open && known.silence == now.longestOpen);
        });
        samples.erase(dispensable == samples.end() - 1 ? samples.begin() : dispensable);
    }
    return true;
}

} // namespace reveille
