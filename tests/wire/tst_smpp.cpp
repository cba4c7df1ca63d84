// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/smpp.h"
#include "wire/smsuserdata.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SmppPdu read(const char *name)
{
    const Result<SmppPdu> pdu = decodeSmpp(vectorOctets(QString::fromLatin1(name)));
    return pdu.ok() ? *pdu : SmppPdu();
}

QByteArray withLength(QByteArray pdu)
{
    const quint32 size = quint32(pdu.size());
    for (int i = 0; i < 4; ++i)
        pdu[i] = char(size >> (24 - 8 * i));
    return pdu;
}

} // namespace

class TestSmpp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesTheVectors_data()
    {
        QTest::addColumn<quint32>("command");
        QTest::addColumn<quint32>("status");
        const auto row = [](const char *name, SmppCommand command, quint32 status = 0) {
            QTest::newRow(name) << quint32(command) << status;
        };
        row("smpp-bind-transceiver", SmppCommand::BindTransceiver);
        row("smpp-bind-transceiver-resp", SmppCommand::BindTransceiverResp);
        row("smpp-enquire-link", SmppCommand::EnquireLink);
        row("smpp-enquire-link-resp", SmppCommand::EnquireLinkResp);
        row("smpp-submit-sm-sir", SmppCommand::SubmitSm);
        row("smpp-submit-sm-sir-tlvports", SmppCommand::SubmitSm);
        row("smpp-submit-sm-ussd-ussr", SmppCommand::SubmitSm);
        row("smpp-submit-sm-ussd-ussn", SmppCommand::SubmitSm);
        row("smpp-submit-sm-resp", SmppCommand::SubmitSmResp);
        row("smpp-submit-sm-resp-throttled", SmppCommand::SubmitSmResp, 0x58);
        row("smpp-submit-sm-resp-queuefull", SmppCommand::SubmitSmResp, 0x14);
        row("smpp-generic-nack", SmppCommand::GenericNack, 0x03);
        row("smpp-deliver-sm-receipt", SmppCommand::DeliverSm);
        row("smpp-deliver-sm-resp", SmppCommand::DeliverSmResp);
        row("smpp-unbind", SmppCommand::Unbind);
    }
    void readsAndWritesTheVectors()
    {
        QFETCH(quint32, command);
        QFETCH(quint32, status);
        const QByteArray octets = vectorOctets(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!octets.isEmpty());
        QCOMPARE(*smppPduLength(octets), octets.size());
        QCOMPARE(smppHeader(octets).command, command);
        const Result<SmppPdu> pdu = decodeSmpp(octets);
        QVERIFY2(pdu.ok(), pdu.ok() ? "" : pdu.error().code);
        QCOMPARE(quint32(pdu->command), command);
        QCOMPARE(pdu->status, status);
        QVERIFY(pdu->sequence > 0);
        const Result<QByteArray> written = encodeSmpp(*pdu);
        QVERIFY(written.ok());
        if (octets.size() == smppHeaderSize && status && command != quint32(SmppCommand::GenericNack))
            QCOMPARE(*decodeSmpp(*written), *pdu); // without a body there, with an empty id here
        else
            QCOMPARE(written->toHex(), octets.toHex());
    }
    void aSirStandsInTheShortMessage()
    {
        const SmppPdu pdu = read("smpp-submit-sm-sir");
        QCOMPARE(pdu.message->destination, (SmppAddress{1, 1, "358408201681"}));
        QCOMPARE(pdu.message->source, (SmppAddress{5, 0, "2948"}));
        QCOMPARE(pdu.message->esmClass, smppEsmUserDataHeader);
        QCOMPARE(pdu.message->dataCoding, quint8(0xf5));
        QCOMPARE(pdu.message->text, vectorOctets(u"sms-ud-sir"_s));
    }
    void portsStandInParameters()
    {
        const SmppPdu pdu = read("smpp-submit-sm-sir-tlvports");
        QCOMPARE(pdu.number(SmppTag::destinationPort, 2), std::optional<quint16>(2948));
        QCOMPARE(pdu.number(SmppTag::sourcePort, 2), std::optional<quint16>(9200));
        QCOMPARE(pdu.number(SmppTag::destinationPort, 1), std::nullopt);
        QCOMPARE(*pdu.tlv(SmppTag::messagePayload), withoutUserDataHeader(vectorOctets(u"sms-ud-sir"_s)));
    }
    void ussdSaysItsOperation()
    {
        QCOMPARE(read("smpp-submit-sm-ussd-ussr").number(SmppTag::ussdServiceOp, 1),
                 std::optional<quint16>(2));
        QCOMPARE(read("smpp-submit-sm-ussd-ussn").number(SmppTag::ussdServiceOp, 1),
                 std::optional<quint16>(3));
        QCOMPARE(read("smpp-submit-sm-ussd-ussr").message->serviceType, "USSD"_ba);
    }
    void aBindNamesItself()
    {
        const SmppPdu pdu = read("smpp-bind-transceiver");
        QCOMPARE(pdu.bind->systemId, "ppg1"_ba);
        QCOMPARE(pdu.bind->password, "secret"_ba);
        QCOMPARE(pdu.bind->interfaceVersion, quint8(0x34));
        QCOMPARE(read("smpp-submit-sm-resp").id, "4f8a12c0"_ba);
    }
    void aStreamIsCutAtItsLengths()
    {
        const QByteArray one = vectorOctets(u"smpp-submit-sm-sir"_s);
        const QByteArray stream = one + vectorOctets(u"smpp-enquire-link"_s);
        for (qsizetype size = 0; size < one.size(); ++size)
            QCOMPARE(*smppPduLength(QByteArrayView(stream).first(size)), qsizetype(0));
        QCOMPARE(*smppPduLength(stream), one.size());
        QCOMPARE(*smppPduLength(QByteArrayView(stream).sliced(one.size())), smppHeaderSize);
        for (const char *length : {"00000000", "0000000f", "00011171", "ffffffff"})
            QCOMPARE(smppPduLength(QByteArray::fromHex(length)).error().code, "smpp-length");
    }
    void everyCutIsRefused_data()
    {
        QTest::addColumn<QByteArray>("octets");
        for (const char *name : {"smpp-bind-transceiver", "smpp-submit-sm-sir", "smpp-submit-sm-sir-tlvports",
                                 "smpp-deliver-sm-receipt", "smpp-submit-sm-resp"})
            QTest::newRow(name) << vectorOctets(QString::fromLatin1(name));
    }
    void everyCutIsRefused()
    {
        QFETCH(QByteArray, octets);
        QSet<qsizetype> whole; // where parameters end, the rest is a whole PDU
        for (qsizetype size = 0; size < octets.size(); ++size) {
            QCOMPARE(decodeSmpp(octets.first(size)).ok(), false);
            if (size >= smppHeaderSize && decodeSmpp(withLength(octets.first(size))).ok())
                whole.insert(size);
        }
        QVERIFY2(whole.size() <= 4, qPrintable(QString::number(whole.size())));
    }
    void hostileBodiesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("about");
        const QByteArray head = QByteArray::fromHex("00000000"
                                                    "00000005"
                                                    "00000000"
                                                    "00000001");
        const QByteArray sender = QByteArray("\0\1\1"
                                             "4917012345678",
                                             16) +
                                  '\0';
        const QByteArray rest = QByteArray("\1\1"
                                           "2948\0\4\0\0\0\0\1\0\0\0",
                                           16);
        QTest::newRow("service type too long") << head + QByteArray("SEVENCH\0", 8) + QByteArray(30, '\0')
                                               << "smpp-body"_ba << u"service_type"_s;
        QTest::newRow("address without end")
            << head + QByteArray("\0\1\1", 3) + QByteArray(40, '4') << "smpp-body"_ba << u"source_addr"_s;
        QTest::newRow("message longer than the PDU") << head + sender + rest + "\xf0short"_ba
                                                     << "smpp-body"_ba << u"short_message"_s;
        QTest::newRow("sm_length 255")
            << head + sender + rest + '\xff' + QByteArray(255, 'x') << "smpp-body"_ba << u"short_message"_s;
        QTest::newRow("parameter past the end")
            << head + sender + rest + QByteArray("\0\x04\x27\x00\x02\x01", 6) << "smpp-tlv"_ba << u"0x0427"_s;
        QTest::newRow("half a parameter")
            << head + sender + rest + QByteArray("\0\x04\x27\x00", 4) << "smpp-tlv"_ba << u"0x0427"_s;
        QTest::newRow("data_sm") << QByteArray::fromHex("00000000000001030000000000000001")
                                 << "smpp-command"_ba << u"0x00000103"_s;
        QTest::newRow("unbind with a body") << QByteArray::fromHex("0000000000000006000000000000000100")
                                            << "smpp-body"_ba << u"command_length"_s;
        QTest::newRow("good response without id")
            << QByteArray::fromHex("00000000800000040000000000000001") << "smpp-body"_ba << u"message_id"_s;
    }
    void hostileBodiesAreNamed()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, code);
        QFETCH(QString, about);
        const Result<SmppPdu> pdu = decodeSmpp(withLength(octets));
        QVERIFY(!pdu.ok());
        QCOMPARE(QByteArray(pdu.error().code), code);
        QCOMPARE(pdu.error().about, about);
    }
    void responsesMayHaveParameters()
    {
        SmppPdu pdu{SmppCommand::SubmitSmResp, 0, 7, {}, {}, "1", {}};
        pdu.tlvs.append({0x0420, "\1"});
        pdu.tlvs.append({0x1400, QByteArray(5000, 'v')}); // more than the library's own list holds
        QCOMPARE(*decodeSmpp(*encodeSmpp(pdu)), pdu);
    }
    void sequenceNumbersOfAnyKindAreRead()
    {
        for (const quint32 sequence : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
            const SmppPdu pdu{SmppCommand::DeliverSmResp, 0, sequence, {}, {}, {}, {}};
            QCOMPARE(decodeSmpp(*encodeSmpp(pdu))->sequence, sequence);
        }
    }
    void whatDoesNotFitIsNotWritten_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("password") << u"password"_s;
        QTest::newRow("source_addr") << u"source_addr"_s;
        QTest::newRow("short_message") << u"short_message"_s;
        QTest::newRow("message_id") << u"message_id"_s;
    }
    void whatDoesNotFitIsNotWritten()
    {
        QFETCH(QString, field);
        SmppPdu pdu;
        if (field == u"password"_s) {
            pdu.command = SmppCommand::BindTransceiver;
            pdu.bind = SmppBind{"ppg", "ninechars", {}, 0x34, {}};
        } else if (field == u"message_id"_s) {
            pdu.command = SmppCommand::SubmitSmResp;
            pdu.id = QByteArray(65, '1');
        } else {
            pdu.command = SmppCommand::SubmitSm;
            pdu.message = SmppShortMessage();
            if (field == u"source_addr"_s)
                pdu.message->source.digits = "with\0zero"_ba.append('\0');
            else
                pdu.message->text = QByteArray(254, 'x');
        }
        const Result<QByteArray> written = encodeSmpp(pdu);
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, "smpp-field");
        QCOMPARE(written.error().about, field);
    }
    void aKindOfNumberThatThereIsNotIsRefused()
    {
        QByteArray octets = vectorOctets(u"smpp-submit-sm-sir"_s);
        octets[smppHeaderSize + 4] = 7; // source_addr_ton, behind "WAP"
        QCOMPARE(decodeSmpp(octets).error().code, "smpp-library");
    }
    void aFullMessageIsKept()
    {
        SmppPdu pdu{SmppCommand::DeliverSm, 0, 1, {}, SmppShortMessage(), {}, {}};
        pdu.message->text = QByteArray(smppTextLimit, '\0');
        pdu.message->validity = "000000010000000R"; // some SMSCs say one in deliver_sm too
        QCOMPARE(*decodeSmpp(*encodeSmpp(pdu)), pdu);
    }
};

QTEST_GUILESS_MAIN(TestSmpp)
#include "tst_smpp.moc"
