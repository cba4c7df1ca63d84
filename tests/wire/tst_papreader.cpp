// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/papreader.h"
#include "wire/papwriter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QByteArray doctype(const char *version, const QByteArray &subset = {})
{
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP " + QByteArray(version) +
           "//EN\" \"http://www.wapforum.org/DTD/pap_2.0.dtd\"" + subset + ">\n";
}

QByteArray in(const QByteArray &body, const char *version = "2.0")
{
    return doctype(version) + "<pap>" + body + "</pap>";
}

const QByteArray address = "<address address-value=\"WAPPUSH=bob/TYPE=USER@ppg\"/>";

QByteArray pushWith(const QByteArray &attributes, const QByteArray &children = address)
{
    return in("<push-message push-id=\"p\" " + attributes + ">" + children + "</push-message>");
}

QByteArray describe(const Result<PapDocument, PapFault> &read)
{
    return read ? QByteArray("read") : QByteArray(read.error().error.code) + ' ' + read.error().error.about.toUtf8();
}

} // namespace

class TestPapReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheVectors_data();
    void readsTheVectors();
    void readsEveryAttribute();
    void readsEveryValueOfEnumerations_data();
    void readsEveryValueOfEnumerations();
    void knowsTheDefaults();
    void readsWhatKannelWrites();
    void readsOtherEncodings();
    void passesOverUnknownAttributesInVersionTwo();
    void answersOtherVersionsInTheBestCommonOne_data();
    void answersOtherVersionsInTheBestCommonOne();
    void refuses_data();
    void refuses();
    void isDoneWithBombsAtOnce_data();
    void isDoneWithBombsAtOnce();
};

void TestPapReader::readsTheVectors_data()
{
    QTest::addColumn<size_t>("kind");
    const auto row = [](const char *name, const PapBody &body) { QTest::newRow(name) << body.index(); };
    row("pap-push-message", PapPushMessage{});
    row("pap-push-message-replace", PapPushMessage{});
    row("pap-push-response", PapPushResponse{});
    row("pap-cancel-message", PapCancelMessage{});
    row("pap-cancel-response", PapCancelResponse{});
    row("pap-resultnotification-message", PapResultNotification{});
    row("pap-resultnotification-response", PapResultNotificationResponse{});
    row("pap-statusquery-message", PapStatusQuery{});
    row("pap-statusquery-response", PapStatusQueryResponse{});
    row("pap-ccq-message", PapCcqMessage{});
    row("pap-ccq-response", PapCcqResponse{});
    row("pap-badmessage-response", PapBadMessage{});
    row("pap-badmessage-response-version", PapBadMessage{});
}

