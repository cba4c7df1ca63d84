// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/json.h"
#include "wire/jsonjournal.h"
#include "wire/jsonpush.h"
#include "wire/jsontext.h"
#include "wire/jsonwake.h"

#include <QJsonDocument>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString phone = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;

QJsonObject object(QByteArrayView text)
{
    const Result<QJsonObject> result = parseJsonObject(text);
    return result.ok() ? *result : QJsonObject();
}

DeviceId device()
{
    return *DeviceId::parse(phone);
}

} // namespace

/// Pushes, wake-ups and the journal in the shapes of the outside contract.
class TestJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatIsNoObject_data();
    void refusesWhatIsNoObject();
    void writesStringsThatTheLibraryReadsBack_data();
    void writesStringsThatTheLibraryReadsBack();
    void readsAPush();
    void fillsInWhatAPushLeavesOut();
    void readsEachTarget_data();
    void readsEachTarget();
    void readsAPushForASession();
    void namesTheFieldOfAPushThatIsWrong_data();
    void namesTheFieldOfAPushThatIsWrong();
    void readsBackWhatItWritesOfAPush();
    void showsAPush();
    void readsAWakeOrder();
    void namesTheFieldOfAWakeOrderThatIsWrong_data();
    void namesTheFieldOfAWakeOrderThatIsWrong();
    void showsAWakeUp();
    void showsASessionRequest();
    void showsAJournalEntry();
    void showsAnExplanation();
};

void TestJson::refusesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("nothing") << ""_ba
                             << "json-empty"_ba;
    QTest::newRow("array") << "[]"_ba
                           << "json-not-object"_ba;
    QTest::newRow("cut") << "{\"a\":"_ba
                         << "json-syntax"_ba;
    QTest::newRow("two documents") << "{}{}"_ba
                                   << "json-syntax"_ba;
    QTest::newRow("no UTF-8") << "{\"a\":\"\xff\"}"_ba
                              << "json-syntax"_ba;
    QTest::newRow("nested without end")
        << QByteArray("{\"a\":") + QByteArray(100000, '[') << "json-syntax"_ba;
    QTest::newRow("too long") << "{}" + QByteArray(jsonMaxSize, ' ') << "json-too-long"_ba;
}

void TestJson::refusesWhatIsNoObject()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const Result<QJsonObject> result = parseJsonObject(text);
    QVERIFY(!result.ok());
    QCOMPARE(QByteArray(result.error().code), code);
}

void TestJson::writesStringsThatTheLibraryReadsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("plain") << u"Good morning"_s;
    QTest::newRow("quotes") << u"a \"b\" \\ / 'c'"_s;
    QTest::newRow("controls") << QString(u"\x01\b\t\n\f\r\x1f\x7f"_s + QChar(0) + u"end"_s);
    QTest::newRow("beyond ASCII") << u"¿Qué? 漢字 \u2028 \U0001F600"_s;
}

void TestJson::writesStringsThatTheLibraryReadsBack()
{
    QFETCH(QString, text);
    QByteArray out = "[1,";
    appendJson(out, text);
    out.append(",2]");
    QJsonParseError error;
    const QJsonArray array = QJsonDocument::fromJson(out, &error).array();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(array.size(), 3);
    QCOMPARE(array[1].toString(), text);
    QByteArray broken;
    appendJson(broken, text + QChar(0xd800));
    QVERIFY(broken.endsWith("\xef\xbf\xbd\"") || broken.endsWith("?\""));
}

void TestJson::readsAPush()
{
    const Result<PushRequest> push = pushRequestFromJson(object(
        R"({"to":{"user":"alice@LAB.example"},"devices":["mac:00-A0-C9-1E-6B-F6"],"application":"mail",
            "content_type":"text/html","body_base64":"AAH/","ttl_s":0,"priority":"high","sir_mode":"broadcast","when":"now"})"));
    QVERIFY2(push.ok(), push.ok() ? "" : push.error().code);
    QCOMPARE(push->to.user.toString(), u"sip:alice@lab.example"_s);
    QCOMPARE(push->devices.size(), 1);
    QCOMPARE(push->devices[0].toString(), u"mac:00a0c91e6bf6"_s);
    QCOMPARE(push->application, u"mail"_s);
    QCOMPARE(push->contentType, u"text/html"_s);
    QCOMPARE(push->body.toHex(), "0001ff"_ba);
    QCOMPARE(push->ttl.count(), 0);
    QCOMPARE(push->priority, PushPriority::High);
    QCOMPARE(push->sirMode, std::optional(SirMode::Broadcast));
    QCOMPARE(push->when, PushWhen::Now);
}

