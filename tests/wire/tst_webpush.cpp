// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/base64url.h"
#include "wire/httprequestparser.h"
#include "wire/vectors.h"
#include "wire/webpush.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

using Fields = QVector<std::pair<QByteArray, QByteArray>>;

/// A push with content; a field given replaces the usual one, an empty value takes it away, twice the same name stands twice.
HttpRequest request(const Fields &fields)
{
    HttpRequest made;
    made.method = "POST";
    made.body = "octets";
    made.headers.add("TTL", "60");
    made.headers.add("Content-Encoding", "aes128gcm");
    for (const auto &[name, value] : fields)
        made.headers.remove(name);
    for (const auto &[name, value] : fields) {
        if (!value.isNull())
            made.headers.add(name, value);
    }
    return made;
}

} // namespace

class TestWebPush : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsARequestOfOthers();
    void readsTheFields();
    void readsWordsInAnyCase();
    void readsPreferencesWithParameters_data();
    void readsPreferencesWithParameters();
    void takesAPushWithoutContent();
    void cutsALifetimeNoNumberHolds();
    void refusesFields_data();
    void refusesFields();
    void takesTopicsOfTheAlphabetOnly_data();
    void takesTopicsOfTheAlphabetOnly();
    void readsStrictBase64UrlOnly_data();
    void readsStrictBase64UrlOnly();
};

void TestWebPush::readsARequestOfOthers()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed(vectorMessage(u"webpush-post"_s)), HttpRequestParser::State::Complete);
    const auto terms = WebPushTerms::parse(parser.take());
    QVERIFY(terms);
    const WebPushTerms wanted{Milliseconds(10000), WebPushUrgency::High, u"upd"_s, true, u"application/octet-stream"_s, u"aes128gcm"_s};
    QCOMPARE(*terms, wanted);
}

void TestWebPush::readsTheFields()
{
    const auto usual = WebPushTerms::parse(request({}));
    QVERIFY(usual);
    QCOMPARE(usual->lifetime, Milliseconds(60000));
    QCOMPARE(usual->urgency, WebPushUrgency::Normal);
    QCOMPARE(usual->topic, QString());
    QVERIFY(!usual->wantsReceipt);
    QCOMPARE(usual->contentType, u"application/octet-stream"_s);
    QCOMPARE(usual->contentEncoding, u"aes128gcm"_s);

    const auto all = WebPushTerms::parse(request({{"TTL", "0"}, {"Urgency", "very-low"}, {"Topic", "a_b-C9"},
                                                  {"Prefer", "wait=5, respond-async"}, {"Content-Type", "image/png"},
                                                  {"Content-Encoding", "AES128GCM"}}));
    QVERIFY(all);
    const WebPushTerms wanted{Milliseconds(0), WebPushUrgency::VeryLow, u"a_b-C9"_s, true, u"image/png"_s, u"aes128gcm"_s};
    QCOMPARE(*all, wanted);
}

void TestWebPush::readsWordsInAnyCase()
{
    for (const char *text : {"High", "HIGH", "high"}) {
        const auto terms = WebPushTerms::parse(request({{"Urgency", text}}));
        QVERIFY2(terms && terms->urgency == WebPushUrgency::High, text);
    }
}

void TestWebPush::readsPreferencesWithParameters_data()
{
    QTest::addColumn<QByteArray>("prefer");
    QTest::addColumn<bool>("receipt");
    for (const auto &[prefer, receipt] :
         {std::pair("respond-async;a=b", true), {"respond-async ; a=\"x, y\"; c", true}, {"wait=5;a, Respond-Async; b=1", true},
          {"respond-async=\"\"", true}, {"respond-async =", true}, {"handling=lenient; respond-async", false}, {"respond-async=no", false},
          {"note=\"a, respond-async, b\"", false}, {"note=\"a\\\", respond-async, b\"", false}, {"respond-asynchronously", false}, {"", false}})
        QTest::newRow(prefer) << QByteArray(prefer) << receipt;
}

void TestWebPush::readsPreferencesWithParameters()
{
    QFETCH(QByteArray, prefer);
    const auto terms = WebPushTerms::parse(request({{"Prefer", prefer}}));
    QVERIFY(terms);
    QTEST(terms->wantsReceipt, "receipt");
}

void TestWebPush::takesAPushWithoutContent()
{
    HttpRequest empty = request({{"Content-Encoding", {}}});
    empty.body.clear();
    const auto terms = WebPushTerms::parse(empty);
    QVERIFY(terms);
    QCOMPARE(terms->contentEncoding, QString());
}

