// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"

#include <QRandomGenerator>

using namespace reveille;
using namespace Qt::StringLiterals;
namespace Option = CoapOptionNumber;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char alice[] = "sip:alice@lab.example";
const QString phoneText = QString::fromLatin1(phone);

QByteArray content(int octets)
{
    QByteArray body(octets, Qt::Uninitialized);
    for (int i = 0; i < octets; ++i)
        body[i] = char('a' + i * 7 % 23);
    return body;
}

std::optional<CoapBlock> blockOf(const QByteArray &datagram)
{
    const auto value = CoapMessage::parse(datagram)->option(Option::Block1);
    return value ? std::optional(*CoapBlock::parse(*value)) : std::nullopt;
}

} // namespace

class TestDatagramPush : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pushesToTheRegisteredAddress();
    void namesTheContentByNumberOrByText();
    void givesEveryInstanceItsOwnPushesOnly();
    void takesTheAnswerForWhatItMeans_data();
    void takesTheAnswerForWhatItMeans();
    void closesThePathOfAnInstanceThatIsGone();
    void repeatsUntilAnswered();
    void losesThePathThatStaysSilent();
    void learnsFromTheNetworkThatNobodyListens();
    void sendsInBlocks_data();
    void sendsInBlocks();
    void startsOverOnceWhereBlocksAreMissing();
    void refusesWhatTheDeviceCannotTake();
    void keepsItsWordOverABadNetwork();
    void asksWhetherADeviceIsThere();
    void testsPinholesOnASecondPath();
    void endsWhatIsUnderWayWhenItStops();
};

void TestDatagramPush::pushesToTheRegisteredAddress()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const PushId push = server.push(u"s-1"_s, "Good morning");
    const QByteArray datagram = device.take();
    const auto message = CoapMessage::parse(datagram);
    QVERIFY(message.ok());
    QVERIFY(message->isConfirmable() && message->code() == CoapCode::Post && message->isAt("push"));
    QCOMPARE(queryOf(datagram, "s"), QByteArray("s-1"));
    QCOMPARE(queryOf(datagram, "id"), push.text().toLatin1());
    QVERIFY(!message->query("app"));
    QCOMPARE(message->payload().toByteArray(), QByteArray("Good morning"));
    QCOMPARE(message->token().size(), 8);
    QCOMPARE(server.stateOf(push), PushState::Sending);
    device.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
    QCOMPARE(server.registry().liveness(*DeviceId::parse(phoneText))->lastProof(), server.clock.now());
    for (const JournalEntry &row : server.engine().journal().since({}))
        QVERIFY2(!row.bytes.contains("Good morning"), "the body of a push is in nobody's journal");
    QCOMPARE(server.journaled(u"push-answered"_s).first().fields.value(0).second, u"2.04"_s);
}

void TestDatagramPush::namesTheContentByNumberOrByText()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const auto pushed = [&](const QString &type, const QString &encoding = {}) {
        server.push(u"s-1"_s, "x", type, encoding);
        const QByteArray datagram = device.take();
        device.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        (void)QTest::qWaitFor([&] { return server.engine().pushes().pendingTotal() == 0; });
        return datagram;
    };
    const QByteArray json = pushed(u"application/json"_s);
    QCOMPARE(CoapMessage::parse(json)->number(Option::ContentFormat), std::optional<quint32>(50));
    QVERIFY(!CoapMessage::parse(json)->query("ct"));
    const QByteArray si = pushed(u"application/vnd.wap.sic"_s);
    QVERIFY(!CoapMessage::parse(si)->option(Option::ContentFormat));
    QCOMPARE(queryOf(si, "ct"), QByteArray("application/vnd.wap.sic"));
    QVERIFY(!CoapMessage::parse(si)->query("ce"));
    // A number stands for a type without a coding.
    const QByteArray coded = pushed(u"application/json"_s, u"aes128gcm"_s);
    QVERIFY(!CoapMessage::parse(coded)->option(Option::ContentFormat));
    QCOMPARE(queryOf(coded, "ct"), QByteArray("application/json"));
    QCOMPARE(queryOf(coded, "ce"), QByteArray("aes128gcm"));
}

