// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/vapidsigner.h"
#include "wire/es256.h"
#include "wire/httprequestparser.h"
#include "wire/vapid.h"
#include "wire/vectors.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3600;
const Timestamp now{1'795'000'000'000};
const qint64 nowSeconds = now.ms / 1000;
const QStringList ours{u"https://push.example:8443"_s, u"https://push.example"_s};

} // namespace

/// What application servers sign (RFC 8292), made by a library here and, as a vector, by a program of others.
class TestVapid : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAndBelievesATokenOfOthers();
    void readsWhatItSays();
    void takesAnyFormOfTheField_data();
    void takesAnyFormOfTheField();
    void refusesFields_data();
    void refusesFields();
    void refusesTokens_data();
    void refusesTokens();
    void refusesEveryCutToken();
    void judgesTheClaims_data();
    void judgesTheClaims();
    void refusesATamperedToken_data();
    void refusesATamperedToken();
    void refusesTheTokenOfAnotherKey();
    void knowsPointsOnTheCurve_data();
    void knowsPointsOnTheCurve();

private:
    QByteArray field(const QByteArray &token) const { return "vapid t=" + token + ", k=" + toBase64Url(m_signer.key()); }
    QByteArray good() const { return m_signer.token(VapidSigner::claims("https://push.example", nowSeconds + hour)); }

    const VapidSigner m_signer;
};

void TestVapid::readsAndBelievesATokenOfOthers()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed(vectorMessage(u"webpush-post"_s)), HttpRequestParser::State::Complete);
    const auto vapid = Vapid::parse(parser.take().headers.value("Authorization"));
    QVERIFY2(vapid.ok(), vapid ? "" : vapid.error().code);
    QCOMPARE(vapid->audiences, QStringList{u"https://push.example.net"_s});
    QCOMPARE(vapid->subject, u"mailto:push@example.com"_s);
    QCOMPARE(vapid->expiresAt, (Timestamp{1'795'280'000'000}));
    QVERIFY(vapid->judge({u"https://push.example.net"_s}, vapid->expiresAt - Milliseconds(1000)));
}