void TestWebPush::cutsALifetimeNoNumberHolds()
{
    for (const char *text : {"4294967296", "99999999999999999999999999"})
        QCOMPARE(WebPushTerms::parse(request({{"TTL", text}}))->lifetime, WebPushTerms::longestLifetime);
    QCOMPARE(WebPushTerms::parse(request({{"TTL", "4294967295"}}))->lifetime, WebPushTerms::longestLifetime);
    QCOMPARE(WebPushTerms::parse(request({{"TTL", "0060"}}))->lifetime, Milliseconds(60000));
}

void TestWebPush::refusesFields_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<QByteArray>("code");
    const QByteArray ttl("webpush-ttl"), urgency("webpush-urgency"), encoding("content-encoding");
    QTest::newRow("no TTL") << Fields{{"TTL", {}}} << ttl;
    QTest::newRow("two TTLs") << Fields{{"TTL", "5"}, {"TTL", "5"}} << ttl;
    QTest::newRow("negative TTL") << Fields{{"TTL", "-1"}} << ttl;
    QTest::newRow("signed TTL") << Fields{{"TTL", "+1"}} << ttl;
    QTest::newRow("fraction of a TTL") << Fields{{"TTL", "1.5"}} << ttl;
    QTest::newRow("empty TTL") << Fields{{"TTL", ""}} << ttl;
    QTest::newRow("list of TTLs") << Fields{{"TTL", "5, 6"}} << ttl;
    QTest::newRow("unknown urgency") << Fields{{"Urgency", "urgent"}} << urgency;
    QTest::newRow("two urgencies") << Fields{{"Urgency", "low"}, {"Urgency", "high"}} << urgency;
    QTest::newRow("list of urgencies") << Fields{{"Urgency", "low, high"}} << urgency;
    QTest::newRow("two topics") << Fields{{"Topic", "a"}, {"Topic", "b"}} << QByteArray("webpush-topic");
    QTest::newRow("not encrypted") << Fields{{"Content-Encoding", {}}} << encoding;
    QTest::newRow("the older coding") << Fields{{"Content-Encoding", "aesgcm"}} << encoding;
    QTest::newRow("compressed on top") << Fields{{"Content-Encoding", "aes128gcm, gzip"}} << encoding;
    QTest::newRow("two codings") << Fields{{"Content-Encoding", "aes128gcm"}, {"Content-Encoding", "aes128gcm"}} << encoding;
}

void TestWebPush::refusesFields()
{
    QFETCH(Fields, fields);
    const auto terms = WebPushTerms::parse(request(fields));
    QVERIFY(!terms);
    QTEST(QByteArray(terms.error().code), "code");
}

void TestWebPush::takesTopicsOfTheAlphabetOnly_data()
{
    QTest::addColumn<QByteArray>("topic");
    QTest::addColumn<bool>("good");
    QTest::newRow("longest") << QByteArray(32, 'z') << true;
    QTest::newRow("longer") << QByteArray(33, 'z') << false;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("padding") << QByteArray("ab==") << false;
    QTest::newRow("the other alphabet") << QByteArray("a+b/") << false;
    QTest::newRow("a blank") << QByteArray("a b") << false;
    QTest::newRow("beyond ASCII") << QByteArray("caf\xe9") << false;
}

void TestWebPush::takesTopicsOfTheAlphabetOnly()
{
    QFETCH(QByteArray, topic);
    QTEST(WebPushTerms::parse(request({{"Topic", topic}})).ok(), "good");
}

void TestWebPush::readsStrictBase64UrlOnly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("one octet") << QByteArray("_w") << true;
    QTest::newRow("stray bits") << QByteArray("_x") << false;
    QTest::newRow("padding") << QByteArray("_w==") << false;
    QTest::newRow("one character") << QByteArray("a") << false;
    QTest::newRow("the other alphabet") << QByteArray("/w") << false;
    QTest::newRow("a line end") << QByteArray("_w\n") << false;
}

void TestWebPush::readsStrictBase64UrlOnly()
{
    QFETCH(QByteArray, text);
    const auto octets = fromBase64Url(text);
    QTEST(octets.has_value(), "good");
    if (octets)
        QCOMPARE(toBase64Url(*octets), text);
}

QTEST_APPLESS_MAIN(TestWebPush)
#include "tst_webpush.moc"
