// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/pushtaker.h"
#include "client/clientfixture.h"
#include "wire/cpim.h"
#include "wire/imdn.h"
#include "wire/sipbuilder.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A push as MESSAGE to where the registrar was registered at.
QByteArray message(const FakeRegistrar &registrar, const QByteArray &type, const QByteArray &body, const QByteArray &push = "p-1")
{
    SipRequest request("MESSAGE", registrar.registers.last().contacts().first().uriText());
    request.via("UDP", "127.0.0.1", registrar.udpPort(), newSipBranch())
        .from("sip:reveille@lab.example", "srv")
        .to("sip:alice@lab.example")
        .callId(newSipCallId());
    if (!push.isEmpty())
        request.header("X-Reveille-Push", push).header("X-Reveille-Confirm", "yes");
    return request.body(type, body).bytes();
}

/// What the client says in a MESSAGE.
Result<Imdn> said(const SipMessage &request)
{
    if (request.contentType() != QByteArrayView("message/cpim"))
        return Error{"not-cpim", {}};
    const Result<Cpim> cpim = Cpim::parse(request.body());
    return cpim ? Imdn::parse(cpim->body) : Result<Imdn>(cpim.error());
}

} // namespace

/// How the reference client says, over SIP, that it has a push. Over CoAP: tst_datagramlink, over OTA-HTTP: scenario_ota-http.
class TestClientConfirmations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsANotificationOnceItHasAnswered_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("open") << QByteArray();
        QTest::newRow("digest") << QByteArray("secret");
    }
    void sendsANotificationOnceItHasAnswered()
    {
        QFETCH(QByteArray, password);
        FakeRegistrar registrar;
        registrar.script.password = password;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = QString::fromUtf8(password);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(registrar.registers.last().hasToken("accept", "message/cpim"));
        registrar.sendRequest(message(registrar, "text/plain", "hello"));
        QTRY_COMPARE(registrar.requests.size(), 1);
        QCOMPARE(registrar.responses.size(), 1); // before it
        QCOMPARE(registrar.requests[0].method(), QByteArrayView("MESSAGE"));
        QCOMPARE(registrar.requests[0].from().uri.text, QByteArray("sip:alice@lab.example"));
        const Result<Imdn> imdn = said(registrar.requests[0]);
        QVERIFY(imdn.ok());
        QCOMPARE(*imdn, (Imdn{u"p-1"_s, Imdn::About::Delivery, Imdn::Status::Done}));
        QVERIFY(registrar.requests[0].hasHeader("authorization") != password.isEmpty());
        QTRY_COMPARE(log.count("push-confirmed"_L1), 1);
        QCOMPARE(log.last("push-confirmed"_L1).value("push"_L1).toString(), u"p-1"_s);
    }
    void theExitStatusOfItsProgramDecides()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.takerProgram = u"sh"_s;
        settings.takerArguments = {u"-c"_s, u"test \"$REVEILLE_PUSH $(cat)\" = \"p-2 hello\""_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendRequest(message(registrar, "text/plain", "hello", "p-1"));
        QTRY_COMPARE(log.count("push-handed-on"_L1), 1);
        QCOMPARE(log.last("push-handed-on"_L1).value("exit_code"_L1).toInt(), 1);
        registrar.sendRequest(message(registrar, "text/plain", "hello", "p-2"));
        QTRY_COMPARE(log.count("push-handed-on"_L1), 2);
        QCOMPARE(log.last("push-handed-on"_L1).value("exit_code"_L1).toInt(), 0);
        QTRY_COMPARE(registrar.requests.size(), 1);
        QCOMPARE(said(registrar.requests[0])->messageId, u"p-2"_s);
        QTRY_COMPARE(log.count("push-confirmed"_L1), 1);
    }
    void aProgramThatCannotBeStartedConfirmsNothing()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.takerProgram = u"/nonexistent/taker"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendRequest(message(registrar, "text/plain", "hello"));
        QTRY_COMPARE(log.count("push-handed-on"_L1), 1);
        QCOMPARE(log.last("push-handed-on"_L1).value("reason"_L1).toString(), u"not-started"_s);
        QCOMPARE(log.count("push-confirmed"_L1), 0);
        QCOMPARE(registrar.requests.size(), 0);
    }
    void pushesWaitForAFreeRunAndNotWithoutEnd()
    {
        PushTaker taker(u"true"_s, {}, 1);
        int taken = 0, told = 0, left = 0;
        connect(&taker, &PushTaker::happened, this, [&](const QString &, const QJsonObject &fields) {
            ++told;
            left += fields.value("reason"_L1) == "too-many"_L1;
        });
        const int most = 1 + int(PushTaker::mostWaiting);
        for (int i = 0; i < most + 2; ++i)
            taker.take({}, [&] { ++taken; });
        QTRY_COMPARE(told, most + 2);
        QCOMPARE(left, 2);
        QCOMPARE(taken, most);
    }
    void takesAMessageInAMessage()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        Cpim wrapped;
        wrapped.messageId = "p-7";
        wrapped.dispositions = "positive-delivery, display";
        wrapped.contentType = "text/plain";
        wrapped.body = "Good morning";
        registrar.sendRequest(message(registrar, cpimType, wrapped.toBytes(), {})); // of somebody else's server
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        const QJsonObject push = log.last("push-received"_L1);
        QCOMPARE(push.value("push"_L1).toString(), u"p-7"_s);
        QCOMPARE(push.value("body"_L1).toString(), u"Good morning"_s);
        QCOMPARE(push.value("content_type"_L1).toString(), u"text/plain"_s);
        QTRY_COMPARE(registrar.requests.size(), 1);
        QCOMPARE(said(registrar.requests[0])->messageId, u"p-7"_s);
    }
    void takesWhatIsNoMessageInAMessageAsItIs()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendRequest(message(registrar, cpimType, "hello"));
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QCOMPARE(log.last("push-received"_L1).value("content_type"_L1).toString(), u"message/cpim"_s);
        QCOMPARE(log.last("push-received"_L1).value("body"_L1).toString(), u"hello"_s);
    }
    void confirmsNothingThatItRefused()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.refuse(486);
        registrar.sendRequest(message(registrar, "text/plain", "hello"));
        QTRY_COMPARE(registrar.responses.size(), 1);
        client.refuse(0);
        registrar.sendRequest(message(registrar, "text/plain", "hello", "p-2"));
        QTRY_COMPARE(registrar.requests.size(), 1);
        QCOMPARE(said(registrar.requests[0])->messageId, u"p-2"_s);
    }
};

QTEST_GUILESS_MAIN(TestClientConfirmations)
#include "tst_clientconfirmations.moc"