void TestDatagramPush::givesEveryInstanceItsOwnPushesOnly()
{
    DatagramTestServer server;
    constexpr int instances = 6;
    std::vector<std::unique_ptr<CoapPeer>> peers;
    // Three with sockets of their own, three behind one.
    for (int i = 0; i < 4; ++i)
        peers.push_back(std::make_unique<CoapPeer>(server.port()));
    const auto peerOf = [&](int i) -> CoapPeer & { return *peers[size_t(qMin(i, 3))]; };
    for (int i = 0; i < instances; ++i)
        QVERIFY(!peerOf(i).registerAs(phone, alice, "s-" + QByteArray::number(i), "app=app" + QByteArray::number(i % 2)).isEmpty());

    QRandomGenerator random(11);
    for (int round = 0; round < 60; ++round) {
        const int to = random.bounded(instances);
        const QByteArray body = "round " + QByteArray::number(round);
        const PushId push = server.push(u"s-%1"_s.arg(to), body);
        const QByteArray datagram = peerOf(to).take();
        QCOMPARE(queryOf(datagram, "s"), "s-" + QByteArray::number(to));
        QCOMPARE(payloadOf(datagram), body);
        peerOf(to).send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
    }
    // One that is gone is not stood in for by its neighbours.
    CoapBuilder removal = peerOf(0).request(CoapCode::Delete, "rd/" + peerOf(0).registerAs(phone, alice, "s-0", "app=app0"));
    QCOMPARE(codeOf(peerOf(0).ask(removal)), quint8(CoapCode::Deleted));
    server.push(u"s-0"_s, "nobody");
    for (const auto &peer : peers)
        QVERIFY(peer->isQuiet());
}

void TestDatagramPush::takesTheAnswerForWhatItMeans_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<PushState>("state");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("changed") << int(CoapCode::Changed) << PushState::Delivered << QByteArray();
    QTest::newRow("created") << int(CoapCode::Created) << PushState::Delivered << QByteArray();
    QTest::newRow("bad request") << int(CoapCode::BadRequest) << PushState::Undeliverable << QByteArray("refused-4.00");
    QTest::newRow("forbidden") << int(CoapCode::Forbidden) << PushState::Undeliverable << QByteArray("refused-4.03");
    QTest::newRow("too large") << int(CoapCode::RequestEntityTooLarge) << PushState::Undeliverable << QByteArray("refused-4.13");
    QTest::newRow("content format") << int(CoapCode::UnsupportedContentFormat) << PushState::Undeliverable << QByteArray("refused-4.15");
    QTest::newRow("not implemented") << int(CoapCode::NotImplemented) << PushState::Undeliverable << QByteArray("refused-5.01");
    QTest::newRow("too many") << int(CoapCode::TooManyRequests) << PushState::Waiting << QByteArray("busy-4.29");
    QTest::newRow("unavailable") << int(CoapCode::ServiceUnavailable) << PushState::Waiting << QByteArray("busy-5.03");
}

void TestDatagramPush::takesTheAnswerForWhatItMeans()
{
    QFETCH(int, code);
    QFETCH(PushState, state);
    QFETCH(QByteArray, reason);
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const PushId push = server.push(u"s-1"_s, "x");
    device.send(CoapPeer::answerTo(device.take(), quint8(code)));
    QTRY_COMPARE(server.stateOf(push), state);
    QCOMPARE(server.engine().pushes().push(push)->deliveries.first().reason, reason);
    QCOMPARE(server.stateOf(phoneText), LivenessState::Up);
}

void TestDatagramPush::closesThePathOfAnInstanceThatIsGone()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    QVERIFY(!device.registerAs(phone, alice, "s-2").isEmpty());
    const PushId push = server.push(u"s-1"_s, "x");
    device.send(CoapPeer::answerTo(device.take(), CoapCode::NotFound));
    QTRY_COMPARE(server.stateOf(push), PushState::Undeliverable);
    QVERIFY(!server.connectionOf(phoneText, u"s-1"_s).isSet());
    QVERIFY(server.connectionOf(phoneText, u"s-2"_s).isSet());
    QCOMPARE(server.datagram.registrations(), 1);
}

