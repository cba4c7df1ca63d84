// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"
#include "connections/shared/tlsidentity.h"
#include "support/testtls.h"
#include "wire/httpresponseparser.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString device = u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6"_s;

/// An OTA-HTTP server whose requests the test writes; terminals connect to it, or it calls one.
class FakeServer
{
public:
    FakeServer() { (void)m_server.listen(QHostAddress::LocalHost); }
    quint16 port() const { return m_server.serverPort(); }
    /// The next terminal that connects.
    bool accept()
    {
        if (!QTest::qWaitFor([this] { return m_server.hasPendingConnections(); }, 3000))
            return false;
        m_socket.reset(m_server.nextPendingConnection());
        m_socket->setParent(nullptr);
        m_parser = std::make_unique<HttpResponseParser>();
        return true;
    }
    /// Opens a connection to a terminal that listens; over TLS this end, which called, is the TLS server.
    bool call(quint16 port, const TlsIdentity *identity = nullptr, const QString &from = u"127.0.0.1"_s)
    {
        auto *socket = new QSslSocket;
        m_socket.reset(socket);
        m_parser = std::make_unique<HttpResponseParser>();
        socket->bind(QHostAddress(from));
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (!socket->waitForConnected(3000) || !identity)
            return !identity;
        socket->setSslConfiguration(serverTls(*identity).value());
        socket->startServerEncryption();
        return QTest::qWaitFor([socket] { return socket->isEncrypted(); }, 3000);
    }
    void send(const QByteArray &octets)
    {
        m_socket->write(octets);
        m_socket->flush();
    }
    void ask(const OtaRequest &request) { send(request.toBytes()); }
    /// The next answer; status 0 where none comes.
    HttpResponse response()
    {
        (void)QTest::qWaitFor([this] {
            m_parser->feed(m_socket->readAll());
            return m_parser->state() != HttpResponseParser::State::NeedMore;
        }, 3000);
        if (m_parser->state() == HttpResponseParser::State::Complete)
            return m_parser->take();
        HttpResponse none;
        none.status = 0;
        return none;
    }
    OtaAnswer answer() { return OtaAnswer::read(response()); }
    bool isOver()
    {
        return QTest::qWaitFor([this] { return m_socket->state() == QAbstractSocket::UnconnectedState; }, 3000);
    }
    void close() { m_socket->disconnectFromHost(); }
    bool hasHeard() const { return m_socket->bytesAvailable() > 0; }

private:
    QTcpServer m_server;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<HttpResponseParser> m_parser;
};

PushClientSettings settingsFor(const FakeServer &server)
{
    PushClientSettings settings;
    settings.user = *PublicUserId::parse(u"sip:alice@lab.example"_s);
    settings.device = *DeviceId::parse(device);
    settings.connect = ClientConnect::OtaHttp;
    settings.transport = ClientTransport::Tcp;
    settings.registrarPort = server.port();
    settings.keepAlive = KeepAliveKind::None;
    settings.t1 = 30ms;
    settings.requestTimeout = 2000ms;
    settings.retryDelay = 20ms;
    settings.sirLockout = 0ms;
    return settings;
}

OtaRequest challenge()
{
    OtaRequest request;
    request.authenticate = OtaChallenge{OtaChallenge::Scheme::Basic, "lab.example", {}, OtaChallenge::Refusal::None}.toValue();
    return request;
}

OtaRequest pushOf(const QByteArray &body)
{
    OtaContent content;
    content.contentType = "text/plain";
    content.application = "x-wap-application:mms.ua";
    content.body = body;
    OtaRequest request;
    request.isPush = true;
    request.pushId = "p-1";
    request.content = content.toBytes();
    return request;
}

/// A client that has said all and was not hung up on.
bool enter(FakeServer &server, EventLog &log, const OtaRequest &request = {})
{
    if (!server.accept())
        return false;
    server.ask(request);
    return server.answer().status.acceptsRegistration()
        && QTest::qWaitFor([&] { return log.count("registered"_L1) == 1; }, 3000);
}

} // namespace