void TestJson::fillsInWhatAPushLeavesOut()
{
    const Result<PushRequest> push = pushRequestFromJson(object(
        R"({"to":{"user":"sip:alice@lab.example","device":null},"body":"gr\u00fc\u00dfe","application":null,"sir_mode":null})"));
    QVERIFY(push.ok());
    PushRequest expected;
    expected.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
    expected.body = "gr\xc3\xbc\xc3\x9f"
                    "e";
    QVERIFY(*push == expected);
}

void TestJson::readsEachTarget_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<PushRequest>("expected");
    PushRequest user, byDevice, msisdn, session;
    user.to.user = *PublicUserId::parse(u"tel:+491701234567");
    byDevice.to.device = device();
    msisdn.to.msisdn = *Msisdn::parse(u"+491701234567");
    session.to.session = u"s-1"_s;
    QTest::newRow("user") << R"({"to":{"user":"tel:+49-170-1234567"}})"_ba << user;
    QTest::newRow("device") << R"({"to":{"device":"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"}})"_ba << byDevice;
    QTest::newRow("msisdn") << R"({"to":{"msisdn":"+49 170 1234567"}})"_ba << msisdn;
    QTest::newRow("session") << R"({"to":{"session":"s-1"}})"_ba << session;
}

void TestJson::readsEachTarget()
{
    QFETCH(QByteArray, text);
    QFETCH(PushRequest, expected);
    const Result<PushRequest> push = pushRequestFromJson(object(text));
    QVERIFY(push.ok());
    QVERIFY(*push == expected);
}

void TestJson::readsAPushForASession()
{
    const Result<PushRequest> push = sessionPushFromJson(u"s-1"_s, object(R"({"body":"x"})"));
    QVERIFY(push.ok());
    QCOMPARE(push->to.session, u"s-1"_s);
    QVERIFY(sessionPushFromJson(u"s-1"_s, object(R"({"to":{"session":"s-2"}})"))
                .error()
                .is("json-field-unknown"));
}

void TestJson::namesTheFieldOfAPushThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *text, const char *code, const QString &field) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(code) << field;
    };
    const QByteArray to = R"("to":{"user":"sip:a@b.example"},)";
    const auto with = [&](const char *name, const char *text, const char *code, const QString &field) {
        row(name, ('{' + to + text + '}').constData(), code, field);
    };
    row("no target", "{}", "json-field-missing", u"to"_s);
    row("target that is null", R"({"to":null})", "json-field-missing", u"to"_s);
    row("target that is text", R"({"to":"sip:a@b.example"})", "json-field-type", u"to"_s);
    row("empty target", R"({"to":{}})", "json-field-missing", u"to"_s);
    row("two targets", R"({"to":{"session":"s","msisdn":"+491701234567"}})", "json-field-conflict", u"to"_s);
    row("unknown kind of target", R"({"to":{"group":"x"}})", "json-field-unknown", u"to.group"_s);
    row("no user", R"({"to":{"user":"sip:"}})", "user-without-host", u"to.user"_s);
    row("broken number", R"({"to":{"msisdn":"12x45"}})", "msisdn-characters", u"to.msisdn"_s);
    row("number for a user", R"({"to":{"user":7}})", "json-field-type", u"to.user"_s);
    with("unknown field", R"("colour":"red")", "json-field-unknown", u"colour"_s);
    with("other case", R"("TTL_S":1)", "json-field-unknown", u"TTL_S"_s);
    with("text for a number", R"("ttl_s":"60")", "json-field-type", u"ttl_s"_s);
    with("fraction", R"("ttl_s":1.5)", "json-field-value", u"ttl_s"_s);
    with("negative", R"("ttl_s":-1)", "json-field-value", u"ttl_s"_s);
    with("over a week", R"("ttl_s":604801)", "json-field-value", u"ttl_s"_s);
    with("huge", R"("ttl_s":1e300)", "json-field-value", u"ttl_s"_s);
    with("unknown priority", R"("priority":"urgent")", "json-field-value", u"priority"_s);
    with("unknown mode", R"("sir_mode":"Routed")", "json-field-value", u"sir_mode"_s);
    with("flag for a text", R"("when":true)", "json-field-type", u"when"_s);
    with("two bodies", R"("body":"a","body_base64":"YQ==")", "json-field-conflict", u"body_base64"_s);
    with("broken base64", R"("body_base64":"Y!==")", "json-field-value", u"body_base64"_s);
    with("devices that are no list", R"("devices":"a")", "json-field-type", u"devices"_s);
    with("device that is a number", R"("devices":["mac:00a0c91e6bf6",1])", "json-field-type",
         u"devices[1]"_s);
    with("broken device", R"("devices":["mac:00a0c9"])", "device-mac", u"devices[0]"_s);
    with("control character", R"("application":"a\u0007")", "json-field-value", u"application"_s);
}

