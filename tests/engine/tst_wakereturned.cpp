// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "wire/jsonreturned.h"
#include "wire/sir.h"

#include <QJsonDocument>
#include <QTest>

using namespace reveille;

namespace {

WakeOrder asking(SirRequests requests)
{
    WakeOrder order;
    order.byHand = true;
    order.reason = QStringLiteral("by_hand");
    order.requests = requests;
    return order;
}

QByteArray body(const QByteArray &nonce, const QByteArray &rest, const QByteArray &user = "alice")
{
    return "{\"user\":\"sip:" + user + "@lab.example\",\"device\":\"" + EngineFixture::deviceId(1).toString().toUtf8()
        + "\",\"nonce\":\"" + nonce.toHex() + "\"," + rest + "}";
}

} // namespace

class TestWakeReturned : public QObject
{
    Q_OBJECT
private:
    static Result<Done> take(EngineFixture &f, const QByteArray &octets, ReturnedKind kind = ReturnedKind::Information)
    {
        const Result<ReturnedMessage> message = returnedFromJson(octets, kind);
        if (!message)
            return message.error();
        std::optional<Result<Done>> answer;
        f.engine->wakes().takeReturned(*message, QStringLiteral("sip"), [&](const Result<Done> &done) { answer = done; });
        f.settle([&] { return answer.has_value(); });
        return answer.value_or(Error{"no-answer", {}});
    }
    static QByteArray nonceOf(const EngineFixture &f, int sent) { return decodeSir(f.bearer->sent[sent].sir)->nonce; }

private Q_SLOTS:
    void keepsWhatComesBackWithItsWake()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking(SirRequest::Capability)).value();
        f.bind(1);
        QVERIFY(take(f, body(nonceOf(f, 0), R"("capability":{"content_types":["text/plain"],"sir_version":1},)"
                                            R"("subscription":["mail"],"security":{"tls":"1.3"})"))
                    .ok());
        const Device *device = f.engine->registry().device(f.deviceId(1));
        QCOMPARE(device->capabilities.sirVersion, 1);
        QCOMPARE(device->subscriptions, QStringList{QStringLiteral("mail")});
        QCOMPARE(device->returned.size(), 4); // with the capability message itself
        for (const Returned &told : device->returned) {
            QCOMPARE(told.wake, id);
            QCOMPARE(told.over, QStringLiteral("sip"));
            QCOMPARE(told.at, f.clock->now());
        }
        QCOMPARE(f.store->devices.at(f.deviceId(1)).returned, device->returned);
        QCOMPARE(f.journalCount(QStringLiteral("information-returned")), 1);
        QVERIFY(take(f, body(nonceOf(f, 0), R"("subscription":[])")).ok());
        QCOMPARE(f.engine->registry().device(f.deviceId(1))->returned.size(), 4); // the newest of each kind
    }
    void refusalEndsTheWakeAndIsKept()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking(SirRequest::Refusal)).value();
        QVERIFY(take(f, body(nonceOf(f, 0), R"("status":603)"), ReturnedKind::Refusal).ok());
        const WakeUp wake = *f.engine->wakes().wakeUp(id);
        QCOMPARE(wake.state, WakeState::Refused);
        QCOMPARE(wake.outcome, QByteArray("refused-603"));
        const Returned kept = f.engine->registry().device(f.deviceId(1))->returned.first();
        QCOMPARE(kept.what, SirRequest::Refusal);
        QCOMPARE(kept.value, QStringLiteral(R"({"status":603})"));
        QCOMPARE(kept.wake, id);
        f.clock->advance(Milliseconds(600000));
        QCOMPARE(f.bearer->sent.size(), 1);
    }
    void refusalOfAnEarlierAttemptCounts()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking(SirRequest::Refusal)).value();
        f.clock->advance(Milliseconds(11000));
        QCOMPARE(f.bearer->sent.size(), 2);
        QVERIFY(take(f, body(nonceOf(f, 0), R"("status":486)"), ReturnedKind::Refusal).ok());
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Refused);
    }
    void refusalOfAnotherSirEndsNothing()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking({})).value();
        QVERIFY(take(f, body("none", R"("status":603)"), ReturnedKind::Refusal).ok());
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Active);
        QVERIFY(f.engine->registry().device(f.deviceId(1))->returned.first().wake.isEmpty());
    }
    void refusalByTheCarrierIsKept()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking({})).value();
        f.bearer->receipts[0]({WakeReceipt::Kind::Refused, "registration-rejected", {}});
        QCOMPARE(f.engine->wakes().wakeUp(id)->state, WakeState::Refused);
        QCOMPARE(f.engine->registry().device(f.deviceId(1))->returned.first().value,
                 QStringLiteral(R"({"code":"registration-rejected"})"));
    }
    void registrationMessageIsTheRegistration()
    {
        EngineFixture f;
        f.bind(1);
        f.lose(1);
        const WakeId id = f.engine->wakes().wake(f.deviceId(1), asking(SirRequest::RegistrationMessage)).value();
        f.bind(1);
        const Returned kept = f.engine->registry().device(f.deviceId(1))->returned.first();
        QCOMPARE(kept.what, SirRequest::RegistrationMessage);
        QCOMPARE(kept.wake, id);
        QCOMPARE(kept.over, QStringLiteral("sip"));
    }
    void refusesWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        const int told = int(ReturnedKind::Information), refusal = int(ReturnedKind::Refusal);
        QTest::newRow("no JSON") << QByteArray("hello") << told << QByteArray("json-syntax");
        QTest::newRow("too long") << QByteArray(ReturnedMessage::largest + 1, ' ') << told << QByteArray("json-too-long");
        QTest::newRow("another user") << body("n", R"("capability":{})", "bob") << told
                                      << QByteArray("device-belongs-to-other-user");
        QTest::newRow("field unknown") << body("n", R"("colour":"red")") << told << QByteArray("json-field-unknown");
        QTest::newRow("wrong type") << body("n", R"("capability":7)") << told << QByteArray("json-field-type");
        QTest::newRow("value too long") << body("n", "\"security\":{\"x\":\"" + QByteArray(3000, 'x') + "\"}") << told
                                        << QByteArray("returned-too-large");
        QTest::newRow("status missing") << body("n", R"("capability":{})") << refusal << QByteArray("json-field-missing");
        QTest::newRow("status wrong") << body("n", R"("status":200)") << refusal << QByteArray("json-field-value");
        QTest::newRow("nonce") << QByteArray(R"({"user":"sip:a@lab.example","device":"mac:00a0c91e6bf6","nonce":"xyz","status":603})")
                               << refusal << QByteArray("returned-nonce");
    }
    void refusesWhatIsWrong()
    {
        QFETCH(QByteArray, octets);
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        EngineFixture f;
        f.bind(1);
        const Result<Done> done = take(f, octets, ReturnedKind(kind));
        QVERIFY(!done.ok());
        QCOMPARE(QByteArray(done.error().code), code);
        QVERIFY(f.engine->registry().device(f.deviceId(1))->returned.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWakeReturned)
#include "tst_wakereturned.moc"
