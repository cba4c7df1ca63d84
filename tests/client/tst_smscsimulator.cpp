// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smscscene.h"

using namespace reveille;
using namespace Qt::StringLiterals;

using C = SmppCommand;

namespace {

/// So many requests of 16 octets wait to be written to a session; at the next one it is dropped.
constexpr int mostRequestsUnsent = 4 * 1'048'576 / 16 + 1;

} // namespace

/// The SMSC's side of SMPP, and how it misbehaves when told to.
class TestSmscSimulator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bindsWhomItKnows_data()
    {
        QTest::addColumn<quint32>("command");
        QTest::addColumn<QByteArray>("systemId");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<quint32>("status");
        QTest::newRow("transceiver") << quint32(C::BindTransceiver) << QByteArray("ppg1")
                                     << QByteArray("secret") << 0u;
        QTest::newRow("transmitter") << quint32(C::BindTransmitter) << QByteArray("ppg1")
                                     << QByteArray("secret") << 0u;
        QTest::newRow("receiver") << quint32(C::BindReceiver) << QByteArray("ppg1") << QByteArray("secret")
                                  << 0u;
        QTest::newRow("password") << quint32(C::BindReceiver) << QByteArray("ppg1") << QByteArray("Secret")
                                  << 0x0eu;
        QTest::newRow("stranger") << quint32(C::BindReceiver) << QByteArray("ppg2") << QByteArray("secret")
                                  << 0x0fu;
    }
    void bindsWhomItKnows()
    {
        QFETCH(quint32, command);
        QFETCH(QByteArray, systemId);
        QFETCH(QByteArray, password);
        QFETCH(quint32, status);
        SmscScene scene;
        Esme esme(scene.port());
        esme.bind(C(command), systemId, password);
        const C response = C(command | smppResponseBit);
        QTRY_COMPARE(esme.count(response), 1);
        QCOMPARE(esme.last(response).status, status);
        QCOMPARE(scene.told.count(status ? u"bind-refused" : u"bound"), 1);
        for (const ClientEvent &event : scene.told.all)
            QVERIFY(!toJsonLine(event).toLower().contains("secret"));
        if (status)
            return;
        esme.bind(C(command), systemId, password);
        QTRY_COMPARE(esme.count(response), 2);
        QCOMPARE(esme.last(response).status, 0x05u);
    }

    void anybodyMayBindWhereNobodyIsNamed()
    {
        SmscSettings settings;
        settings.systemId.clear();
        SmscScene scene(settings);
        Esme esme(scene.port());
        esme.bind(C::BindTransceiver, "who", "ever");
        QTRY_COMPARE(esme.count(C::BindTransceiverResp), 1);
        QCOMPARE(esme.last(C::BindTransceiverResp).status, 0u);
    }

    void aConnectionThatDoesNotBindIsClosed()
    {
        SmscScene scene;
        Esme esme(scene.port());
        QTRY_VERIFY(esme.isConnected());
        QTRY_COMPARE(scene.smsc.counters().sessions, 1);
        scene.time.advance(SmscSession::bindTime);
        QTRY_VERIFY(!esme.isConnected());
        QCOMPARE(scene.smsc.counters().sessions, 0);
    }

    void submitsOnlyFromWhoMay()
    {
        SmscScene scene;
        Esme unbound(scene.port()), receiver(scene.port());
        QCOMPARE(scene.submit(unbound, Esme::sms("x")), 0x04u);
        scene.bound(receiver, C::BindReceiver);
        QCOMPARE(scene.submit(receiver, Esme::sms("x")), 0x04u);
        QVERIFY(scene.got.isEmpty());
    }

    void tooManyInASecondAreThrottled()
    {
        SmscSettings settings;
        settings.perSecond = 2;
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QVector<quint32> answers;
        for (int i = 0; i < 4; ++i)
            answers.append(scene.submit(esme, Esme::sms("x")));
        QCOMPARE(answers, (QVector<quint32>{0, 0, 0x58, 0x58}));
        scene.time.advance(Milliseconds(1000));
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        QCOMPARE(scene.smsc.counters().answers.value(0x58), quint64(2));
    }

    void errorsAreAsManyAsTheSettingSays()
    {
        SmscSettings settings;
        settings.status = 8;
        settings.failFirst = 2;
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 8u);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 8u);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        scene.change([](SmscSettings &s) {
            s.status = 0x14;
            s.failFirst = 0;
        });
        for (int i = 0; i < 3; ++i)
            QCOMPARE(scene.submit(esme, Esme::sms("x")), 0x14u);
    }

    void unknownNumbersAreRefusedWhereWanted()
    {
        SmscSettings settings;
        settings.refusesUnknown = true;
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x", "491700000000")), 0x0bu);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
    }

    void silenceIsForSubmitsOrForAll()
    {
        SmscSettings settings;
        settings.silence = SmscSilence::Submit;
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        esme.say(Esme::sms("x"));
        esme.ask(C::EnquireLink);
        QTRY_COMPARE(esme.count(C::EnquireLinkResp), 1);
        QCOMPARE(esme.count(C::SubmitSmResp), 0);
        scene.change([](SmscSettings &s) { s.silence = SmscSilence::All; });
        esme.ask(C::EnquireLink);
        QTRY_COMPARE(scene.told.count(u"enquire-link"), 2);
        scene.change([](SmscSettings &s) { s.silence = SmscSilence::Off; });
        esme.ask(C::EnquireLink);
        QTRY_COMPARE(esme.count(C::EnquireLinkResp), 2);
        QCOMPARE(scene.smsc.counters().accepted, quint64(0));
    }

    void theConnectionDropsInTheMiddleOfAWindow()
    {
        SmscSettings settings;
        settings.dropAfter = 3;
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        for (int i = 0; i < 5; ++i)
            esme.say(Esme::sms("x"));
        QTRY_VERIFY(!esme.isConnected());
        QCOMPARE(scene.told.count(u"submit"), 3);
        QVERIFY(scene.told.last(u"submit")[u"status"_s].isNull());
        QCOMPARE(scene.smsc.counters().accepted, quint64(2));
        Esme again(scene.port());
        scene.bound(again);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(scene.submit(again, Esme::sms("x")), 0u); // once only
        QTRY_VERIFY(again.count(C::DeliverSm) >= 5);
    }

    void whatCannotBeReadIsAnsweredAsSmppSays()
    {
        SmscScene scene;
        Esme esme(scene.port());
        scene.bound(esme);
        const auto header = [](quint32 length, quint32 command) {
            QByteArray octets;
            for (const quint32 word : {length, command, 0u, 77u}) {
                for (const int shift : {24, 16, 8, 0})
                    octets.append(char(word >> shift));
            }
            return octets;
        };
        esme.socket.write(header(16, 0x00000103)); // data_sm, which it does not know
        QTRY_COMPARE(esme.count(C::GenericNack), 1);
        QCOMPARE(esme.last(C::GenericNack).status, 3u);
        QCOMPARE(esme.last(C::GenericNack).sequence, 77u);
        esme.socket.write(header(18, quint32(C::SubmitSm)) + "ab");
        QTRY_COMPARE(esme.count(C::SubmitSmResp), 1);
        QCOMPARE(esme.last(C::SubmitSmResp).status, 2u);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u); // the link goes on
        esme.socket.write(header(0x7fffffff, quint32(C::SubmitSm)));
        QTRY_VERIFY(!esme.isConnected());
        QCOMPARE(scene.smsc.counters().malformed, quint64(3));
    }

    void bothSidesMayUnbindAndAskWhetherTheOtherIsThere()
    {
        SmscSettings settings;
        settings.enquireEvery = Milliseconds(30'000);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        scene.time.advance(Milliseconds(60'000));
        QTRY_COMPARE(esme.count(C::EnquireLink), 2);
        esme.ask(C::Unbind);
        QTRY_COMPARE(esme.count(C::UnbindResp), 1);
        QTRY_VERIFY(!esme.isConnected());
        Esme other(scene.port());
        scene.bound(other);
        scene.smsc.unbindAll();
        QTRY_COMPARE(other.count(C::Unbind), 1);
        SmppPdu answer;
        answer.command = C::UnbindResp;
        answer.sequence = other.last(C::Unbind).sequence;
        other.say(answer);
        QTRY_VERIFY(!other.isConnected());
        Esme third(scene.port());
        scene.bound(third);
        scene.smsc.dropAll();
        QTRY_VERIFY(!third.isConnected());
        QCOMPARE(third.count(C::Unbind), 0);
    }

    void theSameSeedLosesTheSameMessages()
    {
        const auto survivors = [](quint64 seed) {
            SmscSettings settings;
            settings.lossPercent = 40;
            settings.receipts = SmscReceipts::None;
            SmscScene scene(settings, seed);
            Esme esme(scene.port());
            scene.bound(esme);
            for (int i = 0; i < 30; ++i)
                scene.submit(esme, Esme::sms(QByteArray::number(i)));
            [&] {
                QTRY_COMPARE(quint64(scene.got.size()), 30 - scene.smsc.counters().lost);
            }();
            [&] {
                QCOMPARE(scene.smsc.counters().messages, 0);
            }();
            return scene.got;
        };
        const QVector<QByteArray> first = survivors(5);
        QVERIFY(first.size() > 8 && first.size() < 28);
        QCOMPARE(survivors(5), first);
        QVERIFY(survivors(6) != first);
    }

    void everythingIsBounded()
    {
        SmscSettings settings;
        settings.maxSessions = 1;
        settings.maxTerminals = 1;
        settings.maxMessages = 2;
        settings.maxDeliveries = 1;
        SmscScene scene(settings);
        SmscTerminal second = scene.terminal();
        second.msisdn = u"491709999999"_s;
        QVERIFY(!scene.smsc.setTerminal(second));
        scene.smsc.setTerminal(scene.terminal(false));
        Esme esme(scene.port());
        scene.bound(esme, C::BindTransmitter);
        Esme crowd(scene.port());
        QTRY_COMPARE(scene.told.count(u"connection-refused"), 1);
        QTRY_VERIFY(!crowd.isConnected());
        QCOMPARE(scene.submit(esme, Esme::sms("one")), 0u);
        QCOMPARE(scene.submit(esme, Esme::sms("two")), 0u);
        QCOMPARE(scene.submit(esme, Esme::sms("three")), 0x14u);
        scene.smsc.setTerminal(scene.terminal());
        QTRY_COMPARE(scene.got.size(), 2);
        QCOMPARE(scene.told.count(u"delivery-dropped"), 1); // of two receipts one had room
        QCOMPARE(scene.smsc.counters().deliveries, 1);
    }

    void peersThatDoNotReadAreDroppedWhileTheyAreSpokenTo_data()
    {
        QTest::addColumn<bool>("unbinds");
        QTest::newRow("unbind") << true;
        QTest::newRow("enquire_link") << false;
    }
    void peersThatDoNotReadAreDroppedWhileTheyAreSpokenTo()
    {
        QFETCH(bool, unbinds);
        SmscSettings settings;
        settings.enquireEvery = Milliseconds(unbinds ? 0 : 1000);
        SmscScene scene(settings);
        Esme first(scene.port()), second(scene.port()), third(scene.port());
        for (Esme *esme : {&first, &second, &third})
            scene.bound(*esme);
        // Nothing is written to the peers meanwhile, as no event is handled.
        for (int i = 0; i <= mostRequestsUnsent && scene.smsc.counters().sessions > 0; ++i) {
            if (unbinds)
                scene.smsc.unbindAll();
            else
                scene.time.advance(Milliseconds(1000));
        }
        QCOMPARE(scene.smsc.counters().sessions, 0);
        QCOMPARE(scene.told.count(u"disconnected"), 3);
    }

    void aReceiptThatAPeerDoesNotReadIsKeptForItsNextSession()
    {
        SmscSettings settings;
        settings.deliveryDelay = Milliseconds(1000);
        SmscScene scene(settings);
        Esme esme(scene.port());
        scene.bound(esme);
        QCOMPARE(scene.submit(esme, Esme::sms("x")), 0u);
        for (int i = 0; i < mostRequestsUnsent; ++i)
            scene.smsc.unbindAll();
        QCOMPARE(scene.smsc.counters().sessions, 1);
        scene.time.advance(Milliseconds(1000));
        QCOMPARE(scene.smsc.counters().sessions, 0);
        QCOMPARE(scene.smsc.counters().deliveries, 1);
        QCOMPARE(scene.told.count(u"delivery-sent"), 0);
        Esme again(scene.port());
        scene.bound(again);
        QTRY_COMPARE(again.count(C::DeliverSm), 1);
    }

    void connectionsAreTakenAgainOnceThereAreDescriptors()
    {
        SmscScene scene;
        Esme esme(scene.port());
        QVERIFY(esme.socket.waitForConnected(1000)); // by the machine, not yet by the SMSC
        {
            const NoDescriptors none;
            QTRY_COMPARE(scene.told.count(u"accept-failed"), 1);
        }
        QCOMPARE(scene.smsc.counters().sessions, 0);
        scene.time.advance(Milliseconds(1000));
        QTRY_COMPARE(scene.smsc.counters().sessions, 1);
    }

    void anEndWithMessagesUnderWayIsClean()
    {
        FakeSimulationTime time;
        SmscSettings settings;
        settings.answerDelay = settings.deliveryDelay = settings.enquireEvery = Milliseconds(1000);
        auto smsc = std::make_unique<SmscSimulator>(settings, 1, time, time.timers());
        QVERIFY(smsc->listen({QHostAddress(QHostAddress::LocalHost), 0}));
        Esme esme(smsc->address().port);
        esme.bind();
        esme.say(Esme::sms("x"));
        QTRY_COMPARE(smsc->counters().accepted, quint64(1));
        smsc.reset();
        time.advance(Milliseconds(100'000));
        QCOMPARE(time.timers().pending(), size_t(0));
        QTRY_VERIFY(!esme.isConnected());
    }
};

QTEST_GUILESS_MAIN(TestSmscSimulator)
#include "tst_smscsimulator.moc"
