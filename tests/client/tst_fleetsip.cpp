// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetsip.h"
#include "client/fleetscene.h"
#include "wire/sipbuilder.h"
#include "wire/stun.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// One SIP device and what its server says.
struct Scene {
    explicit Scene(const QString &password = u"secret"_s)
        : identities(*FleetIdentities::make(u"sip:dev%1@lab.example"_s, 1, 4))
        , network(time)
        , sip(identities, network, {3600, true, password, {}}, 4)
    {
        device.random = FleetRandom(1, 0);
        device.place = network.place(0, 0);
    }
    SipMessage registers()
    {
        const QByteArray octets = sip.request(0, device, FleetAsk::Register);
        return SipMessage::parse(octets).value();
    }
    FleetHeard hear(const QByteArray &octets, Milliseconds at = {}) { return sip.take(0, device, octets, at); }
    FleetHeard grant(const SipMessage &request, quint16 port = 40000)
    {
        return hear(SipResponse(request, 200)
                        .source("127.1.0.0", port)
                        .header("Contact", QByteArray(request.header("contact").toByteArray() + ";expires=600"))
                        .header("Flow-Timer", "40")
                        .bytes());
    }
    FleetHeard challenge(const SipMessage &request, const QByteArray &nonce = "n1")
    {
        return hear(SipResponse(request, 401)
                        .header("WWW-Authenticate", "Digest realm=\"lab.example\", nonce=\"" + nonce +
                                                        "\", algorithm=SHA-256, qop=\"auth\"")
                        .bytes());
    }
    QByteArray message(const QByteArray &branch, const QByteArray &push)
    {
        return SipRequest("MESSAGE", "sip:dev0@127.1.0.0:40000")
            .via("UDP", "127.0.0.1", 5060, branch)
            .from("sip:server@lab.example", "a")
            .to("sip:dev0@lab.example")
            .callId("c")
            .header("X-Reveille-Push", push)
            .body("text/plain", "Good morning")
            .bytes();
    }

    FakeSimulationTime time;
    FleetIdentities identities;
    FakeFleetNetwork network;
    FleetSip sip;
    FleetDevice device;
};

int statusOf(const QByteArray &octets)
{
    const Result<SipMessage, SipRejection> message = SipMessage::parse(octets);
    return message ? message->statusCode() : 0;
}

} // namespace

