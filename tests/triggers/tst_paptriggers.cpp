// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"

#include "support/testpaths.h"
#include "triggers/papterms.h"
#include "wire/clientprofile.h"
#include "wire/papentities.h"
#include "wire/papstatus.h"

#include <QFile>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QByteArray words(const PapDocument &document)
{
    return toPapBytes(document);
}

} // namespace

class TestPapTriggers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsAPushOnceItIsDurable();
    void readsTheVectorAndWhatKannelSends();
    void mapsEveryAttribute();
    void asksWhoItIs();
    void answersWhatCannotBeRead_data();
    void answersWhatCannotBeRead();
    void refusesWhatCannotBeHonoured_data();
    void refusesWhatCannotBeHonoured();
    void keepsPushIdsApartByInitiator();
    void replacesAll();
    void replacesPendingOnly();
    void passesTheCodingOn();
    void endsWhenAskedHoweverLongTheLookUpTook();
    void keepsPushIdsApartFromIdempotencyKeys();
    void saysWhenTheStoreFails();
};

void TestPapTriggers::acceptsAPushOnceItIsDurable()
{
    PapBench bench;
    bench.engine.bind(1);
    const PapPushResponse response = bench.push(PapBench::to(u"p1"_s));
    QCOMPARE(response.pushId, u"p1"_s);
    QCOMPARE(response.code, 1001);
    QCOMPARE(response.desc, u"Accepted for processing"_s);
    QVERIFY(response.replyTime.isSet());
    QCOMPARE(bench.pushes().size(), 1);
    const Push push = bench.pushes().first();
    QCOMPARE(push.state, PushState::Sending);
    QCOMPARE(push.request.reference, u"p1"_s);
    QCOMPARE(push.request.application, u"x-wap-application:wml.ua"_s);
    QCOMPARE(push.request.contentType, u"text/plain; charset=utf-8"_s);
    QCOMPARE(push.request.body, QByteArray("hello"));
    QCOMPARE(push.request.initiator, bench.engine.engine->initiators().first().id);
}

