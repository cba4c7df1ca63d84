// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsondevice.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QJsonObject object(QByteArrayView text)
{
    const Result<QJsonObject> result = parseJsonObject(text);
    return result.ok() ? *result : QJsonObject();
}

Device newDevice()
{
    Device device;
    device.id = *DeviceId::parse(u"mac:00a0c91e6bf6");
    return device;
}

Device fullDevice()
{
    Device device = newDevice();
    device.user = *PublicUserId::parse(u"sip:alice@lab.example");
    device.name = u"phone"_s;
    device.msisdn = *Msisdn::parse(u"+491701234567");
    device.clientPort = ClientPort(2948);
    device.provisionedRoutes = {
        {u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Provisioned}};
    device.clientRoutes = {{u"wsp-udp"_s, u"10.0.0.7"_s, {}, WakeRoute::Source::Client}};
    device.capabilities = {{u"text/*"_s}, 1300, 1};
    device.preferences = {false, true, 2, 22 * 60 + 5, 7 * 60, u"Europe/Madrid"_s};
    device.subscriptions = QStringList{u"mail"_s};
    device.createdAt = {1795200000000};
    return device;
}

QJsonObject provisionable(QJsonObject shown)
{
    for (const QString &field : {u"gruu"_s, u"created_at"_s, u"last_seen"_s, u"returned"_s})
        shown.remove(field);
    return shown;
}

} // namespace

/// Devices and users: shown, and provisioned from outside.
class TestJsonDevice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsADevice();
    void takesBackWhatItShows();
    void keepsWhatIsLeftOut();
    void keepsRoutesInOneSpelling();
    void clearsWhatIsNull();
    void namesTheFieldThatIsWrong_data();
    void namesTheFieldThatIsWrong();
    void readsAUser();
    void showsNoSecretOfAUser();
    void readsTheNameOfAnInitiator();
    void showsLiveness();
};

void TestJsonDevice::showsADevice()
{
    const QJsonObject shown = toJson(fullDevice());
    QCOMPARE(shown[u"id"_s].toString(), u"mac:00a0c91e6bf6"_s);
    QCOMPARE(shown[u"client_port"_s].toInt(), 2948);
    QCOMPARE(shown[u"msisdn"_s].toString(), u"+491701234567"_s);
    QCOMPARE(shown[u"preferences"_s].toObject(), (QJsonObject{{u"accepts_pushes"_s, false},
                                                              {u"preferred"_s, true},
                                                              {u"order"_s, 2},
                                                              {u"quiet_from"_s, u"22:05"_s},
                                                              {u"quiet_until"_s, u"07:00"_s},
                                                              {u"zone"_s, u"Europe/Madrid"_s}}));
    QCOMPARE(shown[u"wake_routes"_s].toArray().size(), 2);
    QVERIFY(shown[u"last_seen"_s].isNull());
    const QJsonObject bare = toJson(newDevice());
    QVERIFY(bare[u"client_port"_s].isNull());
    QVERIFY(bare[u"preferences"_s].toObject()[u"quiet_from"_s].isNull());
}

void TestJsonDevice::takesBackWhatItShows()
{
    const Device device = fullDevice();
    const Result<Device> again = deviceFromJson(provisionable(toJson(device)), device);
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().code);
    QVERIFY(*again == device);
    const Result<Device> fresh = deviceFromJson(provisionable(toJson(device)), newDevice());
    QVERIFY(fresh.ok());
    QVERIFY(fresh->clientRoutes.isEmpty()); // what the client said is not provisioning
    QCOMPARE(fresh->provisionedRoutes, device.provisionedRoutes);
    QCOMPARE(fresh->capabilities, device.capabilities);
    QCOMPARE(fresh->preferences, device.preferences);
}

void TestJsonDevice::keepsWhatIsLeftOut()
{
    const Device device = fullDevice();
    QVERIFY(*deviceFromJson(QJsonObject(), device) == device);
    const Result<Device> changed = deviceFromJson(
        object(R"({"name":"tablet","capabilities":{"sir_version":0},"preferences":{"preferred":false}})"),
        device);
    Device expected = device;
    expected.name = u"tablet"_s;
    expected.capabilities.sirVersion = 0;
    expected.preferences.preferred = false;
    QVERIFY(changed.ok());
    QVERIFY(*changed == expected);
}

void TestJsonDevice::keepsRoutesInOneSpelling()
{
    const Result<Device> device = deviceFromJson(
        object(R"({"wake_routes":[{"bearer":"sms","address":"+49 170 1234567"},{"bearer":"wsp-udp","address":"2001:DB8:0::1"},
                   {"bearer":"sms","address":""},{"bearer":"sms","address":"491701234567","source":"implied"},{"bearer":"ussd","address":"nobody","source":"client"}]})"),
        fullDevice());
    QVERIFY2(device.ok(), device.ok() ? "" : device.error().code);
    QCOMPARE(device->provisionedRoutes.size(), 3);
    QCOMPARE(device->provisionedRoutes[0].address, u"491701234567"_s);
    QCOMPARE(device->provisionedRoutes[1].address, u"2001:db8::1"_s);
    QVERIFY(device->provisionedRoutes[2].address.isEmpty()); // its own number
}

