// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/sdp.h"
#include "wire/sipmessage.h"

#include <QFile>
#include <QTest>

using namespace reveille;

namespace {

const QByteArray head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
const QByteArray media = "m=message 2855 TCP/MSRP *\r\n";
const QByteArray path = "a=path:msrp://192.0.2.1:2855/s1;tcp\r\n";

} // namespace

class TestSdp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAnOffer()
    {
        QFile file(testData(u"vectors/sip-invite-msrp.msg"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto invite = SipMessage::parse(file.readAll());
        QVERIFY(invite);
        const auto sdp = SdpMsrp::parse(invite->body());
        QVERIFY2(sdp, sdp ? "" : sdp.error().code);
        QCOMPARE(sdp->host, QByteArray("192.0.2.10"));
        QCOMPARE(sdp->port, quint16(2855));
        QVERIFY(!sdp->secure);
        QCOMPARE(sdp->path, QByteArrayList{"msrp://192.0.2.10:2855/s111271;tcp"});
        QCOMPARE(sdp->setup, SdpSetup::Active);
        QCOMPARE(sdp->direction, SdpDirection::SendOnly);
        QCOMPARE(sdp->maxSize, 1000000);
        QVERIFY(sdp->accepts("application/vnd.wap.mms-message; a=b"));
        QVERIFY(!sdp->accepts("text/plain"));
    }

    void readsBackWhatItWrites()
    {
        SdpMsrp sdp;
        sdp.id = 77;
        sdp.version = 3;
        sdp.host = "2001:db8::7";
        sdp.port = 2856;
        sdp.secure = true;
        sdp.path = {"msrps://[2001:db8::7]:2856/abc;tcp"};
        sdp.acceptTypes = {"text/plain", "image/*"};
        sdp.maxSize = 12345;
        sdp.setup = SdpSetup::ActPass;
        sdp.direction = SdpDirection::RecvOnly;
        sdp.fingerprint = "SHA-256 AB:CD";
        const auto again = SdpMsrp::parse(sdp.bytes());
        QVERIFY2(again, again ? "" : again.error().code);
        QCOMPARE(*again, sdp);
        QVERIFY(sdp.accepts("IMAGE/png"));
        QVERIFY(!sdp.accepts("imagex/png"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *code, const QByteArray &text) { QTest::newRow(code) << text; };
        row("sdp-too-long", head + QByteArray("a=x\r\n").repeated(SdpLimit::lines));
        row("sdp-line", head + "hello\r\n");
        row("sdp-version", "v=1\r\n");
        row("sdp-origin", "v=0\r\ns=-\r\n" + media + path);
        row("sdp-address", head + "c=IN IP4 a b\r\n");
        row("sdp-media-count", head + media + path + "m=audio 1 RTP/AVP 0\r\n");
        row("sdp-media", head + "m=message 1 TCP/BFCP *\r\n");
        row("sdp-port", head + "m=message 70000 TCP/MSRP *\r\n");
        row("sdp-path", head + media);
        row("sdp-types", head + media + path + "a=accept-types:nonsense\r\n");
        row("sdp-size", head + media + path + "a=max-size:-1\r\n");
        row("sdp-setup", head + media + path + "a=setup:sideways\r\n");
        row("msrp-uri-scheme", head + media + "a=path:http://x/\r\n");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        const auto sdp = SdpMsrp::parse(text);
        QVERIFY(!sdp);
        QCOMPARE(QByteArray(sdp.error().code), QByteArray(QTest::currentDataTag()));
    }

    void aRefusedStreamNeedsNoPath()
    {
        const auto sdp = SdpMsrp::parse(head + "m=message 0 TCP/MSRP *\r\n");
        QVERIFY(sdp);
        QCOMPARE(sdp->port, quint16(0));
    }

    void theAnswererTakesTheOtherRole()
    {
        QCOMPARE(sdpAnswerTo(SdpSetup::Active, SdpSetup::Active), SdpSetup::Passive);
        QCOMPARE(sdpAnswerTo(SdpSetup::Passive, SdpSetup::Passive), SdpSetup::Active);
        QCOMPARE(sdpAnswerTo(SdpSetup::None, SdpSetup::Active), SdpSetup::Passive);
        QCOMPARE(sdpAnswerTo(SdpSetup::ActPass, SdpSetup::Active), SdpSetup::Active);
    }
};

QTEST_GUILESS_MAIN(TestSdp)
#include "tst_sdp.moc"
