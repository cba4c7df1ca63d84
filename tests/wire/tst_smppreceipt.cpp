// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/smppreceipt.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SmppPdu delivery(const QByteArray &text, quint8 esmClass = smppEsmReceipt)
{
    SmppPdu pdu{SmppCommand::DeliverSm, 0, 1, {}, SmppShortMessage(), {}, {}};
    pdu.message->esmClass = esmClass;
    pdu.message->text = text;
    return pdu;
}

} // namespace

class TestSmppReceipt : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheVector()
    {
        const auto receipt = readSmppReceipt(*decodeSmpp(vectorOctets(u"smpp-deliver-sm-receipt"_s)));
        QVERIFY(receipt.has_value());
        QCOMPARE(receipt->id, "4f8a12c0"_ba);
        QCOMPARE(receipt->state, SmppMessageState::Delivered);
        QCOMPARE(receipt->error, "000"_ba);
        QVERIFY(receipt->done.isValid());
    }
    void readsTextsAsTheyAreFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<SmppMessageState>("state");
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QDateTime>("done");
        const QDateTime minutes(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
        QTest::newRow("as the book has it")
            << "id:1234567890 sub:001 dlvrd:001 submit date:2611281159 done date:2611281200 stat:DELIVRD err:000 text:Hello"_ba
            << "1234567890"_ba << SmppMessageState::Delivered << "000"_ba << minutes;
        QTest::newRow("seconds")
            << "id:a sub:001 dlvrd:000 submit date:261128115900 done date:261128120000 stat:EXPIRED err:027 text:"_ba
            << "a"_ba << SmppMessageState::Expired << "027"_ba << minutes;
        QTest::newRow("capitals, other order")
            << "STAT:UNDELIV ID:C0FFEE ERR:0x1F"_ba
            << "C0FFEE"_ba << SmppMessageState::Undeliverable << "0x1F"_ba << QDateTime();
        QTest::newRow("spaces behind the colon")
            << "id: 7 stat: REJECTD"_ba
            << "7"_ba << SmppMessageState::Rejected << QByteArray() << QDateTime();
        QTest::newRow("state in full")
            << "id:7 stat:DELIVERED"_ba
            << "7"_ba << SmppMessageState::Delivered << QByteArray() << QDateTime();
        QTest::newRow("capital T, keys in the text")
            << "id:7 stat:DELIVRD Text:id:9 stat:EXPIRED"_ba
            << "7"_ba << SmppMessageState::Delivered << QByteArray() << QDateTime();
        QTest::newRow("a key inside a word")
            << "msgid:9 id:7 xstat:EXPIRED stat:ACCEPTD"_ba
            << "7"_ba << SmppMessageState::Accepted << QByteArray() << QDateTime();
        QTest::newRow("a date that is none")
            << "id:7 done date:2613991200 stat:UNKNOWN"_ba
            << "7"_ba << SmppMessageState::Unknown << QByteArray() << QDateTime();
    }
    void readsTextsAsTheyAreFound()
    {
        QFETCH(QByteArray, text);
        const auto receipt = readSmppReceiptText(text);
        QVERIFY(receipt.has_value());
        QTEST(receipt->id, "id");
        QTEST(receipt->state, "state");
        QTEST(receipt->error, "error");
        QTEST(receipt->done, "done");
    }
    void whatIsNoReceiptIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << "Good morning"_ba;
        QTest::newRow("no state") << "id:7 sub:001"_ba;
        QTest::newRow("no id") << "stat:DELIVRD"_ba;
        QTest::newRow("a state that is none") << "id:7 stat:WHATEVER"_ba;
        QTest::newRow("only inside the text") << "x text:id:7 stat:DELIVRD"_ba;
    }
    void whatIsNoReceiptIsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!readSmppReceiptText(text));
    }
    void aMessageFromATerminalIsNone()
    {
        QVERIFY(!readSmppReceipt(delivery("id:7 stat:DELIVRD", 0)));
        QVERIFY(readSmppReceipt(delivery("id:7 stat:DELIVRD")));
    }
    void parametersWinOverTheText()
    {
        SmppPdu pdu = delivery("id:7 stat:EXPIRED");
        pdu.tlvs = {{SmppTag::receiptedMessageId, QByteArray("abc\0", 4)}, {SmppTag::messageState, "\2"}};
        QCOMPARE(readSmppReceipt(pdu)->id, "abc"_ba);
        QCOMPARE(readSmppReceipt(pdu)->state, SmppMessageState::Delivered);
        pdu.message->text.clear();
        pdu.tlvs.append({SmppTag::networkErrorCode, QByteArray("\3\0\x48", 3)});
        QCOMPARE(readSmppReceipt(pdu)->error, "72"_ba);
        pdu.tlvs[1].value = "\x63"; // no state: and then there is none
        QVERIFY(!readSmppReceipt(pdu));
    }
    void aTextMayStandInThePayload()
    {
        SmppPdu pdu = delivery({});
        pdu.tlvs = {{SmppTag::messagePayload, "id:7 stat:DELIVRD"}};
        QCOMPARE(readSmppReceipt(pdu)->id, "7"_ba);
    }
    void idsAreKnownInBothBases_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QList<QByteArray>>("forms");
        QTest::newRow("hexadecimal") << "4F8A12C0"_ba << QList<QByteArray>{"4f8a12c0", "1334448832"};
        QTest::newRow("decimal") << "0001334448832"_ba
                                 << QList<QByteArray>{"1334448832", "82481285170", "4f8a12c0"};
        QTest::newRow("a name") << "msg-1"_ba << QList<QByteArray>{"msg-1"};
        QTest::newRow("too long for a number")
            << "0123456789abcdef01234"_ba << QList<QByteArray>{"123456789abcdef01234"};
        QTest::newRow("zero") << "000"_ba << QList<QByteArray>{"0", "0", "0"};
    }
    void idsAreKnownInBothBases()
    {
        QFETCH(QByteArray, id);
        QTEST(smppIdForms(id), "forms");
    }
    void statusesSayWhatToDo()
    {
        QCOMPARE(smppReaction(0x00), SmppReaction::Done);
        QCOMPARE(smppReaction(0x58), SmppReaction::Throttle);
        QCOMPARE(smppReaction(0x14), SmppReaction::Throttle);
        QCOMPARE(smppReaction(0x08), SmppReaction::Retry);
        QCOMPARE(smppReaction(0x0b), SmppReaction::Permanent);
        QCOMPARE(smppReaction(0x0e), SmppReaction::Configuration);
        QCOMPARE(smppReaction(0xc3), SmppReaction::Permanent);
        QCOMPARE(smppReaction(0x04), SmppReaction::Rebind);
        QCOMPARE(smppReaction(0x410), SmppReaction::Retry);
        QCOMPARE(smppStatusCode(0x58), "throttled");
        QCOMPARE(smppStatusCode(0xc3), "message-refused");
        QCOMPARE(smppStatusCode(0x410), "smsc-own-error");
    }
};

QTEST_GUILESS_MAIN(TestSmppReceipt)
#include "tst_smppreceipt.moc"
