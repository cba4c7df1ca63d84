// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"
#include "wire/vectors.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
namespace Option = CoapOptionNumber;

namespace {

CoapMessage parsed(const QByteArray &octets)
{
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    return message ? *message : CoapMessage();
}

QByteArray written(const CoapMessage &message)
{
    CoapBuilder builder(message.type(), message.code(), message.messageId(), message.token());
    for (const CoapOption &option : message.options())
        builder.add(option.number, option.value);
    return builder.payload(message.payload()).bytes();
}

} // namespace

class TestCoapMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesEveryVector_data();
    void readsAndWritesEveryVector();
    void readsTheRegistrationVector();
    void readsThePushVector();
    void readsTheBlockVectors();
    void readsTheLwm2mVectors();
    void readsAnswersAndObservations();
    void tellsFaultsApart_data();
    void tellsFaultsApart();
    void refusesOrReadsEveryCutOfAMessage();
    void findsCriticalOptionsItCannotServe_data();
    void findsCriticalOptionsItCannotServe();
    void passesOverElectiveOptionsOfWrongLength();
    void comparesPathsWithoutJoiningThem();
    void sortsOptionsGivenInAnyOrder();
    void writesEveryExtension_data();
    void writesEveryExtension();
    void keepsWhatRandomMessagesSay();
    void namesCodesAndFormats();
};

void TestCoapMessage::readsAndWritesEveryVector_data()
{
    QTest::addColumn<QByteArray>("octets");
    QFile index(testData(u"vectors/INDEX.txt"));
    QVERIFY(index.open(QIODevice::ReadOnly));
    int count = 0;
    for (const QByteArray &line : index.readAll().split('\n')) {
        const QByteArray name = line.left(line.indexOf(' '));
        if (!name.startsWith("coap-") && !name.startsWith("lwm2m-"))
            continue;
        QTest::newRow(name.constData()) << vectorOctets(QString::fromLatin1(name));
        ++count;
    }
    QVERIFY(count == 25);
}

void TestCoapMessage::readsAndWritesEveryVector()
{
    QFETCH(QByteArray, octets);
    QVERIFY(!octets.isEmpty());
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    QVERIFY2(message.ok(), message.ok() ? "" : message.error().code);
    QCOMPARE(written(*message).toHex(), octets.toHex());
}

void TestCoapMessage::readsTheRegistrationVector()
{
    const QByteArray octets = vectorOctets(u"coap-rd-register"_s);
    const CoapMessage message = parsed(octets);
    QCOMPARE(message.type(), CoapType::Confirmable);
    QCOMPARE(message.code(), quint8(CoapCode::Post));
    QCOMPARE(message.messageId(), quint16(0x4001));
    QCOMPARE(message.token().toByteArray(), QByteArray("\x4a\x17", 2));
    QVERIFY(message.isAt("rd"));
    QCOMPARE(message.query("ep")->toByteArray(), QByteArray("node1"));
    QCOMPARE(message.query("lt")->toByteArray(), QByteArray("3600"));
    QCOMPARE(message.query("base")->toByteArray(), QByteArray("coap://192.0.2.50:61616"));
    QVERIFY(!message.query("b"));
    QCOMPARE(message.number(Option::ContentFormat), std::optional<quint32>(40));
    QVERIFY(message.payload().startsWith("</push>"));

    const QByteArray created = vectorOctets(u"coap-rd-created"_s);
    QCOMPARE(parsed(created).path(Option::LocationPath), QByteArray("rd/4521"));
    const QByteArray update = vectorOctets(u"coap-rd-update"_s);
    QCOMPARE(parsed(update).childOf("rd")->toByteArray(), QByteArray("4521"));
}

void TestCoapMessage::readsThePushVector()
{
    const QByteArray octets = vectorOctets(u"coap-post-push-con"_s);
    const CoapMessage message = parsed(octets);
    QVERIFY(message.isAt("push"));
    QCOMPARE(message.query("appid")->toByteArray(), QByteArray("mms.ua"));
    QCOMPARE(message.number(Option::ContentFormat), std::optional<quint32>(42));
    QCOMPARE(message.payload().toByteArray(), QByteArray("\1\2\3\4"));
    QCOMPARE(CoapBuilder(CoapType::Confirmable, CoapCode::Post, 0x1001, "\x4a\x17")
                 .path("push")
                 .add(Option::ContentFormat, 42u)
                 .query("appid", "mms.ua")
                 .payload("\1\2\3\4")
                 .bytes()
                 .toHex(),
             octets.toHex());
}

