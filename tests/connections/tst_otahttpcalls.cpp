// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpcalls.h"
#include "support/fakeclock.h"
#include "support/testtls.h"

#include <QTcpServer>
#include <QTest>

using namespace reveille;

namespace {

/// Calls, and what came of each: "connected" or the code.
struct Bench {
    explicit Bench(int maxCalls) : calls((settings.maxCalls = maxCalls, settings), clock, serverTls(tls.identity).value())
    {
        (void)terminal.listen(QHostAddress::LocalHost);
    }
    void call(bool overTls)
    {
        calls.call(QHostAddress(QHostAddress::LocalHost), terminal.serverPort(), overTls, [this](const Result<QTcpSocket *> &result) {
            outcomes.append(result ? QByteArray("connected") : QByteArray(result.error().code));
            if (result)
                (*result)->deleteLater();
        });
    }

    TestTls tls;
    OtaHttpSettings settings;
    FakeClock clock;
    OtaHttpCalls calls;
    QTcpServer terminal;
    QByteArrayList outcomes;
};

} // namespace

class TestOtaHttpCalls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectsToATerminalThatListens()
    {
        Bench bench(1);
        bench.call(false);
        QTRY_COMPARE(bench.outcomes, QByteArrayList{"connected"});
        QCOMPARE(bench.calls.underWay(), 0);
    }
    void makesNoMoreAtATimeThanTheLimit()
    {
        Bench bench(2);
        bench.call(true); // the terminal never begins its handshake
        bench.call(true);
        bench.call(false);
        QVERIFY(bench.outcomes.isEmpty()); // told later
        bench.clock.advance(Milliseconds(0));
        QCOMPARE(bench.outcomes, QByteArrayList{"queue-full"});
        QCOMPARE(bench.calls.underWay(), 2);
        bench.clock.advance(bench.settings.callTime);
        QCOMPARE(bench.outcomes, (QByteArrayList{"queue-full", "no-answer", "no-answer"}));
        bench.call(false);
        QTRY_COMPARE(bench.outcomes.last(), QByteArray("connected"));
    }
    void saysWhenNobodyListens()
    {
        Bench bench(1);
        const quint16 port = bench.terminal.serverPort();
        bench.terminal.close();
        bench.calls.call(QHostAddress(QHostAddress::LocalHost), port, false,
                         [&](const Result<QTcpSocket *> &result) { bench.outcomes.append(result ? "connected" : result.error().code); });
        QTRY_COMPARE((bench.clock.advance(Milliseconds(0)), bench.outcomes), QByteArrayList{"port-unreachable"});
    }
};

QTEST_GUILESS_MAIN(TestOtaHttpCalls)
#include "tst_otahttpcalls.moc"