void TestPapTriggers::readsTheVectorAndWhatKannelSends()
{
    for (const auto &[name, code] : {std::pair("vectors/pap-http-post.msg", 1001), {"pap/testppg-sms.http", 1001}, {"pap/testppg-multipart.http", 1001},
                                     {"pap/testppg-hardcoded.http", 2000}, {"pap/testppg-base64.http", 2002}}) {
        PapBench bench(gsmOnly());
        bench.engine.bind(1);
        // The multipart of Kannel names a boundary that does not stand in it.
        bench.token = bench.makeInitiator(u"kannel"_s, PapBench::everyContent());
        Device device = *bench.engine.engine->registry().device(bench.engine.deviceId(1));
        device.msisdn = *Msisdn::parse(u"+358408201681");
        bool done = false;
        bench.engine.engine->registry().putDevice(device, [&](const Result<Done> &) { done = true; });
        QVERIFY(bench.engine.settle([&] { return done; }));
        QFile file(testData(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray octets = file.readAll();
        const qsizetype end = octets.indexOf("\r\n\r\n");
        const qsizetype type = octets.indexOf("Content-Type: ") + 14;
        // The vector asks for a notification at a name that nobody has; that is not yet judged.
        const PapDocument answer = PapBench::read(bench.post(octets.mid(type, octets.indexOf("\r\n", type) - type), octets.mid(end + 4)));
        const auto *response = std::get_if<PapPushResponse>(&answer.body);
        QVERIFY2(response, name);
        QVERIFY2(response->code == code, qPrintable(QString::fromLatin1(name) + response->desc));
        QCOMPARE(bench.pushes().size(), code == 1001 ? 1 : 0);
    }
}

void TestPapTriggers::mapsEveryAttribute()
{
    PapBench bench(gsmOnly());
    bench.engine.bind(1);
    const Timestamp now{bench.engine.clock->now().ms / 1000 * 1000};
    PapPushMessage message = PapBench::to(u"p1"_s);
    message.deliverAfter = now + Milliseconds(60000);
    message.deliverBefore = now + Milliseconds(120000);
    message.sourceReference = u"Shop <1>"_s;
    message.notifyTo = u"http://192.0.43.8/n?secret=1"_s;
    message.quality = PapQualityOfService{PapPriority::High, PapDeliveryMethod::Confirmed, u"gsm"_s, true, u"sms"_s, true};
    QCOMPARE(bench.push(message).code, 1001);
    const PushRequest request = bench.pushes().first().request;
    QCOMPARE(request.to.user, bench.engine.userId(u"alice"_s));
    QCOMPARE(request.notBefore, message.deliverAfter);
    QCOMPARE(bench.pushes().first().expiresAt, message.deliverBefore);
    QCOMPARE(request.priority, PushPriority::High);
    QCOMPARE(request.notifyTo, message.notifyTo);
    const PapTerms terms = PapTerms::fromBytes(request.terms);
    QCOMPARE(terms.address, message.addresses[0]);
    QCOMPARE(bench.engine.journalCount(u"pap-accepted"_s), 1);
    QVERIFY(terms.quality == message.quality);
    QCOMPARE(bench.engine.store->notices.size(), size_t(1));

    message = PapBench::to(u"p2"_s);
    QCOMPARE(bench.push(message).code, 1001);
    message.pushId = u"p3"_s;
    message.deliverBefore = now + Milliseconds(366LL * 24 * 3600 * 1000);
    message.quality = PapQualityOfService{};
    message.quality->priority = PapPriority::Low;
    QCOMPARE(bench.push(message).code, 1001);
    for (const Push &push : bench.pushes()) {
        if (push.request.reference == u"p2"_s)
            QCOMPARE(push.request.ttl, Milliseconds(24LL * 3600 * 1000));
        if (push.request.reference == u"p3"_s) {
            QCOMPARE(push.expiresAt, message.deliverBefore);
            QCOMPARE(push.request.priority, PushPriority::Low);
        }
    }
}

void TestPapTriggers::asksWhoItIs()
{
    PapBench bench;
    bench.engine.bind(1);
    HttpPeer peer(bench.port);
    peer.setHeader("Content-Type", "application/xml");
    const HttpResponse nobody = peer.ask("POST", "/pap", "<x/>");
    QCOMPARE(nobody.status, 401);
    QCOMPARE(nobody.headers.count("WWW-Authenticate"), 2);
    peer.setHeader("Authorization", "Basic " + QByteArray("pi:wrong").toBase64());
    QCOMPARE(peer.ask("POST", "/pap", "<x/>").status, 401);
    QCOMPARE(peer.ask("GET", "/pap").status, 405);
    QCOMPARE(bench.post("application/json", "{}").status, 415);
    QCOMPARE(bench.post("multipart/mixed; boundary=b", "x").status, 415);
}

void TestPapTriggers::answersWhatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("about");
    const QByteArray xml = "application/xml";
    const QByteArray head = "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 2.0//EN\" \"x\">";
    QTest::newRow("no XML") << xml << QByteArray("hello") << 2000 << u"pap-prolog"_s;
    QTest::newRow("unknown element") << xml << head + "<pap><push-mesage push-id=\"a\"/></pap>" << 2000 << u"pap/push-mesage"_s;
    QTest::newRow("missing attribute") << xml << head + "<pap><cancel-message/></pap>" << 2000 << u"cancel-message/push-id"_s;
    QTest::newRow("entity") << xml << QByteArray("<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 2.0//EN\" \"x\" [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><pap product-name=\"&a;\"/>")
                            << 2000 << u"pap-entity"_s;
    QTest::newRow("version") << xml << QByteArray("<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 3.0//EN\" \"x\"><pap/>") << 3002 << u"pap-version"_s;
    QTest::newRow("an answer") << xml << toPapBytes({{}, {}, {}, PapBadMessage{2000, {}, {}}}) << 2000 << u"pap-unexpected"_s;
    QTest::newRow("broken multipart") << QByteArray("multipart/related; boundary=b") << QByteArray("--b\r\nhello") << 2000 << u"multipart-unterminated"_s;
    QTest::newRow("no boundary") << QByteArray("multipart/related") << QByteArray("--b\r\nhello") << 2000 << u"multipart-boundary"_s;
}

void TestPapTriggers::answersWhatCannotBeRead()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    QFETCH(QString, about);
    PapBench bench;
    const HttpResponse response = bench.post(type, body);
    QCOMPARE(response.status, 202);
    QCOMPARE(response.headers.value("Content-Type"), QByteArray("application/xml"));
    const PapDocument answer = PapBench::read(response);
    const auto *bad = std::get_if<PapBadMessage>(&answer.body);
    QVERIFY2(bad, response.body.constData());
    QCOMPARE(bad->code, code);
    QVERIFY2(bad->desc.contains(about), qPrintable(bad->desc));
    QVERIFY(!bad->fragment.isEmpty() && bad->fragment.size() <= 200);
}