void TestCoapMessage::readsTheBlockVectors()
{
    const QByteArray first = vectorOctets(u"coap-block1-first"_s);
    const CoapMessage message = parsed(first);
    const Result<CoapBlock> block = CoapBlock::parse(*message.option(Option::Block1));
    QVERIFY(block.ok());
    QCOMPARE(*block, (CoapBlock{0, true, 2}));
    QCOMPARE(block->size(), 64);
    QCOMPARE(message.payload().size(), 64);
    QCOMPARE(message.number(Option::Size1), std::optional<quint32>(150));

    const QByteArray last = vectorOctets(u"coap-block1-last"_s);
    const Result<CoapBlock> lastBlock = CoapBlock::parse(*parsed(last).option(Option::Block1));
    QCOMPARE(*lastBlock, (CoapBlock{2, false, 2}));
    QCOMPARE(lastBlock->offset(), qint64(128));

    const QByteArray proceed = vectorOctets(u"coap-block1-continue"_s);
    QCOMPARE(parsed(proceed).code(), quint8(CoapCode::Continue));
    QVERIFY(parsed(proceed).isResponse());
    const QByteArray response = vectorOctets(u"coap-block2-response"_s);
    QCOMPARE(*CoapBlock::parse(*parsed(response).option(Option::Block2)), (CoapBlock{0, true, 6}));
}

void TestCoapMessage::readsTheLwm2mVectors()
{
    const QByteArray registration = vectorOctets(u"lwm2m-register"_s);
    const CoapMessage message = parsed(registration);
    QVERIFY(message.isAt("rd"));
    QCOMPARE(message.query("lwm2m")->toByteArray(), QByteArray("1.1"));
    QVERIFY(message.query("Q").has_value());
    const QByteArray trigger = vectorOctets(u"lwm2m-trigger-execute"_s);
    QVERIFY(parsed(trigger).isAt("1/0/8"));
    QVERIFY(parsed(trigger).payload().isEmpty());
    const QByteArray removal = vectorOctets(u"lwm2m-deregister"_s);
    QCOMPARE(parsed(removal).code(), quint8(CoapCode::Delete));
}

void TestCoapMessage::readsAnswersAndObservations()
{
    const QByteArray answer = vectorOctets(u"coap-get-ack"_s);
    QCOMPARE(parsed(answer).type(), CoapType::Acknowledgement);
    QCOMPARE(parsed(answer).payload().toByteArray(), QByteArray("22.3 C"));
    const QByteArray ping = vectorOctets(u"coap-ping"_s);
    QVERIFY(parsed(ping).isEmpty() && parsed(ping).isConfirmable());
    QCOMPARE(CoapBuilder::empty(CoapType::Reset, 0x7d36), vectorOctets(u"coap-rst"_s));
    const QByteArray observe = vectorOctets(u"coap-observe-register"_s);
    QCOMPARE(parsed(observe).number(Option::Observe), std::optional<quint32>(0));
    const QByteArray notification = vectorOctets(u"coap-observe-notify1"_s);
    QCOMPARE(parsed(notification).number(Option::MaxAge), std::optional<quint32>(30));
}

void TestCoapMessage::tellsFaultsApart_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<bool>("reset");
    const auto row = [](const char *name, const char *hex, const char *code, bool reset) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << QByteArray(code) << reset;
    };
    row("nothing", "", "coap-short", false);
    row("three octets", "400100", "coap-short", false);
    row("version 0", "00010001", "coap-version", false);
    row("version 2", "80010001", "coap-version", false);
    row("token of nine", "4901000b0102030405060708090a", "coap-token", true);
    row("token of fifteen", "4f01000b", "coap-token", true);
    row("token cut", "4401000b010203", "coap-token", true);
    row("token of nine, not confirmable", "5901000b0102030405060708090a", "coap-token", false);
    row("reserved class 1", "4020000b", "coap-code", true);
    row("reserved class 6", "50c0000b", "coap-code", false);
    row("reserved class 7", "60e0000b", "coap-code", false);
    row("acknowledgement with a request", "6001000b", "coap-code", false);
    row("reset with a code", "7045000b", "coap-code", false);
    row("empty, not confirmable", "5000000b", "coap-code", false);
    row("empty with a token", "4100000b01", "coap-empty", true);
    row("empty with an option", "4000000bb0", "coap-empty", true);
    row("empty with a payload", "4000000bff01", "coap-empty", true);
    row("empty reset with an octet more", "7000000b00", "coap-empty", false);
    row("delta 15", "4001000bf0", "coap-option", true);
    row("length 15", "4001000b0f", "coap-option", true);
    row("delta extension missing", "4001000bd0", "coap-option", true);
    row("delta extension cut", "4001000be000", "coap-option", true);
    row("length extension missing", "4001000bbd", "coap-option", true);
    row("value cut", "4001000bb4747261", "coap-option", true);
    row("huge length", "4001000bbeffff61", "coap-option", true);
    row("number over 65535", "4001000be0fffee0fffe", "coap-option", true);
    row("marker without payload", "4001000bff", "coap-payload", true);
    row("marker without payload, behind an option", "4001000bb161ff", "coap-payload", true);
}

