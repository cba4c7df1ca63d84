// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wsp.h"

#include <QDataStream>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr quint16 pushServerPort = 9200;
constexpr quint16 pushClientPort = 2948;

/// A capture file of one raw IPv4 packet with one UDP datagram.
QByteArray capture(const QByteArray &payload)
{
    const quint16 udpSize = quint16(8 + payload.size());
    QByteArray file;
    QDataStream out(&file, QIODevice::WriteOnly);
    constexpr quint32 linkTypeRawIp = 101;
    out << quint32(0xa1b2c3d4) << quint16(2) << quint16(4) << quint32(0) << quint32(0) << quint32(65535)
        << linkTypeRawIp;
    out << quint32(0) << quint32(0) << quint32(20 + udpSize) << quint32(20 + udpSize);
    out << quint16(0x4500) << quint16(20 + udpSize) << quint32(0) << quint8(64) << quint8(17) << quint16(0)
        << quint32(0xc0000201) << quint32(0xc0000202);
    out << pushServerPort << pushClientPort << udpSize << quint16(0);
    return file + payload;
}

/// What the dissector prints of it; empty where it fails.
QString dissected(const QByteArray &payload)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"push.pcap"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(capture(payload)) < 0)
        return {};
    file.close();
    QProcess tshark;
    tshark.start(QStringLiteral(TSHARK_PROGRAM),
                 {u"-n"_s, u"-V"_s, u"-r"_s, file.fileName(), u"-d"_s, u"udp.port==2948,wsp"_s});
    if (!tshark.waitForFinished(30000) || tshark.exitCode() != 0)
        return {};
    return QString::fromUtf8(tshark.readAllStandardOutput());
}

SessionRequest request(int version)
{
    SessionRequest sir;
    sir.version = version;
    sir.applications = {{ApplicationId::Kind::Number, 2, {}}, {ApplicationId::Kind::Number, 4, {}}};
    sir.contactPoints = {{quint8(0x0b), quint16(4035), QByteArray::fromHex("c000020a")}};
    sir.protocolOptions = {1};
    sir.provUrl = "http://ppg.example.net/prov";
    sir.cpiTags = {QByteArray::fromHex("a1b2c3d4")};
    sir.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    sir.user = *PublicUserId::parse(u"sip:alice@lab.example");
    sir.requests = SirRequest::Capability;
    sir.gateway = u"sip:192.0.2.10:5060;transport=udp"_s;
    sir.time = {1795200000000};
    sir.nonce = QByteArray::fromHex("deadbeef");
    return sir;
}

} // namespace

/// What we write, read by an independent program.
class TestWspDissector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsPushesAsWeMeanThem_data();
    void readsPushesAsWeMeanThem();
    void marksWhatIsBroken();
};

void TestWspDissector::readsPushesAsWeMeanThem_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QStringList>("lines");
    const QStringList body{u"Accept-Application: x-wap-application:wml.ua"_s,
                           u"Accept-Application: x-wap-application:mms.ua"_s,
                           u"Bearer Type: GSM GPRS (0x0b)"_s,
                           u"IPv4 Address: 192.0.2.10"_s,
                           u"Protocol Options: OTA-HTTP, CPITag present (1)"_s,
                           u"X-Wap-ProvURL: http://ppg.example.net/prov"_s,
                           u"CPITag List Entries: 1"_s};
    for (int version : {0, 1, 2}) {
        WspPush push;
        push.transactionId = 0x2a;
        push.applicationId = 1;
        push.data = encodeSir(request(version), "secret");
        const QStringList lines = version == 0 ? body.first(2) : body;
        QTest::addRow("version %d", version)
            << encodeWspPush(push) << lines + QStringList{u"Version: %1"_s.arg(version)};
        setDeviceHeader(push, request(2).device);
        QTest::addRow("version %d, identity in header", version)
            << encodeWspPush(push)
            << lines + QStringList{u"x-reveille-device: urn:uuid:f81d4fae-7dec-11d0-a765"_s};
        push.otherHeaders.clear();
        setDeviceParameter(push, request(2).device);
        push.pushFlag = 4;
        QTest::addRow("version %d, identity in header value", version)
            << encodeWspPush(push)
            << lines + QStringList{u"device=urn:uuid:f81d4fae-7dec-11d0-a765"_s, u"Push-Flag"_s};
    }
}

void TestWspDissector::readsPushesAsWeMeanThem()
{
    QFETCH(QByteArray, payload);
    QFETCH(QStringList, lines);
    const QString text = dissected(payload);
    QVERIFY2(text.contains("Wireless Session Protocol"_L1), qPrintable(text));
    QVERIFY2(!text.contains("Malformed"_L1, Qt::CaseInsensitive), qPrintable(text));
    for (const QString &expected :
         lines + QStringList{u"application/vnd.wap.sia"_s, u"x-wap-application:push.sia"_s,
                             u"Session Initiation Request"_s})
        QVERIFY2(text.contains(expected, Qt::CaseInsensitive),
                 qPrintable(expected + u"\n"_s + text.mid(text.indexOf("Wireless"_L1), 3000)));
}

void TestWspDissector::marksWhatIsBroken()
{
    WspPush push;
    push.applicationId = 1;
    push.data = QByteArray::fromHex("01 0a b2");
    QVERIFY(dissected(encodeWspPush(push)).contains("Malformed"_L1));
}

QTEST_GUILESS_MAIN(TestWspDissector)
#include "tst_wspdissector.moc"