void TestJson::namesTheFieldOfAPushThatIsWrong()
{
    QFETCH(QByteArray, rest);
    QFETCH(QByteArray, code);
    QFETCH(QString, field);
    const Result<QJsonObject> parsed = parseJsonObject(rest);
    QVERIFY(parsed.ok());
    const Result<PushRequest> push = pushRequestFromJson(*parsed);
    QVERIFY(!push.ok());
    QCOMPARE(QByteArray(push.error().code), code);
    QCOMPARE(push.error().about, field);
}

void TestJson::readsBackWhatItWritesOfAPush()
{
    PushRequest push;
    push.to.device = device();
    push.devices = {device(), *DeviceId::parse(u"mac:00a0c91e6bf6")};
    push.application = u"mail"_s;
    push.ttl = Milliseconds(90000);
    push.priority = PushPriority::Low;
    push.when = PushWhen::WhenReachable;
    push.sirMode = SirMode::BroadcastIdentified;
    push.confirm = true;
    for (const QByteArray &body : {""_ba, "text"_ba, "\xef\xbb\xbfmark"_ba, "\xff\x00"_ba, "a\0b"_ba}) {
        push.body = body;
        const Result<QJsonObject> wire = parseJsonObject(toJsonBytes(toJson(push)));
        QVERIFY(wire.ok());
        const Result<PushRequest> again = pushRequestFromJson(*wire);
        QVERIFY2(again.ok() && *again == push, body.toHex().constData());
    }
}

void TestJson::showsAPush()
{
    Push push;
    push.id = PushId(u"p-1"_s);
    push.request.body = "secret words";
    push.request.application = u"mail"_s;
    push.user = *PublicUserId::parse(u"sip:alice@lab.example");
    push.state = PushState::Waking;
    push.acceptedAt = {1795200000123};
    push.deliveries = {{device(), PushState::Waking, {}, WakeId(u"w-1"_s), 2, {1795200000456}}};
    const QJsonObject shown = toJson(push);
    QCOMPARE(shown[u"id"_s].toString(), u"p-1"_s);
    QCOMPARE(shown[u"state"_s].toString(), u"waking"_s);
    QCOMPARE(shown[u"size"_s].toInt(), 12);
    QCOMPARE(shown[u"accepted_at"_s].toString(), Timestamp{1795200000123}.toIso());
    QVERIFY(shown[u"accepted_at"_s].toString().endsWith(u".123Z"_s));
    QVERIFY(shown[u"finished_at"_s].isNull());
    QVERIFY(!toJsonBytes(shown).contains("secret"));
    const QJsonObject delivery = shown[u"deliveries"_s].toArray()[0].toObject();
    QCOMPARE(delivery[u"device"_s].toString(), phone);
    QCOMPARE(delivery[u"wake"_s].toString(), u"w-1"_s);
    QCOMPARE(delivery[u"attempts"_s].toInt(), 2);
    QVERIFY(delivery[u"reason"_s].isNull());
}

