// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientmsrpcalls.h"
#include "wire/sipbuilder.h"

#include <QTcpServer>
#include <QTest>
#include <QUdpSocket>

#include <algorithm>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A server of SIP and MSRP played by the test, and the device's calls behind a real flow.
class Stage {
public:
    explicit Stage(qint64 maxMessage = 100000)
    {
        sip.bind(QHostAddress::LocalHost);
        (void)msrp.listen(QHostAddress::LocalHost);
        settings.user = *PublicUserId::parse(u"sip:alice@lab.example"_s);
        settings.maxMessage = maxMessage;
        settings.t1 = Milliseconds(50);
        flow = std::make_unique<ClientFlow>(FlowPeer{QHostAddress(QHostAddress::LocalHost), sip.localPort(), ClientTransport::Udp}, FlowSecurity());
        requester = std::make_unique<ClientRequester>(settings.t1, Milliseconds(2000));
        calls = std::make_unique<ClientMsrpCalls>(settings, inbox, *requester);
        QObject::connect(flow.get(), &ClientFlow::received, calls.get(), [this](const SipMessage &message) {
            if (message.isResponse()) {
                if (!requester->take(message))
                    calls->takeAgain(flow.get(), message);
            } else if (!calls->take(flow.get(), message)) {
                ++untaken;
            }
        });
        QObject::connect(calls.get(), &ClientMsrpCalls::pushReceived, calls.get(), [this](const ReceivedPush &push) { pushes.append(push); });
        QObject::connect(calls.get(), &ClientMsrpCalls::happened, calls.get(), [this](const QString &code, const QJsonObject &) { events.append(code); });
        (void)flow->open(QHostAddress::LocalHost);
    }
    void send(const QByteArray &octets) { sip.writeDatagram(octets, QHostAddress::LocalHost, flow->localPort()); }
    std::optional<SipMessage> receive()
    {
        if (!QTest::qWaitFor([this] { return sip.hasPendingDatagrams(); }, 3000))
            return std::nullopt;
        QByteArray datagram(sip.pendingDatagramSize(), Qt::Uninitialized);
        sip.readDatagram(datagram.data(), datagram.size());
        const auto message = SipMessage::parse(datagram);
        return message ? std::optional(*message) : std::nullopt;
    }
    /// Everything that comes until a message is found; not set after 3 s.
    template <typename Wanted>
    std::optional<SipMessage> receiveUntil(Wanted wanted)
    {
        for (int i = 0; i < 50; ++i) {
            const auto message = receive();
            if (!message || wanted(*message))
                return message;
        }
        return std::nullopt;
    }
    SdpMsrp offer(const QByteArray &host = "127.0.0.1") const
    {
        SdpMsrp sdp;
        sdp.host = host;
        sdp.port = msrp.serverPort();
        sdp.path = {"msrp://" + host + ':' + QByteArray::number(msrp.serverPort()) + "/server1;tcp"};
        sdp.setup = SdpSetup::ActPass;
        sdp.direction = SdpDirection::SendOnly;
        return sdp;
    }
    QByteArray request(const QByteArray &method, quint32 cseq, const QByteArray &body = {}, const QByteArray &callId = "call1")
    {
        SipRequest request(method, "sip:alice@127.0.0.1");
        request.via("UDP", "127.0.0.1", sip.localPort(), newSipBranch()).from("sip:reveille@lab.example", "server").to("sip:alice@lab.example", method == "INVITE" && cseq == 1 ? QByteArray() : toTag).callId(callId).cseq(cseq);
        request.header("Contact", "<sip:reveille@127.0.0.1>");
        if (method == "INVITE")
            request.header("Session-Expires", "1800").header("Supported", "timer");
        if (!body.isEmpty())
            request.body("application/sdp", body);
        return request.bytes();
    }
    bool establish()
    {
        send(request("INVITE", 1, offer().bytes()));
        const auto answer = receive();
        if (!answer || answer->statusCode() != 200)
            return false;
        toTag = answer->toTag();
        const auto sdp = SdpMsrp::parse(answer->body());
        devicePath = sdp ? sdp->path.value(0) : QByteArray();
        send(request("ACK", 1));
        return accept();
    }
    bool accept()
    {
        if (!QTest::qWaitFor([this] { return msrp.hasPendingConnections(); }, 3000))
            return false;
        socket = msrp.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this] { read(); });
        read();
        return QTest::qWaitFor([this] { return !heads.isEmpty(); }, 3000);
    }
    MsrpHead sendHead(const QByteArray &push) const
    {
        MsrpHead head;
        head.transaction = newMsrpId();
        head.method = "SEND";
        head.toPath = {devicePath};
        head.fromPath = offer().path;
        head.messageId = "message-" + push;
        head.successReport = true;
        head.others = {{"X-Reveille-Push", push}, {"X-Wap-Application-Id", "mms.ua"}};
        head.contentType = "text/plain";
        return head;
    }
    void chunk(MsrpHead head, const QByteArray &body, qint64 from, qint64 to, MsrpEnd end)
    {
        head.transaction = newMsrpId();
        head.byteRange = MsrpByteRange{from, to, body.size()};
        socket->write(head.message(QByteArrayView(body).sliced(from - 1, to - from + 1), end));
    }
    QVector<int> statuses() const
    {
        QVector<int> result;
        for (const MsrpHead &head : heads) {
            if (head.isResponse())
                result.append(head.status);
        }
        return result;
    }
    int reports() const
    {
        return int(std::count_if(heads.begin(), heads.end(), [](const MsrpHead &head) { return head.method == "REPORT" && head.reportStatus == 200; }));
    }

    PushClientSettings settings;
    PushInbox inbox;
    QUdpSocket sip;
    QTcpServer msrp;
    std::unique_ptr<ClientFlow> flow;
    std::unique_ptr<ClientRequester> requester;
    std::unique_ptr<ClientMsrpCalls> calls;
    QTcpSocket *socket = nullptr;
    QVector<MsrpHead> heads;
    QVector<ReceivedPush> pushes;
    QStringList events;
    QByteArray toTag, devicePath;
    int untaken = 0;