void TestPapReader::readsTheVectors()
{
    QFETCH(size_t, kind);
    const auto read = parsePap(vectorMessage(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(read, describe(read).constData());
    QCOMPARE(read->body.index(), kind);
    QVERIFY(read->supportedVersions.startsWith(u"2.0"_s));
    const auto again = parsePap(toPapBytes(*read));
    QVERIFY2(again, describe(again).constData());
    QVERIFY(*again == *read);
}

void TestPapReader::readsEveryAttribute()
{
    const auto push = parsePap(vectorMessage(u"pap-push-message"_s));
    QVERIFY2(push, describe(push).constData());
    QCOMPARE(push->productName, u"Example PPG 1.0"_s);
    QCOMPARE(push->version, (PapVersion{2, 0}));
    QCOMPARE(push->supportedVersions, (QStringList{u"2.0"_s, u"1.*"_s}));
    const auto &message = std::get<PapPushMessage>(push->body);
    QCOMPARE(message.pushId, u"9fjeo39jf084@pi.example.com"_s);
    QCOMPARE(message.deliverBefore, Timestamp::fromIso(u"2026-12-31T23:59:59Z"_s));
    QVERIFY(!message.deliverAfter.isSet());
    QCOMPARE(message.sourceReference, u"Example PI"_s);
    QCOMPARE(message.notifyTo, u"http://pi.example.com/notify"_s);
    QVERIFY(message.progressNotes);
    QCOMPARE(message.addresses, QStringList{u"WAPPUSH=+358408201681/TYPE=PLMN@ppg.example.net"_s});
    QVERIFY((message.quality == PapQualityOfService{PapPriority::High, PapDeliveryMethod::Confirmed, u"GSM"_s, false, u"SMS"_s, false}));

    const auto replace = parsePap(vectorMessage(u"pap-push-message-replace"_s));
    QVERIFY2(replace, describe(replace).constData());
    QCOMPARE(std::get<PapPushMessage>(replace->body).replacePushId, u"9fjeo39jf084@pi.example.com"_s);
    QCOMPARE(std::get<PapPushMessage>(replace->body).replaceMethod, PapReplaceMethod::PendingOnly);

    const auto after = parsePap(pushWith("deliver-after-timestamp=\"2026-12-01T00:00:00Z\""));
    QVERIFY2(after, describe(after).constData());
    QCOMPARE(std::get<PapPushMessage>(after->body).deliverAfter, Timestamp::fromIso(u"2026-12-01T00:00:00Z"_s));

    const auto notification = parsePap(vectorMessage(u"pap-resultnotification-message"_s));
    QVERIFY2(notification, describe(notification).constData());
    const auto &result = std::get<PapResultNotification>(notification->body);
    QCOMPARE(result.senderAddress, u"http://ppg.example.net/pap"_s);
    QCOMPARE(result.senderName, u"Example PPG"_s);
    QCOMPARE(result.receivedTime, Timestamp::fromIso(u"2026-11-20T19:30:00Z"_s));
    QCOMPARE(result.eventTime, Timestamp::fromIso(u"2026-11-20T19:30:07Z"_s));
    QCOMPARE(result.state, PapMessageState::Aborted);
    QCOMPARE(result.code, 5236);
    QCOMPARE(result.desc, u"USERPND: application not present"_s);
    QCOMPARE(result.quality->bearer, u"GPRS"_s);
}

void TestPapReader::readsEveryValueOfEnumerations_data()
{
    QTest::addColumn<QByteArray>("document");
    const QByteArray qos = "<quality-of-service ";
    for (const char *value : {"high", "medium", "low"})
        QTest::addRow("priority %s", value) << pushWith({}, address + qos + "priority=\"" + value + "\"/>");
    for (const char *value : {"confirmed", "preferconfirmed", "unconfirmed", "notspecified"})
        QTest::addRow("delivery-method %s", value) << pushWith({}, address + qos + "delivery-method=\"" + value + "\"/>");
    for (const char *value : {"pending-only", "all"})
        QTest::addRow("replace-method %s", value) << pushWith(QByteArray("replace-method=\"") + value + "\"");
    for (const char *value : {"true", "false"}) {
        QTest::addRow("network-required %s", value) << pushWith({}, address + qos + "network-required=\"" + value + "\"/>");
        QTest::addRow("bearer-required %s", value) << pushWith({}, address + qos + "bearer-required=\"" + value + "\"/>");
        QTest::addRow("progress-notes-requested %s", value) << pushWith(QByteArray("progress-notes-requested=\"") + value + "\"");
    }
    for (const char *value : {"rejected", "pending", "delivered", "undeliverable", "expired", "aborted", "timeout", "cancelled", "unknown"}) {
        QTest::addRow("message-state %s", value)
            << in(QByteArray("<resultnotification-message push-id=\"p\" code=\"1000\" message-state=\"") + value + "\">" + address + "</resultnotification-message>");
    }
}

void TestPapReader::readsEveryValueOfEnumerations()
{
    QFETCH(QByteArray, document);
    const auto read = parsePap(document);
    QVERIFY2(read, describe(read).constData());
    const auto again = parsePap(toPapBytes(*read));
    QVERIFY2(again, describe(again).constData());
    QVERIFY(*again == *read);
}

void TestPapReader::knowsTheDefaults()
{
    const auto read = parsePap(pushWith({}, address + "<quality-of-service/>"));
    QVERIFY2(read, describe(read).constData());
    const auto &message = std::get<PapPushMessage>(read->body);
    QCOMPARE(message.replaceMethod, PapReplaceMethod::All);
    QVERIFY(!message.progressNotes);
    QCOMPARE(message.quality->priority, PapPriority::Medium);
    QCOMPARE(message.quality->deliveryMethod, PapDeliveryMethod::NotSpecified);
    QVERIFY(!message.quality->networkRequired && !message.quality->bearerRequired);
}

void TestPapReader::readsWhatKannelWrites()
{
    const auto read = parsePap(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP//EN\"\n   \"http://www.wapforum.org/DTD/pap_1.0.dtd\">\n"
        "<pap>\n  <push-message push-id=\"9\" deliver-after-timestamp=\"2001-02-28T06:45:00Z\" progress-notes-requested=\"false\">\n"
        "    <address address-value=\"WAPPUSH=213.243.140.102/TYPE=IPv4@ppg.carrier.com\">\n    </address>\n"
        "    <quality-of-service priority=\"low\" bearer-required=\"true\" bearer=\"CSD\" >\n    </quality-of-service>\n"
        "  </push-message>\n</pap>\n");
    QVERIFY2(read, describe(read).constData());
    QCOMPARE(read->version, (PapVersion{1, 0}));
    QCOMPARE(std::get<PapPushMessage>(read->body).quality->bearer, u"CSD"_s);
}

void TestPapReader::readsOtherEncodings()
{
    QByteArray latin = pushWith("source-reference=\"\xe4\"");
    latin.replace("version=\"1.0\"?", "version=\"1.0\" encoding='ISO-8859-1'?");
    const auto read = parsePap(latin);
    QVERIFY2(read, describe(read).constData());
    QCOMPARE(std::get<PapPushMessage>(read->body).sourceReference, u"\u00e4"_s);
    QVERIFY(parsePap("\xef\xbb\xbf" + pushWith({})));
}

void TestPapReader::passesOverUnknownAttributesInVersionTwo()
{
    const QByteArray body = "<push-message push-id=\"p\" shiny=\"new\">" + address + "</push-message>";
    QVERIFY(parsePap(in(body, "2.0")));
    QVERIFY(parsePap(in(body, "2.7")));
    const auto old = parsePap(in(body, "1.0"));
    QCOMPARE(describe(old), QByteArray("pap-attribute-unknown push-message/shiny"));
    QCOMPARE(old.error().version, (PapVersion{1, 0}));
}

void TestPapReader::answersOtherVersionsInTheBestCommonOne_data()
{
    QTest::addColumn<QByteArray>("subset");
    QTest::addColumn<int>("major");
    QTest::newRow("none told") << QByteArray() << 1;
    QTest::newRow("2 before 1") << QByteArray("[<?wap-pap-ver supported-versions=\"3.0,2.0,1.*\"?>]") << 2;
    QTest::newRow("only 1") << QByteArray(" [ <!-- x --> <?other y?><?wap-pap-ver supported-versions='3.0, 1.*'?> ] ") << 1;
    QTest::newRow("none common") << QByteArray("[<?wap-pap-ver supported-versions=\"3.0\"?>]") << 1;
}

void TestPapReader::answersOtherVersionsInTheBestCommonOne()
{
    QFETCH(QByteArray, subset);
    QFETCH(int, major);
    const auto read = parsePap(doctype("3.0", subset) + "<pap/>");
    QVERIFY(!read);
    QVERIFY(read.error().error.is("pap-version"));
    QCOMPARE(read.error().status, 3002);
    QCOMPARE(read.error().version, (PapVersion{major, 0}));
}

void TestPapReader::refuses_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *name, const QByteArray &document, const char *error) {
        QTest::newRow(name) << document << QByteArray(error);
    };
    row("empty", "", "pap-prolog ");
    row("no XML", "hello", "pap-prolog hello");
    row("no document type", "<?xml version=\"1.0\"?><pap/>", "pap-doctype ");
    row("other document type", "<!DOCTYPE html><pap/>", "pap-doctype <!DOCTYPE html><pap/>");
    row("system only", "<!DOCTYPE pap SYSTEM \"file:///etc/passwd\"><pap/>", "pap-doctype <!DOCTYPE pap SYSTEM \"file:///etc/passwd\"><pap/>");
    row("other public id", "<!DOCTYPE pap PUBLIC \"-//X//EN\" \"x\"><pap/>", "pap-doctype -//X//EN");
    for (const char *id : {" 2.0", "2.0", "  2", " 2.0.1", " 1234.0", " .0", " 2.", " a.b", " -1.0"}) {
        const QByteArray document = "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP" + QByteArray(id) + "//EN\" \"x\"><pap/>";
        const QByteArray about = "-//WAPFORUM//DTD PAP" + QByteArray(id) + "//EN";
        QTest::addRow("public id%s", id) << document << (qstrcmp(id, " 2.0") == 0 ? QByteArray("pap-element-missing pap") : "pap-doctype " + about);
    }
    row("words run together", "<!DOCTYPE pap PUBLIC\"-//WAPFORUM//DTD PAP 2.0//EN\" \"x\"><pap/>", "");
    row("root run together", "<!DOCTYPEpap PUBLIC \"-//WAPFORUM//DTD PAP 2.0//EN\" \"x\"><pap/>", "");
    row("cut off in the document type", "<!DOCTYPE pap PUBLIC", "pap-doctype <!DOCTYPE pap PUBLIC");
    row("two document types", doctype("2.0") + doctype("2.0").mid(22) + "<pap/>", "");
    row("entity", doctype("2.0", "[<!ENTITY a \"b\">]") + "<pap/>", "");
    row("external entity", doctype("2.0", "[<!ENTITY a SYSTEM \"file:///etc/passwd\">]") + "<pap product-name=\"&a;\"/>", "");
    row("parameter entity", doctype("2.0", "[<!ENTITY % a SYSTEM \"http://127.0.0.1/\"> %a;]") + "<pap/>", "");
    row("parameter entity used", doctype("2.0", "[%a;]") + "<pap/>", "");
    row("attribute list", doctype("2.0", "[<!ATTLIST pap a CDATA \"b\">]") + "<pap/>", "");
    row("subset without end", doctype("2.0", "[ <?x y?> "), "");
    row("document type inside", doctype("2.0") + "<pap><!DOCTYPE a></pap>", "");
    row("undeclared entity", in("<cancel-message push-id=\"&a;\"/>"), "pap-xml pap");
    row("entity in text", in("<cancel-message push-id=\"a\">&a;</cancel-message>"), "pap-xml cancel-message");
    row("version list", doctype("2.0", "[<?wap-pap-ver supported-versions=\"two\"?>]") + "<pap/>", "pap-version-list two");
    row("UTF-16", "\xff\xfe<\0", "");
    row("NUL", in(QByteArray("<cancel-message push-id=\"a\0b\"/>", 31)), "pap-encoding ");
    row("no UTF-8", pushWith("source-reference=\"\xff\""), "pap-encoding utf-8");
    row("other encoding", "<?xml version=\"1.0\" encoding=\"EBCDIC\"?>", "pap-encoding ebcdic");
    row("cut off", in("<cancel-message push-id=\"a\"").chopped(6), "");
    row("not closed", doctype("2.0") + "<pap><cancel-message push-id=\"a\"/>", "pap-xml pap");
    row("something behind", in("<cancel-message push-id=\"a\"/>") + "<pap/>", "pap-xml pap");
    row("attribute twice", in("<cancel-message push-id=\"a\" push-id=\"b\"/>"), "pap-xml pap");
    row("nothing inside", in(""), "pap-element-missing pap");
    row("root", doctype("2.0") + "<html/>", "pap-element html");
    row("two bodies", in("<cancel-message push-id=\"a\"/><cancel-message push-id=\"b\"/>"), "pap-element pap/cancel-message");
    row("unknown body", in("<push-mesage push-id=\"a\"/>"), "pap-element pap/push-mesage");
    row("body with namespace", in("<x:cancel-message push-id=\"a\"/>"), "pap-element pap/x:cancel-message");
    row("text", in("<cancel-message push-id=\"a\">hi</cancel-message>"), "pap-text cancel-message");
    row("text between", in("hi<cancel-message push-id=\"a\"/>"), "pap-text pap");
    row("CDATA", in("<cancel-message push-id=\"a\"><![CDATA[ ]]></cancel-message>"), "pap-text cancel-message");
    row("address with content", pushWith({}, "<address address-value=\"a\"><b/></address>"), "pap-element address/b");
    row("no address", pushWith({}, {}), "pap-element-missing push-message/address");
    row("quality first", pushWith({}, "<quality-of-service/>" + address), "pap-element push-message/quality-of-service");
    row("quality twice", pushWith({}, address + "<quality-of-service/><quality-of-service/>"), "pap-element push-message/quality-of-service");
    row("address behind quality", pushWith({}, address + "<quality-of-service/>" + address), "pap-element push-message/address");
    row("push-id missing", in("<push-message>" + address + "</push-message>"), "pap-attribute-missing push-message/push-id");
    row("push-id empty", in("<cancel-message push-id=\"\"/>"), "pap-attribute-missing cancel-message/push-id");
    row("push-id long", in("<cancel-message push-id=\"" + QByteArray(257, 'a') + "\"/>"), "pap-attribute-too-long cancel-message/push-id");
    row("value long", pushWith("source-reference=\"" + QByteArray(4097, 'a') + "\""), "pap-attribute-too-long push-message/source-reference");
    row("line end in id", in("<cancel-message push-id=\"a&#10;b\"/>"), "pap-attribute-value cancel-message/push-id");
    row("priority", pushWith({}, address + "<quality-of-service priority=\"urgent\"/>"), "pap-attribute-value quality-of-service/priority");
    row("priority in capitals", pushWith({}, address + "<quality-of-service priority=\"HIGH\"/>"), "pap-attribute-value quality-of-service/priority");
    row("delivery-method", pushWith({}, address + "<quality-of-service delivery-method=\"x\"/>"), "pap-attribute-value quality-of-service/delivery-method");
    row("flag", pushWith("progress-notes-requested=\"yes\""), "pap-attribute-value push-message/progress-notes-requested");
    row("replace-method", pushWith("replace-method=\"some\""), "pap-attribute-value push-message/replace-method");
    for (const char *time : {"2026-12-31", "2026-12-31T23:59:59", "2026-12-31T23:59:59+01:00", "2026-13-31T23:59:59Z", "2026-12-31T24:59:59Z",
                             "2026-02-30T00:00:00Z", "2026-12-31 23:59:59Z", "tomorrow"}) {
        QTest::addRow("time %s", time) << pushWith(QByteArray("deliver-before-timestamp=\"") + time + "\"")
                                       << QByteArray("pap-attribute-value push-message/deliver-before-timestamp");
    }
    for (const char *code : {"999", "6000", "abcd", "10000", "-100", "1e03"}) {
        QTest::addRow("code %s", code) << in(QByteArray("<badmessage-response code=\"") + code + "\"/>")
                                       << QByteArray("pap-attribute-value badmessage-response/code");
    }
    row("code missing", in("<badmessage-response/>"), "pap-attribute-missing badmessage-response/code");
    row("state", in("<resultnotification-message push-id=\"p\" code=\"1000\" message-state=\"lost\">" + address + "</resultnotification-message>"),
        "pap-attribute-value resultnotification-message/message-state");
    row("no result", in("<push-response push-id=\"p\"/>"), "pap-element-missing push-response/response-result");
    row("note behind result", in("<push-response push-id=\"p\"><response-result code=\"1001\"/><progress-note stage=\"s\"/></push-response>"),
        "pap-element push-response/progress-note");
    row("note without stage", in("<push-response push-id=\"p\"><progress-note/><response-result code=\"1001\"/></push-response>"),
        "pap-attribute-missing progress-note/stage");
    row("no cancel-result", in("<cancel-response push-id=\"p\"/>"), "pap-element-missing cancel-response/cancel-result");
    row("no statusquery-result", in("<statusquery-response push-id=\"p\"/>"), "pap-element-missing statusquery-response/statusquery-result");
    row("ccq without address", in("<ccq-message query-id=\"q\"/>"), "pap-element-missing ccq-message/address");
    row("ccq with two addresses", in("<ccq-message query-id=\"q\">" + address + address + "</ccq-message>"), "pap-element ccq-message/address");
}

