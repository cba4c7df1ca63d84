// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierserver.h"
#include "bearers/kannelbearer.h"
#include "engine/timerwheel.h"

#include <QTest>

using namespace reveille;
using Kind = WakeReceipt::Kind;

namespace {

const QByteArray password = "p&ss w=rd";

QByteArray answerOf(const QByteArray &statusLine, const QByteArray &body)
{
    return "HTTP/1.1 " + statusLine + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

WakeMessage messageTo(const QString &number, int sirOctets = 20)
{
    WakeMessage message;
    message.wake = WakeId(QStringLiteral("w-1"));
    message.user = *PublicUserId::parse(QStringLiteral("sip:alice@lab.example"));
    message.route = {QStringLiteral("sms"), number, ClientPort(2948), WakeRoute::Source::Provisioned};
    message.sir = QByteArray(sirOctets, '\x01');
    return message;
}

/// Kannel as far as a test plays it, the bearer, and what it said.
struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    CarrierServer kannel;
    std::unique_ptr<KannelBearer> bearer;
    QVector<WakeReceipt> receipts;

    explicit Bench(bool wantsReports = true, int receiptLimit = 100)
    {
        kannel.answer = [](const HttpRequest &) { return answerOf("202 Accepted", "0: Accepted for delivery"); };
        KannelBearer::Settings settings;
        settings.name = QStringLiteral("kannel");
        settings.sendsms = *HttpPlace::parse(QStringLiteral("http://%1/cgi-bin/sendsms").arg(kannel.place()));
        settings.user = QStringLiteral("tester");
        settings.password = QString::fromLatin1(password);
        settings.queue = {1000, 10, 100};
        settings.backoff = Backoff(Milliseconds(20), Milliseconds(40));
        settings.timeout = Milliseconds(2000);
        if (wantsReports) {
            settings.receipts = KannelReceipts::Settings();
            settings.receipts->limit = receiptLimit;
        }
        bearer = std::make_unique<KannelBearer>(settings, clock, timers);
        if (!bearer->start())
            qFatal("no port for reports");
    }
    void send(const WakeMessage &message)
    {
        bearer->send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
    }
    /// The sendsms requests; the look whether Kannel is there has no query.
    QByteArrayList submissions() const
    {
        QByteArrayList queries;
        for (const HttpRequest &request : kannel.requests) {
            if (const qsizetype query = request.target.indexOf('?'); query >= 0)
                queries.append(request.target.mid(query + 1));
        }
        return queries;
    }
    /// The octets of a query item, which need not be text.
    QByteArray octets(qsizetype submission, const QByteArray &name) const
    {
        for (const QByteArray &item : submissions().value(submission).split('&')) {
            if (item.startsWith(name + '='))
                return QByteArray::fromPercentEncoding(item.mid(name.size() + 1));
        }
        return {};
    }
    QString reportUrl(qsizetype submission) const { return QString::fromLatin1(octets(submission, "dlr-url")); }
    /// Reports as Kannel does; the status of the answer.
    int report(const QString &url, int value, const QByteArray &id = "f00d")
    {
        const QByteArray asked = url.toLatin1().replace("%d", QByteArray::number(value)).replace("%F", id);
        HttpCaller caller({}, timers);
        HttpRequest request;
        request.method = "GET";
        int status = 0;
        caller.call(*HttpPlace::parse(QString::fromLatin1(asked)), request,
                    [&](const Result<HttpResponse> &answer) { status = answer ? answer->status : -1; });
        (void)QTest::qWaitFor([&] { return status != 0; });
        return status;
    }
};

} // namespace

