// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/vapidsigner.h"
#include "wire/jsonpushresource.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

Result<PushResource> read(const QByteArray &json)
{
    const auto object = parseJsonObject(json);
    return object ? pushResourceFromJson(*object) : Result<PushResource>(object.error());
}

} // namespace

class TestJsonPushResource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryField();
    void refuses_data();
    void refuses();
    void neverShowsTheToken();
};

void TestJsonPushResource::readsEveryField()
{
    const VapidSigner signer;
    const auto resource = read(R"({"application":"news","session":"n-1","name":"the shop","vapid_key":")"
                               + toBase64Url(signer.key()) + R"(","expires_at":"2026-12-01T12:00:00.000Z"})");
    QVERIFY2(resource.ok(), resource ? "" : resource.error().code);
    QCOMPARE(resource->application, u"news"_s);
    QCOMPARE(resource->session, u"n-1"_s);
    QCOMPARE(resource->name, u"the shop"_s);
    QCOMPARE(resource->vapidKey, signer.key());
    QCOMPARE(resource->expiresAt.toIso(), u"2026-12-01T12:00:00.000Z"_s);
    QVERIFY(resource->id.isEmpty() && resource->tokenSha256.isEmpty() && resource->device.isEmpty());
}

void TestJsonPushResource::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("about");
    QTest::newRow("no application") << QByteArray(R"({"name":"x"})") << QByteArray("json-field-missing") << u"application"_s;
    QTest::newRow("an empty application") << QByteArray(R"({"application":""})") << QByteArray("json-field-value") << u"application"_s;
    QTest::newRow("a bad key") << QByteArray(R"({"application":"a","vapid_key":"AAAA"})") << QByteArray("push-resource-key") << u"vapid_key"_s;
    QTest::newRow("a bad time") << QByteArray(R"({"application":"a","expires_at":"tomorrow"})") << QByteArray("json-field-value") << u"expires_at"_s;
    QTest::newRow("a token of one's own") << QByteArray(R"({"application":"a","token":"x"})") << QByteArray("json-field-unknown") << u"token"_s;
    QTest::newRow("keys of the device") << QByteArray(R"({"application":"a","keys":{}})") << QByteArray("json-field-unknown") << u"keys"_s;
    QTest::newRow("a long name") << R"({"application":"a","name":")" + QByteArray(101, 'x') + R"("})" << QByteArray("json-field-value") << u"name"_s;
}

void TestJsonPushResource::refuses()
{
    QFETCH(QByteArray, json);
    const auto resource = read(json);
    QVERIFY(!resource);
    QTEST(QByteArray(resource.error().code), "code");
    QTEST(resource.error().about, "about");
}

void TestJsonPushResource::neverShowsTheToken()
{
    PushResource resource;
    resource.id = PushResourceId(u"r-1"_s);
    resource.application = u"news"_s;
    resource.tokenSha256 = "secret";
    const QJsonObject shown = toJson(resource);
    QVERIFY(!toJsonBytes(shown).contains("secret"));
    QCOMPARE(shown.value(u"id").toString(), u"r-1"_s);
    QVERIFY(shown.value(u"session").isNull() && shown.value(u"vapid_key").isNull() && shown.value(u"expires_at").isNull());
}

QTEST_APPLESS_MAIN(TestJsonPushResource)
#include "tst_jsonpushresource.moc"
