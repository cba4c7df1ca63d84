// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char tablet[] = "urn:uuid:00000000-0000-4000-8000-000000000002";
const char alice[] = "sip:alice@lab.example";

/// POST /rd/KEY/confirm with these items of the query: code and payload of the answer, "2.04 ".
QByteArray confirm(CoapPeer &device, const QByteArray &key, const QByteArrayList &query)
{
    CoapBuilder request = device.request(CoapCode::Post, "rd/" + key + "/confirm");
    for (const QByteArray &item : query)
        request.add(CoapOptionNumber::UriQuery, QByteArrayView(item));
    QByteArray datagram = device.ask(request);
    // The server may want to know whether the device is still there.
    for (auto ping = CoapMessage::parse(datagram); ping && ping->code() == CoapCode::Empty; ping = CoapMessage::parse(datagram))
        datagram = device.take();
    const auto answer = CoapMessage::parse(datagram);
    return answer ? coapCodeText(answer->code()) + ' ' + answer->payload().toByteArray() : QByteArray("none");
}

} // namespace

/// What devices say over CoAP of the pushes they got.
class TestDatagramConfirmations : public QObject {
    Q_OBJECT

    /// A push that asks, taken by the device.
    static PushId delivered(DatagramTestServer &server, CoapPeer &device, bool asks = true)
    {
        const PushId push = server.push(u"s-1"_s, "hello", u"text/plain"_s, {}, asks);
        const QByteArray datagram = device.take();
        const auto message = CoapMessage::parse(datagram);
        if (!message || message->query("confirm").has_value() != asks)
            return {};
        device.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        const bool taken = QTest::qWaitFor([&] { return server.stateOf(push) == PushState::Delivered; });
        return taken ? push : PushId();
    }

private Q_SLOTS:
    void aDeviceConfirms_data()
    {
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("plain") << QByteArray() << QByteArray("by-application");
        QTest::newRow("application") << QByteArray("by=application") << QByteArray("by-application");
        QTest::newRow("user") << QByteArray("by=user") << QByteArray("by-user");
    }
    void aDeviceConfirms()
    {
        QFETCH(QByteArray, by);
        QFETCH(QByteArray, reason);
        DatagramTestServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        const PushId push = delivered(server, device);
        QVERIFY(!push.isEmpty());
        QByteArrayList query{"id=" + push.text().toUtf8()};
        if (!by.isEmpty())
            query.append(by);
        QCOMPARE(confirm(device, key, query), QByteArray("2.04 "));
        QCOMPARE(server.stateOf(push), PushState::Confirmed);
        QCOMPARE(server.engine().pushes().push(push)->deliveries[0].reason, reason);
        QCOMPARE(confirm(device, key, query), QByteArray("2.04 ")); // said again
    }
    void whatIsNotTheirsIsNotFound()
    {
        DatagramTestServer server;
        CoapPeer device(server.port()), other(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        const QByteArray otherKey = other.registerAs(tablet, "sip:bob@lab.example", "s-2");
        const PushId push = delivered(server, device);
        const QByteArray id = "id=" + push.text().toUtf8();
        QCOMPARE(confirm(other, otherKey, {id}), QByteArray("4.04 push-unknown"));
        QCOMPARE(confirm(device, key, {"id=p-none"}), QByteArray("4.04 push-unknown"));
        QCOMPARE(confirm(device, "AAAAAAAAAAA", {id}), QByteArray("4.04 "));
        QCOMPARE(server.stateOf(push), PushState::Delivered);
    }
    void whatComesUnaskedOrLateIsAConflict()
    {
        DatagramTestServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1", "lt=86400");
        const PushId unasked = delivered(server, device, false);
        QCOMPARE(confirm(device, key, {"id=" + unasked.text().toUtf8()}), QByteArray("4.09 confirmation-unasked"));
        const PushId push = delivered(server, device);
        server.clock.advance(Milliseconds(3600 * 1000));
        QCOMPARE(confirm(device, key, {"id=" + push.text().toUtf8()}), QByteArray("4.09 confirmation-late"));
        QCOMPARE(server.stateOf(push), PushState::Delivered);
    }
    void brokenRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArrayList>("query");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("no push") << QByteArrayList{} << QByteArray("4.00 confirmation-push");
        QTest::newRow("empty push") << QByteArrayList{"id="} << QByteArray("4.00 confirmation-push");
        QTest::newRow("endless push") << QByteArrayList{"id=" + QByteArray(65, 'p')} << QByteArray("4.00 confirmation-push");
        QTest::newRow("nobody") << QByteArrayList{"id=p-1", "by=cat"} << QByteArray("4.00 confirmation-by");
    }
    void brokenRequestsAreRefused()
    {
        QFETCH(QByteArrayList, query);
        QFETCH(QByteArray, answer);
        DatagramTestServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        QCOMPARE(confirm(device, key, query), answer);
    }
    void onlyPostConfirms()
    {
        DatagramTestServer server;
        CoapPeer device(server.port());
        const QByteArray key = device.registerAs(phone, alice, "s-1");
        CoapBuilder request = device.request(CoapCode::Get, "rd/" + key + "/confirm");
        QCOMPARE(CoapMessage::parse(device.ask(request))->code(), quint8(CoapCode::MethodNotAllowed));
        CoapBuilder deeper = device.request(CoapCode::Post, "rd/" + key + "/confirm/all");
        QCOMPARE(CoapMessage::parse(device.ask(deeper))->code(), quint8(CoapCode::NotFound));
    }
};

QTEST_GUILESS_MAIN(TestDatagramConfirmations)
#include "tst_datagramconfirmations.moc"