void TestDatagramPush::repeatsUntilAnswered()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const PushId push = server.push(u"s-1"_s, "x");
    const QByteArray first = device.take();
    server.clock.advance(Milliseconds(3000));
    const QByteArray second = device.take();
    QCOMPARE(second, first);
    device.send(CoapPeer::answerTo(second, CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
    QCOMPARE(server.datagram.counters().retransmitted, quint64(1));
}

void TestDatagramPush::losesThePathThatStaysSilent()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    const QByteArray key = device.registerAs(phone, alice, "s-1");
    const PushId push = server.push(u"s-1"_s, "x");
    QVERIFY(!device.take().isEmpty());
    server.clock.advance(Milliseconds(8000));
    QCOMPARE(server.stateOf(push), PushState::Waiting);
    const Liveness lost = *server.registry().liveness(*DeviceId::parse(phoneText));
    QCOMPARE(lost.state(), LivenessState::Lost);
    QCOMPARE(lost.reason(), LossReason::PinholeClosed);
    QCOMPARE(lost.evidence().rule, EvidenceRule::RequestUnanswered);
    QCOMPARE(lost.evidence().subject, u"POST"_s);

    // Its key still stands: a refresh brings it back, and the push with it.
    while (!device.take(20).isEmpty()) { }
    CoapBuilder refresh = device.request(CoapCode::Post, "rd/" + key);
    QCOMPARE(codeOf(device.ask(refresh)), quint8(CoapCode::Changed));
    server.clock.advance(Milliseconds(0));
    const QByteArray again = device.take();
    QCOMPARE(queryOf(again, "id"), push.text().toLatin1());
    device.send(CoapPeer::answerTo(again, CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
}

void TestDatagramPush::learnsFromTheNetworkThatNobodyListens()
{
    DatagramTestServer server;
    {
        CoapPeer device(server.port());
        QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    }
    const PushId push = server.push(u"s-1"_s, "x");
    QTRY_COMPARE(server.stateOf(phoneText), LivenessState::Lost);
    QCOMPARE(server.registry().liveness(*DeviceId::parse(phoneText))->reason(), LossReason::Interrupted);
    QCOMPARE(server.stateOf(push), PushState::Waiting);
}

void TestDatagramPush::sendsInBlocks_data()
{
    QTest::addColumn<int>("octets");
    QTest::addColumn<int>("szx"); ///< what the device asks for
    QTest::newRow("one message") << 1024 << 6;
    QTest::newRow("two blocks") << 1025 << 6;
    QTest::newRow("exactly two blocks") << 2048 << 6;
    QTest::newRow("many blocks") << 50000 << 6;
    QTest::newRow("smaller blocks") << 5000 << 2;
    QTest::newRow("smallest blocks") << 1040 << 0;
}

void TestDatagramPush::sendsInBlocks()
{
    QFETCH(int, octets);
    QFETCH(int, szx);
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const QByteArray body = content(octets);
    const PushId push = server.push(u"s-1"_s, body, u"application/octet-stream"_s);
    QByteArray got;
    int datagrams = 0;
    QSet<QByteArray> tokens;
    for (bool more = true; more; ++datagrams) {
        const QByteArray datagram = device.take();
        tokens.insert(CoapMessage::parse(datagram)->token().toByteArray());
        QVERIFY(!datagram.isEmpty() && datagram.size() <= 1152);
        QCOMPARE(queryOf(datagram, "id"), push.text().toLatin1());
        const std::optional<CoapBlock> block = blockOf(datagram);
        QCOMPARE(block.has_value(), octets > 1024);
        more = block && block->more;
        // A device that wants smaller blocks takes that much of the first and leaves the rest.
        const bool first = datagrams == 0;
        QCOMPARE(CoapMessage::parse(datagram)->number(Option::Size1).has_value(), block && first);
        if (block)
            QCOMPARE(block->offset(), qint64(got.size()));
        got += payloadOf(datagram);
        const bool last = !more;
        std::optional<CoapBlock> answer;
        if (block)
            answer = CoapBlock{block->num, more, quint8(qMin<int>(szx, block->szx))};
        device.send(CoapPeer::answerTo(datagram, last ? CoapCode::Changed : CoapCode::Continue, answer));
        server.clock.advance(Milliseconds(0));
        (void)QTest::qWaitFor([&] {
            server.clock.advance(Milliseconds(0));
            return last || server.stateOf(push) != PushState::Sending || device.hasDatagram();
        });
    }
    QCOMPARE(got, body);
    QTRY_COMPARE(server.stateOf(push), PushState::Delivered);
    // Some devices put blocks together by their token: one for the push, and another for the next.
    QCOMPARE(tokens.size(), 1);
    (void)server.push(u"s-1"_s, "next");
    QVERIFY(!tokens.contains(CoapMessage::parse(device.take())->token().toByteArray()));
}

void TestDatagramPush::startsOverOnceWhereBlocksAreMissing()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    const PushId push = server.push(u"s-1"_s, content(3000));
    const auto next = [&](quint8 code) {
        const QByteArray datagram = device.take();
        device.send(CoapPeer::answerTo(datagram, code, blockOf(datagram)));
        return blockOf(datagram)->num;
    };
    QCOMPARE(next(CoapCode::Continue), 0u);
    QCOMPARE(next(CoapCode::RequestEntityIncomplete), 1u);
    QCOMPARE(next(CoapCode::Continue), 0u);
    QCOMPARE(next(CoapCode::RequestEntityIncomplete), 1u);
    QTRY_COMPARE(server.stateOf(push), PushState::Undeliverable);
    QVERIFY(device.isQuiet());
}

void TestDatagramPush::refusesWhatTheDeviceCannotTake()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    // Too large for one block only: the same in smaller ones.
    const PushId small = server.push(u"s-1"_s, content(1500));
    QByteArray datagram = device.take();
    device.send(CoapPeer::answerTo(datagram, CoapCode::RequestEntityTooLarge, CoapBlock{0, true, 4}));
    datagram = device.take();
    QCOMPARE(*blockOf(datagram), (CoapBlock{0, true, 4}));
    device.send(CoapPeer::answerTo(datagram, CoapCode::RequestEntityTooLarge));
    QTRY_COMPARE(server.stateOf(small), PushState::Undeliverable);
    // A device that knows nothing of blocks says 2.04 to the first, and has not got the rest.
    const PushId lost = server.push(u"s-1"_s, content(1500));
    device.send(CoapPeer::answerTo(device.take(), CoapCode::Changed));
    QTRY_COMPARE(server.stateOf(lost), PushState::Undeliverable);
    const PushId wordy = server.push(u"s-1"_s, "x", u"application/"_s + QString(300, u'x'));
    if (!wordy.isEmpty()) {
        server.clock.advance(Milliseconds(0));
        QCOMPARE(server.stateOf(wordy), PushState::Undeliverable);
    }
}