class TestFleetSip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void registersWithItsPassword()
    {
        Scene scene;
        const SipMessage first = scene.registers();
        QCOMPARE(first.method().toByteArray(), QByteArray("REGISTER"));
        QVERIFY(first.header("contact").toByteArray().contains("pn-provider=wsp-udp;pn-prid=127.1.0.0;pn-param=2948"));
        QVERIFY(!first.hasHeader("authorization"));
        QCOMPARE(scene.challenge(first).kind, FleetHeard::Kind::Again);
        const SipMessage second = scene.registers();
        QVERIFY(second.header("authorization").toByteArray().contains("username=\"dev0\""));
        QCOMPARE(second.callId().toByteArray(), first.callId().toByteArray());
        QVERIFY(second.cseq() > first.cseq());
        const FleetHeard granted = scene.grant(second);
        QCOMPARE(granted.kind, FleetHeard::Kind::Granted);
        QCOMPARE(granted.lifetime, Milliseconds(600000));
        QCOMPARE(granted.interval, Milliseconds(40000));
        QVERIFY(!granted.keepRenews);
    }

    void aWrongPasswordIsNotTriedForEver()
    {
        Scene scene;
        FleetHeard heard = scene.challenge(scene.registers());
        QCOMPARE(heard.kind, FleetHeard::Kind::Again);
        heard = scene.challenge(scene.registers(), "n2");
        QCOMPARE(heard.kind, FleetHeard::Kind::Refused);
        Scene without{QString()};
        QCOMPARE(without.challenge(without.registers()).kind, FleetHeard::Kind::Refused);
    }

    void aLongerLifetimeIsAskedForWhereItMust()
    {
        Scene scene;
        QCOMPARE(scene.hear(SipResponse(scene.registers(), 423).header("Min-Expires", "7200").bytes()).kind,
                 FleetHeard::Kind::Again);
        QCOMPARE(scene.registers().expires(), std::optional(7200U));
    }

    void anAnswerToAnotherRequestIsNone()
    {
        Scene scene;
        const SipMessage old = scene.registers();
        const SipMessage present = scene.registers();
        QCOMPARE(scene.grant(old).kind, FleetHeard::Kind::Nothing);
        QCOMPARE(scene.hear(SipResponse(present, 100).bytes()).kind, FleetHeard::Kind::Nothing);
        QCOMPARE(scene.grant(present).kind, FleetHeard::Kind::Granted);
        QCOMPARE(scene.grant(present).kind, FleetHeard::Kind::Nothing);
    }

    void aRefusalSaysWhenToComeBack()
    {
        Scene scene;
        const FleetHeard heard = scene.hear(SipResponse(scene.registers(), 503).header("Retry-After", "30").bytes());
        QCOMPARE(heard.kind, FleetHeard::Kind::Refused);
        QCOMPARE(heard.retryAfter, Milliseconds(30000));
    }

    void keepsItsPathOpenByStun()
    {
        Scene scene;
        scene.grant(scene.registers());
        const IpAddress own = *IpAddress::parse(u"127.1.0.0");
        const auto answered = [&](quint16 port) {
            const QByteArray request = scene.sip.request(0, scene.device, FleetAsk::Keep);
            return scene.hear(encodeStunResponse(*parseStunRequest(request), own, port)).kind;
        };
        QCOMPARE(answered(40000), FleetHeard::Kind::Granted);
        QCOMPARE(answered(40001), FleetHeard::Kind::Unknown); // a NAT has moved it: it registers anew
        QCOMPARE(scene.hear(encodeStunResponse(QByteArray(12, 'x'), own, 40001)).kind, FleetHeard::Kind::Nothing);
    }

    void answersAPushAndItsRepetition()
    {
        Scene scene;
        const FleetHeard first = scene.hear(scene.message("z9hG4bKa", "p1"));
        QCOMPARE(first.kind, FleetHeard::Kind::Push);
        QCOMPARE(first.push, fleetHash("p1"));
        QCOMPARE(statusOf(first.reply), 200);
        const FleetHeard again = scene.hear(scene.message("z9hG4bKa", "p1"), Milliseconds(1000));
        QCOMPARE(again.kind, FleetHeard::Kind::Repeated);
        QCOMPARE(again.reply, first.reply);
        QCOMPARE(scene.hear(scene.message("z9hG4bKb", "p1")).kind, FleetHeard::Kind::Push);
    }

    void answersOtherRequestsToo()
    {
        Scene scene;
        const auto ask = [&](const QByteArray &method) {
            return statusOf(scene.hear(SipRequest(method, "sip:dev0@127.1.0.0")
                                           .via("UDP", "127.0.0.1", 5060, "z9hG4bK" + method)
                                           .from("sip:a@b", "a")
                                           .to("sip:c@d")
                                           .callId("c")
                                           .bytes())
                                .reply);
        };
        QCOMPARE(ask("OPTIONS"), 200);
        QCOMPARE(ask("INFO"), 405);
        QCOMPARE(ask("ACK"), 0);
        QVERIFY(scene.hear("rubbish").reply.isEmpty());
        QVERIFY(scene.hear({}).reply.isEmpty());
    }

    void theKeyOfSirsFollowsFromThePassword()
    {
        Scene scene;
        QVERIFY(!scene.sip.sirKey(0).isEmpty());
        QVERIFY(scene.sip.sirKey(0) != scene.sip.sirKey(1));
        QVERIFY(Scene{QString()}.sip.sirKey(0).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFleetSip)
#include "tst_fleetsip.moc"