void TestCoapMessage::tellsFaultsApart()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, code);
    QFETCH(bool, reset);
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    QVERIFY(!message.ok());
    QCOMPARE(QByteArray(message.error().code), code);
    QCOMPARE(message.error().answerReset, reset);
    if (reset)
        QCOMPARE(message.error().messageId, quint16(0x000b));
}

void TestCoapMessage::refusesOrReadsEveryCutOfAMessage()
{
    const QByteArray whole = vectorOctets(u"coap-rd-register"_s);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        // Its own allocation, so that a sanitizer sees a read past the end.
        const QByteArray cut(whole.constData(), size);
        const Result<CoapMessage, CoapFault> message = CoapMessage::parse(cut);
        if (message)
            QCOMPARE(written(*message), cut);
    }
}

void TestCoapMessage::findsCriticalOptionsItCannotServe_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("bad");
    const QByteArray a("a");
    QTest::newRow("path") << 11 << a << 1 << false;
    QTest::newRow("path twice") << 11 << a << 2 << false;
    QTest::newRow("path too long") << 11 << QByteArray(256, 'a') << 1 << true;
    QTest::newRow("host") << 3 << a << 1 << false;
    QTest::newRow("host twice") << 3 << a << 2 << true;
    QTest::newRow("host empty") << 3 << QByteArray() << 1 << true;
    QTest::newRow("unknown critical") << 9999 << QByteArray() << 1 << true;
    QTest::newRow("unknown elective") << 9998 << QByteArray() << 1 << false;
    QTest::newRow("known, not served here") << 35 << a << 1 << true;
}

void TestCoapMessage::findsCriticalOptionsItCannotServe()
{
    QFETCH(int, number);
    QFETCH(QByteArray, value);
    QFETCH(int, times);
    QFETCH(bool, bad);
    CoapBuilder builder(CoapType::Confirmable, CoapCode::Get, 1);
    for (int i = 0; i < times; ++i)
        builder.add(quint16(number), QByteArrayView(value));
    const auto found = parsed(builder.bytes()).badCriticalOption({Option::UriPath, Option::UriHost});
    QCOMPARE(found.has_value(), bad);
    if (bad)
        QCOMPARE(int(*found), number);
}

void TestCoapMessage::passesOverElectiveOptionsOfWrongLength()
{
    CoapBuilder builder(CoapType::Acknowledgement, CoapCode::Content, 1);
    builder.add(Option::MaxAge, QByteArrayView("\0\0\0\0\5", 5));
    QVERIFY(!parsed(builder.bytes()).number(Option::MaxAge));
}

void TestCoapMessage::comparesPathsWithoutJoiningThem()
{
    const auto at = [](const char *path) {
        return CoapBuilder(CoapType::Confirmable, CoapCode::Get, 1).path(path).bytes();
    };
    const QByteArray rd = at("rd"), key = at("rd/4521"), deep = at("rd/4521/x"), root = at("");
    QVERIFY(parsed(rd).isAt("rd") && !parsed(rd).isAt("r") && !parsed(rd).isAt("rdx") && !parsed(rd).isAt("rd/"));
    QVERIFY(parsed(key).isAt("rd/4521") && !parsed(key).isAt("rd") && !parsed(key).isAt("rd4521"));
    QVERIFY(parsed(root).isAt("") && !parsed(root).isAt("rd") && !parsed(rd).isAt(""));
    QVERIFY(!parsed(rd).childOf("rd") && !parsed(deep).childOf("rd") && !parsed(key).childOf("x"));
    const QByteArray slash =
        CoapBuilder(CoapType::Confirmable, CoapCode::Get, 1).add(Option::UriPath, QByteArrayView("rd/4521")).bytes();
    QVERIFY(!parsed(slash).isAt("rd/4521"));
}

