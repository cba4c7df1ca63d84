// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smscscene.h"
#include "wire/smppreceipt.h"
#include "wire/ussdtext.h"

using namespace reveille;
using namespace Qt::StringLiterals;

using C = SmppCommand;

/// What the phones behind the simulated SMSC get, and what it tells the other side of that.
class TestSmscDelivery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMessageReachesThePortThatItNames_data()
    {
        QTest::addColumn<int>("style");
        QTest::newRow("user data header") << 0;
        QTest::newRow("parameters") << 1;
        QTest::newRow("payload parameter") << 2;
    }
    void aMessageReachesThePortThatItNames()
    {
        QFETCH(int, style);
        SmscScene scene;
        SmscTerminal terminal = scene.terminal();
        const quint16 port = std::exchange(terminal.place.port, quint16(0));
        scene.smsc.setTerminal(terminal);
        SmppPdu pdu = style == 0   ? Esme::withHeader({SmsPorts{port, 9200}, {}, "payload"})
                      : style == 1 ? Esme::sms("payload")
                                   : Esme::sms("");
        if (style > 0)
            pdu.addNumber(SmppTag::destinationPort, 2, port);
        if (style == 2)
            pdu.tlvs.append({SmppTag::messagePayload, "payload"});
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, pdu), 0u);
        QTRY_COMPARE(scene.got, QVector<QByteArray>{"payload"});
        QCOMPARE(scene.told.last(u"to-terminal")[u"port"_s].toInt(), int(port));
        QCOMPARE(scene.told.last(u"submit")[u"port"_s].toInt(), int(port));
    }

    void partsArePutTogetherInAnyOrder_data()
    {
        QTest::addColumn<bool>("byHeader");
        QTest::newRow("user data header") << true;
        QTest::newRow("parameters") << false;
    }
    void partsArePutTogetherInAnyOrder()
    {
        QFETCH(bool, byHeader);
        SmscScene scene;
        Esme esme(scene.port());
        scene.bound(esme);
        const QVector<QByteArray> parts{"one ", "two ", "three"};
        for (const int at : {2, 0, 1}) {
            SmsUserData data{SmsPorts{}, SmsConcatenation{77, false, 3, quint8(at + 1)}, parts[at]};
            SmppPdu pdu = Esme::withHeader(data);
            if (!byHeader) {
                pdu = Esme::sms(parts[at]);
                pdu.addNumber(SmppTag::destinationPort, 2, 2948);
                pdu.addNumber(SmppTag::sarReference, 2, 77);
                pdu.addNumber(SmppTag::sarTotal, 1, 3);
                pdu.addNumber(SmppTag::sarSequence, 1, quint16(at + 1));
            }
            QCOMPARE(scene.submit(esme, pdu), 0u);
        }
        QTRY_COMPARE(scene.got, QVector<QByteArray>{"one two three"});
        QTRY_COMPARE(esme.count(C::DeliverSm), 3); // a receipt for each
    }

    void aPartLongerThanAnSmsCanNotBeDelivered()
    {
        SmscScene scene;
        Esme esme(scene.port());
        scene.bound(esme);
        const auto submitted = [&](quint8 sequence, qsizetype octets) {
            const SmsUserData part{SmsPorts{}, SmsConcatenation{78, false, 2, sequence},
                                   QByteArray(octets, 'x')};
            return scene.submit(esme, Esme::withHeader(part));
        };
        QCOMPARE(submitted(1, 150), 0u);
        QCOMPARE(scene.told.last(u"message-ended")[u"state"_s].toString(), u"UNDELIV"_s);
        QCOMPARE(submitted(2, 10), 0u);
        QVERIFY(scene.got.isEmpty());
        QCOMPARE(scene.told.count(u"to-terminal"), 0);
    }

    void receiptsComeInBothFormsAndNumberSystems_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<int>("ids");
        QTest::addColumn<int>("receiptIds");
        for (const int form : {0, 1, 2}) {
            QTest::addRow("form %d, hex", form) << form << 0 << 0;
            QTest::addRow("form %d, hex and decimal", form) << form << 0 << 1;
            QTest::addRow("form %d, decimal and hex", form) << form << 1 << 0;
        }
    }
    void receiptsComeInBothFormsAndNumberSystems()
    {
        QFETCH(int, form);
        QFETCH(int, ids);
        QFETCH(int, receiptIds);
        SmscSettings settings;
        settings.receiptForm = SmscReceiptForm(form);
        settings.ids = SmscIds(ids);
        settings.receiptIds = SmscIds(receiptIds);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        QTRY_COMPARE(esme.count(C::DeliverSm), 1);
        const SmppPdu delivered = esme.last(C::DeliverSm);
        const std::optional<SmppReceipt> receipt = readSmppReceipt(delivered);
        QVERIFY(receipt);
        QCOMPARE(receipt->state, SmppMessageState::Delivered);
        QCOMPARE(delivered.message->text.isEmpty(), form == 1);
        QCOMPARE(delivered.tlvs.isEmpty(), form == 0);
        QCOMPARE(delivered.message->source.digits, QByteArray("491701234567"));
        QCOMPARE(delivered.message->destination.digits, QByteArray("2948"));
        const QByteArray issued = esme.last(C::SubmitSmResp).id;
        QCOMPARE(smppIdForms(issued).contains(receipt->id), true);
        QCOMPARE(issued == receipt->id, ids == receiptIds);
    }

    void receiptsAreWhenAndHowOftenTheSettingSays_data()
    {
        QTest::addColumn<int>("receipts");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("first");
        QTest::newRow("after") << int(SmscReceipts::After) << 1 << false;
        QTest::newRow("before") << int(SmscReceipts::Before) << 1 << true;
        QTest::newRow("twice") << int(SmscReceipts::Twice) << 2 << false;
        QTest::newRow("none") << int(SmscReceipts::None) << 0 << false;
        QTest::newRow("foreign") << int(SmscReceipts::Foreign) << 1 << false;
    }
    void receiptsAreWhenAndHowOftenTheSettingSays()
    {
        QFETCH(int, receipts);
        QFETCH(int, count);
        QFETCH(bool, first);
        SmscSettings settings;
        settings.receipts = SmscReceipts(receipts);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        QTRY_COMPARE(scene.got.size(), 1);
        esme.ask(C::EnquireLink); // whatever it still has to say comes before the answer
        QTRY_COMPARE(esme.count(C::EnquireLinkResp), 1);
        QCOMPARE(esme.count(C::DeliverSm), count);
        QVector<C> order;
        for (const SmppPdu &pdu : esme.heard) {
            if (pdu.command == C::DeliverSm || pdu.command == C::SubmitSmResp)
                order.append(pdu.command);
        }
        QCOMPARE(order.first() == C::DeliverSm, first);
        if (receipts == int(SmscReceipts::Foreign))
            QVERIFY(!smppIdForms(esme.last(C::SubmitSmResp).id)
                         .contains(readSmppReceipt(esme.last(C::DeliverSm))->id));
    }

    void registeredDeliverySaysWhetherAReceiptIsWanted_data()
    {
        QTest::addColumn<int>("wanted");
        QTest::addColumn<bool>("known");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0 << true << 0;
        QTest::newRow("always, delivered") << 1 << true << 1;
        QTest::newRow("always, not delivered") << 1 << false << 1;
        QTest::newRow("failure, delivered") << 2 << true << 0;
        QTest::newRow("failure, not delivered") << 2 << false << 1;
    }
    void registeredDeliverySaysWhetherAReceiptIsWanted()
    {
        QFETCH(int, wanted);
        QFETCH(bool, known);
        QFETCH(int, count);
        SmscScene scene;
        Esme esme(scene.port());
        scene.bound(esme);
        SmppPdu pdu = Esme::sms("x", known ? "491701234567" : "491700000000");
        pdu.message->registeredDelivery = quint8(wanted);
        QCOMPARE(scene.submit(esme, pdu), 0u);
        QCOMPARE(scene.told.last(u"message-ended")[u"state"_s].toString(),
                 known ? u"DELIVRD"_s : u"UNDELIV"_s);
        esme.ask(C::EnquireLink);
        QTRY_COMPARE(esme.count(C::EnquireLinkResp), 1);
        QCOMPARE(esme.count(C::DeliverSm), count);
        if (count == 1 && !known)
            QCOMPARE(readSmppReceipt(esme.last(C::DeliverSm))->error, QByteArray("001"));
    }

    void aPhoneThatIsOffGetsItsMessagesWhenItIsBack()
    {
        SmscScene scene;
        scene.smsc.setTerminal(scene.terminal(false));
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("one")), 0u);
        QCOMPARE(scene.submit(esme, Esme::sms("two")), 0u);
        QCOMPARE(scene.told.count(u"message-waiting"), 2);
        QCOMPARE(scene.smsc.counters().messages, 2);
        scene.time.advance(Milliseconds(3'600'000));
        scene.smsc.setTerminal(scene.terminal());
        QTRY_COMPARE(scene.got, (QVector<QByteArray>{"one", "two"}));
        QCOMPARE(scene.smsc.counters().messages, 0);
    }

    void aMessageDoesNotWaitLongerThanItIsValid()
    {
        SmscScene scene;
        scene.smsc.setTerminal(scene.terminal(false));
        Esme esme(scene.port());
        scene.bound(esme);
        SmppPdu pdu = Esme::sms("x");
        pdu.message->validity = "000000000130000R";
        QCOMPARE(scene.submit(esme, pdu), 0u);
        scene.time.advance(Milliseconds(89'999));
        QCOMPARE(scene.told.count(u"message-ended"), 0);
        scene.time.advance(Milliseconds(1));
        QTRY_COMPARE(esme.count(C::DeliverSm), 1);
        QCOMPARE(readSmppReceipt(esme.last(C::DeliverSm))->state, SmppMessageState::Expired);
        scene.smsc.setTerminal(scene.terminal());
        QCOMPARE(scene.told.count(u"to-terminal"), 0);
    }

    void whatWaitsForAPhoneThatIsRemovedIsUndeliverable()
    {
        SmscScene scene;
        scene.smsc.setTerminal(scene.terminal(false));
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        QVERIFY(scene.smsc.removeTerminal(u"491701234567"_s));
        QVERIFY(!scene.smsc.removeTerminal(u"491701234567"_s));
        QTRY_COMPARE(esme.count(C::DeliverSm), 1);
        QCOMPARE(readSmppReceipt(esme.last(C::DeliverSm))->state, SmppMessageState::Undeliverable);
    }

    void delaysAreThoseOfTheSettings()
    {
        SmscSettings settings;
        settings.answerDelay = Milliseconds(100);
        settings.deliveryDelay = Milliseconds(200);
        settings.receiptDelay = Milliseconds(400);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        esme.say(Esme::sms("x"));
        QTRY_COMPARE(scene.told.count(u"submit"), 1);
        scene.time.advance(Milliseconds(99));
        esme.ask(C::EnquireLink);
        QTRY_COMPARE(esme.count(C::EnquireLinkResp), 1);
        QCOMPARE(esme.count(C::SubmitSmResp), 0);
        scene.time.advance(Milliseconds(1));
        QTRY_COMPARE(esme.count(C::SubmitSmResp), 1);
        scene.time.advance(Milliseconds(199));
        QCOMPARE(scene.told.count(u"to-terminal"), 0);
        scene.time.advance(Milliseconds(1));
        QCOMPARE(scene.told.count(u"to-terminal"), 1);
        scene.time.advance(Milliseconds(399));
        QCOMPARE(scene.told.count(u"delivery-sent"), 0);
        scene.time.advance(Milliseconds(1));
        QTRY_COMPARE(esme.count(C::DeliverSm), 1);
    }

    void receiptsGoToTheReceiverOfAPair()
    {
        SmscScene scene;
        Esme transmitter(scene.port()), receiver(scene.port());
        scene.bound(transmitter, C::BindTransmitter);
        scene.bound(receiver, C::BindReceiver);
        QCOMPARE(scene.submit(transmitter, Esme::sms("x")), 0u);
        QTRY_COMPARE(receiver.count(C::DeliverSm), 1);
        QCOMPARE(transmitter.count(C::DeliverSm), 0);
    }

    void receiptsWaitForSomebodyWhoReceives()
    {
        SmscScene scene;
        Esme transmitter(scene.port());
        scene.bound(transmitter, C::BindTransmitter);
        QCOMPARE(scene.submit(transmitter, Esme::sms("x")), 0u);
        QCOMPARE(scene.smsc.counters().deliveries, 1);
        Esme receiver(scene.port());
        scene.bound(receiver, C::BindReceiver);
        QTRY_COMPARE(receiver.count(C::DeliverSm), 1);
        QCOMPARE(scene.smsc.counters().deliveries, 0);
    }

    void unansweredReceiptsAreSentAgainOverTheNextSession()
    {
        SmscSettings settings;
        settings.window = 2;
        SmscScene scene(settings);
        Esme esme(scene.port());
        esme.answersDeliveries = false;
        scene.bound(esme);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        QTRY_COMPARE(esme.count(C::DeliverSm), 2); // no more than the window
        QCOMPARE(scene.smsc.counters().deliveries, 2);
        esme.socket.abort();
        QTRY_COMPARE(scene.told.last(u"disconnected")[u"unanswered"_s].toInt(), 2);
        Esme next(scene.port());
        scene.bound(next);
        QTRY_COMPARE(next.count(C::DeliverSm), 4);
        QTRY_COMPARE(scene.told.count(u"delivery-answered"), 4);
    }

    void aPhoneAnswersAUssdString_data()
    {
        QTest::addColumn<int>("ussd");
        QTest::addColumn<int>("operation");
        QTest::addColumn<int>("answer"); // 0: none
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("reached");
        QTest::newRow("confirmed") << int(SmscUssd::Confirm) << 2 << 18 << QByteArray("OK") << true;
        QTest::newRow("refused") << int(SmscUssd::Refuse) << 2 << 18 << QByteArray("NO") << true;
        QTest::newRow("notified") << int(SmscUssd::Confirm) << 3 << 19 << QByteArray() << true;
        QTest::newRow("busy") << int(SmscUssd::Busy) << 2 << 18 << QByteArray() << false;
        QTest::newRow("no answer") << int(SmscUssd::None) << 2 << 0 << QByteArray() << true;
    }
    void aPhoneAnswersAUssdString()
    {
        QFETCH(int, ussd);
        QFETCH(int, operation);
        QFETCH(int, answer);
        QFETCH(QByteArray, text);
        QFETCH(bool, reached);
        SmscSettings settings;
        settings.ussd = SmscUssd(ussd);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        SmppPdu pdu = Esme::ussd(encodeUssdPush("push", UssdForm::Base64), quint8(operation));
        pdu.addNumber(SmppTag::itsSessionInfo, 2, 0x0100);
        QCOMPARE(scene.submit(esme, pdu), 0u);
        QTRY_COMPARE(scene.told.count(u"message-ended"), 1);
        if (reached)
            QTRY_COMPARE(scene.got, QVector<QByteArray>{"push"});
        if (answer) {
            QTRY_COMPARE(esme.count(C::DeliverSm), 1);
            const SmppPdu delivered = esme.last(C::DeliverSm);
            QCOMPARE(delivered.message->serviceType, QByteArray("USSD"));
            QCOMPARE(delivered.number(SmppTag::ussdServiceOp, 1), std::optional<quint16>(answer));
            QCOMPARE(delivered.message->text, text);
            QCOMPARE(delivered.number(SmppTag::itsSessionInfo, 2), std::optional<quint16>(0x0102));
            QCOMPARE(delivered.tlv(SmppTag::networkErrorCode).has_value(), !reached);
        }
        QCOMPARE(scene.got.size(), reached ? 1 : 0);
    }

    void aPhoneHasOneUssdDialogueAtATime()
    {
        SmscSettings settings;
        settings.deliveryDelay = Milliseconds(1000);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::ussd("SIR:cHVzaA")), 0u);
        QCOMPARE(scene.submit(esme, Esme::ussd("SIR:cHVzaA")), 0u);
        QTRY_COMPARE(esme.count(C::DeliverSm), 1);
        QCOMPARE(esme.last(C::DeliverSm).tlv(SmppTag::networkErrorCode),
                 std::optional(QByteArray("\x03\x00\x48", 3)));
        scene.time.advance(Milliseconds(1000));
        QTRY_COMPARE(scene.got.size(), 1);
        QCOMPARE(scene.submit(esme, Esme::ussd("SIR:cHVzaA")), 0u);
        scene.time.advance(Milliseconds(1000));
        QTRY_COMPARE(scene.got.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSmscDelivery)
#include "tst_smscdelivery.moc"