void TestPapTriggers::refusesWhatCannotBeHonoured_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    for (const auto &[what, code] : {std::pair("unknown user", 2002), {"unknown number", 2002}, {"bad address", 2002}, {"IPv4", 2002}, {"IPv6", 2002},
                                     {"Mobitex", 2002}, {"other type", 2002}, {"before now", 2000}, {"before after", 2000}, {"far away", 2000},
                                     {"ends far away", 2000}, {"network", 3009}, {"GSM", 3009}, {"a network without name", 3009}, {"bearer", 3010},
                                     {"USSD", 3010}, {"a bearer without name", 3010}, {"coding", 2000}, {"no content", 2000}, {"capabilities", 2000}, {"other capabilities", 2006}, {"capabilities of others", 2005}, {"content type", 2000}, {"large to many", 2000},
                                     {"notify scheme", 2000}, {"notify loopback", 2001}, {"notify private", 2001}, {"notify link-local", 2001},
                                     {"notify user info", 2000}, {"replaces nothing", 2004}})
        QTest::newRow(what) << QString::fromLatin1(what) << code;
}

void TestPapTriggers::refusesWhatCannotBeHonoured()
{
    QFETCH(QString, what);
    PapBench bench;
    bindAble(bench, {{u"text/plain"_s}, 4000});
    const Timestamp now{bench.engine.clock->now().ms / 1000 * 1000};
    PapPushMessage message = PapBench::to(u"p1"_s);
    QVector<BodyPart> parts{PapBench::content()};
    const QHash<QString, QString> addresses{
        {u"unknown user"_s, u"WAPPUSH=bob%40lab.example/TYPE=USER@ppg"_s}, {u"unknown number"_s, u"WAPPUSH=+4917099999/TYPE=PLMN@ppg"_s},
        {u"bad address"_s, u"alice"_s}, {u"IPv4"_s, u"WAPPUSH=127.0.0.1/TYPE=IPv4@ppg"_s},
        {u"IPv6"_s, u"WAPPUSH=0000:0000:0000:0000:0000:0000:0000:0001/TYPE=IPv6@ppg"_s}, {u"Mobitex"_s, u"WAPPUSH=12345678/TYPE=MAN@ppg"_s},
        {u"other type"_s, u"WAPPUSH=alice/TYPE=X@ppg"_s}};
    const QHash<QString, QString> urls{{u"notify scheme"_s, u"file:///etc/passwd"_s}, {u"notify loopback"_s, u"http://127.0.0.1:25/"_s},
                                       {u"notify private"_s, u"http://10.1.2.3/"_s}, {u"notify link-local"_s, u"http://169.254.169.254/latest"_s},
                                       {u"notify user info"_s, u"http://a:b@192.0.43.8/"_s}};
    if (addresses.contains(what))
        message.addresses = {addresses.value(what)};
    if (urls.contains(what))
        message.notifyTo = urls.value(what);
    if (what == u"before now")
        message.deliverBefore = now - Milliseconds(1000);
    if (what == u"before after") {
        message.deliverBefore = now + Milliseconds(60000);
        message.deliverAfter = now + Milliseconds(60000);
    }
    if (what == u"far away")
        message.deliverAfter = now + Milliseconds(400LL * 24 * 3600 * 1000);
    if (what == u"ends far away")
        message.deliverBefore = now + Milliseconds(366LL * 24 * 3600 * 1000 + 1000);
    const auto require = [&](const QString &network, const QString &bearer) {
        message.quality = PapQualityOfService{};
        message.quality->network = network;
        message.quality->networkRequired = what.contains(u"network") || what == u"GSM";
        message.quality->bearer = bearer;
        message.quality->bearerRequired = !message.quality->networkRequired;
    };
    if (what == u"GSM" || what == u"USSD")
        require(u"GSM"_s, u"USSD"_s);
    if (what.endsWith(u"without name"))
        require({}, {});
    if (what == u"coding")
        parts[0].headers.add("Content-Encoding", "gzip, a b");
    if (what == u"network")
        message.quality = PapQualityOfService{PapPriority::Medium, PapDeliveryMethod::NotSpecified, u"IS-95"_s, true, {}, false};
    if (what == u"bearer")
        message.quality = PapQualityOfService{PapPriority::Medium, PapDeliveryMethod::NotSpecified, {}, false, u"FLEX"_s, true};
    if (what == u"no content")
        parts.clear();
    if (what == u"capabilities")
        parts.append(PapBench::content());
    if (what == u"other capabilities")
        parts.append(profile({}));
    if (what == u"capabilities of others")
        parts.append(profile("<prf:Push-MsgSize>5000</prf:Push-MsgSize>"));
    if (what == u"content type")
        parts[0].headers.set("Content-Type", "text/plain; a=\"" + QByteArray(250, 'x') + "\"");
    if (what == u"large to many") {
        parts[0].body = QByteArray(100000, 'x');
        for (int i = 0; i < 400; ++i)
            message.addresses.append(u"WAPPUSH=u%1/TYPE=USER@ppg"_s.arg(i));
    }
    if (what == u"replaces nothing")
        message.replacePushId = u"p0"_s;
    const PapDocument answer = PapBench::read(bench.postPush(message, parts));
    const auto *response = std::get_if<PapPushResponse>(&answer.body);
    QVERIFY2(response, words(answer).constData());
    QTEST(response->code, "code");
    QVERIFY(papStatus(response->code)->fits(PapPlace::PushResponse));
    QVERIFY(bench.pushes().isEmpty());
    QVERIFY(bench.engine.store->notices.empty());
    QCOMPARE(bench.engine.journalCount(u"trigger-refused"_s), 1);
    // Refused is not used up.
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 1001);
}