void TestDatagramPush::keepsItsWordOverABadNetwork()
{
    // Half of everything is lost, a third comes twice, and some of it late; each push has to arrive, and be the same.
    QRandomGenerator random(5);
    DatagramSettings settings = DatagramTestServer::settings();
    settings.message.requestTimeout = Milliseconds(100000);
    DatagramTestServer server(settings);
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1", "lt=604800").isEmpty());
    for (int round = 0; round < 40; ++round) {
        const QByteArray body = content(random.bounded(2) ? 100 : 2500);
        const PushId push = server.push(u"s-1"_s, body);
        QMap<quint32, QByteArray> got;
        QByteArray late;
        for (int steps = 0; server.stateOf(push) == PushState::Sending && steps < 500; ++steps) {
            const QByteArray datagram = device.take(5);
            if (datagram.isEmpty() || random.bounded(2)) {
                server.clock.advance(Milliseconds(500));
                continue;
            }
            const std::optional<CoapBlock> block = blockOf(datagram);
            got[block ? block->num : 0] = payloadOf(datagram);
            const QByteArray answer = CoapPeer::answerTo(datagram, block && block->more ? CoapCode::Continue : CoapCode::Changed, block);
            if (!late.isEmpty())
                device.send(std::exchange(late, {}));
            if (random.bounded(5) == 0)
                late = answer;
            else if (random.bounded(2))
                device.send(answer);
            if (random.bounded(3) == 0)
                device.send(answer);
            QTest::qWait(1);
            server.clock.advance(Milliseconds(0));
        }
        if (server.stateOf(push) != PushState::Delivered) {
            // Five transmissions may all be lost; then the path counts as lost and the push waits for the device.
            QCOMPARE(server.stateOf(push), PushState::Waiting);
            QVERIFY(!device.registerAs(phone, alice, "s-1", "lt=604800").isEmpty() || true);
            break;
        }
        QByteArray whole;
        for (const QByteArray &part : std::as_const(got))
            whole += part;
        QCOMPARE(whole, body);
    }
}

