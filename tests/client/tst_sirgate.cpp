// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sirgate.h"
#include "wire/sir.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray key("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
constexpr Timestamp now{1795203000000};

DeviceId device(const char *text)
{
    return *DeviceId::parse(QString::fromLatin1(text));
}

const DeviceId phone = device("urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
const DeviceId laptop = device("urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf7");

SirGate::Rules rulesOf(const QByteArray &secret)
{
    SirGate::Rules rules;
    rules.me = {phone, *PublicUserId::parse(u"sip:alice@lab.example")};
    rules.key = secret;
    rules.ownGateways = {u"127.0.0.1"_s, u"push.lab.example"_s};
    rules.gateways = {u"192.0.2.10:5070"_s, u"2001:db8::5"_s};
    return rules;
}

SessionRequest goodSir()
{
    SessionRequest sir;
    sir.device = phone;
    sir.gateway = u"sip:127.0.0.1:5060;transport=udp"_s;
    sir.time = now;
    sir.nonce = QByteArray::fromHex("01020304");
    return sir;
}

WakeDatagram datagramOf(const SessionRequest &sir, const QByteArray &secret)
{
    WspPush push;
    push.data = encodeSir(sir, secret);
    return readWakeDatagram(encodeWspPush(push)).valueOr({});
}

} // namespace

