// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/loginguard.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(guardLog, "reveille.guard")

class TestLoginGuard : public QObject
{
    Q_OBJECT
    const Timestamp m_now{1'795'000'000'000};

private Q_SLOTS:
    void whoFailsOftenHasToWait()
    {
        LoginGuard guard(3, Milliseconds(60000), 20000, guardLog);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!guard.mustWait(u"alice"_s, u"10.0.0.7"_s, m_now));
            guard.failed(u"alice"_s, u"10.0.0.7"_s, m_now);
        }
        QVERIFY(guard.mustWait(u"alice"_s, u"10.0.0.7"_s, m_now));
        QVERIFY(!guard.mustWait(u"alice"_s, u"10.0.0.8"_s, m_now)); // the owner, elsewhere
        QVERIFY(!guard.mustWait(u"alice"_s, u"10.0.0.7"_s, m_now + Milliseconds(60000)));
    }
    void manyNamesFreeNobodyFromWaiting()
    {
        LoginGuard guard(3, Milliseconds(60000), 2000, guardLog);
        for (int i = 0; i < 3; ++i)
            guard.failed(u"alice"_s, u"10.0.0.7"_s, m_now);
        for (int i = 0; i < 3 * 2000; ++i)
            guard.failed(u"user%1"_s.arg(i), u"10.0.0.7"_s, m_now);
        QVERIFY(guard.mustWait(u"alice"_s, u"10.0.0.7"_s, m_now));
    }
};

QTEST_GUILESS_MAIN(TestLoginGuard)
#include "tst_loginguard.moc"