void TestDatagramPush::asksWhetherADeviceIsThere()
{
    DatagramTestServer server;
    CoapPeer device(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    server.clock.advance(Milliseconds(120000));
    QCOMPARE(server.stateOf(phoneText), LivenessState::Suspect);
    const QByteArray ping = device.take();
    const auto message = CoapMessage::parse(ping);
    QVERIFY(message.ok() && message->isEmpty() && message->isConfirmable());
    device.send(CoapBuilder::empty(CoapType::Reset, message->messageId()));
    QTRY_COMPARE(server.stateOf(phoneText), LivenessState::Up);
    QCOMPARE(server.registry().liveness(*DeviceId::parse(phoneText))->lastProof(), server.clock.now());

    server.clock.advance(Milliseconds(120000));
    server.clock.advance(Milliseconds(8000));
    const Liveness lost = *server.registry().liveness(*DeviceId::parse(phoneText));
    QCOMPARE(lost.state(), LivenessState::Lost);
    QCOMPARE(lost.reason(), LossReason::PinholeClosed);
    QCOMPARE(lost.evidence().rule, EvidenceRule::ProbeLost);
    QCOMPARE(lost.evidence().subject, u"ping"_s);
}

void TestDatagramPush::testsPinholesOnASecondPath()
{
    Engine::Settings learning;
    learning.pinholes.learns = true;
    DatagramTestServer server(DatagramTestServer::settings(), nullptr, learning);
    CoapPeer device(server.port()), second(server.port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    CoapBuilder request = second.request(CoapCode::Post, "pinhole");
    const QByteArray answer = second.ask(request);
    QCOMPARE(codeOf(answer), quint8(CoapCode::Changed));
    QVERIFY(payloadOf(answer).startsWith("d="));
    const int wait = payloadOf(answer).mid(2).toInt();
    QVERIFY2(wait > 0, "a network not known yet is to be learned");
    server.clock.advance(std::chrono::seconds(wait));
    const QByteArray ping = second.take();
    QVERIFY(CoapMessage::parse(ping)->isEmpty());
    second.send(CoapBuilder::empty(CoapType::Reset, CoapMessage::parse(ping)->messageId()));
    QTRY_COMPARE(server.engine().pinholes().networks().size(), 1);
    QVERIFY(server.engine().pinholes().networks().first().samples.last().open);
}

void TestDatagramPush::endsWhatIsUnderWayWhenItStops()
{
    auto server = std::make_unique<DatagramTestServer>();
    CoapPeer device(server->port());
    QVERIFY(!device.registerAs(phone, alice, "s-1").isEmpty());
    server->push(u"s-1"_s, content(5000));
    QVERIFY(!device.take().isEmpty());
    server.reset();
}

QTEST_GUILESS_MAIN(TestDatagramPush)
#include "tst_datagrampush.moc"