class TestKannelBearer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneRequestCarriesUserDataHeaderAndPush()
    {
        Bench bench;
        const WakeMessage wake = messageTo(QStringLiteral("491701234567"));
        bench.send(wake);
        QTRY_COMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.receipts[0].kind, Kind::Accepted);
        QCOMPARE(bench.submissions().size(), 1);
        QCOMPARE(bench.octets(0, "username"), QByteArray("tester"));
        QCOMPARE(bench.octets(0, "password"), password);
        QCOMPARE(bench.octets(0, "to"), QByteArray("+491701234567"));
        QCOMPARE(bench.octets(0, "coding"), QByteArray("1"));
        QCOMPARE(bench.octets(0, "udh").toHex(), QByteArray("0605040b8423f0"));
        QCOMPARE(bench.octets(0, "udh") + bench.octets(0, "text"), bench.bearer->encode(wake));
        QCOMPARE(bench.bearer->budget(wake).parts, 1);
        QCOMPARE(bench.bearer->health().sent, quint64(1));
    }

    void aLongOneGoesInPartsAndIsReceivedWhenAllAre()
    {
        Bench bench;
        const WakeMessage wake = messageTo(QStringLiteral("491701234567"), 200);
        QCOMPARE(bench.bearer->budget(wake).parts, 2);
        bench.send(wake);
        QTRY_COMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.submissions().size(), 2);
        QByteArray sent;
        for (int i = 0; i < 2; ++i) {
            QVERIFY(bench.octets(i, "udh").size() + bench.octets(i, "text").size() <= 140);
            sent += bench.octets(i, "udh") + bench.octets(i, "text");
        }
        QCOMPARE(sent, bench.bearer->encode(wake));
        QCOMPARE(bench.report(bench.reportUrl(0), 1), 204);
        QCOMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.report(bench.reportUrl(1), 8), 204); // handed to the SMSC: says nothing of the terminal
        QCOMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.report(bench.reportUrl(1), 1), 204);
        QCOMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.receipts[1].kind, Kind::Received);
        QCOMPARE(bench.receipts[1].carrierId, QStringLiteral("f00d"));
        QCOMPARE(bench.bearer->health().received, quint64(1));
    }

    void reportsTwiceOrForNothingChangeNothing()
    {
        Bench bench;
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 1);
        const QString url = bench.reportUrl(0);
        QCOMPARE(bench.report(url, 77), 400);
        QCOMPARE(bench.report(url, 1), 204);
        QCOMPARE(bench.report(url, 1), 404);
        QCOMPARE(bench.report(url, 2), 404);
        QCOMPARE(bench.report(QString(url).replace(QStringLiteral("/kannel/"), QStringLiteral("/kannel/x")), 1), 404);
        QCOMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.receipts[1].kind, Kind::Received);
    }

    void aReportOfFailureIsTold_data()
    {
        QTest::addColumn<int>("value");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("not delivered") << 2 << QByteArray("sms-undeliverable");
        QTest::newRow("rejected") << 16 << QByteArray("sms-rejected");
    }
    void aReportOfFailureIsTold()
    {
        QFETCH(int, value);
        QFETCH(QByteArray, code);
        Bench bench;
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.report(bench.reportUrl(0), value), 204);
        QCOMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.receipts[1].kind, Kind::Failed);
        QCOMPARE(bench.receipts[1].code, code);
    }

    void atTheLimitTheOldestReportIsForgotten()
    {
        Bench bench(true, 2);
        for (int i = 0; i < 3; ++i)
            bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 3);
        QCOMPARE(bench.report(bench.reportUrl(0), 1), 404);
        QCOMPARE(bench.report(bench.reportUrl(2), 1), 204);
    }

    void theAnswerDecides_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("queued") << QByteArray("202 Accepted") << QByteArray("3: Queued for later delivery") << int(Kind::Accepted) << QByteArray("202");
        QTest::newRow("refused") << QByteArray("400 Bad") << QByteArray("Missing receiver number, rejected") << int(Kind::Failed) << QByteArray("400");
        QTest::newRow("login") << QByteArray("403 Forbidden") << QByteArray("Authorization failed for sendsms") << int(Kind::Failed) << QByteArray("login-refused");
        QTest::newRow("busy") << QByteArray("503 Busy") << QByteArray("Temporal failure, try again later.") << int(Kind::Retry) << QByteArray("503");
    }
    void theAnswerDecides()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        Bench bench(false);
        bench.kannel.answer = [&](const HttpRequest &) { return answerOf(status, body); };
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 1);
        QCOMPARE(int(bench.receipts[0].kind), kind);
        QCOMPARE(bench.receipts[0].code, code);
        QVERIFY(bench.reportUrl(0).isEmpty());
    }

    void aKannelThatIsAwayIsNoticedAndItsReturnToo()
    {
        Bench bench;
        int changes = 0;
        bench.bearer->setHealthObserver([&] { ++changes; });
        const quint16 port = bench.kannel.serverPort();
        bench.kannel.close();
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 1);
        QCOMPARE(bench.receipts[0].kind, Kind::Retry);
        QTRY_VERIFY(!bench.bearer->health().healthy);
        QCOMPARE(bench.bearer->health().code, QByteArray("connection-refused"));
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.receipts[1].kind, Kind::Retry);
        QVERIFY(bench.kannel.listen(QHostAddress::LocalHost, port));
        QTRY_VERIFY(bench.bearer->health().healthy);
        QVERIFY(changes >= 2);
    }

    void whatIsNoNumberIsNotSent()
    {
        Bench bench;
        for (const QString &address : {QStringLiteral("127.0.0.1"), QStringLiteral("0170123"), QStringLiteral("sip:a@b")}) {
            QVERIFY(!bench.bearer->canReach(messageTo(address).route));
            const qsizetype before = bench.receipts.size();
            bench.send(messageTo(address));
            QTRY_COMPARE(bench.receipts.size(), before + 1);
            QCOMPARE(bench.receipts.constLast().kind, Kind::Failed);
        }
        bench.send(messageTo(QStringLiteral("491701234567"), 2000));
        QTRY_COMPARE(bench.receipts.constLast().code, QByteArray("sms-too-long"));
        QVERIFY(bench.submissions().isEmpty());
    }

    void aTestAsksKannelAndNobodyElse()
    {
        Bench bench;
        std::optional<BearerTest> test;
        bench.bearer->test([&](const BearerTest &done) { test = done; });
        QTRY_VERIFY(test);
        QVERIFY(test->ok);
        QCOMPARE(test->code, QByteArray("link-answers"));
        QVERIFY(bench.submissions().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestKannelBearer)
#include "tst_kannelbearer.moc"