void TestPapReader::refuses()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, error);
    const auto read = parsePap(document);
    QVERIFY2(!read, document.constData());
    QCOMPARE(read.error().status, 2000);
    if (!error.isEmpty())
        QCOMPARE(describe(read), error);
    const QByteArray tag = QTest::currentDataTag();
    if (tag.contains("parameter") || tag.contains("entity") || tag == "attribute list")
        QVERIFY2(read.error().error.is("pap-entity") || read.error().error.is("pap-xml"), describe(read).constData());
}

void TestPapReader::isDoneWithBombsAtOnce_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *code, const QByteArray &document) { QTest::newRow(code) << document << QByteArray(code); };
    QByteArray laughs = "[<!ENTITY a \"ha\">";
    for (char c = 'b'; c < 'z'; ++c)
        laughs += QByteArray("<!ENTITY ") + c + " \"" + (QByteArray("&") + char(c - 1) + ";").repeated(10) + "\">";
    row("pap-entity", doctype("2.0", laughs + "]") + "<pap product-name=\"&y;\"/>");
    row("pap-too-deep", doctype("2.0") + QByteArray("<pap>").repeated(20000));
    QByteArray attributes;
    for (int i = 0; i < 15000; ++i)
        attributes += " a" + QByteArray::number(i) + "=\"\"";
    row("pap-attributes-too-many", doctype("2.0") + "<pap" + attributes + "/>");
    row("pap-addresses-too-many", pushWith({}, address.repeated(1001)));
    row("pap-results-too-many", in("<cancel-response push-id=\"p\">" + QByteArray("<cancel-result code=\"1000\"/>").repeated(1001) + "</cancel-response>"));
    row("pap-too-long", QByteArray(PapLimit::octets + 1, ' '));
    row("pap-text", in(QByteArray(200000, 'a')));
}

void TestPapReader::isDoneWithBombsAtOnce()
{
    QFETCH(QByteArray, document);
    QElapsedTimer timer;
    timer.start();
    const auto read = parsePap(document);
    QVERIFY(!read);
    QTEST(QByteArray(read.error().error.code), "code");
    QVERIFY2(timer.elapsed() < 1000, QByteArray::number(timer.elapsed()).constData());
}

QTEST_GUILESS_MAIN(TestPapReader)
#include "tst_papreader.moc"