void TestPapTriggers::keepsPushIdsApartByInitiator()
{
    PapBench bench;
    bench.engine.bind(1);
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 1001);
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 2007);
    const QByteArray other = bench.makeInitiator(u"bank"_s);
    const auto asked = bench.ask(PapStatusQuery{u"p1"_s, {}}, other);
    QCOMPARE(std::get<PapStatusQueryResponse>(asked.body).results[0].code, 2004);
    const auto cancelled = bench.ask(PapCancelMessage{u"p1"_s, {}}, other);
    QCOMPARE(std::get<PapCancelResponse>(cancelled.body).results[0].code, 2004);
    QCOMPARE(bench.pushes().first().state, PushState::Sending);
    bench.token = other;
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 1001);

    // Two at once: the second comes before the first is durable.
    bench.engine.store->hold(true);
    BodyPart control;
    control.headers.add("Content-Type", "application/xml");
    control.body = toPapBytes({{2, 0}, {}, {}, PapBench::to(u"p2"_s)});
    HttpRequest request;
    request.method = "POST";
    request.target = "/pap";
    request.headers.add("Host", "127.0.0.1");
    request.headers.add("Authorization", "Bearer " + bench.token);
    request.headers.add("Content-Type", "multipart/related; boundary=b");
    request.body = toMultipartBytes({control, PapBench::content()}, "b");
    HttpPeer one(bench.port);
    one.send(serialise(request));
    QTRY_VERIFY(bench.engine.store->held() > 0);
    HttpPeer two(bench.port);
    two.send(serialise(request));
    QCOMPARE(std::get<PapPushResponse>(PapBench::read(two.response()).body).code, 2007);
    bench.engine.store->hold(false);
    QCOMPARE(std::get<PapPushResponse>(PapBench::read(one.response()).body).code, 1001);
}

void TestPapTriggers::replacesAll()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    const Timestamp later = Timestamp{bench.engine.clock->now().ms / 1000 * 1000} + Milliseconds(60000);
    PapPushMessage old = PapBench::to(u"p1"_s);
    old.deliverAfter = later;
    QCOMPARE(bench.push(old).code, 1001);
    PapPushMessage fresh = PapBench::to(u"p2"_s, {u"alice"_s, u"bob"_s});
    fresh.replacePushId = u"p1"_s;
    QCOMPARE(bench.push(fresh).code, 1001);
    QCOMPARE(bench.pushes().size(), 3);
    for (const Push &push : bench.pushes())
        QCOMPARE(push.state, push.request.reference == u"p1"_s ? PushState::Replaced : PushState::Sending);
    // What was answered stays so over any end of the process.
    for (const auto &[id, push] : bench.engine.store->pushes)
        QVERIFY(push.request.reference != u"p1"_s || push.state == PushState::Replaced);
    const auto answer = bench.ask(PapStatusQuery{u"p1"_s, {}});
    QCOMPARE(std::get<PapStatusQueryResponse>(answer.body).results[0].state, PapMessageState::Cancelled);
}

