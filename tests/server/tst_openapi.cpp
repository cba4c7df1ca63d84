// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"
#include "support/testpaths.h"
#include "triggers/triggerlistener.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// Both HTTP interfaces of one server, and what they answered.
struct Interfaces : OperationsFixture {
    Interfaces()
    {
        triggers = std::make_unique<TriggerListener>(TriggerListener::Settings{}, *engine);
        triggers->setOrigins({u"https://push.example"_s});
        listener->setPushOrigin(u"https://push.example"_s);
        const auto bound = triggers->start(*IpAddress::parse(u"127.0.0.1"), 0);
        server = std::make_unique<HttpPeer>(bound ? bound->section(u':', 1).toUShort() : quint16(0));
    }
    void note(const char *which, const QByteArray &method, const QByteArray &path, const HttpResponse &response)
    {
        const QByteArray type = response.headers.value("Content-Type");
        QJsonValue body;
        if (type.contains("json"))
            body = HttpPeer::json(response);
        else if (!response.body.isEmpty())
            body = QString::fromUtf8(response.body);
        records.append(QJsonObject{{u"listener"_s, QLatin1StringView(which)},
                                   {u"method"_s, QString::fromLatin1(method)},
                                   {u"path"_s, QString::fromLatin1(path)},
                                   {u"status"_s, response.status},
                                   {u"type"_s, QString::fromLatin1(type)},
                                   {u"body"_s, body}});
    }
    HttpResponse staff(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        const HttpResponse response = ask(method, path, body);
        note("operations", method, path, response);
        return response;
    }
    HttpResponse initiator(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        const HttpResponse response = server->ask(method, path, body);
        note("triggers", method, path, response);
        return response;
    }
    static QByteArray id(const HttpResponse &response) { return HttpPeer::json(response).value(u"id").toString().toLatin1(); }

    std::unique_ptr<TriggerListener> triggers;
    std::unique_ptr<HttpPeer> server;
    QVector<QJsonObject> records;
};

/// What tests/peers/answers.js complains of; empty: nothing.
QByteArray complaints(const QVector<QJsonObject> &records)
{
    QProcess judge;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NODE_PATH"_s, QStringLiteral(NODE_MODULES_DIR));
    judge.setProcessEnvironment(environment);
    judge.start(QStringLiteral(NODE_PROGRAM), {QStringLiteral(PEERS_DIR) + u"/answers.js"_s, testData(u"../../resources/openapi.yaml")});
    if (!judge.waitForStarted())
        return "cannot run node";
    for (const QJsonObject &record : records)
        judge.write(QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n');
    judge.closeWriteChannel();
    if (!judge.waitForFinished())
        return "node does not end";
    const QByteArray said = judge.readAllStandardOutput() + judge.readAllStandardError();
    return judge.exitCode() == 0 ? QByteArray() : "exit " + QByteArray::number(judge.exitCode()) + '\n' + said;
}

QJsonObject routesOf(const char *which, const HttpRouter &router)
{
    QJsonArray routes;
    for (const QByteArray &route : router.routes())
        routes.append(QString::fromLatin1(route));
    return {{u"listener"_s, QLatin1StringView(which)}, {u"routes"_s, routes}};
}

} // namespace

/// resources/openapi.yaml says of both listeners what is there, and nothing else.
class TestOpenApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void describesEveryRouteAndNoOther();
    void describesWhatIsAnswered();
    void wouldNotice_data();
    void wouldNotice();

private:
    static void askStaff(Interfaces &f);
    static void askAboutWakes(Interfaces &f);
    static void askInitiator(Interfaces &f);
};

void TestOpenApi::describesEveryRouteAndNoOther()
{
    Interfaces f;
    const QByteArray said = complaints({routesOf("operations", f.listener->router()), routesOf("triggers", f.triggers->router())});
    QVERIFY2(said.isEmpty(), said.constData());
}

