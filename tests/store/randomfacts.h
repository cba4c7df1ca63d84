// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"

#include <QRandomGenerator>

namespace reveille {

/// Facts with every member set to something random, including the values that go wrong: empty, null, NUL
/// inside, characters outside the basic plane, quotes, the largest numbers. The same seed gives the same
/// facts.
class RandomFacts {
public:
    explicit RandomFacts(quint32 seed)
        : m_random(seed)
    {
    }

    QString text();
    QByteArray bytes();
    QByteArray code();
    Timestamp time();
    PublicUserId user();
    DeviceId device();
    Msisdn msisdn();
    WakeRoute route(WakeRoute::Source source);

    Initiator initiator();
    User someUser();
    Device someDevice(const PublicUserId &owner);
    StoredBinding binding(const Device &device);
    PushResource pushResource(const DeviceId &device);
    Push push();
    WakeUp wake();
    LearnedNetwork network();
    JournalEntry journalEntry(quint64 id);

    int below(int limit) { return int(m_random.bounded(limit)); }
    bool flip() { return below(2) == 1; }

private:
    template <typename Value, typename Make>
    QVector<Value> several(Make make)
    {
        QVector<Value> list;
        for (int i = below(4); i > 0; --i)
            list.append(make());
        return list;
    }

    QRandomGenerator m_random;
    int m_serial = 0;
};

} // namespace reveille