void TestJsonDevice::clearsWhatIsNull()
{
    const Result<Device> device = deviceFromJson(
        object(R"({"name":null,"msisdn":null,"client_port":null,"wake_routes":null,"capabilities":null,
                   "preferences":{"quiet_from":null,"quiet_until":null,"zone":null},"subscriptions":null})"),
        fullDevice());
    QVERIFY(device.ok());
    QVERIFY(device->name.isEmpty() && device->msisdn.isEmpty() && !device->clientPort.isSet());
    QVERIFY(device->provisionedRoutes.isEmpty() && device->subscriptions.isEmpty());
    QCOMPARE(device->clientRoutes.size(), 1);
    QCOMPARE(device->capabilities, Capabilities());
    QCOMPARE(device->preferences.quietFrom, -1);
    QVERIFY(device->preferences.zone.isEmpty());
    QVERIFY(!device->preferences.acceptsPushes && device->preferences.order == 2); // not named, kept
    QCOMPARE(deviceFromJson(object(R"({"preferences":null})"), fullDevice())->preferences, Preferences());
}

void TestJsonDevice::namesTheFieldThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *text, const char *code, const QString &field) {
        QTest::newRow(name) << R"({"user":"sip:a@b.example",)"_ba + text + '}' << QByteArray(code) << field;
    };
    QTest::newRow("no user") << "{}"_ba
                             << "json-field-missing"_ba << u"user"_s;
    QTest::newRow("user is null") << R"({"user":null})"_ba
                                  << "json-field-missing"_ba << u"user"_s;
    row("other id", R"("id":"mac:00a0c91e6bf7")", "json-field-conflict", u"id"_s);
    row("unknown", R"("gruu":"sip:x@y;gr")", "json-field-unknown", u"gruu"_s);
    row("national number", R"("msisdn":"0170123456")", "msisdn-national", u"msisdn"_s);
    row("port zero", R"("client_port":0)", "json-field-value", u"client_port"_s);
    row("port too high", R"("client_port":65536)", "json-field-value", u"client_port"_s);
    row("port as text", R"("client_port":"2948")", "json-field-type", u"client_port"_s);
    row("route that is text", R"("wake_routes":["sms"])", "json-field-type", u"wake_routes[0]"_s);
    row("route without address", R"("wake_routes":[{"bearer":"sms"}])", "json-field-missing",
        u"wake_routes[0].address"_s);
    row("route without bearer", R"("wake_routes":[{"bearer":"","address":"1"}])", "json-field-value",
        u"wake_routes[0].bearer"_s);
    row("route with a port too high", R"("wake_routes":[{"bearer":"sms","address":"1","port":70000}])",
        "json-field-value", u"wake_routes[0].port"_s);
    row("route of a strange source", R"("wake_routes":[{"bearer":"sms","address":"1","source":"me"}])",
        "json-field-value", u"wake_routes[0].source"_s);
    row("route to a national number", R"("wake_routes":[{"bearer":"ussd","address":"0170123456"}])",
        "msisdn-national", u"wake_routes[0].address"_s);
    row("route to what is no number", R"("wake_routes":[{"bearer":"sms","address":"mail"}])",
        "msisdn-characters", u"wake_routes[0].address"_s);
    row("route to what is no IP address", R"("wake_routes":[{"bearer":"sms","address":"491701234567"},
        {"bearer":"wsp-udp","address":"10.0.0"}])",
        "address-characters", u"wake_routes[1].address"_s);
    row("route to nowhere", R"("wake_routes":[{"bearer":"http","address":""}])", "address-empty",
        u"wake_routes[0].address"_s);
    row("unknown in a route", R"("wake_routes":[{"bearer":"sms","address":"1","cost":1}])",
        "json-field-unknown", u"wake_routes[0].cost"_s);
    row("SIR version", R"("capabilities":{"sir_version":3})", "json-field-value",
        u"capabilities.sir_version"_s);
    row("SIR version is null", R"("capabilities":{"sir_version":null})", "json-field-missing",
        u"capabilities.sir_version"_s);
    row("content types", R"("capabilities":{"content_types":"text/plain"})", "json-field-type",
        u"capabilities.content_types"_s);
    row("unknown capability", R"("capabilities":{"colour":1})", "json-field-unknown",
        u"capabilities.colour"_s);
    row("quiet hours without end", R"("preferences":{"quiet_from":"22:00"})", "json-field-missing",
        u"preferences.quiet_until"_s);
    row("quiet hours that are no time", R"("preferences":{"quiet_from":"25:00","quiet_until":"07:00"})",
        "json-field-value", u"preferences.quiet_from"_s);
    row("a zone that is none", R"("preferences":{"zone":"Europe/Nowhere"})", "json-field-value", u"preferences.zone"_s);
    row("a place that is none", R"("preferences":{"order":1000})", "json-field-value", u"preferences.order"_s);
    row("empty subscription", R"("subscriptions":[""])", "json-field-value", u"subscriptions[0]"_s);
}