void TestJson::readsAWakeOrder()
{
    const Result<WakeOrder> nothing = wakeOrderFromJson(QJsonObject());
    QVERIFY(nothing.ok());
    QVERIFY(nothing->byHand);
    QVERIFY(!nothing->mode && !nothing->empty && nothing->bearer.isEmpty());

    const QJsonObject all = object(
        R"({"bearer":"wsp-1","mode":"broadcast_identified","empty":true,"request":["capability","refusal"],"application":"mail"})");
    const Result<WakeOrder> order = wakeOrderFromJson(all);
    QVERIFY(order.ok());
    QCOMPARE(order->bearer, u"wsp-1"_s);
    QCOMPARE(order->mode, std::optional(SirMode::BroadcastIdentified));
    QVERIFY(order->empty);
    QVERIFY(order->requests == (SirRequest::Capability | SirRequest::Refusal));
    QCOMPARE(order->application, u"mail"_s);
    QCOMPARE(toJson(*order), all);
    QVERIFY(*wakeOrderFromJson(toJson(*order)) == *order);
}

void TestJson::namesTheFieldOfAWakeOrderThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("field");
    QTest::newRow("unknown") << R"({"requests":[]})"_ba
                             << "json-field-unknown"_ba << u"requests"_s;
    QTest::newRow("mode") << R"({"mode":"all"})"_ba
                          << "json-field-value"_ba << u"mode"_s;
    QTest::newRow("flag") << R"({"empty":1})"_ba
                          << "json-field-type"_ba << u"empty"_s;
    QTest::newRow("request") << R"({"request":["capability","money"]})"_ba
                             << "sir-request-unknown"_ba << u"request"_s;
    QTest::newRow("too many") << QByteArray(R"({"request":[)") + QByteArray(R"("capability",)").repeated(16) +
                                     R"("capability"]})"
                              << "json-too-many"_ba << u"request"_s;
}

void TestJson::namesTheFieldOfAWakeOrderThatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QString, field);
    const Result<WakeOrder> order = wakeOrderFromJson(object(text));
    QVERIFY(!order.ok());
    QCOMPARE(QByteArray(order.error().code), code);
    QCOMPARE(order.error().about, field);
}

void TestJson::showsAWakeUp()
{
    WakeUp wake;
    wake.id = WakeId(u"w-1"_s);
    wake.device = device();
    wake.because = LossReason::PinholeClosed;
    wake.order.requests = SirRequest::Capability;
    wake.furthest = WakeStep::Submitted;
    wake.stepTimes[int(WakeStep::Requested)] = {1000};
    wake.stepTimes[int(WakeStep::Submitted)] = {2000};
    WakeAttempt attempt;
    attempt.bearer = u"wsp"_s;
    attempt.route = {u"wsp-udp"_s, u"10.0.0.7"_s, ClientPort(2948), WakeRoute::Source::Client};
    attempt.sentAt = {2000};
    wake.attempts = {attempt};
    wake.sir = QByteArray::fromHex("0200");
    const QJsonObject shown = toJson(wake);
    QCOMPARE(shown[u"state"_s].toString(), u"active"_s);
    QCOMPARE(shown[u"because"_s].toString(), u"pinhole_closed"_s);
    QCOMPARE(shown[u"furthest"_s].toString(), u"submitted"_s);
    QCOMPARE(shown[u"steps"_s].toObject().keys(), (QStringList{u"requested"_s, u"submitted"_s}));
    QCOMPARE(shown[u"request"_s].toArray(), QJsonArray{u"capability"_s});
    QCOMPARE(shown[u"sir"_s].toString(), u"AgA="_s);
    QVERIFY(shown[u"user"_s].isNull());
    const QJsonObject route = shown[u"attempts"_s].toArray()[0].toObject()[u"route"_s].toObject();
    QCOMPARE(route, (QJsonObject{{u"bearer"_s, u"wsp-udp"_s},
                                 {u"address"_s, u"10.0.0.7"_s},
                                 {u"port"_s, 2948},
                                 {u"source"_s, u"client"_s}}));
}