/// The OTA-HTTP side of the reference client against a server played over real sockets.
class TestOtaHttpLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhoItIsWhenAsked()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.accept());
        QTRY_COMPARE(log.count("registering"_L1), 1);
        QCOMPARE(log.count("registered"_L1), 0);
        server.ask({});
        const OtaAnswer answer = server.answer();
        QCOMPARE(answer.status.code, 501);
        QCOMPARE(answer.device, device);
        QCOMPARE(answer.user, u"sip:alice@lab.example"_s);
        QVERIFY(answer.cpi && !answer.cpiTag.isEmpty());
        QVERIFY(answer.authorization.isEmpty());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(client.isRegistered());
        OtaRequest again;
        again.cpiTag = answer.cpiTag;
        server.ask(again);
        QCOMPARE(server.answer().status.code, 500); // nothing new
        QCOMPARE(log.count("registered"_L1), 1);
    }
    void provesItselfWhenChallenged()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.password = u"wonderland"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.accept());
        server.ask(challenge());
        const Result<OtaCredentials> credentials = OtaCredentials::parse(server.answer().authorization);
        QVERIFY(credentials.ok());
        QCOMPARE(credentials->scheme, OtaChallenge::Scheme::Basic);
        QCOMPARE(credentials->username, QByteArray("alice@lab.example"));
        QCOMPARE(credentials->password, QByteArray("wonderland"));
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }
    void saysItsPasswordToNobodyElse_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("realm");
        QTest::addColumn<OtaRequest>("request");
        QTest::addColumn<QString>("reason");
        OtaRequest refused;
        refused.authenticate = OtaChallenge{OtaChallenge::Scheme::Basic, "lab.example", {}, OtaChallenge::Refusal::Retry}.toValue();
        QTest::newRow("it has none") << QString() << QString() << challenge() << u"password-missing"_s;
        QTest::newRow("another realm") << u"wonderland"_s << u"other.example"_s << challenge() << u"ota-realm"_s;
        QTest::newRow("it was wrong") << u"wonderland"_s << QString() << refused << u"credentials"_s;
    }
    void saysItsPasswordToNobodyElse()
    {
        QFETCH(QString, password);
        QFETCH(QString, realm);
        QFETCH(OtaRequest, request);
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.password = password;
        settings.realm = realm;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.accept());
        server.ask(request);
        const HttpResponse response = server.response();
        QCOMPARE(response.status, 412);
        QVERIFY(OtaAnswer::read(response).authorization.isEmpty());
        QVERIFY(server.isOver());
        QTRY_COMPARE(log.count("register-failed"_L1), 1);
        QCOMPARE(log.last("register-failed"_L1).value("status"_L1).toInt(), 401);
        QTEST(log.last("register-failed"_L1).value("reason"_L1).toString(), "reason");
        QCOMPARE(log.count("registered"_L1), 0);
        QVERIFY(server.accept()); // and tries again later
    }
    void answersAPush()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        server.ask(pushOf("hello"));
        QCOMPARE(server.answer().status.code, 400);
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        const QJsonObject push = log.last("push-received"_L1);
        QCOMPARE(push.value("push"_L1).toString(), u"p-1"_s);
        QCOMPARE(push.value("body"_L1).toString(), u"hello"_s);
        QCOMPARE(push.value("content_type"_L1).toString(), u"text/plain"_s);
        client.refuse(415);
        server.ask(pushOf("again"));
        QCOMPARE(server.answer().status.code, 238);
    }
    void aPushIsToldBeforeItIsAnswered()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        bool isAnswered = true;
        connect(&client, &PushClient::happened, &client, [&](const ClientEvent &event) {
            for (int i = 0; event.code == u"push-received" && i < 20; ++i) { // what was sent before would come now
                QCoreApplication::processEvents();
                isAnswered = server.hasHeard();
            }
        });
        server.ask(pushOf("hello"));
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QVERIFY(!isAnswered);
        QCOMPARE(server.answer().status.code, 400);
    }
    void whoeverStopsOnAPushHasAnsweredIt()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        connect(&client, &PushClient::happened, &client, [&](const ClientEvent &event) {
            if (event.code == u"push-received")
                client.stop();
        });
        server.ask(pushOf("hello"));
        QCOMPARE(server.answer().status.code, 400);
        QVERIFY(server.isOver());
        QCOMPARE(log.count("stopped"_L1), 1);
    }
    void waitsForWhatItsApplicationSaysBeforeItOpens()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.informationTime = 60s;
        settings.installed = {
            *ClientApplication::parse(u"mail,start=before,command=/bin/echo"_s),
            *ClientApplication::parse(u"mms.ua,command=/bin/sh -c \"echo $REVEILLE_REQUESTS\""_s)};
        settings.installed.first().arguments = {u"{\"information\":{\"capability\":{\"x\":7}}}"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        client.closeFlow();
        SessionRequest sir = ClientFixture::sir();
        sir.applicationName = u"mail"_s;
        sir.applications = {{ApplicationId::Kind::Number, 4, {}}};
        sir.requests = SirRequest::Capability;
        ClientFixture::wake(client, sir);
        QVERIFY(server.accept());
        server.ask({});
        const QJsonObject body = QJsonDocument::fromJson(server.response().body).object();
        QCOMPARE(body.value(u"capability"_s).toObject().value(u"x"_s).toInt(), 7);
        QTRY_COMPARE(log.count("information-answered"_L1), 1);
        QTRY_COMPARE(log.count("application-ended"_L1), 2);
        QCOMPARE(log.last("application-output"_L1).value(u"line"_s).toString(), u"capability"_s);
    }
    void waitsNoLongerThanItsTimeBeforeItOpens()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.informationTime = 50ms;
        settings.installed = {*ClientApplication::parse(u"mail,start=before,command=/bin/sleep 600"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        client.closeFlow();
        SessionRequest sir = ClientFixture::sir();
        sir.applicationName = u"mail"_s;
        sir.requests = SirRequest::Capability;
        ClientFixture::wake(client, sir);
        QVERIFY(server.accept());
        server.ask({});
        QVERIFY(server.response().body.contains("sir_version"));
    }
    void sendsNoPushToOtherCapabilities()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        OtaRequest push = pushOf("hello");
        push.cpiTag = CpiTag::of({"not", "its"});
        server.ask(push);
        QCOMPARE(server.answer().status.code, 256);
        QCOMPARE(log.count("push-received"_L1), 0);
    }
    void losesAServerThatIsNotHeardAsOftenAsItSaid()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.keepAlive = KeepAliveKind::Crlf;
        settings.requestTimeout = 300ms;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        OtaRequest request;
        request.keepAlive = 1000ms;
        QVERIFY(enter(server, log, request));
        QCOMPARE(log.last("registered"_L1).value("keep_alive_ms"_L1).toInt(), 1000);
        QElapsedTimer silence;
        silence.start();
        server.ask(request);
        QCOMPARE(server.answer().http, 204);
        QTRY_COMPARE(log.count("flow-lost"_L1), 1);
        QVERIFY(silence.elapsed() >= 1200);
        QCOMPARE(log.last("flow-lost"_L1).value("reason"_L1).toString(), u"keep-alive"_s);
        QVERIFY(server.accept());
    }
    void losesAServerThatNeverAsks()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.requestTimeout = 200ms;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.accept());
        QTRY_COMPARE(log.count("flow-lost"_L1), 1);
        QCOMPARE(log.last("flow-lost"_L1).value("reason"_L1).toString(), u"timeout"_s);
    }
    void comesBackMoreAndMoreSlowly()
    {
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        QVector<int> pauses;
        for (int i = 1; i <= 3; ++i) {
            server.close();
            QTRY_COMPARE(log.count("flow-lost"_L1), i);
            QCOMPARE(log.last("flow-lost"_L1).value("reason"_L1).toString(), u"closed-by-peer"_s);
            pauses.append(log.last("flow-lost"_L1).value("retry_ms"_L1).toInt());
            QVERIFY(!client.isRegistered());
            QVERIFY(server.accept());
        }
        QCOMPARE(pauses, (QVector<int>{20, 40, 80}));
        server.ask({});
        QVERIFY(server.answer().status.acceptsRegistration());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        server.close();
        QTRY_COMPARE(log.count("flow-lost"_L1), 4);
        QCOMPARE(log.last("flow-lost"_L1).value("retry_ms"_L1).toInt(), 20); // it was in again
    }
    void takesHangingUpForARefusal()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.t1 = 2000ms;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.accept());
        server.ask({});
        QVERIFY(server.answer().status.acceptsRegistration());
        server.close();
        QTRY_COMPARE(log.count("register-failed"_L1), 1);
        QCOMPARE(log.last("register-failed"_L1).value("status"_L1).toInt(), 403);
        QCOMPARE(log.count("registered"_L1), 0);
    }
    void endsOnOctetsThatBreakTheRules_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<int>("status");
        const QByteArray start = "POST /wappush HTTP/1.1\r\nHost: a\r\n";
        QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02 a TLS hello or the like\r\n\r\n") << 400;
        QTest::newRow("two lengths") << start + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" << 400;
        QTest::newRow("a head too large") << start + "X-Long: " + QByteArray(17000, 'x') + "\r\n\r\n" << 431;
        QTest::newRow("a body too large") << start + "Content-Length: 100000000\r\n\r\n" << 413;
    }
    void endsOnOctetsThatBreakTheRules()
    {
        QFETCH(QByteArray, octets);
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        server.send(octets);
        QTEST(server.response().status, "status");
        QVERIFY(server.isOver());
        QTRY_COMPARE(log.count("flow-lost"_L1), 1);
        QCOMPARE(log.last("flow-lost"_L1).value("reason"_L1).toString(), u"broken-stream"_s);
        QVERIFY(server.accept());
    }
    void answersWhatIsNotForATerminal_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<int>("status");
        QTest::newRow("another path") << QByteArray("OPTIONS /other HTTP/1.1\r\nHost: a\r\n\r\n") << 404;
        QTest::newRow("another method") << QByteArray("DELETE /wappush HTTP/1.1\r\nHost: a\r\n\r\n") << 405;
    }
    void answersWhatIsNotForATerminal()
    {
        QFETCH(QByteArray, octets);
        FakeServer server;
        PushClient client(settingsFor(server));
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(enter(server, log));
        server.send(octets);
        QTEST(server.response().status, "status");
        server.ask(pushOf("still there"));
        QCOMPARE(server.answer().status.code, 400);
    }
    void isCalledOnItsPort()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.listensForCalls = settings.calledOnly = true;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(client.callPort() != 0);
        QVERIFY(server.call(client.callPort()));
        server.ask({});
        const OtaAnswer answer = server.answer();
        QCOMPARE(answer.status.code, 501);
        QCOMPARE(answer.device, device);
        QVERIFY(!answer.routes.isEmpty());
        QCOMPARE(answer.routes.last().bearer, u"ota_http"_s);
        QCOMPARE(answer.routes.last().port, ClientPort(client.callPort()));
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(log.count("called"_L1), 1);
        server.ask(pushOf("hello"));
        QCOMPARE(server.answer().status.code, 400);
    }
    void isNotCalledByStrangers()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.listensForCalls = settings.calledOnly = true;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.call(client.callPort(), nullptr, u"127.0.0.2"_s));
        server.ask({});
        QVERIFY(server.isOver());
        QCOMPARE(log.count("call-refused"_L1), 1);
        QCOMPARE(log.count("registered"_L1), 0);
    }
    void isCalledOverTls()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.listensForCalls = settings.calledOnly = settings.callTls = settings.tlsInsecure = true;
        settings.password = u"wonderland"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QVERIFY(server.call(client.callPort(), &m_tls.identity));
        server.ask(challenge());
        const OtaAnswer answer = server.answer();
        QCOMPARE(OtaCredentials::parse(answer.authorization)->password, QByteArray("wonderland"));
        QCOMPARE(answer.routes.last().address, u"tls:127.0.0.1"_s);
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }
    void overTlsItBelievesNoCertificateOfItsOwnMaking()
    {
        FakeServer server;
        PushClientSettings settings = settingsFor(server);
        settings.listensForCalls = settings.calledOnly = settings.callTls = true;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        (void)server.call(client.callPort(), &m_tls.identity);
        QVERIFY(server.isOver());
        QCOMPARE(log.count("called"_L1), 0);
        QVERIFY(server.call(client.callPort()));
        server.send("OPTIONS /wappush HTTP/1.1\r\nHost: a\r\n\r\n"); // in the clear
        QVERIFY(server.isOver());
        QCOMPARE(log.count("called"_L1), 0);
    }

private:
    TestTls m_tls;
};

QTEST_GUILESS_MAIN(TestOtaHttpLink)
#include "tst_otahttplink.moc"
