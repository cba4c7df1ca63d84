// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/blockassembly.h"
#include "client/clientfixture.h"
#include "client/fakedirectory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

PushClientSettings settingsFor(const FakeDirectory &directory, const QVector<ClientSession> &sessions = {})
{
    PushClientSettings settings;
    settings.user = *PublicUserId::parse(u"sip:alice@lab.example");
    settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
    settings.connect = ClientConnect::Datagram;
    settings.registrarPort = directory.port();
    settings.sessions = sessions;
    settings.testsPinholes = false;
    settings.expires = 120;
    settings.t1 = Milliseconds(20);
    settings.requestTimeout = Milliseconds(500);
    settings.retryDelay = Milliseconds(30);
    settings.sirLockout = Milliseconds(0);
    return settings;
}

} // namespace

class TestDatagramLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void registersEachInstance()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, u"x-mail"_s}, {u"chat"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        const auto asked = directory.requests("rd");
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[0].ep, "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        QCOMPARE(asked[0].u, "sip:alice@lab.example");
        QCOMPARE(asked[0].s, "mail");
        QCOMPARE(asked[0].app, "x-mail");
        QCOMPARE(asked[0].lt, "120");
        QCOMPARE(asked[1].s, "chat");
        QCOMPARE(asked[1].app, "");
        QCOMPARE(log.last("registered"_L1).value("keep_alive_ms"_L1).toInt(), 1000);
        QCOMPARE(log.last("registered"_L1).value("expires"_L1).toInt(), 60);
        QVERIFY(client.isRegistered());
    }

    void refreshesAsOftenAsItWasTold()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(directory.requests("rd/key1").size(), 2);
        QCOMPARE(log.count("registered"_L1), 1);
    }

    void registersAgainWhenForgotten()
    {
        FakeDirectory directory;
        directory.script.forgets = true;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(directory.requests("rd").size(), 2);
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QTRY_COMPARE(directory.requests("rd/key2").size(), 1);
    }

    void comesBackFromAnotherPortWhenNothingAnswers()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const quint16 before = directory.devicePort();
        directory.script.mute = true;
        QTRY_COMPARE(log.count("flow-lost"_L1), 1);
        QCOMPARE(log.last("flow-lost"_L1).value("reason"_L1).toString(), u"keep-alive"_s);
        QVERIFY(directory.requests("rd/key1").size() > 1); // retransmissions
        directory.script.mute = false;
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QVERIFY(directory.devicePort() != before);
    }

    void takesSeparateAnswers()
    {
        FakeDirectory directory;
        directory.script.separately = true;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QTRY_VERIFY(directory.answerTo(1000));
        QCOMPARE(directory.answerTo(1000)->type, CoapType::Acknowledgement);
    }

    void triesAgainWhenRefused()
    {
        FakeDirectory directory;
        directory.script.refuse = CoapCode::Unauthorized;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_VERIFY(log.count("register-failed"_L1) > 1);
        QCOMPARE(log.last("register-failed"_L1).value("status"_L1).toInt(), 401);
        directory.script.refuse = 0;
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }

    void comesBackSomewhatLaterThanItWasTold()
    {
        FakeDirectory directory;
        directory.script.refuse = CoapCode::ServiceUnavailable;
        directory.script.maxAge = 1000;
        QSet<int> waits;
        for (int i = 0; i < 5; ++i) {
            PushClient client(settingsFor(directory));
            EventLog log(client);
            QVERIFY(client.start());
            QTRY_COMPARE(log.count("register-failed"_L1), 1);
            waits.insert(log.last("register-failed"_L1).value("retry_ms"_L1).toInt());
        }
        QVERIFY(waits.size() > 1);
        for (const int wait : std::as_const(waits))
            QVERIFY(wait >= 1000000 && wait <= 1250000);
    }

    void takesAPushOnce()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const quint16 id = directory.push("mail", "p-1", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        const QJsonObject push = log.last("push-received"_L1);
        QCOMPARE(push.value("body"_L1).toString(), u"hello"_s);
        QCOMPARE(push.value("session"_L1).toString(), u"mail"_s);
        QCOMPARE(push.value("application"_L1).toString(), u"mms"_s);
        QCOMPARE(push.value("push"_L1).toString(), u"p-1"_s);
        QVERIFY(push.value("content_type"_L1).toString().startsWith(u"text/plain"_s));
        QTRY_VERIFY(directory.answerTo(id));
        QCOMPARE(directory.answerTo(id)->code, quint8(CoapCode::Changed));
        // the same message again: the same answer; the same push under another id: marked
        directory.all.clear();
        directory.push("mail", "p-1", "hello", {}, id);
        QTRY_VERIFY(directory.answerTo(id));
        QCOMPARE(log.count("push-received"_L1), 1);
        directory.push("mail", "p-1", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 2);
        QCOMPARE(log.last("push-received"_L1).value("duplicate"_L1).toBool(), true);
    }

    void confirmsWhatItTookWhereItIsAsked()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}, {u"chat"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        const quint16 unasked = directory.push("mail", "p-0", "not asked");
        QTRY_VERIFY(directory.answerTo(unasked));
        directory.script.asks = true;
        const quint16 id = directory.push("chat", "p-1", "hello");
        QTRY_COMPARE(log.count("push-confirmed"_L1), 1);
        QCOMPARE(log.last("push-confirmed"_L1).value("push"_L1).toString(), u"p-1"_s);
        QCOMPARE(log.last("push-confirmed"_L1).value("status"_L1).toInt(), 204);
        QCOMPARE(log.last("push-received"_L1).value("confirm"_L1).toBool(), true);
        QCOMPARE(directory.requests("rd/key1/confirm").size(), 0);
        QCOMPARE(directory.requests("rd/key2/confirm").size(), 1);
        QCOMPARE(directory.requests("rd/key2/confirm")[0].pushId, "p-1");
        QVERIFY(directory.answerTo(id)); // the push itself was answered before
        // The first word may have been lost.
        directory.script.confirmed = CoapCode::NotFound;
        directory.push("chat", "p-1", "hello");
        QTRY_COMPARE(log.count("push-confirmed"_L1), 2);
        QCOMPARE(log.last("push-confirmed"_L1).value("status"_L1).toInt(), 404);
    }

    void confirmsNothingItRefusedOrWasToldNotTo()
    {
        FakeDirectory directory;
        directory.script.asks = true;
        PushClientSettings settings = settingsFor(directory, {{u"mail"_s, {}}});
        settings.confirms = false;
        for (const bool confirms : {false, true}) {
            settings.confirms = confirms;
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            client.refuse(confirms ? 603 : 0);
            directory.push("mail", "p-1", "hello");
            QTRY_COMPARE(log.count("push-received"_L1), 1);
            client.registerNow(); // what was to be said would have been said before
            QTRY_COMPARE(directory.requests("rd").size(), confirms ? 4 : 2);
            QCOMPARE(log.count("push-confirmed"_L1), 0);
        }
        for (const FakeDirectory::Heard &heard : std::as_const(directory.all))
            QVERIFY(!heard.path.endsWith("/confirm"));
    }

    void refusesAPushForAnotherInstance()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const quint16 id = directory.push("chat", "p-1", "hello");
        QTRY_VERIFY(directory.answerTo(id));
        QCOMPARE(directory.answerTo(id)->code, quint8(CoapCode::NotFound));
        QCOMPARE(log.count("push-received"_L1), 0);
    }

    void refusesAsItWasTold()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.refuse(486);
        const quint16 id = directory.push("mail", "p-1", "hello");
        QTRY_VERIFY(directory.answerTo(id));
        QCOMPARE(directory.answerTo(id)->code, quint8(CoapCode::ServiceUnavailable));
    }

    void putsBlocksTogether()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const QByteArray body = QByteArray(64, 'a') + QByteArray(64, 'b') + "end";
        for (quint32 num = 0; num < 3; ++num) {
            const CoapBlock block{num, num < 2, 2};
            const quint16 id = directory.push("mail", "p-1", body.mid(int(num) * 64, 64), block);
            QTRY_VERIFY(directory.answerTo(id));
            QCOMPARE(directory.answerTo(id)->code, quint8(num < 2 ? CoapCode::Continue : CoapCode::Changed));
            QCOMPARE(directory.answerTo(id)->block1, std::optional<quint32>(block.toNumber()));
        }
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QCOMPARE(log.last("push-received"_L1).value("body"_L1).toString().toLatin1(), body);
    }

    void saysThatABlockIsMissing()
    {
        BlockAssembly blocks;
        const QByteArray part(16, 'x');
        QCOMPARE(blocks.take("k", {1, true, 0}, part).state, BlockAssembly::State::Incomplete);
        QCOMPARE(blocks.take("k", {0, true, 0}, part).state, BlockAssembly::State::Continue);
        QCOMPARE(blocks.take("k", {2, true, 0}, part).state, BlockAssembly::State::Incomplete);
        QCOMPARE(blocks.take("k", {1, false, 0}, part).state, BlockAssembly::State::Incomplete);
        QCOMPARE(blocks.take("k", {0, true, 0}, "short").state, BlockAssembly::State::Incomplete);
    }

    void boundsWhatItPutsTogether()
    {
        BlockAssembly blocks;
        const QByteArray part(1024, 'x');
        quint32 num = 0;
        while (blocks.take("k", {num, true, 6}, part).state == BlockAssembly::State::Continue)
            ++num;
        QCOMPARE(qsizetype(num) * 1024, BlockAssembly::maxBody);
        for (size_t body = 0; body <= BlockAssembly::maxBodies; ++body)
            blocks.take("b" + QByteArray::number(int(body)), {0, true, 6}, part);
        QCOMPARE(blocks.take("b0", {1, true, 6}, part).state, BlockAssembly::State::Incomplete);
        QCOMPARE(blocks.take("b1", {1, true, 6}, part).state, BlockAssembly::State::Continue);
    }

    void answersPings()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const quint16 id = directory.ping(directory.devicePort());
        QTRY_VERIFY(directory.answerTo(id));
        QCOMPARE(directory.answerTo(id)->type, CoapType::Reset);
    }

    void isWokenAfterSilence()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        const quint16 ignored = directory.ping(directory.devicePort());
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(log.last("reconnecting"_L1).value("because"_L1).toString(), u"sir"_s);
        QVERIFY(!directory.answerTo(ignored));
    }

    void returnsWhatASirAskedForByCoap()
    {
        FakeDirectory directory;
        PushClientSettings settings = settingsFor(directory, {{u"mail"_s, {}}, {u"chat"_s, {}}});
        settings.applications = {u"mail"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        client.closeFlow();
        SessionRequest asking = ClientFixture::sir();
        asking.requests = SirRequest::Capability | SirRequest::Subscription;
        ClientFixture::wake(client, asking);
        QTRY_COMPARE(log.count("information-answered"_L1), 1);
        QCOMPARE(log.last("information-answered"_L1).value("status"_L1).toInt(), 204);
        QCOMPARE(directory.requests("returned").size(), 1);
        const QJsonObject body = QJsonDocument::fromJson(directory.requests("returned").first().payload).object();
        QCOMPARE(body.value("device"_L1).toString(), settings.device.toString());
        QCOMPARE(body.value("nonce"_L1).toString(), u"61626364"_s);
        QCOMPARE(body.value("subscription"_L1).toArray().first().toString(), u"mail"_s);
        QCOMPARE(body.value("capability"_L1).toObject().value("sir_version"_L1).toInt(), 2);
        QVERIFY(!body.contains("security"_L1));
    }

    void removesItsRegistrationsAtTheEnd()
    {
        FakeDirectory directory;
        PushClient client(settingsFor(directory, {{u"mail"_s, {}}, {u"chat"_s, {}}}));
        EventLog log(client);
        QVERIFY(client.start());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        client.stop(true);
        QTRY_COMPARE(log.count("stopped"_L1), 1);
        QCOMPARE(log.count("unregistered"_L1), 1);
        int removed = 0;
        for (const FakeDirectory::Heard &heard : directory.all)
            removed += heard.code == CoapCode::Delete && heard.path.startsWith("rd/key");
        QCOMPARE(removed, 2);
    }
};

QTEST_GUILESS_MAIN(TestDatagramLink)
#include "tst_datagramlink.moc"
