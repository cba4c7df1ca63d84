// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recordindex.h"

#include <QHash>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace reveille;

/// Numbers found by hashes that stand elsewhere, as those of records do.
class TestRecordIndex : public QObject
{
    Q_OBJECT

    QRandomGenerator m_random{11};
    QHash<quint32, quint32> m_hashes; ///< of a number

    quint32 hashOf(quint32 number) const { return m_hashes.value(number); }

    template <int tagBits>
    void keepsWhatASetKeeps()
    {
        RecordIndex<tagBits> index;
        QSet<quint32> there;
        const auto hash = [this](quint32 number) { return hashOf(number); };
        for (int round = 0; round < 40000; ++round) {
            const quint32 number = 1 + m_random.bounded(3000U);
            if (!m_hashes.contains(number))
                m_hashes.insert(number, m_random.bounded(4) == 0 ? 0xffffffffU : m_random.generate());
            if (there.contains(number) && m_random.bounded(2) == 0) {
                index.erase(hashOf(number), number, hash);
                there.remove(number);
            } else if (!there.contains(number)) {
                index.insert(hashOf(number), number, hash);
                there.insert(number);
            }
            const quint32 asked = 1 + m_random.bounded(3000U);
            const quint32 found = index.find(hashOf(asked), [&](quint32 it) { return it == asked; });
            QCOMPARE(found, there.contains(asked) ? asked : 0U);
            QCOMPARE(index.size(), size_t(there.size()));
        }
        QSet<quint32> seen;
        index.forEach([&](quint32 number) { seen.insert(number); });
        QCOMPARE(seen, there);
        seen.clear();
        size_t cursor = 0;
        for (int i = 0; i < 10; ++i)
            index.lookAround(cursor, [&](quint32 number) { seen.insert(number); });
        QCOMPARE(seen, there);
    }

    /// Records looked at for one that is found, on average.
    template <int tagBits>
    double looksAtAFound()
    {
        RecordIndex<tagBits> index;
        constexpr quint32 count = 100000;
        m_hashes.clear();
        for (quint32 number = 1; number <= count; ++number) {
            m_hashes.insert(number, m_random.generate());
            index.insert(hashOf(number), number, [this](quint32 it) { return hashOf(it); });
        }
        qint64 looks = 0;
        for (quint32 number = 1; number <= count; ++number) {
            index.find(hashOf(number), [&](quint32 it) {
                ++looks;
                return it == number;
            });
        }
        return double(looks) / count;
    }

private Q_SLOTS:
    void init() { m_hashes.clear(); }

    void itKeepsWhatASetKeeps()
    {
        keepsWhatASetKeeps<0>();
        m_hashes.clear();
        keepsWhatASetKeeps<3>();
    }

    void tagsSaveLookingAtOtherRecords()
    {
        QVERIFY(looksAtAFound<0>() > 1.5);
        QVERIFY(looksAtAFound<3>() < 1.3);
    }
};

QTEST_GUILESS_MAIN(TestRecordIndex)
#include "tst_recordindex.moc"
