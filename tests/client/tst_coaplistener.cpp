// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"
#include "client/fakedirectory.h"

#include <QNetworkDatagram>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// Somebody who asks a device over CoAP.
struct Asker {
    explicit Asker(const QString &address = u"127.0.0.1"_s) { socket.bind(QHostAddress(address), 0); }
    CoapBuilder request(quint8 code, const QByteArray &path, const QByteArray &session = {}, const QByteArray &push = {},
                        CoapType type = CoapType::Confirmable)
    {
        CoapBuilder builder(type, code, ++id, "tk");
        builder.path(path);
        if (!session.isEmpty())
            builder.query("s", session);
        if (!push.isEmpty())
            builder.query("id", push);
        return builder;
    }
    /// The code of what comes back, and its payload in `payload`.
    quint8 ask(const QByteArray &octets, quint16 port)
    {
        socket.writeDatagram(octets, QHostAddress(QHostAddress::LocalHost), port);
        if (!QTest::qWaitFor([this] { return socket.hasPendingDatagrams(); }))
            return 0;
        answer = socket.receiveDatagram().data();
        const auto message = CoapMessage::parse(answer);
        if (!message)
            return 0;
        payload = message->payload().toByteArray();
        type = message->type();
        return message->code();
    }
    QUdpSocket socket;
    QByteArray answer, payload;
    CoapType type = CoapType::Confirmable;
    quint16 id = 100;
};

PushClientSettings listening(const FakeRegistrar &registrar)
{
    PushClientSettings settings = ClientFixture::settings(registrar);
    settings.listensForCoap = true;
    settings.sessions = {{u"mail-1"_s, u"mail"_s}};
    return settings;
}

} // namespace

/// The CoAP port of a device.
class TestCoapListener : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesPushesOfItsServerAlone()
    {
        FakeRegistrar registrar;
        PushClient client(listening(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QCOMPARE(log.last("started"_L1).value(u"coap_port"_s).toInt(), int(client.coapPort()));
        Asker server, stranger(u"127.0.0.7"_s);
        CoapBuilder push = server.request(CoapCode::Post, "push", "mail-1", "p-1");
        push.query("ct", "text/plain").payload("hello");
        const QByteArray octets = push.bytes();
        QCOMPARE(server.ask(octets, client.coapPort()), quint8(CoapCode::Changed));
        QCOMPARE(server.type, CoapType::Acknowledgement);
        const QJsonObject got = log.last("push-received"_L1);
        QCOMPARE(got.value(u"over"_s).toString(), u"coap"_s);
        QCOMPARE(got.value(u"session"_s).toString(), u"mail-1"_s);
        QCOMPARE(got.value(u"body"_s).toString(), u"hello"_s);
        const QByteArray first = server.answer;
        server.ask(octets, client.coapPort()); // lost on its way, for all it knows
        QCOMPARE(server.answer, first);
        QCOMPARE(log.count("push-received"_L1), 1);
        QCOMPARE(stranger.ask(octets, client.coapPort()), quint8(CoapCode::Forbidden));
        QCOMPARE(log.count("call-refused"_L1), 1);
        QCOMPARE(log.count("push-received"_L1), 1);
    }

    void answersWhatItDoesNotTake_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("session");
        QTest::addColumn<int>("code");
        QTest::newRow("a device's own") << int(CoapCode::Post) << QByteArray("push") << QByteArray() << int(CoapCode::Changed);
        QTest::newRow("unknown session") << int(CoapCode::Post) << QByteArray("push") << QByteArray("x") << int(CoapCode::NotFound);
        QTest::newRow("no such thing") << int(CoapCode::Post) << QByteArray("x") << QByteArray("mail-1") << int(CoapCode::NotFound);
        QTest::newRow("not so") << int(CoapCode::Get) << QByteArray("push") << QByteArray("mail-1") << int(CoapCode::MethodNotAllowed);
        QTest::newRow("what there is") << int(CoapCode::Get) << QByteArray(".well-known/core") << QByteArray() << int(CoapCode::Content);
    }
    void answersWhatItDoesNotTake()
    {
        QFETCH(int, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, session);
        QFETCH(int, code);
        FakeRegistrar registrar;
        PushClient client(listening(registrar));
        QVERIFY(client.start().ok());
        Asker server;
        QCOMPARE(int(server.ask(server.request(quint8(method), path, session).bytes(), client.coapPort())), code);
        if (code == CoapCode::Content)
            QCOMPARE(server.payload, "</push>;rt=\"reveille.push\"");
    }

    void aPingAndNoiseAreNothing()
    {
        FakeRegistrar registrar;
        PushClient client(listening(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        Asker server;
        server.socket.writeDatagram("noise", QHostAddress(QHostAddress::LocalHost), client.coapPort());
        server.ask(CoapBuilder::empty(CoapType::Confirmable, 9), client.coapPort());
        QCOMPARE(server.type, CoapType::Reset);
        const auto plain = server.request(CoapCode::Post, "push", "mail-1", "p-1", CoapType::NonConfirmable).bytes();
        QCOMPARE(server.ask(plain, client.coapPort()), quint8(CoapCode::Changed));
        QCOMPARE(server.type, CoapType::NonConfirmable);
        QCOMPARE(log.count("push-received"_L1), 1);
    }

    void aSirByCoapBringsItBack()
    {
        FakeRegistrar registrar;
        PushClient client(listening(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        Asker server;
        CoapBuilder sir = server.request(CoapCode::Post, "push");
        sir.query("ct", "application/vnd.wap.sia").payload(encodeSir(ClientFixture::sir()));
        QCOMPARE(server.ask(sir.bytes(), client.coapPort()), quint8(CoapCode::Changed));
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(log.count("sir-received"_L1), 1);
        CoapBuilder broken = server.request(CoapCode::Post, "push");
        broken.query("ct", "application/vnd.wap.sia").payload("\x01\x7f");
        QCOMPARE(server.ask(broken.bytes(), client.coapPort()), quint8(CoapCode::BadRequest));
        client.setDeaf(true);
        server.socket.writeDatagram(server.request(CoapCode::Post, "push", "mail-1", "p-1").bytes(),
                                    QHostAddress(QHostAddress::LocalHost), client.coapPort());
        client.setDeaf(false);
        QCOMPARE(server.ask(server.request(CoapCode::Post, "push", "mail-1", "p-2").bytes(), client.coapPort()), quint8(CoapCode::Changed));
        QCOMPARE(log.last("push-received"_L1).value(u"push"_s).toString(), u"p-2"_s);
    }

    void registersToGetPushesThere()
    {
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = listening(nobody);
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(directory.requests("rd").first().b, "coap://127.0.0.1:" + QByteArray::number(client.coapPort()));
        client.goSilent(); // its path is that port
        Asker server;
        server.socket.writeDatagram(server.request(CoapCode::Post, "push", "mail-1", "p-1").bytes(),
                                    QHostAddress(QHostAddress::LocalHost), client.coapPort());
        // A witness on the same event loop: when it answered twice, what was sent before was read and dropped.
        PushClient witness(listening(nobody));
        QVERIFY(witness.start().ok());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(server.ask(server.request(CoapCode::Get, "x").bytes(), witness.coapPort()), quint8(CoapCode::NotFound));
        client.comeBack();
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(log.count("push-received"_L1), 0);
    }
};

QTEST_GUILESS_MAIN(TestCoapListener)
#include "tst_coaplistener.moc"