class TestSirGate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void obeysASignedSirForThisDevice()
    {
        SirGate gate;
        gate.setRules(rulesOf(key));
        const auto verdict = gate.judge(datagramOf(goodSir(), key), false, now);
        QCOMPARE(verdict.answer, SirGate::Answer::Connect);
        QVERIFY(verdict.gateway.host.isEmpty());
    }

    void tellsWhyItDoesNot_data()
    {
        QTest::addColumn<SessionRequest>("sir");
        QTest::addColumn<QByteArray>("signedWith");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<bool>("connected");
        QTest::addColumn<QByteArray>("reason");

        const auto row = [](const char *name, const char *reason, auto change,
                            const QByteArray &signedWith = key, const QByteArray &secret = key,
                            bool connected = false) {
            SessionRequest sir = goodSir();
            change(sir);
            QTest::newRow(name) << sir << signedWith << secret << connected << QByteArray(reason);
        };
        const auto same = [](SessionRequest &) {
        };
        row("good", "", same);
        row("no identity means me", "", [](SessionRequest &sir) { sir.device = {}; });
        row("my user", "", [](SessionRequest &sir) {
            sir.device = {};
            sir.user = *PublicUserId::parse(u"sip:alice@lab.example");
        });
        row("other user", "not-for-me", [](SessionRequest &sir) {
            sir.device = {};
            sir.user = *PublicUserId::parse(u"sip:bob@lab.example");
        });
        row("other device", "not-for-me", [](SessionRequest &sir) { sir.device = laptop; });
        row("connected", "already-connected", same, key, key, true);
        row(
            "other device while connected", "not-for-me", [](SessionRequest &sir) { sir.device = laptop; },
            key, key, true);
        row("unsigned", "not-safe-unsigned", same, {});
        row("unsigned without a secret", "", same, {}, {});
        row("signed without a secret", "not-safe-signature", same, key, {});
        row("signed by another", "not-safe-signature", same, key.toUpper());
        row("too old", "not-safe-time", [](SessionRequest &sir) { sir.time = now - Milliseconds(301000); });
        row("just young enough", "", [](SessionRequest &sir) { sir.time = now - Milliseconds(299000); });
        row("of the future", "not-safe-time",
            [](SessionRequest &sir) { sir.time = now + Milliseconds(301000); });
        row("signed without time", "not-safe-time", [](SessionRequest &sir) {
            sir.time = {};
            sir.nonce.clear();
        });
        row("foreign gateway", "not-safe-gateway",
            [](SessionRequest &sir) { sir.gateway = u"sip:192.0.2.66"_s; });
        row("foreign gateway, unsigned, no secret", "not-safe-gateway",
            [](SessionRequest &sir) { sir.gateway = u"sip:192.0.2.66"_s; }, {}, {});
        row("allowed host, other port", "not-safe-gateway",
            [](SessionRequest &sir) { sir.gateway = u"sip:192.0.2.10:5071"_s; });
        row("broken gateway", "not-safe-gateway",
            [](SessionRequest &sir) { sir.gateway = u"sip:192.0.2.10:x"_s; });
        row("sips gateway", "not-safe-gateway",
            [](SessionRequest &sir) { sir.gateway = u"sips:127.0.0.1"_s; });
        row("registrar by name", "", [](SessionRequest &sir) { sir.gateway = u"sip:PUSH.lab.example"_s; });
        row("no gateway", "", [](SessionRequest &sir) { sir.gateway.clear(); });
        row("foreign contact point", "not-safe-gateway", [](SessionRequest &sir) {
            sir.gateway.clear();
            sir.contactPoints = {{std::nullopt, quint16(4035), QByteArray::fromHex("c0000242")}};
        });
    }

    void tellsWhyItDoesNot()
    {
        QFETCH(SessionRequest, sir);
        QFETCH(QByteArray, signedWith);
        QFETCH(QByteArray, secret);
        QFETCH(bool, connected);
        QFETCH(QByteArray, reason);
        SirGate gate;
        gate.setRules(rulesOf(secret));
        const auto verdict = gate.judge(datagramOf(sir, signedWith), connected, now);
        QCOMPARE(verdict.reason, reason);
        QCOMPARE(verdict.answer == SirGate::Answer::Connect, reason.isEmpty());
    }

    void goesToAnAllowedGateway_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("transport");
        QTest::newRow("v4") << u"sip:192.0.2.10:5070;transport=TCP"_s << u"192.0.2.10"_s << 5070 << u"tcp"_s;
        QTest::newRow("v6") << u"sip:[2001:DB8:0::5]:5061"_s << u"2001:db8:0::5"_s << 5061 << QString();
    }
    void goesToAnAllowedGateway()
    {
        QFETCH(QString, uri);
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(QString, transport);
        SessionRequest sir = goodSir();
        sir.gateway = uri;
        SirGate gate;
        gate.setRules(rulesOf(key));
        const auto verdict = gate.judge(datagramOf(sir, key), false, now);
        QCOMPARE(verdict.answer, SirGate::Answer::Connect);
        QCOMPARE(verdict.gateway, (SirGateway{host, quint16(port), transport}));
    }

    void refusesAReplayInsideTheWindow()
    {
        SirGate gate;
        gate.setRules(rulesOf(key));
        const WakeDatagram wake = datagramOf(goodSir(), key);
        QCOMPARE(gate.judge(wake, false, now).answer, SirGate::Answer::Connect);
        QCOMPARE(gate.judge(wake, false, now + Milliseconds(1000)).reason, "not-safe-replayed");
        QCOMPARE(gate.judge(wake, false, now + Milliseconds(600000)).reason, "not-safe-time");
        SessionRequest next = goodSir();
        next.nonce = QByteArray::fromHex("01020305");
        QCOMPARE(gate.judge(datagramOf(next, key), false, now).answer, SirGate::Answer::Connect);
    }

    void aForgottenNonceStaysRefused()
    {
        SirGate gate;
        gate.setRules(rulesOf(key));
        SessionRequest first = goodSir();
        first.time = now - Milliseconds(10000);
        QCOMPARE(gate.judge(datagramOf(first, key), true, now).answer, SirGate::Answer::AlreadyConnected);
        for (size_t i = 0; i < SirGate::maxNonces; ++i) {
            SessionRequest sir = goodSir();
            sir.nonce = QByteArray::number(qulonglong(1000 + i));
            QCOMPARE(gate.judge(datagramOf(sir, key), false, now).answer, SirGate::Answer::Connect);
        }
        QCOMPARE(gate.judge(datagramOf(first, key), true, now).reason, "not-safe-replayed");
    }

    void readsTheIdentityFromEveryPlace_data()
    {
        QTest::addColumn<bool>("body");
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<bool>("contradictory");
        QTest::newRow("body") << true << QString() << QString() << false;
        QTest::newRow("header") << false << phone.toString() << QString() << false;
        QTest::newRow("header value") << false << QString() << phone.toString() << false;
        QTest::newRow("all") << true << phone.toString() << phone.toString() << false;
        QTest::newRow("header contradicts") << true << laptop.toString() << QString() << true;
        QTest::newRow("header unreadable") << true << u"urn:uuid:1"_s << QString() << true;
    }
    void readsTheIdentityFromEveryPlace()
    {
        QFETCH(bool, body);
        QFETCH(QString, header);
        QFETCH(QString, parameter);
        QFETCH(bool, contradictory);
        SessionRequest sir = goodSir();
        if (!body)
            sir.device = {};
        WspPush push;
        push.data = encodeSir(sir);
        if (!header.isEmpty())
            push.addHeader(u"X-Reveille-Device"_s, header);
        if (!parameter.isEmpty())
            push.contentTypeParameters.append({u"device"_s, parameter});
        const Result<WakeDatagram> wake = readWakeDatagram(encodeWspPush(push));
        QVERIFY(wake.ok());
        QCOMPARE(wake->contradictory, contradictory);
        QCOMPARE(wake->sir.device, phone);
    }

    void tellsEmptyFromBroken_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<bool>("empty");
        WspPush bare;
        QTest::newRow("no octets") << QByteArray() << true << true;
        QTest::newRow("push without body") << encodeWspPush(bare) << true << true;
        QTest::newRow("noise") << QByteArray("hello") << false << false;
        QTest::newRow("one octet") << QByteArray("\x2a") << false << false;
        bare.contentType = u"text/plain"_s;
        bare.data = "x";
        QTest::newRow("another type") << encodeWspPush(bare) << false << false;
        bare.contentType = u"application/vnd.wap.sia"_s;
        bare.data = QByteArray::fromHex("0105b2");
        QTest::newRow("broken body") << encodeWspPush(bare) << false << false;
    }
    void tellsEmptyFromBroken()
    {
        QFETCH(QByteArray, octets);
        QFETCH(bool, ok);
        QFETCH(bool, empty);
        const Result<WakeDatagram> wake = readWakeDatagram(octets);
        QCOMPARE(wake.ok(), ok);
        if (ok)
            QCOMPARE(wake->empty, empty);
    }
};

QTEST_GUILESS_MAIN(TestSirGate)
#include "tst_sirgate.moc"