void TestOpenApi::askStaff(Interfaces &f)
{
    const QByteArray bob = "/v1/users/" + percentEncode(u"sip:bob@lab.example"_s);
    const QByteArray own = OperationsFixture::path(EngineFixture::deviceId(1));
    const QByteArray other = OperationsFixture::path(EngineFixture::deviceId(2));
    for (const char *path : {"/v1/status", "/openapi.yaml", "/metrics", "/v1/networks", "/v1/bearers", "/v1/users/nobody"})
        f.staff("GET", path);
    f.staff("PUT", bob, R"({"name":"Bob"})");
    f.staff("PUT", bob, R"({"password":"secret","wake_policy":"always"})");
    f.staff("GET", bob);
    f.staff("GET", "/v1/users?limit=1");
    f.staff("PUT", other, R"({"user":"sip:bob@lab.example","msisdn":"+4917012345","client_port":2948,"wake_routes":[{"bearer":"sms","address":"4917012345"}]})");
    f.staff("PUT", other, R"({"preferences":{"quiet_from":"22:00","quiet_until":"06:00"}})");
    f.staff("GET", "/v1/devices");
    f.staff("GET", own);
    f.staff("GET", own + "/history");
    f.peer->setHeader("Content-Type", "text/csv");
    f.staff("POST", "/v1/subscribers/import?dry_run=1&keep_good=1", "user,user_name,device\nsip:c{n}@lab.example,C {1..2},urn:uuid:{uuid}\nnobody,D,\n");
    f.staff("POST", "/v1/subscribers/import", "user\nnobody\n");
    f.peer->setHeader("Content-Type", {});
    f.staff("GET", "/v1/subscribers/export");
    f.staff("POST", "/v1/faults", R"({"kind":"delay","bearer":"wsp","delay_ms":1500})");
    f.staff("POST", "/v1/faults", R"({"kind":"reject","connection":"sip","code":"486","note":"demo","who":"kim"})");
    f.staff("GET", "/v1/faults");
    f.staff("DELETE", "/v1/faults");
    const QByteArray toAlice = R"({"to":{"user":"sip:alice@lab.example"},"application":"mail","body":"hi","sir_mode":"routed"})";
    const QByteArray push = "/v1/pushes/" + Interfaces::id(f.staff("POST", "/v1/pushes", toAlice));
    f.clock->advance(Milliseconds(0));
    f.staff("GET", push);
    f.staff("GET", "/v1/pushes");
    f.staff("GET", push + "/explanation");
    f.staff("POST", "/v1/pushes/explain", toAlice);
    f.staff("DELETE", push);
    f.staff("DELETE", "/v1/pushes/p-none");
    f.staff("GET", "/v1/journal?limit=1000");
    f.staff("POST", other + "/deregister");
    f.staff("DELETE", other);
    f.staff("DELETE", bob);
}

void TestOpenApi::askAboutWakes(Interfaces &f)
{
    const QByteArray own = OperationsFixture::path(EngineFixture::deviceId(1));
    f.staff("POST", own + "/wake/preview", "{}");
    const QByteArray wake = "/v1/wakes/" + Interfaces::id(f.staff("POST", own + "/wake", R"({"bearer":"wsp","request":["capability"]})"));
    f.clock->advance(Milliseconds(0));
    f.staff("GET", wake);
    f.staff("GET", "/v1/wakes");
    f.staff("DELETE", wake);
    f.staff("POST", wake + "/repeat", "{}");
    f.staff("GET", own);

    HttpRequest request;
    request.method = "POST";
    request.target = "/v1/bearers/wsp/test";
    request.headers.add("Host", "127.0.0.1");
    request.headers.add("Authorization", "Bearer " + OperationsFixture::token);
    f.peer->send(serialise(request));
    QTRY_COMPARE(f.bearer->tests.size(), 1);
    f.bearer->tests[0](BearerTest{});
    f.note("operations", "POST", request.target, f.peer->response());
}

