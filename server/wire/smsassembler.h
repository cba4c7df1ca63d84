// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "wire/smsuserdata.h"

#include <QHash>
#include <QMap>
#include <QString>

namespace reveille {

/// Puts the parts of concatenated short messages together. Bounded: when more messages are open than allowed,
/// the oldest is given up. Knows no clock: the caller says what time it is. Any thread, one at a time.
class SmsAssembler {
public:
    struct Settings {
        int openMessages = 100;         ///< with parts missing
        Milliseconds patience{300'000}; ///< from the first part of a message
    };
    explicit SmsAssembler(Settings settings)
        : m_settings(settings)
    {
    }

    struct Whole {
        std::optional<SmsPorts> ports;
        QByteArray payload;
    };
    /// The whole message once its last part is there; a part that is there already is dropped. A message
    /// without concatenation is whole at once. Parts belong together by originator, reference, total and
    /// ports.
    std::optional<Whole> take(const QString &originator, SmsUserData part, Milliseconds now);
    /// Gives up messages older than the patience; answers how many.
    int expire(Milliseconds now);

    int open() const { return int(m_open.size()); }
    int givenUp() const { return m_givenUp; } ///< since the start, expired or pushed out

private:
    struct Key {
        QString originator;
        quint32 ports = 0;
        quint16 reference = 0;
        quint8 total = 0;
        bool wide = false;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.originator, key.ports, key.reference, key.total, key.wide);
        }
    };
    struct Open {
        QMap<quint8, QByteArray> parts;
        Milliseconds since{0};
    };
    void giveUpOldest();

    Settings m_settings;
    QHash<Key, Open> m_open;
    int m_givenUp = 0;
};

} // namespace reveille
