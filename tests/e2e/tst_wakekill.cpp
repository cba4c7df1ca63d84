// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/stage.h"
#include "support/smscpeer.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr int perUser = 50;

QString userOf(int n)
{
    return u"sip:u%1@lab.example"_s.arg(n / perUser);
}
QString deviceOf(int n)
{
    return u"urn:uuid:f81d4fae-7dec-41d0-a765-%1"_s.arg(n, 12, 10, QChar(u'0'));
}
QString numberOf(int n)
{
    return u"49170%1"_s.arg(n, 7, 10, QChar(u'0'));
}

QSet<QString> numbersAt(const SmscPeer &smsc)
{
    QSet<QString> numbers;
    for (const QJsonObject &submit : smsc.all("submit"))
        numbers.insert(submit[u"number"_s].toString());
    return numbers;
}

} // namespace

/// A server that is killed (SIGKILL) with wake-ups queued, under way and done: whatever it took it carries out or ends.
class TestWakeKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noWakeUpIsLost_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QStringList>("bearer");
        QTest::addColumn<QString>("silent");
        QTest::newRow("300, an SMSC that is fed slowly") << 300 << QStringList{u"per_second=30"_s, u"window=10"_s} << u"off"_s;
        QTest::newRow("300, an SMSC that does not answer") << 300 << QStringList{u"per_second=100"_s, u"window=10"_s} << u"on"_s;
        QTest::newRow("10000, an SMSC that does not answer") << 10000 << QStringList{u"per_second=1000"_s, u"window=50"_s} << u"on"_s;
    }
    void noWakeUpIsLost()
    {
        QFETCH(int, count);
        QFETCH(QStringList, bearer);
        QFETCH(QString, silent);
        QElapsedTimer clock;
        clock.start();
        SmscPeer smsc;
        QVERIFY(smsc.open({u"--silent"_s, silent}));
        QStringList settings{u"wake/attempts=2"_s, u"wake/answer_timeout_ms=1000"_s, u"wake/backoff_ms=100"_s,
                             u"wake/active_limit=%1"_s.arg(count / 6), u"wake/routes=sms"_s};
        for (const QString &key :
             bearer + QStringList{u"type=smpp"_s, u"address=127.0.0.1:%1"_s.arg(smsc.port()), u"system_id=ppg1"_s,
                                  u"password=secret"_s})
            settings.append(u"bearer.smsc/"_s + key);
        Stage stage;
        QVERIFY(stage.startServer(settings));
        QTRY_VERIFY(smsc.count("bind") >= 1);

        QVERIFY(provision(stage, count));
        QStringList wakes;
        for (int n = 0; n < count; ++n) {
            const ApiCaller::Answer answer =
                stage.operations().post(u"/v1/devices/"_s + segment(deviceOf(n)) + u"/wake"_s, {});
            QVERIFY2(answer.status / 100 == 2, qPrintable(QString::number(answer.status)));
            wakes.append(answer.body[u"id"_s].toString());
        }
        // Every answer said that it is kept; nothing is waited for.
        stage.server().kill();
        const qsizetype before = numbersAt(smsc).size();
        QVERIFY2(before > 0 && before < count, qPrintable(QString::number(before)));

        smsc.change(u"silent"_s, u"off"_s);
        QVERIFY(stage.restartServer());
        QSet<QString> open(wakes.begin(), wakes.end());
        QCOMPARE(open.size(), qsizetype(count));
        const auto allEnded = [&] {
            for (const QString &wake : open.values()) {
                const ApiCaller::Answer answer = stage.operations().get(u"/v1/wakes/"_s + segment(wake));
                if (answer.status != 200)
                    return false;
                if (answer.body[u"state"_s].toString() == u"active"_s)
                    continue;
                open.remove(wake);
            }
            return open.isEmpty();
        };
        QVERIFY2(QTest::qWaitFor(allEnded, 100'000), qPrintable(QStringList(open.values()).join(u' ')));
        QCOMPARE(numbersAt(smsc).size(), qsizetype(count));
        qInfo("%lld of %d had been sent when it was killed; all had ended after %lld ms", qlonglong(before), count,
              qlonglong(clock.elapsed()));
    }

private:
    static bool provision(Stage &stage, int count)
    {
        for (int n = 0; n < count; ++n) {
            if (n % perUser == 0 && stage.operations().put(u"/v1/users/"_s + segment(userOf(n)), {}).status / 100 != 2)
                return false;
            const QJsonObject route{{u"bearer"_s, u"sms"_s}, {u"address"_s, numberOf(n)}};
            const QJsonObject device{{u"user"_s, userOf(n)}, {u"wake_routes"_s, QJsonArray{route}}};
            if (stage.operations().put(u"/v1/devices/"_s + segment(deviceOf(n)), device).status / 100 != 2)
                return false;
        }
        return true;
    }
};

QTEST_GUILESS_MAIN(TestWakeKill)
#include "tst_wakekill.moc"