void TestJsonDevice::namesTheFieldThatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QString, field);
    const Result<QJsonObject> parsed = parseJsonObject(text);
    QVERIFY(parsed.ok());
    const Result<Device> device = deviceFromJson(*parsed, newDevice());
    QVERIFY(!device.ok());
    QCOMPARE(QByteArray(device.error().code), code);
    QCOMPARE(device.error().about, field);
}

void TestJsonDevice::readsAUser()
{
    const Result<UserOrder> both = userOrderFromJson(object(R"({"name":"Alice","password":"s3cret"})"));
    QVERIFY(both.ok());
    QCOMPARE(both->name, std::optional(u"Alice"_s));
    QCOMPARE(both->password, std::optional(u"s3cret"_s));
    const Result<UserOrder> none = userOrderFromJson(QJsonObject());
    QVERIFY(none.ok() && !none->name && !none->password);
    QCOMPARE(userOrderFromJson(object(R"({"password":null})"))->password, std::optional(QString()));
    QCOMPARE(userOrderFromJson(object(R"({"pasword":"x"})")).error().about, u"pasword"_s);
}

void TestJsonDevice::showsNoSecretOfAUser()
{
    User user;
    user.id = *PublicUserId::parse(u"sip:alice@lab.example");
    user.ha1Sha256 = "0123abcd";
    user.ha1Md5 = "4567abcd";
    const QJsonObject shown = toJson(user);
    QVERIFY(shown[u"has_password"_s].toBool());
    QVERIFY(!toJsonBytes(shown).contains("abcd"));
}

void TestJsonDevice::readsTheNameOfAnInitiator()
{
    QCOMPARE(initiatorOrderFromJson(object(R"({"name":"shop"})"))->name, u"shop"_s);
    QVERIFY(initiatorOrderFromJson(QJsonObject()).error().is("json-field-missing"));
    QVERIFY(initiatorOrderFromJson(object(R"({"name":""})")).error().is("json-field-value"));
    QVERIFY(initiatorOrderFromJson(object(R"({"name":"a","token":"b"})")).error().is("json-field-unknown"));
    const auto order = initiatorOrderFromJson(
        object(R"({"name":"shop","targets":["sip:*@lab.example"],"pushes_per_second":5,"pushes_per_day":1000})"));
    const InitiatorRights given{{u"sip:*@lab.example"_s}, 5, 1000};
    QCOMPARE(order->rights, given);
    QVERIFY(initiatorOrderFromJson(object(R"({"name":"a","pushes_per_second":-1})")).error().is("json-field-value"));
    QCOMPARE(*initiatorRightsFromJson(object(R"({"pushes_per_day":0})"), given),
             (InitiatorRights{{u"sip:*@lab.example"_s}, 5, 0}));
    QCOMPARE(*initiatorRightsFromJson(object(R"({"targets":[]})"), given), (InitiatorRights{{}, 5, 1000}));
    const auto sends = initiatorRightsFromJson(object(R"({"contents":["session","provisioning"]})"), given);
    QCOMPARE(sends->contentNames(), QStringList({u"provisioning"_s, u"session"_s}));
    QCOMPARE(initiatorRightsFromJson(object(R"({"pushes_per_day":0})"), *sends)->contents, sends->contents);
    QCOMPARE(initiatorRightsFromJson(object(R"({"contents":[]})"), *sends)->contents, quint8(0));
    QVERIFY(initiatorRightsFromJson(object(R"({"contents":["everything"]})"), given).error().is("json-field-value"));
    QVERIFY(initiatorRightsFromJson(object(R"({"name":"b"})"), given).error().is("json-field-unknown"));
}

void TestJsonDevice::showsLiveness()
{
    Liveness liveness;
    LivenessEvent registered;
    registered.kind = LivenessEvent::Kind::Registered;
    registered.subject = u"REGISTER"_s;
    registered.until = {1795203600000};
    liveness.advance(registered, {1795200000000});
    const QJsonObject shown = toJson(liveness);
    QCOMPARE(shown[u"state"_s].toString(), u"up"_s);
    QVERIFY(shown[u"reason"_s].isNull());
    QCOMPARE(shown[u"registered_until"_s].toString(), Timestamp{1795203600000}.toIso());
    const QJsonObject evidence = shown[u"evidence"_s].toObject();
    QCOMPARE(evidence[u"rule"_s].toString(), u"registered"_s);
    QCOMPARE(evidence[u"subject"_s].toString(), u"REGISTER"_s);
    QCOMPARE(evidence[u"at"_s].toString(), Timestamp{1795200000000}.toIso());
}

QTEST_APPLESS_MAIN(TestJsonDevice)
#include "tst_jsondevice.moc"
