// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otapeer.h"
#include "connections/otatestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString phone = u"urn:uuid:00000000-0000-4000-8000-000000000001"_s;
const DeviceId phoneId = *DeviceId::parse(phone);

} // namespace

/// What terminals say over OTA-HTTP of the pushes they got: always in an answer, since they cannot speak by themselves.
class TestOtaConfirmations : public QObject {
    Q_OBJECT

    /// A terminal that is registered, and a push to it that asks, which has come to it.
    struct Stage {
        OtaTestServer server;
        OtaPeer peer{server.port()};
        PushId push;
        OtaRequest request;

        bool enter()
        {
            server.addDevice(phone);
            peer.ota();
            peer.answer(OtaPeer::registration(phone.toUtf8()));
            return QTest::qWaitFor([&] { return server.state(phoneId) == LivenessState::Up; });
        }
        bool send(bool asks = true)
        {
            PushRequest wanted;
            wanted.to.device = phoneId;
            wanted.body = "hello";
            wanted.confirm = asks;
            server.engine().pushes().submit(wanted, [&](const Result<PushId> &made) { push = made.valueOr({}); });
            request = peer.ota();
            return request.isPush && request.confirm == asks;
        }
        void answer(int status, const QVector<OtaConfirmation> &confirmed)
        {
            OtaAnswer answer;
            answer.status.code = status;
            answer.confirmed = confirmed;
            peer.answer(answer);
        }
        PushState state() { return server.engine().pushes().push(push)->state; }
    };

private Q_SLOTS:
    void theAnswerToThePushConfirms()
    {
        Stage stage;
        QVERIFY(stage.enter() && stage.send());
        stage.answer(400, {{stage.request.pushId, false}});
        QTRY_COMPARE(stage.state(), PushState::Confirmed);
        QCOMPARE(stage.server.engine().pushes().push(stage.push)->deliveries[0].reason, QByteArray("by-application"));
    }
    void aLaterAnswerConfirms()
    {
        Stage stage;
        QVERIFY(stage.enter() && stage.send());
        stage.answer(400, {});
        QTRY_COMPARE(stage.state(), PushState::Delivered);
        stage.server.registry().usableConnection(phoneId)->probe([](const SendOutcome &) {});
        QCOMPARE(stage.peer.ota().isPush, false);
        OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
        answer.confirmed = {{"p-none", false}, {stage.request.pushId, true}};
        stage.peer.answer(answer);
        QTRY_COMPARE(stage.state(), PushState::Confirmed);
        QCOMPARE(stage.server.engine().pushes().push(stage.push)->deliveries[0].reason, QByteArray("by-user"));
    }
    void whoComesBackConfirmsWhenItRegisters()
    {
        Stage stage;
        QVERIFY(stage.enter() && stage.send());
        stage.answer(400, {});
        QTRY_COMPARE(stage.state(), PushState::Delivered);
        stage.peer.reset();
        QTRY_COMPARE(stage.server.state(phoneId), LivenessState::Lost);
        OtaPeer back(stage.server.port());
        back.ota();
        OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
        answer.confirmed = {{stage.request.pushId, false}};
        back.answer(answer);
        QTRY_COMPARE(stage.state(), PushState::Confirmed);
    }
    void aRefusedPushIsNotConfirmed()
    {
        Stage stage;
        QVERIFY(stage.enter() && stage.send());
        stage.answer(238, {{stage.request.pushId, false}});
        QTRY_COMPARE(stage.state(), PushState::Undeliverable);
    }
    void nothingIsAskedOfAPushThatDoesNotAsk()
    {
        Stage stage;
        QVERIFY(stage.enter() && stage.send(false));
        stage.answer(400, {{stage.request.pushId, false}});
        QTRY_COMPARE(stage.state(), PushState::Delivered);
    }
    void readsAndBoundsWhatIsSaid_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("none") << QByteArray() << QByteArray();
        QTest::newRow("two") << QByteArray("p-1,p-2 ; by=user") << QByteArray("p-1, p-2;by=user");
        QTest::newRow("broken ones") << QByteArray(" ,;by=user, p-1;by=cat, p 2, p-3,") << QByteArray("p-3");
        QTest::newRow("long") << QByteArray(65, 'p') + ", p-1" << QByteArray("p-1");
        QTest::newRow("many") << QByteArray("p, ").repeated(1000) << QByteArray("p, ").repeated(OtaAnswer::maxConfirmed).chopped(2);
    }
    void readsAndBoundsWhatIsSaid()
    {
        QFETCH(QByteArray, value);
        HttpResponse response;
        response.headers.add("X-Reveille-Confirmed", value);
        QTEST(otaConfirmedValue(OtaAnswer::read(response).confirmed), "read");
    }
};

QTEST_GUILESS_MAIN(TestOtaConfirmations)
#include "tst_otaconfirmations.moc"