void TestVapid::readsWhatItSays()
{
    const auto vapid = Vapid::parse(field(m_signer.token(R"({"aud":["https://a.example","https://push.example"],"exp":1795003600.75})")));
    QVERIFY(vapid);
    QCOMPARE(vapid->key, m_signer.key());
    QCOMPARE(vapid->audiences, (QStringList{u"https://a.example"_s, u"https://push.example"_s}));
    QCOMPARE(vapid->expiresAt, (Timestamp{1'795'003'600'000}));
    QCOMPARE(vapid->subject, QString());
    QVERIFY(vapid->judge(ours, now));
}

void TestVapid::takesAnyFormOfTheField_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray t = good(), k = toBase64Url(m_signer.key());
    QTest::newRow("as the RFC writes it") << "vapid t=" + t + ", k=" + k;
    QTest::newRow("the key first") << "vapid k=" + k + ",t=" + t;
    QTest::newRow("other case") << "Vapid T=" + t + ", K=" + k;
    QTest::newRow("quoted") << "vapid t=\"" + t + "\", k=\"" + k + '"';
    QTest::newRow("blanks") << "vapid \t t = " + t + " ,\tk = " + k + "  ";
    QTest::newRow("more parameters") << "vapid t=" + t + ", x=1, k=" + k + ", y=\"2\"";
}

void TestVapid::takesAnyFormOfTheField()
{
    QFETCH(QByteArray, text);
    const auto vapid = Vapid::parse(text);
    QVERIFY2(vapid.ok(), vapid ? "" : vapid.error().code);
    QVERIFY(vapid->judge(ours, now));
}

void TestVapid::refusesFields_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    const QByteArray t = good(), k = toBase64Url(m_signer.key());
    QByteArray bent = m_signer.key(), compressed = m_signer.key().left(33);
    bent[64] = char(bent[64] ^ 1);
    compressed[0] = char(2);
    QTest::newRow("empty") << QByteArray() << QByteArray("vapid-syntax");
    QTest::newRow("another scheme") << "Bearer " + t << QByteArray("vapid-syntax");
    QTest::newRow("a scheme that begins so") << "vapidly t=" + t + ", k=" + k << QByteArray("vapid-syntax");
    QTest::newRow("nothing behind it") << QByteArray("vapid ") << QByteArray("vapid-syntax");
    QTest::newRow("no key") << "vapid t=" + t << QByteArray("vapid-syntax");
    QTest::newRow("no token") << "vapid k=" + k << QByteArray("vapid-syntax");
    QTest::newRow("two tokens") << "vapid t=" + t + ", t=" + t + ", k=" + k << QByteArray("vapid-syntax");
    QTest::newRow("an empty key") << "vapid t=" + t + ", k=" << QByteArray("vapid-syntax");
    QTest::newRow("no parameters") << "vapid " + t << QByteArray("vapid-syntax");
    QTest::newRow("overlong") << "vapid t=" + t + ", k=" + k + ", x=" + QByteArray(Vapid::longest, 'x') << QByteArray("vapid-too-long");
    QTest::newRow("a key with padding") << "vapid t=" + t + ", k=" + k + '=' << QByteArray("vapid-key");
    QTest::newRow("a key in the other alphabet") << "vapid t=" + t + ", k=" + m_signer.key().toBase64() << QByteArray("vapid-key");
    QTest::newRow("a short key") << "vapid t=" + t + ", k=" + k.left(80) << QByteArray("vapid-key");
    QTest::newRow("a compressed key") << "vapid t=" + t + ", k=" + toBase64Url(compressed) << QByteArray("vapid-key");
    QTest::newRow("a point off the curve") << "vapid t=" + t + ", k=" + toBase64Url(bent) << QByteArray("vapid-key");
    QTest::newRow("the point at infinity") << "vapid t=" + t + ", k=" + toBase64Url(QByteArray(1, '\0')) << QByteArray("vapid-key");
}

void TestVapid::refusesFields()
{
    QFETCH(QByteArray, text);
    const auto vapid = Vapid::parse(text);
    QVERIFY(!vapid);
    QTEST(QByteArray(vapid.error().code), "code");
}

void TestVapid::refusesTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("code");
    const auto claims = [](const QByteArray &text) { return R"({"aud":"https://push.example","exp":1795003600)" + text + '}'; };
    const QByteArray header = R"({"typ":"JWT","alg":"ES256"})", usual = claims({});
    const QByteArray t = m_signer.token(usual);
    QTest::newRow("one part") << QByteArray("abc") << QByteArray("vapid-token");
    QTest::newRow("two parts") << t.left(t.lastIndexOf('.')) << QByteArray("vapid-token");
    QTest::newRow("four parts") << t + ".YQ" << QByteArray("vapid-token");
    QTest::newRow("no signature") << t.left(t.lastIndexOf('.') + 1) << QByteArray("vapid-token");
    QTest::newRow("padding") << t + "==" << QByteArray("vapid-token");
    QTest::newRow("bits that no octet has") << t.chopped(1) + char(t.back() == 'B' ? 'C' : 'B') << QByteArray("vapid-token");
    QTest::newRow("a blank inside") << t.left(10) + ' ' + t.mid(10) << QByteArray("vapid-token");
    QTest::newRow("header no JSON") << m_signer.token(usual, "none") << QByteArray("vapid-token");
    QTest::newRow("header a list") << m_signer.token(usual, "[]") << QByteArray("vapid-token");
    QTest::newRow("claims no JSON") << m_signer.token("{") << QByteArray("vapid-token");
    QTest::newRow("deep claims") << m_signer.token(R"({"aud":)" + QByteArray(900, '[') + QByteArray(900, ']') + '}') << QByteArray("vapid-audience");
    QTest::newRow("alg none") << m_signer.token(usual, R"({"typ":"JWT","alg":"none"})") << QByteArray("vapid-algorithm");
    QTest::newRow("alg missing") << m_signer.token(usual, R"({"typ":"JWT"})") << QByteArray("vapid-algorithm");
    QTest::newRow("alg HS256") << m_signer.token(usual, R"({"alg":"HS256"})") << QByteArray("vapid-algorithm");
    QTest::newRow("alg in lower case") << m_signer.token(usual, R"({"alg":"es256"})") << QByteArray("vapid-algorithm");
    QTest::newRow("alg a list") << m_signer.token(usual, R"({"alg":["ES256"]})") << QByteArray("vapid-algorithm");
    QTest::newRow("critical extensions") << m_signer.token(usual, R"({"alg":"ES256","crit":["b64"],"b64":false})") << QByteArray("vapid-algorithm");
    QTest::newRow("typ") << m_signer.token(usual, R"({"alg":"ES256","typ":"JOSE"})") << QByteArray("vapid-token");
    QTest::newRow("no audience") << m_signer.token(R"({"exp":1795003600})") << QByteArray("vapid-audience");
    QTest::newRow("audience a number") << m_signer.token(R"({"aud":1,"exp":1795003600})") << QByteArray("vapid-audience");
    QTest::newRow("no audience in the list") << m_signer.token(R"({"aud":[],"exp":1795003600})") << QByteArray("vapid-audience");
    QTest::newRow("too many audiences") << m_signer.token(R"({"aud":["1","2","3","4","5","6","7","8","9"],"exp":1795003600})") << QByteArray("vapid-audience");
    QTest::newRow("no end") << m_signer.token(R"({"aud":"https://push.example"})") << QByteArray("vapid-expiry");
    QTest::newRow("end a text") << m_signer.token(R"({"aud":"https://push.example","exp":"1795003600"})") << QByteArray("vapid-expiry");
    QTest::newRow("end before time") << m_signer.token(R"({"aud":"https://push.example","exp":-5})") << QByteArray("vapid-expiry");
    QTest::newRow("end beyond time") << m_signer.token(R"({"aud":"https://push.example","exp":1e300})") << QByteArray("vapid-expiry");
    QTest::newRow("subject of another scheme") << m_signer.token(claims(R"(,"sub":"http://shop.example")")) << QByteArray("vapid-subject");
    QTest::newRow("subject an address") << m_signer.token(claims(R"(,"sub":"ops@shop.example")")) << QByteArray("vapid-subject");
    QTest::newRow("subject a number") << m_signer.token(claims(R"(,"sub":7)")) << QByteArray("vapid-subject");
    QTest::newRow("subject with a line end") << m_signer.token(claims(R"(,"sub":"mailto:a\r\nb")")) << QByteArray("vapid-subject");
    QTest::newRow("overlong subject") << m_signer.token(claims(R"(,"sub":"mailto:)" + QByteArray(Vapid::longestSubject, 'a') + '"')) << QByteArray("vapid-subject");
}

void TestVapid::refusesTokens()
{
    QFETCH(QByteArray, token);
    const auto vapid = Vapid::parse(field(token));
    QVERIFY(!vapid);
    QTEST(QByteArray(vapid.error().code), "code");
}

void TestVapid::refusesEveryCutToken()
{
    const QByteArray whole = good();
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY2(!Vapid::parse(field(whole.left(length))), QByteArray::number(length).constData());
    QVERIFY(Vapid::parse(field(whole)));
}

void TestVapid::judgesTheClaims_data()
{
    QTest::addColumn<QByteArray>("audience");
    QTest::addColumn<qint64>("expiresIn");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("ours") << QByteArray("https://push.example") << hour << QByteArray();
    QTest::newRow("ours with a port") << QByteArray("https://push.example:8443") << hour << QByteArray();
    QTest::newRow("another host") << QByteArray("https://evil.example") << hour << QByteArray("vapid-audience");
    QTest::newRow("another scheme") << QByteArray("http://push.example") << hour << QByteArray("vapid-audience");
    QTest::newRow("another port") << QByteArray("https://push.example:9") << hour << QByteArray("vapid-audience");
    QTest::newRow("a host that begins so") << QByteArray("https://push.example.evil.example") << hour << QByteArray("vapid-audience");
    QTest::newRow("a URL") << QByteArray("https://push.example/wpush") << hour << QByteArray("vapid-audience");
    QTest::newRow("the last second") << QByteArray("https://push.example") << qint64(1) << QByteArray();
    QTest::newRow("just over") << QByteArray("https://push.example") << qint64(0) << QByteArray("vapid-expired");
    QTest::newRow("long over") << QByteArray("https://push.example") << -hour << QByteArray("vapid-expired");
    QTest::newRow("a day") << QByteArray("https://push.example") << 24 * hour << QByteArray();
    QTest::newRow("more than a day") << QByteArray("https://push.example") << 24 * hour + 1 << QByteArray("vapid-expiry");
}

void TestVapid::judgesTheClaims()
{
    QFETCH(QByteArray, audience);
    QFETCH(qint64, expiresIn);
    const auto vapid = Vapid::parse(field(m_signer.token(VapidSigner::claims(audience, nowSeconds + expiresIn))));
    QVERIFY(vapid);
    const Result<Done> judged = vapid->judge(ours, now);
    QTEST(judged ? QByteArray() : QByteArray(judged.error().code), "code");
}

void TestVapid::refusesATamperedToken_data()
{
    QTest::addColumn<int>("part");
    QTest::newRow("claims") << 0;
    QTest::newRow("r") << 1;
    QTest::newRow("s") << 2;
    QTest::newRow("all zero") << 3;
    QTest::newRow("all ones") << 4;
}

void TestVapid::refusesATamperedToken()
{
    QFETCH(int, part);
    auto vapid = Vapid::parse(field(good()));
    QVERIFY(vapid);
    QVERIFY(vapid->judge(ours, now));
    if (part == 0)
        vapid->signedPart += 'A';
    else if (part < 3)
        vapid->signature[part == 1 ? 31 : 63] = char(vapid->signature[part == 1 ? 31 : 63] ^ 1);
    else
        vapid->signature.fill(part == 3 ? '\0' : '\xff');
    const Result<Done> judged = vapid->judge(ours, now);
    QVERIFY(!judged);
    QCOMPARE(judged.error().code, "vapid-signature");
}

void TestVapid::refusesTheTokenOfAnotherKey()
{
    const VapidSigner other;
    const auto vapid = Vapid::parse("vapid t=" + good() + ", k=" + toBase64Url(other.key()));
    QVERIFY(vapid);
    QVERIFY(vapid->judge(ours, now).error().is("vapid-signature"));
}

void TestVapid::knowsPointsOnTheCurve_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("good");
    QByteArray bent = m_signer.key(), other = m_signer.key();
    bent[1] = char(bent[1] ^ 1);
    other[0] = char(6); // the hybrid form
    QTest::newRow("of a key") << m_signer.key() << true;
    QTest::newRow("off the curve") << bent << false;
    QTest::newRow("another form") << other << false;
    QTest::newRow("zero") << '\x04' + QByteArray(64, '\0') << false;
    QTest::newRow("beyond the field") << '\x04' + QByteArray(64, '\xff') << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("too long") << m_signer.key() + 'x' << false;
}

void TestVapid::knowsPointsOnTheCurve()
{
    QFETCH(QByteArray, key);
    QTEST(isP256Key(key), "good");
}

QTEST_APPLESS_MAIN(TestVapid)
#include "tst_vapid.moc"