void TestOpenApi::askInitiator(Interfaces &f)
{
    const HttpResponse made = f.staff("POST", "/v1/initiators", R"({"name":"shop"})");
    f.staff("GET", "/v1/initiators");
    f.staff("PUT", "/v1/initiators/" + Interfaces::id(made), R"({"targets":["sip:*@lab.example"]})");
    f.initiator("GET", "/v1/pushes/p-none"); // without its token
    f.server->setHeader("Authorization", "Bearer " + HttpPeer::json(made).value(u"token").toString().toLatin1());
    const QByteArray toAlice = R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})";
    f.server->setHeader("Idempotency-Key", "k-1");
    const QByteArray push = "/v1/pushes/" + Interfaces::id(f.initiator("POST", "/v1/pushes", toAlice));
    f.initiator("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"ho"})");
    f.server->setHeader("Idempotency-Key", "k-2");
    f.initiator("POST", "/v1/pushes/batch", R"({"pushes":[)" + toAlice + R"(,{"to":{"user":"sip:nobody@lab.example"}}]})");
    f.server->setHeader("Idempotency-Key", {});
    f.clock->advance(Milliseconds(0));
    f.initiator("GET", push);
    f.initiator("DELETE", push);
    f.initiator("POST", "/v1/sessions/none/pushes", R"({"body":"hi"})");
    f.initiator("GET", "/openapi.yaml");
    f.server->setHeader("Content-Type", "application/xml");
    f.initiator("POST", "/pap", "<x/>");
    f.server->setHeader("Content-Type", {});

    const QByteArray own = OperationsFixture::path(EngineFixture::deviceId(1));
    const HttpResponse resource = f.staff("POST", own + "/webpush", R"({"application":"news","name":"News"})");
    f.staff("GET", own + "/webpush");
    const QByteArray endpoint = HttpPeer::json(resource).value(u"endpoint").toString().toLatin1().mid(qstrlen("https://push.example"));
    f.server->setHeader("Authorization", {});
    f.initiator("POST", endpoint); // without TTL
    f.server->setHeader("TTL", "60");
    f.server->setHeader("Prefer", "respond-async");
    const HttpResponse taken = f.initiator("POST", endpoint);
    f.server->setHeader("Prefer", {});
    f.initiator("POST", endpoint);
    const QByteArray message = taken.headers.value("Location").mid(qstrlen("https://push.example"));
    f.initiator("GET", message);
    f.initiator("GET", QByteArray(message).replace("/m/", "/r/"));
    f.initiator("DELETE", message);
    f.staff("DELETE", own + "/webpush/" + Interfaces::id(resource));
    f.initiator("POST", endpoint);
    f.staff("DELETE", "/v1/initiators/" + Interfaces::id(made));
}

void TestOpenApi::describesWhatIsAnswered()
{
    Interfaces f;
    f.bind(1);
    askStaff(f);
    f.lose(1);
    askAboutWakes(f);
    askInitiator(f);
    const QByteArray said = complaints(f.records);
    QVERIFY2(said.isEmpty(), said.constData());
}

void TestOpenApi::wouldNotice_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("a route more") << QByteArray(R"({"listener":"triggers","routes":["GET /v1/secret"]})") << QByteArray("GET /v1/secret is there and not described");
    QTest::newRow("a route less") << QByteArray(R"({"listener":"triggers","routes":[]})") << QByteArray("POST /pap is described and not there");
    QTest::newRow("a field more") << QByteArray(R"({"listener":"triggers","method":"POST","path":"/v1/pushes","status":202,"type":"application/json","body":{"id":"p","more":1}})")
                                  << QByteArray("must NOT have additional properties");
    QTest::newRow("a field less") << QByteArray(R"({"listener":"triggers","method":"POST","path":"/v1/pushes","status":202,"type":"application/json","body":{}})")
                                  << QByteArray("must have required property 'id'");
    QTest::newRow("another state") << QByteArray(R"({"listener":"triggers","method":"GET","path":"/wpush/t/m/p","status":200,"type":"application/json","body":{"id":"p","state":"lost"}})")
                                   << QByteArray("/state must be equal to one of the allowed values");
    QTest::newRow("another status") << QByteArray(R"({"listener":"triggers","method":"GET","path":"/v1/pushes/p","status":206,"type":"application/json","body":{}})")
                                    << QByteArray("this status is not described");
}

void TestOpenApi::wouldNotice()
{
    QFETCH(QByteArray, record);
    QFETCH(QByteArray, complaint);
    const QByteArray said = complaints({QJsonDocument::fromJson(record).object()});
    QVERIFY2(said.contains(complaint), said.constData());
}

QTEST_GUILESS_MAIN(TestOpenApi)
#include "tst_openapi.moc"
