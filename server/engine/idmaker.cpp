// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"

#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

namespace {

constexpr char letters[] = "023456789abcdefghjkmnpqrstuvwxyz"; // 32 in rising order, none mistaken for another
constexpr int length = 20;
constexpr int risingLetters = 10;
constexpr quint64 risingStepsPerMs = 32;
constexpr quint64 farthestAhead = 10ULL * 366 * 24 * 3600 * 1000 * risingStepsPerMs;

QString begun(char prefix)
{
    QString id;
    id.reserve(2 + length);
    id += QLatin1Char(prefix);
    id += u'-';
    return id;
}

void addRandom(QString &id, int count)
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    quint64 pool = 0;
    int bits = 0, next = 0;
    for (int i = 0; i < count; ++i) {
        if (bits < 5) {
            pool |= quint64(words[next++]) << bits;
            bits += 32;
        }
        id += QLatin1Char(letters[pool & 31]);
        pool >>= 5;
        bits -= 5;
    }
}

quint64 stepsOf(Timestamp time)
{
    return quint64(std::max<qint64>(time.ms, 0)) * risingStepsPerMs;
}

} // namespace

QString makeId(char prefix)
{
    QString id = begun(prefix);
    addRandom(id, length);
    return id;
}

QString RisingIds::next(char prefix, Timestamp now)
{
    m_last = std::max(stepsOf(now), m_last + 1);
    QString id = begun(prefix);
    for (int i = risingLetters - 1; i >= 0; --i)
        id += QLatin1Char(letters[(m_last >> (5 * i)) & 31]);
    addRandom(id, length - risingLetters);
    return id;
}

void RisingIds::continueAfter(const QString &id, Timestamp now)
{
    if (id.size() != 2 + length)
        return;
    quint64 steps = 0;
    for (int i = 0; i < risingLetters; ++i) {
        const char *end = letters + 32;
        const char *found = std::find(letters, end, id[2 + i].toLatin1());
        if (found == end)
            return;
        steps = (steps << 5) | quint64(found - letters);
    }
    if (steps <= stepsOf(now) + farthestAhead)
        m_last = std::max(m_last, steps);
}

} // namespace reveille