void TestCoapMessage::sortsOptionsGivenInAnyOrder()
{
    CoapBuilder ordered(CoapType::Confirmable, CoapCode::Post, 7, "t");
    ordered.path("a/b").add(Option::ContentFormat, 42u).query("x", "1").query("y", "2").add(Option::Size1, 9u);
    CoapBuilder mixed(CoapType::Confirmable, CoapCode::Post, 7, "t");
    mixed.add(Option::Size1, 9u).query("x", "1").path("a/b").query("y", "2").add(Option::ContentFormat, 42u);
    QCOMPARE(mixed.payload("p").bytes().toHex(), ordered.payload("p").bytes().toHex());
}

void TestCoapMessage::writesEveryExtension_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("size");
    for (const int number : {0, 1, 12, 13, 14, 268, 269, 270, 9999, 65535}) {
        for (const int size : {0, 1, 12, 13, 14, 268, 269, 270, 65535})
            QTest::addRow("option %d of %d octets", number, size) << number << size;
    }
}

void TestCoapMessage::writesEveryExtension()
{
    QFETCH(int, number);
    QFETCH(int, size);
    const QByteArray value(size, 'v');
    const QByteArray octets =
        CoapBuilder(CoapType::NonConfirmable, CoapCode::Put, 1).add(quint16(number), QByteArrayView(value)).bytes();
    const CoapMessage message = parsed(octets);
    QVERIFY(message.isRequest());
    QCOMPARE(message.options().begin()->number, quint16(number));
    QCOMPARE(message.options().begin()->value.toByteArray(), value);
}

void TestCoapMessage::keepsWhatRandomMessagesSay()
{
    QRandomGenerator random(20261121);
    const auto octets = [&](int longest) {
        QByteArray value(random.bounded(longest + 1), Qt::Uninitialized);
        for (char &c : value)
            c = char(random.bounded(256));
        return value;
    };
    for (int round = 0; round < 20000; ++round) {
        const auto type = CoapType(random.bounded(2));
        const quint8 code = random.bounded(2) ? CoapCode::Post : CoapCode::Changed;
        const QByteArray token = octets(8);
        const QByteArray payload = octets(40);
        QVector<std::pair<quint16, QByteArray>> options;
        for (int i = random.bounded(6); i > 0; --i)
            options.append({quint16(random.bounded(random.bounded(2) ? 300 : 65536)), octets(random.bounded(2) ? 16 : 400)});
        CoapBuilder builder(type, code, quint16(round), token);
        for (const auto &[number, value] : options)
            builder.add(number, QByteArrayView(value));
        const QByteArray bytes = builder.payload(payload).bytes();
        const Result<CoapMessage, CoapFault> message = CoapMessage::parse(bytes);
        QVERIFY(message.ok());
        QVERIFY(message->type() == type && message->code() == code && message->messageId() == quint16(round));
        QVERIFY(message->token() == token && message->payload() == payload);
        std::stable_sort(options.begin(), options.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        qsizetype at = 0;
        for (const CoapOption &option : message->options()) {
            QVERIFY(at < options.size() && option.number == options[at].first && option.value == options[at].second);
            ++at;
        }
        QCOMPARE(at, options.size());
        QCOMPARE(written(*message), bytes);
    }
}

void TestCoapMessage::namesCodesAndFormats()
{
    QCOMPARE(coapCodeText(CoapCode::Changed), QByteArray("2.04"));
    QCOMPARE(coapCodeText(CoapCode::RequestEntityTooLarge), QByteArray("4.13"));
    QCOMPARE(coapMethodText(CoapCode::Delete), QByteArray("DELETE"));
    QCOMPARE(coapMethodText(8), QByteArray("0.08"));
    QCOMPARE(coapContentFormat("text/plain"), std::optional<quint16>(0));
    QCOMPARE(coapContentFormat("Text/Plain; charset=\"UTF-8\""), std::optional<quint16>(0));
    QCOMPARE(coapContentFormat("application/json"), std::optional<quint16>(50));
    QVERIFY(!coapContentFormat("text/plain; charset=latin1"));
    QVERIFY(!coapContentFormat("image/png"));
    QCOMPARE(coapContentType(11542), QByteArray("application/vnd.oma.lwm2m+tlv"));
    QVERIFY(coapContentType(7).isEmpty());
}

QTEST_GUILESS_MAIN(TestCoapMessage)
#include "tst_coapmessage.moc"