private:
    void read()
    {
        m_parser.append(socket->readAll());
        for (MsrpParser::Item item = m_parser.next(); item.event != MsrpParser::Event::Incomplete; item = m_parser.next()) {
            QVERIFY(item.event != MsrpParser::Event::Failed);
            if (item.event == MsrpParser::Event::Head)
                heads.append(item.head);
        }
    }
    MsrpParser m_parser;
};

} // namespace

class TestClientMsrp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chunksBecomeAPush()
    {
        Stage stage;
        QVERIFY(stage.establish());
        QCOMPARE(stage.heads.first().method, QByteArray("SEND"));
        QVERIFY(stage.heads.first().contentType.isEmpty());
        const QByteArray body = QByteArray("0123456789").repeated(500);
        stage.chunk(stage.sendHead("p-1"), body, 1, 2048, MsrpEnd::More);
        stage.chunk(stage.sendHead("p-1"), body, 2049, 5000, MsrpEnd::Complete);
        QTRY_COMPARE(stage.pushes.size(), 1);
        QCOMPARE(stage.pushes[0].body, body);
        QCOMPARE(stage.pushes[0].id, u"p-1"_s);
        QCOMPARE(stage.pushes[0].application, u"mms.ua"_s);
        QTRY_COMPARE(stage.statuses(), (QVector<int>{200, 200}));
        QTRY_COMPARE(stage.reports(), 1);
        // the same again, as after a lost report
        stage.chunk(stage.sendHead("p-1"), body, 1, 5000, MsrpEnd::Complete);
        QTRY_COMPARE(stage.pushes.size(), 2);
        QVERIFY(stage.pushes[1].duplicate);
        QTRY_COMPARE(stage.reports(), 2);
        stage.send(stage.request("BYE", 2));
        const auto answer = stage.receive();
        QVERIFY(answer);
        QCOMPARE(answer->statusCode(), 200);
        QTRY_COMPARE(stage.events, (QStringList{u"session-opened"_s, u"session-closed"_s}));
    }

    void whoeverClosesOnAPushGetsNoOther()
    {
        Stage stage;
        QVERIFY(stage.establish());
        QObject::connect(stage.calls.get(), &ClientMsrpCalls::pushReceived, stage.calls.get(), [&] { stage.calls->close(); });
        const QByteArray body(1000, 'x');
        QByteArray both;
        for (const char *push : {"p-1", "p-2"}) {
            MsrpHead head = stage.sendHead(push);
            head.byteRange = MsrpByteRange{1, body.size(), body.size()};
            both += head.message(body, MsrpEnd::Complete);
        }
        stage.socket->write(both);
        QTRY_COMPARE(stage.socket->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(stage.pushes.size(), 1);
        QCOMPARE(stage.calls->size(), 0);
        QTRY_COMPARE(stage.statuses(), QVector<int>{200}); // what was taken is answered
        ReceivedPush second;
        second.id = u"p-2"_s;
        stage.inbox.take(second);
        QVERIFY2(!second.duplicate, "it counts as received, but nobody was told");
    }

    void aPushIsToldBeforeItIsAnswered()
    {
        Stage stage;
        QVERIFY(stage.establish());
        QVector<int> answers{-1};
        QObject::connect(stage.calls.get(), &ClientMsrpCalls::pushReceived, stage.calls.get(), [&] {
            for (int i = 0; i < 20; ++i) // what was sent before would come now
                QCoreApplication::processEvents();
            answers = stage.statuses();
        });
        const QByteArray body(1000, 'x');
        stage.chunk(stage.sendHead("p-1"), body, 1, body.size(), MsrpEnd::Complete);
        QTRY_COMPARE(stage.reports(), 1);
        QCOMPARE(answers, QVector<int>());
        QCOMPARE(stage.statuses(), QVector<int>{200});
    }

    void messagesMayInterleave()
    {
        Stage stage;
        QVERIFY(stage.establish());
        const QByteArray one(4000, '1'), two(3000, '2');
        stage.chunk(stage.sendHead("p-1"), one, 1, 2000, MsrpEnd::More);
        stage.chunk(stage.sendHead("p-2"), two, 1, 2000, MsrpEnd::More);
        stage.chunk(stage.sendHead("p-1"), one, 2001, 4000, MsrpEnd::Complete);
        stage.chunk(stage.sendHead("p-2"), two, 2001, 3000, MsrpEnd::Complete);
        QTRY_COMPARE(stage.pushes.size(), 2);
        QCOMPARE(stage.pushes[0].body, one);
        QCOMPARE(stage.pushes[1].body, two);
    }

    void holdsNoMoreThanItsLimit()
    {
        Stage stage(10000);
        QVERIFY(stage.establish());
        const QByteArray body(20000, 'x');
        stage.chunk(stage.sendHead("p-1"), body, 1, 2048, MsrpEnd::More);
        QTRY_COMPARE(stage.statuses(), QVector<int>{413});
        MsrpHead unsaid = stage.sendHead("p-2"); // no total: found out on the way
        unsaid.byteRange = MsrpByteRange{1, {}, {}};
        stage.socket->write(unsaid.message(body, MsrpEnd::Complete));
        QTRY_COMPARE(stage.statuses(), (QVector<int>{413, 413}));
        QVERIFY(stage.pushes.isEmpty());
    }

    void nothingMayBeMissing()
    {
        Stage stage;
        QVERIFY(stage.establish());
        const QByteArray body(5000, 'x');
        stage.chunk(stage.sendHead("p-1"), body, 2001, 4000, MsrpEnd::More);
        QTRY_COMPARE(stage.statuses(), QVector<int>{400});
        stage.chunk(stage.sendHead("p-2"), body, 1, 4000, MsrpEnd::Complete);
        QTRY_COMPARE(stage.statuses(), (QVector<int>{400, 400}));
        QVERIFY(stage.pushes.isEmpty());
    }

    void anAbandonedMessageIsForgotten()
    {
        Stage stage;
        QVERIFY(stage.establish());
        const QByteArray body(5000, 'x');
        stage.chunk(stage.sendHead("p-1"), body, 1, 2000, MsrpEnd::More);
        stage.chunk(stage.sendHead("p-1"), body, 2001, 2100, MsrpEnd::Aborted);
        stage.chunk(stage.sendHead("p-1"), body, 1, 5000, MsrpEnd::Complete);
        QTRY_COMPARE(stage.pushes.size(), 1);
        QCOMPARE(stage.pushes[0].body, body);
    }

    void aStrangersSessionIsRefused()
    {
        Stage stage;
        QVERIFY(stage.establish());
        MsrpHead head = stage.sendHead("p-1");
        head.toPath = {"msrp://127.0.0.1:9/somebodyelse;tcp"};
        stage.chunk(head, "hello", 1, 5, MsrpEnd::Complete);
        QTRY_COMPARE(stage.statuses(), QVector<int>{481});
    }

    void theAnswerIsRepeatedUntilAcknowledged()
    {
        Stage stage;
        stage.send(stage.request("INVITE", 1, stage.offer().bytes()));
        const auto first = stage.receive(), second = stage.receive();
        QVERIFY(first && second);
        QCOMPARE(second->bytes(), first->bytes());
        QCOMPARE(first->header("session-expires"), QByteArrayView("1800;refresher=uac"));
    }

    void refusesOffers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const Stage stage;
        QTest::newRow("no description") << QByteArray("hello") << 488;
        QTest::newRow("elsewhere") << stage.offer("192.0.2.77").bytes() << 488;
        SdpMsrp active = stage.offer();
        active.setup = SdpSetup::Active;
        QTest::newRow("wants to connect itself") << active.bytes() << 488;
        SdpMsrp receiving = stage.offer();
        receiving.direction = SdpDirection::RecvOnly;
        QTest::newRow("has nothing to say") << receiving.bytes() << 488;
    }
    void refusesOffers()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        Stage stage;
        stage.send(stage.request("INVITE", 1, body));
        const auto answer = stage.receive();
        QVERIFY(answer);
        QCOMPARE(answer->statusCode(), status);
        QCOMPARE(stage.calls->size(), 0);
    }

    void refusesAsTold()
    {
        Stage stage;
        stage.inbox.setRefusal(486);
        stage.send(stage.request("INVITE", 1, stage.offer().bytes()));
        QCOMPARE(stage.receive()->statusCode(), 486);
    }

    void withoutSessionsItTakesNoCall()
    {
        Stage stage(0);
        stage.send(stage.request("INVITE", 1, stage.offer().bytes()));
        QTRY_COMPARE(stage.untaken, 1);
    }

    void takesSoManyCalls()
    {
        Stage stage;
        for (int i = 0; i <= ClientMsrpCalls::maxCalls; ++i) {
            stage.send(stage.request("INVITE", 1, stage.offer().bytes(), "call" + QByteArray::number(i)));
            const QByteArray callId = "call" + QByteArray::number(i);
            const auto answer = stage.receiveUntil([&](const SipMessage &message) { return message.callId() == callId; });
            QVERIFY(answer);
            QCOMPARE(answer->statusCode(), i < ClientMsrpCalls::maxCalls ? 200 : 486);
        }
    }

    void asksForASession()
    {
        Stage stage;
        stage.calls->invite(stage.flow.get());
        const auto invite = stage.receive();
        QVERIFY(invite);
        QCOMPARE(invite->requestUri().text, QByteArray("sip:reveille@lab.example"));
        const auto sdp = SdpMsrp::parse(invite->body());
        QVERIFY(sdp);
        QCOMPARE(sdp->setup, SdpSetup::Active);
        SdpMsrp answer = stage.offer();
        answer.setup = SdpSetup::Passive;
        const QByteArray accepted = SipResponse(*invite, 200).toTag("server").header("Contact", "<sip:reveille@127.0.0.1>").body("application/sdp", answer.bytes()).bytes();
        stage.send(accepted);
        const auto isAck = [](const SipMessage &message) { return message.method() == "ACK"; };
        QVERIFY(stage.receiveUntil(isAck));
        QVERIFY(stage.accept());
        stage.send(accepted); // our ACK was lost
        QVERIFY(stage.receiveUntil(isAck));
        QCOMPARE(stage.events, QStringList{u"session-opened"_s});
    }

    void aRefusalIsAcknowledged()
    {
        Stage stage;
        stage.calls->invite(stage.flow.get());
        const auto invite = stage.receive();
        QVERIFY(invite);
        stage.send(SipResponse(*invite, 403).toTag("server").bytes());
        QVERIFY(stage.receiveUntil([](const SipMessage &message) { return message.method() == "ACK"; }));
        QCOMPARE(stage.events, QStringList{u"session-refused"_s});
        QCOMPARE(stage.calls->size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestClientMsrp)
#include "tst_clientmsrp.moc"
