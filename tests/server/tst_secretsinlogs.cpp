// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushserver.h"
#include "support/httppeer.h"
#include "support/logcatcher.h"
#include "wire/httptarget.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What everything a server writes, at the level debug, and its journal do not hold (requirement: no secret and no message
/// body in a log).
class TestSecretsInLogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staffAndApplicationServersStayUnread()
    {
        const LogCatcher log;
        QTemporaryDir dir;
        PushServer server(*Config::read({}, {u"server/ports=any"_s, u"http/max_body=65536"_s}), dir.path());
        QVERIFY(server.start());
        QFile file(server.operationsTokenFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray staffToken = file.readAll().trimmed();

        HttpPeer staff(portOf(server, u"operations_http"_s));
        staff.setHeader("Authorization", "Bearer " + staffToken);
        const QByteArray user = "/v1/users/" + percentEncode(u"sip:alice@lab.example"_s);
        QVERIFY(isDone(staff.ask("PUT", user, R"({"password":"pass-of-alice"})")));
        const QByteArray device = "/v1/devices/" + percentEncode(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s);
        QVERIFY(isDone(staff.ask("PUT", device, R"({"user":"sip:alice@lab.example"})")));
        const QByteArray token = textOf(staff.ask("POST", "/v1/initiators", R"({"name":"shop"})"), "token");
        const QByteArray endpoint = textOf(staff.ask("POST", device + "/webpush", R"({"application":"news"})"), "endpoint");
        const QByteArray resource = endpoint.mid(endpoint.lastIndexOf('/') + 1);
        QVERIFY(token.size() > 20 && resource.size() > 20);

        const quint16 triggers = portOf(server, u"triggers_http"_s);
        HttpPeer shop(triggers);
        shop.setHeader("Authorization", "Bearer " + token);
        QVERIFY(isDone(shop.ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"body-of-a-push"})")));
        QCOMPARE(shop.ask("POST", "/v1/pushes", R"({"to":{"user":"sip:nobody@lab.example"},"body":"body-of-a-push"})").status, 404);
        shop.setHeader("Content-Type", "application/json");
        QCOMPARE(shop.ask("POST", "/v1/pushes", QByteArray("body-of-a-push").repeated(5000)).status, 413); // writes a line
        HttpPeer guesser(triggers);
        guesser.setHeader("Authorization", "Bearer wrong-" + token);
        for (int i = 0; i < 12; ++i)
            QVERIFY(guesser.ask("POST", "/v1/pushes", R"({"body":"body-of-a-push"})").status >= 400);
        guesser.setHeader("Authorization", "Basic " + QByteArray("pi:pass-of-basic").toBase64());
        QVERIFY(guesser.ask("POST", "/pap", "body-of-a-push").status >= 400);
        guesser.setHeader("Authorization", "vapid t=header.claims.pass-of-vapid, k=key");
        guesser.setHeader("TTL", "60");
        guesser.setHeader("Content-Encoding", "aes128gcm");
        QCOMPARE(guesser.ask("POST", "/wpush/" + resource, "body-of-a-push").status, 403);
        HttpPeer notStaff(portOf(server, u"operations_http"_s));
        notStaff.setHeader("Authorization", "Bearer wrong-" + staffToken);
        QCOMPARE(notStaff.ask("GET", "/v1/status").status, 401);

        const HttpResponse journal = staff.ask("GET", "/v1/journal?limit=1000");
        QCOMPARE(journal.status, 200);
        QVERIFY(journal.body.contains("operations-refused") && journal.body.contains("push-accepted"));
        server.stop();
        const QByteArray written = log.lines().join(u'\n').toUtf8();
        QVERIFY(written.contains("limit body reached by"));
        for (const QByteArray &secret : {staffToken, token, resource, QByteArray("pass-of"), QByteArray("pass-of-basic").toBase64(),
                                         QByteArray("body-of-a-push"), QByteArray("body-of-a-push").toBase64()}) {
            QVERIFY2(!written.contains(secret), secret.constData());
            QVERIFY2(!journal.body.contains(secret), secret.constData());
        }
    }

private:
    static quint16 portOf(const PushServer &server, const QString &name)
    {
        return server.boundAddresses().value(name).section(u':', -1).toUShort();
    }
    static bool isDone(const HttpResponse &response) { return response.status >= 200 && response.status < 300; }
    static QByteArray textOf(const HttpResponse &response, const char *field)
    {
        return HttpPeer::json(response).value(QLatin1String(field)).toString().toUtf8();
    }
};

QTEST_GUILESS_MAIN(TestSecretsInLogs)
#include "tst_secretsinlogs.moc"
