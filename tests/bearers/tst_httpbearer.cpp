// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierserver.h"
#include "bearers/httpbearer.h"
#include "engine/timerwheel.h"
#include "support/testtls.h"

#include <QSslCertificate>
#include <QTest>

using namespace reveille;

namespace {

QByteArray answerOf(const QByteArray &statusLine, const QByteArray &fields = {}, const QByteArray &body = {})
{
    return "HTTP/1.1 " + statusLine + "\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

WakeMessage messageTo(const QString &address)
{
    WakeMessage message;
    message.wake = WakeId(QStringLiteral("w-1"));
    message.user = *PublicUserId::parse(QStringLiteral("sip:alice@lab.example"));
    message.route = {QStringLiteral("http"), address, ClientPort(), WakeRoute::Source::Client};
    message.sir = QByteArray::fromHex("0102b2820008c40b0fc3c000020a");
    return message;
}

/// A bearer on the system's clock and what it said of each message.
struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    HttpBearer bearer;
    QVector<WakeReceipt> receipts;
    explicit Bench(HttpBearer::Settings settings = usual())
        : bearer(std::move(settings), clock, timers)
    {
    }
    static HttpBearer::Settings usual()
    {
        HttpBearer::Settings settings;
        settings.name = QStringLiteral("post");
        settings.allowedNetworks = *parseNetworks(u"127.0.0.0/8, ::1/128");
        return settings;
    }
    WakeReceipt send(const WakeMessage &message)
    {
        const qsizetype before = receipts.size();
        bearer.send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
        if (receipts.size() != before)
            qFatal("answered from within send()");
        if (!QTest::qWaitFor([&] { return receipts.size() > before; }, 8000))
            return {WakeReceipt::Kind::Failed, "no receipt", {}};
        return receipts.constLast();
    }
};

} // namespace

