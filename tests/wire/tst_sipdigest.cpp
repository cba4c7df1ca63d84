// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/sipdigest.h"
#include "wire/sipmessage.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(reveille::SipDigestCredentials)

class TestSipDigest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void computesThePublishedValues_data();
    void computesThePublishedValues();
    void reproducesSamplesOfTheRfcs();
    void answersChallengesOfAVector();
    void verifiesCredentialsOfAVector();
    void headerValuesReadBack();
    void refusesCredentials_data();
    void refusesCredentials();
    void refusesChallenges_data();
    void refusesChallenges();
};

namespace {

SipDigestCredentials vectorCredentials(SipDigestAlgorithm algorithm)
{
    SipDigestCredentials credentials;
    credentials.username = "push1";
    credentials.realm = "sip.example.net";
    credentials.nonce = "MTYzNzQ4MDk4Mw==";
    credentials.uri = "sip:sip.example.net";
    credentials.cnonce = "0a4f113b";
    credentials.algorithm = algorithm;
    credentials.qop = "auth";
    credentials.nc = 1;
    return credentials;
}

SipMessage vectorMessage(const QString &name)
{
    QFile file(testData(u"vectors/%1.msg").arg(name));
    auto message = SipMessage::parse(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    return message ? std::move(message).value() : SipMessage();
}

} // namespace

void TestSipDigest::computesThePublishedValues_data()
{
    QTest::addColumn<SipDigestCredentials>("credentials");
    QTest::addColumn<QByteArray>("expected");
    QFile file(testData(u"vectors/sip-digest.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    const auto responseOf = [&](const QString &name) {
        const QRegularExpression pattern(u"^"_s + QRegularExpression::escape(name) +
                                             u"\\s+(?:HA1=[^=]+HA2=\\S+\\s+)?response=([0-9a-f]+)"_s,
                                         QRegularExpression::MultilineOption);
        return pattern.match(text).captured(1).toLatin1();
    };
    for (const auto algorithm : {SipDigestAlgorithm::Md5, SipDigestAlgorithm::Md5Sess,
                                 SipDigestAlgorithm::Sha256, SipDigestAlgorithm::Sha256Sess}) {
        const QByteArray name = sipDigestName(algorithm);
        QTest::newRow(name.constData())
            << vectorCredentials(algorithm) << responseOf(QString::fromLatin1(name));
    }
    SipDigestCredentials old = vectorCredentials(SipDigestAlgorithm::Md5);
    old.qop.clear();
    QTest::newRow("MD5 no qop") << old << responseOf(u"MD5 no qop"_s);
    SipDigestCredentials integrity = vectorCredentials(SipDigestAlgorithm::Sha256);
    integrity.qop = "auth-int";
    QTest::newRow("SHA-256 auth-int") << integrity << responseOf(u"SHA-256 auth-int"_s);
}

void TestSipDigest::computesThePublishedValues()
{
    QFETCH(SipDigestCredentials, credentials);
    QFETCH(QByteArray, expected);
    QVERIFY(expected.size() == 32 || expected.size() == 64);
    const QByteArray ha1 = sipDigestHa1(credentials.algorithm, "push1", "sip.example.net", "devicepw");
    QCOMPARE(sipDigestResponse(credentials, ha1, "REGISTER"), expected);
    credentials.response = expected.toUpper();
    QVERIFY(verifySipDigest(credentials, ha1, "REGISTER"));
    QVERIFY(!verifySipDigest(credentials, ha1, "MESSAGE"));
    QVERIFY(!verifySipDigest(
        credentials, sipDigestHa1(credentials.algorithm, "push1", "sip.example.net", "other"), "REGISTER"));
    QVERIFY(!verifySipDigest(credentials, {}, "REGISTER"));
    credentials.response.chop(1);
    QVERIFY(!verifySipDigest(credentials, ha1, "REGISTER"));
}

void TestSipDigest::reproducesSamplesOfTheRfcs()
{
    SipDigestChallenge challenge;
    challenge.realm = "testrealm@host.com";
    challenge.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    QCOMPARE(
        answerSipChallenge(challenge, "Mufasa", "Circle Of Life", "GET", "/dir/index.html", 1, "0a4f113b")
            .response,
        QByteArray("6629fae49393a05397450978507c4ef1"));
    challenge.realm = "http-auth@example.org";
    challenge.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    challenge.algorithm = SipDigestAlgorithm::Sha256;
    QCOMPARE(answerSipChallenge(challenge, "Mufasa", "Circle of Life", "GET", "/dir/index.html", 1,
                                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
                 .response,
             QByteArray("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"));
}

void TestSipDigest::answersChallengesOfAVector()
{
    const SipMessage message = vectorMessage(u"sip-401"_s);
    const auto challenge = SipDigestChallenge::parse(message.lines("www-authenticate").first());
    QVERIFY2(challenge.ok(), challenge.ok() ? "" : challenge.error().code);
    QVERIFY(challenge->algorithm == SipDigestAlgorithm::Sha256);
    QVERIFY(challenge->qopAuth && !challenge->qopAuthInt && !challenge->stale);
    const SipDigestCredentials credentials =
        answerSipChallenge(*challenge, "push1", "devicepw", "REGISTER", "sip:sip.example.net", 1, "0a4f113b");
    const auto expected =
        SipDigestCredentials::parse(vectorMessage(u"sip-register-auth"_s).header("authorization"));
    QVERIFY(expected.ok());
    QCOMPARE(credentials.response, expected->response);
}

void TestSipDigest::verifiesCredentialsOfAVector()
{
    const auto credentials =
        SipDigestCredentials::parse(vectorMessage(u"sip-register-auth"_s).header("authorization"));
    QVERIFY2(credentials.ok(), credentials.ok() ? "" : credentials.error().code);
    QCOMPARE(credentials->username, QByteArray("push1"));
    QCOMPARE(credentials->nc, 1u);
    const QByteArray ha1 = sipDigestHa1(credentials->algorithm, "push1", "sip.example.net", "devicepw");
    QVERIFY(verifySipDigest(*credentials, ha1, "REGISTER"));
}

void TestSipDigest::headerValuesReadBack()
{
    SipDigestChallenge challenge;
    challenge.realm = "lab \"quoted\\\" realm";
    challenge.nonce = "n1";
    challenge.opaque = "o1";
    challenge.algorithm = SipDigestAlgorithm::Md5Sess;
    challenge.stale = true;
    challenge.qopAuthInt = true;
    const auto read = SipDigestChallenge::parse(challenge.toHeaderValue());
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().code);
    QCOMPARE(read->realm, challenge.realm);
    QCOMPARE(read->opaque, challenge.opaque);
    QVERIFY(read->stale && read->qopAuth && read->qopAuthInt);
    QVERIFY(read->algorithm == SipDigestAlgorithm::Md5Sess);

    const SipDigestCredentials credentials =
        answerSipChallenge(*read, "us\"er", "pw", "REGISTER", "sip:lab.example", 0xabc, "c,1");
    const auto readCredentials = SipDigestCredentials::parse(credentials.toHeaderValue());
    QVERIFY2(readCredentials.ok(), readCredentials.ok() ? "" : readCredentials.error().code);
    QCOMPARE(readCredentials->username, QByteArray("us\"er"));
    QCOMPARE(readCredentials->nc, 0xabcu);
    QCOMPARE(readCredentials->cnonce, QByteArray("c,1"));
    QVERIFY(verifySipDigest(
        *readCredentials, sipDigestHa1(credentials.algorithm, "us\"er", challenge.realm, "pw"), "REGISTER"));

    challenge.realm = "a\r\nEvil: b";
    QVERIFY(!challenge.toHeaderValue().contains('\n'));
}

void TestSipDigest::refusesCredentials_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    const QByteArray good = R"(Digest username="u", realm="r", nonce="n", uri="sip:x", response="00")";
    QTest::newRow("nothing") << QByteArray() << QByteArray("sip-auth-scheme");
    QTest::newRow("Basic") << QByteArray("Basic dTpw") << QByteArray("sip-auth-scheme");
    QTest::newRow("scheme only") << QByteArray("Digest ") << QByteArray("sip-auth-scheme");
    QTest::newRow("open quote") << good + ", cnonce=\"x" << QByteArray("sip-auth-syntax");
    QTest::newRow("backslash at the end") << good + ", cnonce=\"x\\\"" << QByteArray("sip-auth-syntax");
    QTest::newRow("NUL") << good + QByteArray(", a=\0b", 6) << QByteArray("sip-auth-syntax");
    QTest::newRow("too long") << good + ", x=\"" + QByteArray(5000, 'x') + '"'
                              << QByteArray("sip-auth-syntax");
    QTest::newRow("unknown algorithm") << good + ", algorithm=SHA-1" << QByteArray("sip-auth-algorithm");
    QTest::newRow("no response") << QByteArray(R"(Digest username="u", realm="r", nonce="n", uri="sip:x")")
                                 << QByteArray("sip-auth-missing");
    QTest::newRow("no nonce") << QByteArray(R"(Digest username="u", realm="r", uri="sip:x", response="00")")
                              << QByteArray("sip-auth-missing");
    QTest::newRow("unknown qop") << good + ", qop=auth-conf, nc=00000001, cnonce=\"c\""
                                 << QByteArray("sip-auth-qop");
    QTest::newRow("short nc") << good + ", qop=auth, nc=1, cnonce=\"c\"" << QByteArray("sip-auth-nc");
    QTest::newRow("nc that is no number")
        << good + ", qop=auth, nc=0000000g, cnonce=\"c\"" << QByteArray("sip-auth-nc");
    QTest::newRow("nc 0") << good + ", qop=auth, nc=00000000, cnonce=\"c\"" << QByteArray("sip-auth-nc");
}

void TestSipDigest::refusesCredentials()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    const auto credentials = SipDigestCredentials::parse(value);
    QVERIFY(!credentials);
    QCOMPARE(QByteArray(credentials.error().code), code);
}

void TestSipDigest::refusesChallenges_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no realm") << QByteArray("Digest nonce=\"n\"") << QByteArray("sip-auth-missing");
    QTest::newRow("no nonce") << QByteArray("Digest realm=\"r\"") << QByteArray("sip-auth-missing");
    QTest::newRow("unknown algorithm") << QByteArray("Digest realm=\"r\", nonce=\"n\", algorithm=AKAv1-MD5")
                                       << QByteArray("sip-auth-algorithm");
    QTest::newRow("other scheme") << QByteArray("Bearer authz_server=\"x\"") << QByteArray("sip-auth-scheme");
}

void TestSipDigest::refusesChallenges()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    const auto challenge = SipDigestChallenge::parse(value);
    QVERIFY(!challenge);
    QCOMPARE(QByteArray(challenge.error().code), code);
}

QTEST_GUILESS_MAIN(TestSipDigest)
#include "tst_sipdigest.moc"
