// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"

#include <QRandomGenerator>

namespace reveille {

QString makeId(char prefix)
{
    static constexpr char letters[] = "abcdefghjkmnpqrstuvwxyz023456789"; // 32, none mistaken for another
    QString id;
    id.reserve(22);
    id += QLatin1Char(prefix);
    id += u'-';
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    quint64 pool = 0;
    int bits = 0, next = 0;
    for (int i = 0; i < 20; ++i) {
        if (bits < 5) {
            pool |= quint64(words[next++]) << bits;
            bits += 32;
        }
        id += QLatin1Char(letters[pool & 31]);
        pool >>= 5;
        bits -= 5;
    }
    return id;
}

} // namespace reveille