class TestHttpBearer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void postsTheSirToTheAddressOfTheRoute()
    {
        CarrierServer device;
        Bench bench;
        const WakeMessage message = messageTo(QStringLiteral("http://%1/wake?d=7").arg(device.place()));
        const WakeReceipt receipt = bench.send(message);
        QCOMPARE(receipt.kind, WakeReceipt::Kind::Accepted);
        QCOMPARE(receipt.code, QByteArray("202"));
        QCOMPARE(device.raw, bench.bearer.encode(message));
        const HttpRequest &request = device.requests.constFirst();
        QCOMPARE(request.method, QByteArray("POST"));
        QCOMPARE(request.target, QByteArray("/wake?d=7"));
        QCOMPARE(request.headers.value("Content-Type"), QByteArray("application/vnd.wap.sia"));
        QCOMPARE(request.headers.value("Host"), device.place().toLatin1());
        QCOMPARE(request.body, message.sir);
        QCOMPARE(bench.bearer.health().sent, quint64(1));
        QCOMPARE(bench.bearer.health().inFlight, 0);
    }
    void anAddressWithoutUrlMeansItsRoot()
    {
        CarrierServer device;
        Bench bench;
        QCOMPARE(bench.send(messageTo(device.place())).code, QByteArray("202"));
        WakeMessage byPort = messageTo(QStringLiteral("127.0.0.1"));
        byPort.route.port = ClientPort(device.serverPort());
        QCOMPARE(bench.send(byPort).code, QByteArray("202"));
        QCOMPARE(device.requests.constLast().target, QByteArray("/"));
    }
    void aNameIsResolved()
    {
        CarrierServer device;
        Bench bench;
        QCOMPARE(bench.send(messageTo(QStringLiteral("http://localhost:%1/").arg(device.serverPort()))).code,
                 QByteArray("202"));
        QCOMPARE(device.requests.constFirst().headers.value("Host"),
                 "localhost:" + QByteArray::number(device.serverPort()));
    }
    void placesTheIdentityWhereTold()
    {
        CarrierServer device;
        Bench bench;
        WakeMessage message = messageTo(device.place());
        message.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        message.placement = IdentityPlacement::Header;
        QCOMPARE(bench.send(message).code, QByteArray("202"));
        QCOMPARE(device.requests.constLast().headers.value("X-Reveille-Device"),
                 message.device.toString().toUtf8());
        message.placement = IdentityPlacement::HeaderValue;
        QCOMPARE(bench.send(message).code, QByteArray("202"));
        QVERIFY(!device.requests.constLast().headers.has("X-Reveille-Device"));
        QCOMPARE(device.requests.constLast().headers.value("Content-Type"),
                 "application/vnd.wap.sia; device=\"" + message.device.toString().toUtf8() + '"');
        message.placement = IdentityPlacement::Body;
        QVERIFY(!bench.bearer.encode(message).contains("f81d4fae"));
    }
    void anEmptyWakeUpHasNoBody()
    {
        CarrierServer device;
        Bench bench;
        WakeMessage message = messageTo(device.place());
        message.sir.clear();
        QCOMPARE(bench.send(message).kind, WakeReceipt::Kind::Accepted);
        QVERIFY(device.requests.constFirst().body.isEmpty());
        QVERIFY(!device.requests.constFirst().headers.has("Content-Type"));
        QCOMPARE(device.requests.constFirst().headers.value("Content-Length"), QByteArray("0"));
    }
    void answersAreJudged_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *name, const QByteArray &answer, WakeReceipt::Kind kind, const char *code) {
            QTest::newRow(name) << answer << int(kind) << QByteArray(code);
        };
        using Kind = WakeReceipt::Kind;
        row("200", answerOf("200 OK"), Kind::Accepted, "200");
        row("204", "HTTP/1.1 204 No Content\r\n\r\n", Kind::Accepted, "204");
        row("redirect", answerOf("302 Found", "Location: http://127.0.0.1:1/\r\n"), Kind::Failed, "302");
        row("404", answerOf("404 Not Found"), Kind::Failed, "404");
        row("403 alone", answerOf("403 Forbidden"), Kind::Failed, "403");
        row("403 of the device", answerOf("403 Forbidden", "X-Reveille-Refusal: busy\r\n"), Kind::Refused,
            "refused-by-device");
        row("429", answerOf("429 Too Many"), Kind::Retry, "429");
        row("500", answerOf("500 Oops"), Kind::Retry, "500");
        row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", Kind::Failed, "http-response");
        row("closed", "", Kind::Failed, "closed");
        row("cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Kind::Failed, "http-body-cut");
        row("too large", answerOf("200 OK", {}, QByteArray(70 * 1024, 'x')), Kind::Failed, "http-body-too-large");
        row("endless head", "HTTP/1.1 200 OK\r\nX: " + QByteArray(20 * 1024, 'x'), Kind::Failed,
            "http-header-too-large");
    }
    void answersAreJudged()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        CarrierServer device;
        device.answer = [&](const HttpRequest &) { return answer; };
        Bench bench;
        const WakeReceipt receipt = bench.send(messageTo(device.place()));
        QCOMPARE(receipt.code, code);
        QCOMPARE(int(receipt.kind), kind);
        QCOMPARE(device.connections, 1);
        QCOMPARE(bench.bearer.health().failed, quint64(receipt.kind == WakeReceipt::Kind::Accepted ? 0 : 1));
    }
    void neverSendsOutsideItsNetworks_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("public") << QStringLiteral("http://192.0.2.1/") << QByteArray("network-not-allowed");
        QTest::newRow("mapped") << QStringLiteral("[::ffff:192.0.2.1]:80") << QByteArray("network-not-allowed");
        QTest::newRow("number as name") << QStringLiteral("http://3221225985/") << QByteArray("network-not-allowed");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << QByteArray("address-not-url");
        QTest::newRow("password") << QStringLiteral("http://a:b@127.0.0.1/") << QByteArray("address-not-url");
        QTest::newRow("port 0") << QStringLiteral("http://127.0.0.1:0/") << QByteArray("address-not-url");
        QTest::newRow("line end") << QStringLiteral("http://127.0.0.1/\r\nX: y") << QByteArray("address-not-url");
        QTest::newRow("empty") << QString() << QByteArray("address-not-url");
    }
    void neverSendsOutsideItsNetworks()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, code);
        Bench bench;
        const WakeReceipt receipt = bench.send(messageTo(address));
        QCOMPARE(receipt.kind, WakeReceipt::Kind::Failed);
        QCOMPARE(receipt.code, code);
    }
    void aNameThatLeadsOutsideIsNotConnectedTo()
    {
        CarrierServer device;
        HttpBearer::Settings settings = Bench::usual();
        settings.allowedNetworks = *parseNetworks(u"198.51.100.0/24");
        Bench bench(settings);
        const WakeMessage message = messageTo(QStringLiteral("http://localhost:%1/").arg(device.serverPort()));
        QVERIFY(bench.bearer.canReach(message.route).ok());
        QCOMPARE(bench.send(message).code, QByteArray("network-not-allowed"));
        QCOMPARE(device.connections, 0);
    }
    void whoAsksToWaitIsLeftAloneAndNobodyElse()
    {
        CarrierServer busy, other;
        busy.answer = [](const HttpRequest &) { return answerOf("503 Busy", "Retry-After: 100000\r\n"); };
        HttpBearer::Settings settings = Bench::usual();
        settings.longestHold = Milliseconds(300);
        Bench bench(settings);
        QCOMPARE(bench.send(messageTo(busy.place())).code, QByteArray("503"));
        const WakeReceipt held = bench.send(messageTo(busy.place()));
        QCOMPARE(held.code, QByteArray("asked-to-wait"));
        QCOMPARE(held.kind, WakeReceipt::Kind::Retry);
        QCOMPARE(busy.connections, 1);
        QCOMPARE(bench.send(messageTo(other.place())).code, QByteArray("202"));
        QVERIFY(QTest::qWaitFor([&] { return bench.send(messageTo(busy.place())).code == "503"; }));
        QCOMPARE(busy.connections, 2);
    }
    void silenceEndsAfterTheTimeout()
    {
        CarrierServer device;
        device.silent = true;
        HttpBearer::Settings settings = Bench::usual();
        settings.timeout = Milliseconds(100);
        Bench bench(settings);
        QCOMPARE(bench.send(messageTo(device.place())).code, QByteArray("no-answer"));
        QCOMPARE(bench.bearer.health().inFlight, 0);
    }
    void aClosedPortIsToldAsFailure()
    {
        QString place;
        {
            CarrierServer gone;
            place = gone.place();
        }
        Bench bench;
        const WakeReceipt receipt = bench.send(messageTo(place));
        QCOMPARE(receipt.code, QByteArray("connection-refused"));
        QCOMPARE(receipt.kind, WakeReceipt::Kind::Failed);
    }
    void overTlsTheCertificateHasToBeTrusted()
    {
        TestTls tls;
        CarrierServer device(*serverTls(tls.identity));
        const WakeMessage message = messageTo(QStringLiteral("https://%1/").arg(device.place()));
        Bench distrustful;
        QCOMPARE(distrustful.send(message).code, QByteArray("tls-failed"));
        QVERIFY(device.requests.isEmpty());
        HttpBearer::Settings settings = Bench::usual();
        settings.tls.setCaCertificates(QSslCertificate::fromPath(tls.identity.certificateFile));
        Bench trusting(settings);
        QCOMPARE(trusting.send(message).code, QByteArray("202"));
        QCOMPARE(device.requests.constFirst().body, message.sir);
    }
    void theQueueIsBoundedAndEndsWithTheBearer()
    {
        CarrierServer device;
        device.silent = true;
        HttpBearer::Settings settings = Bench::usual();
        settings.queue = {1000, 1, 2};
        QVector<QByteArray> codes;
        {
            Bench bench(settings);
            for (int i = 0; i < 3; ++i)
                bench.bearer.send(messageTo(device.place()), [&](const WakeReceipt &r) { codes.append(r.code); });
            QTRY_COMPARE(device.requests.size(), 1);
            QCOMPARE(bench.bearer.health().queued, 1);
            QCOMPARE(bench.bearer.health().inFlight, 1);
        }
        QCOMPARE(codes, QVector<QByteArray>{"queue-full"});
    }
    void aTestWakesNobody()
    {
        CarrierServer device;
        Bench bench;
        std::optional<BearerTest> test;
        bench.bearer.test([&](const BearerTest &done) { test = done; });
        QTRY_VERIFY(test.has_value());
        QVERIFY(test->ok);
        HttpBearer::Settings settings = Bench::usual();
        settings.allowedNetworks.clear();
        Bench closed(settings);
        test.reset();
        closed.bearer.test([&](const BearerTest &done) { test = done; });
        QTRY_VERIFY(test.has_value());
        QCOMPARE(test->code, QByteArray("networks-missing"));
        QCOMPARE(device.connections, 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpBearer)
#include "tst_httpbearer.moc"