void TestPapTriggers::replacesPendingOnly()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.engine.bind(2, u"bob"_s);
    const Timestamp later = Timestamp{bench.engine.clock->now().ms / 1000 * 1000} + Milliseconds(60000);
    PapPushMessage old = PapBench::to(u"p1"_s);
    old.deliverAfter = later;
    QCOMPARE(bench.push(old).code, 1001);
    PapPushMessage fresh = PapBench::to(u"p2"_s, {u"alice"_s, u"bob"_s});
    fresh.replacePushId = u"p1"_s;
    fresh.replaceMethod = PapReplaceMethod::PendingOnly;
    QCOMPARE(bench.push(fresh).code, 1001);
    QCOMPARE(bench.pushes().size(), 2); // none for bob, who had none before
    fresh.pushId = u"p3"_s;
    QCOMPARE(bench.push(fresh).code, 2008);
    QCOMPARE(bench.pushes().size(), 2);
}

void TestPapTriggers::passesTheCodingOn()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    BodyPart content = PapBench::content();
    content.headers.add("Content-Encoding", "GZIP");
    content.headers.add("Content-Encoding", "identity, aes128gcm");
    QCOMPARE(std::get<PapPushResponse>(PapBench::read(bench.postPush(PapBench::to(u"p1"_s), {content})).body).code, 1001);
    QCOMPARE(phone->sent.size(), 1);
    QCOMPARE(phone->sent[0].contentEncoding, u"gzip, aes128gcm"_s);
}

void TestPapTriggers::endsWhenAskedHoweverLongTheLookUpTook()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.token = bench.makeInitiator(u"shop"_s);
    bench.engine.store->onReferenceRead = [&] { bench.engine.clock->advance(Milliseconds(5000)); };
    const auto start = [&] { return Timestamp{bench.engine.clock->now().ms / 1000 * 1000}; };
    PapPushMessage message = PapBench::to(u"p1"_s);
    message.deliverBefore = start() + Milliseconds(60000);
    QCOMPARE(bench.push(message).code, 1001);
    QCOMPARE(bench.pushes().first().expiresAt, message.deliverBefore);
    message = PapBench::to(u"p2"_s);
    message.deliverBefore = start() + Milliseconds(4000);
    const PapPushResponse late = bench.push(message);
    QCOMPARE(late.code, 2000);
    QVERIFY(late.desc.contains(u"deliver-times"));
    QCOMPARE(bench.pushes().size(), 1);
    bench.engine.store->onReferenceRead = {};
    QCOMPARE(bench.push(PapBench::to(u"p2"_s)).code, 1001);
}

void TestPapTriggers::keepsPushIdsApartFromIdempotencyKeys()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.token = bench.makeInitiator(u"shop"_s);
    HttpPeer rest(bench.port);
    rest.setHeader("Authorization", "Bearer " + bench.token);
    rest.setHeader("Idempotency-Key", "k-1");
    const QByteArray toAlice = R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})";
    const QString id = HttpPeer::json(rest.ask("POST", "/v1/pushes", toAlice)).value(u"id").toString();
    QVERIFY(!id.isEmpty());
    const auto cancelled = bench.ask(PapCancelMessage{u"k-1"_s, {}});
    QCOMPARE(std::get<PapCancelResponse>(cancelled.body).results[0].code, 2004);
    QVERIFY(!isTerminal(bench.engine.stateOf(PushId(id))));
    const auto asked = bench.ask(PapStatusQuery{u"k-1"_s, {}});
    QCOMPARE(std::get<PapStatusQueryResponse>(asked.body).results[0].code, 2004);
    QCOMPARE(bench.push(PapBench::to(u"k-1"_s)).code, 1001);
    QCOMPARE(bench.push(PapBench::to(u"k-1"_s)).code, 2007);
    QCOMPARE(HttpPeer::json(rest.ask("POST", "/v1/pushes", toAlice)).value(u"id").toString(), id);
    QCOMPARE(bench.push(PapBench::to(u"k-2"_s)).code, 1001);
    rest.setHeader("Idempotency-Key", "k-2");
    QCOMPARE(rest.ask("POST", "/v1/pushes", toAlice).status, 202);
}

void TestPapTriggers::saysWhenTheStoreFails()
{
    PapBench bench;
    bench.engine.bind(1);
    bench.token = bench.makeInitiator(u"shop"_s);
    bench.engine.store->failWith("store-full");
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 3000);
    bench.engine.store->failWith("");
    QCOMPARE(bench.push(PapBench::to(u"p1"_s)).code, 1001);
}

QTEST_GUILESS_MAIN(TestPapTriggers)
#include "tst_paptriggers.moc"