void TestJson::showsASessionRequest()
{
    SessionRequest sir;
    sir.applications = {
        {}, {ApplicationId::Kind::Number, 4, {}}, {ApplicationId::Kind::Uri, 0, u"urn:x:y"_s}};
    sir.contactPoints = {{quint8(0), quint16(5060), QByteArray::fromHex("c000020a")},
                         {{}, {}, QByteArray::fromHex("94")}};
    sir.provUrl = QByteArray::fromHex("c58e61c8");
    sir.device = device();
    sir.authenticator = "12345678";
    const QJsonObject shown = toJson(sir);
    const QJsonArray applications = shown[u"applications"_s].toArray();
    QCOMPARE(applications[0].toObject(), (QJsonObject{{u"any"_s, true}}));
    QCOMPARE(applications[1].toObject()[u"name"_s].toString(), u"x-wap-application:mms.ua"_s);
    QCOMPARE(applications[2].toObject()[u"uri"_s].toString(), u"urn:x:y"_s);
    const QJsonArray points = shown[u"contact_points"_s].toArray();
    QCOMPARE(points[0].toObject()[u"address"_s].toString(), u"192.0.2.10"_s);
    QCOMPARE(points[0].toObject()[u"port"_s].toInt(), 5060);
    QCOMPARE(points[1].toObject()[u"address"_s].toString(), u"94"_s);
    QVERIFY(points[1].toObject()[u"port"_s].isNull());
    QCOMPARE(shown[u"prov_url"_s].toString(), u"c58e61c8"_s);
    QCOMPARE(shown[u"device"_s].toString(), phone);
    QVERIFY(shown[u"signed"_s].toBool());
}

void TestJson::showsAJournalEntry()
{
    JournalEntry entry;
    entry.id = {7};
    entry.time = {1795200000000};
    entry.kind = JournalKind::Sir;
    entry.event = u"sir-sent"_s;
    entry.device = device();
    entry.fields = {{u"bearer"_s, u"wsp"_s}, {u"mode"_s, u"routed"_s}};
    entry.bytesFormat = u"wsp"_s;
    entry.bytes = QByteArray::fromHex("2a06");
    const QJsonObject shown = toJson(entry);
    QCOMPARE(shown[u"id"_s].toInt(), 7);
    QCOMPARE(shown[u"kind"_s].toString(), u"sir"_s);
    QCOMPARE(shown[u"fields"_s].toObject()[u"mode"_s].toString(), u"routed"_s);
    QCOMPARE(shown[u"bytes"_s].toString(), u"KgY="_s);
    QVERIFY(shown[u"push"_s].isNull());
    const QJsonArray fields = toJson(QVector<DecodedField>{{u"version"_s, u"1"_s, 3, 1, 2}});
    QCOMPARE(fields[0].toObject(), (QJsonObject{{u"name"_s, u"version"_s},
                                                {u"value"_s, u"1"_s},
                                                {u"offset"_s, 3},
                                                {u"length"_s, 1},
                                                {u"depth"_s, 2}}));
}

void TestJson::showsAnExplanation()
{
    Explanation explanation;
    explanation.devices = {
        {device(),
         false,
         DeliveryPath::None,
         {{"named", Check::Outcome::Passed, {}, ""},
          {"content-type", Check::Outcome::Failed, u"image/png"_s, "capabilities.content_types"}}}};
    const QJsonObject shown = toJson(explanation)[u"devices"_s].toArray()[0].toObject();
    QCOMPARE(shown[u"device"_s].toString(), phone);
    QCOMPARE(shown[u"chosen"_s].toBool(), false);
    QCOMPARE(shown[u"path"_s].toString(), u"none"_s);
    const QJsonArray checks = shown[u"checks"_s].toArray();
    QVERIFY(checks[0].toObject()[u"value"_s].isNull());
    QCOMPARE(checks[1].toObject(), (QJsonObject{{u"question"_s, u"content-type"_s},
                                                {u"outcome"_s, u"failed"_s},
                                                {u"value"_s, u"image/png"_s},
                                                {u"setting"_s, u"capabilities.content_types"_s},
                                                {u"text"_s, u"Does it take this content type? no (image/png)"_s}}));
    QCOMPARE(shown[u"text"_s].toString(), u"Does not get it. Does it take this content type? no (image/png). To change it: the "
                                          "content types of the device."_s);
    QCOMPARE(toJson(explanation)[u"complete"_s].toBool(), true);
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
