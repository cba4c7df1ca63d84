// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"
#include "engine/bearer.h"
#include "models/sentences.h"
#include "models/snapshotmaker.h"
#include "models/timedisplay.h"
#include "support/testpaths.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

DeviceSnapshot phone(LivenessState state, bool route = true)
{
    DeviceSnapshot snapshot = withState(device(userId(1), deviceId(1, 1), u"phone"_s), state, 12);
    if (route)
        snapshot.readyRoutes = {{u"sms"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Client}};
    return snapshot;
}

QString verdictText(const DeviceSnapshot &device, qint64 msAfterNoon)
{
    const Timestamp now = noon + Milliseconds(msAfterNoon);
    return Sentences::verdict(verdictOf(device, now), now);
}

/// Text of every source file of the server, whose codes the tables are held against.
QStringList serverSources(const QString &folder = {})
{
    QStringList sources;
    QDirIterator files(testData(u"../../server") + folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            sources.append(QString::fromUtf8(file.readAll()));
    }
    return sources;
}

JournalEntry entry(JournalKind kind, const QString &event, const QVector<std::pair<QString, QString>> &fields)
{
    JournalEntry entry;
    entry.id = JournalId{1};
    entry.kind = kind;
    entry.event = event;
    entry.fields = fields;
    return entry;
}

} // namespace

class TestSentences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBudgetSaysWhatFits()
    {
        QCOMPARE(Sentences::wakeBudget({96, 1, 140}), u"96 of 140 octets: fits into one message."_s);
        QCOMPARE(Sentences::wakeBudget({211, 2, 140}), u"211 octets, of which 140 fit into one message: needs 2 message(s)."_s);
        QVERIFY(Sentences::wakeBudget({500, 1, 0}).isEmpty());
    }

    void verdictSaysItInASentence_data()
    {
        QTest::addColumn<DeviceSnapshot>("snapshot");
        QTest::addColumn<qint64>("at");
        QTest::addColumn<QString>("text");

        DeviceSnapshot up = phone(LivenessState::Up);
        QTest::newRow("up, heard") << up << qint64(12000)
            << u"Reachable now over SIP/UDP 203.0.113.12:4012, heard 12 s ago; not yet proven both ways. "
               "The pinhole is expected to close in 48 s; if it closes, a wake-up over SMS stands ready."_s;
        advance(&up.liveness, LivenessEvent::Kind::Proof, noon + Milliseconds(5000), u"200"_s);
        QTest::newRow("up, proven") << up << qint64(17000)
            << u"Reachable now over SIP/UDP 203.0.113.12:4012, proven 12 s ago. "
               "The pinhole is expected to close in 48 s; if it closes, a wake-up over SMS stands ready."_s;
        up.readyRoutes.clear();
        up.pendingPushes = 1;
        QTest::newRow("up, no route, pushes wait") << up << qint64(17000)
            << u"Reachable now over SIP/UDP 203.0.113.12:4012, proven 12 s ago. "
               "The pinhole is expected to close in 48 s; if it closes, no wake-up route stands ready. 1 push(es) wait for it."_s;

        DeviceSnapshot tcp = phone(LivenessState::Up);
        LivenessPolicy policy = udpPolicy();
        policy.silenceMeans = LossReason::Interrupted;
        tcp.liveness = registered(policy);
        advance(&tcp.liveness, LivenessEvent::Kind::Proof, noon, u"200"_s);
        tcp.connections[0].facts.transport = u"tcp"_s;
        QTest::newRow("up over tcp") << tcp << qint64(1000)
            << u"Reachable now over SIP/TCP 203.0.113.12:4012, proven 1 s ago. "
               "It is probed in 59 s if nothing is heard; if it is lost, a wake-up over SMS stands ready."_s;
        policy.pinholeLifetime = {};
        tcp.liveness = registered(policy);
        advance(&tcp.liveness, LivenessEvent::Kind::Proof, noon, u"200"_s);
        QTest::newRow("up, only the registration ends") << tcp << qint64(1000)
            << u"Reachable now over SIP/TCP 203.0.113.12:4012, proven 1 s ago. "
               "Its registration runs out in 59 min; after that, a wake-up over SMS stands ready."_s;

        QTest::newRow("suspect") << phone(LivenessState::Suspect) << qint64(62000)
            << u"Doubtful over SIP/UDP 203.0.113.12:4012: Nothing was heard for 1 min, 2 s ago. The path is being probed. "
               "Its registration runs out in 58 min; after that, a wake-up over SMS stands ready."_s;
        QTest::newRow("lost") << phone(LivenessState::Lost) << qint64(80000)
            << u"Not reachable: the pinhole has probably closed. Our probe stayed unanswered (OPTIONS), 12 s ago. "
               "Last heard 1 min ago. A wake-up over SMS stands ready."_s;
        QTest::newRow("lost, no route") << phone(LivenessState::Lost, false) << qint64(80000)
            << u"Not reachable: the pinhole has probably closed. Our probe stayed unanswered (OPTIONS), 12 s ago. "
               "Last heard 1 min ago. No wake-up route stands ready."_s;
        DeviceSnapshot expired = phone(LivenessState::Up);
        advance(&expired.liveness, LivenessEvent::Kind::Tick, noon + Milliseconds(3600000));
        QTest::newRow("expired") << expired << qint64(3660000)
            << u"Not reachable: the registration ran out 1 min ago. Last heard 1 h ago. A wake-up over SMS stands ready."_s;
        DeviceSnapshot left = phone(LivenessState::Up);
        advance(&left.liveness, LivenessEvent::Kind::Unregistered, noon + Milliseconds(1000));
        QTest::newRow("unregistered") << left << qint64(4000)
            << u"Not reachable: the device left. The device removed its registration, 3 s ago. "
               "Last heard 4 s ago. A wake-up over SMS stands ready."_s;
        DeviceSnapshot broken = phone(LivenessState::Up);
        advance(&broken.liveness, LivenessEvent::Kind::Reset, noon + Milliseconds(1000));
        QTest::newRow("broken") << broken << qint64(4000)
            << u"Not reachable: the connection was interrupted. The connection broke, 3 s ago. "
               "Last heard 4 s ago. A wake-up over SMS stands ready."_s;
        QTest::newRow("waking") << phone(LivenessState::Waking) << qint64(73000)
            << u"Being woken after a loss (pinhole closed). Wake-up attempt 1 was sent over wsp, 3 s ago."_s;
        QTest::newRow("unreachable") << phone(LivenessState::Unreachable) << qint64(180000)
            << u"Unreachable: Every wake-up route was tried without success, 1 min ago. "
               "Last heard 3 min ago. A wake-up over SMS stands ready."_s;
        DeviceSnapshot never = device(userId(1), deviceId(1, 1));
        QTest::newRow("never") << never << qint64(0)
            << u"This device has never registered. No wake-up route stands ready."_s;
    }
    void verdictSaysItInASentence()
    {
        QFETCH(DeviceSnapshot, snapshot);
        QFETCH(qint64, at);
        QFETCH(QString, text);
        if (!snapshot.connections.isEmpty())
            snapshot.connections[0].liveness = snapshot.liveness;
        QCOMPARE(verdictText(snapshot, at), text);
    }

    void whatHasPassedIsNotAnnounced()
    {
        const Verdict verdict = verdictOf(phone(LivenessState::Up), noon + Milliseconds(70000));
        QCOMPARE(verdict.next, Verdict::Next::Nothing);
        QVERIFY(!verdict.nextAt.isSet());
    }

    void everyRuleHasWords()
    {
        QSet<QString> seen;
        for (int rule = int(EvidenceRule::Registered); rule <= int(EvidenceRule::UserTimeout); ++rule) {
            const Evidence evidence{EvidenceRule(rule), {}, 1000, noon, noon + Milliseconds(49000)};
            const QString text = Sentences::evidence(evidence, noon + Milliseconds(1000));
            QVERIFY2(text.endsWith(u", 1 s ago. Judged anew in 48 s."_s), qPrintable(text));
            QVERIFY2(!seen.contains(text), qPrintable(text));
            seen.insert(text);
        }
        QVERIFY(Sentences::evidence({}, noon).isEmpty());
    }

    void everyEnumeratorHasAWord()
    {
        QSet<QString> seen;
        const auto check = [&seen](const QString &text) { QVERIFY(!text.isEmpty() && !seen.contains(text)); seen.insert(text); };
        for (int i = 0; i <= int(LivenessState::Unreachable); ++i)
            check(Sentences::state(LivenessState(i)));
        for (int i = 1; i <= int(LossReason::ClosedByPeer); ++i)
            check(Sentences::reason(LossReason(i)));
        seen.clear();
        for (int i = 0; i <= int(PushState::Undeliverable); ++i)
            check(Sentences::pushState(PushState(i)));
        seen.clear();
        for (int i = 0; i <= int(WakeState::Exhausted); ++i)
            check(Sentences::wakeState(WakeState(i)));
        for (int i = 0; i <= int(WakeStep::Delivered); ++i)
            check(Sentences::wakeStep(WakeStep(i)));
        for (int i = 0; i <= int(JournalKind::Trigger); ++i)
            check(Sentences::journalKind(JournalKind(i)));
        for (int i = 0; i <= int(SirMode::BroadcastIdentified); ++i)
            check(Sentences::sirMode(SirMode(i)));
        for (int bit = 1; bit <= int(SirRequest::CapabilityMessage); bit *= 2)
            check(Sentences::sirRequest(SirRequest(bit)));
        for (int i = 0; i <= int(DeliveryPath::Wait); ++i)
            check(Sentences::deliveryPath(DeliveryPath(i)));
        for (int i = 0; i <= int(PushPriority::High); ++i)
            check(Sentences::priority(PushPriority(i)));
        for (int i = 0; i <= int(PushWhen::Wake); ++i)
            check(Sentences::when(PushWhen(i)));
    }

    void everyErrorIsASentence()
    {
        for (const QString &code : Sentences::errorCodes()) {
            const QByteArray name = code.toLatin1();
            const QString with = Sentences::error({name.constData(), u"X-17"_s});
            const QString without = Sentences::error({name.constData(), {}});
            for (const QString &text : {with, without}) {
                QVERIFY2(text.size() > 5 && !text.contains(u'%') && !text.contains(u"  "_s), qPrintable(text));
                QVERIFY2(text.endsWith(u'.') || text.endsWith(u'…'), qPrintable(text));
            }
        }
        const QStringList codes = Sentences::errorCodes();
        QCOMPARE(QSet<QString>(codes.begin(), codes.end()).size(), codes.size());
        QCOMPARE(Sentences::error({"listen-failed", u"sip/udp 127.0.0.1:5060"_s}), u"Cannot listen: sip/udp 127.0.0.1:5060."_s);
        QCOMPARE(Sentences::error({"listen-failed", {}}), u"Cannot listen."_s);
        QCOMPARE(Sentences::error({"sip-uri-host", u"x"_s}), u"The SIP message cannot be read (sip-uri-host: x)."_s);
        QCOMPARE(Sentences::error({"brand-new", u"x"_s}), u"brand-new: x"_s);
        QVERIFY(Sentences::error({}).isEmpty());
    }

    void everyCodeOfTheTablesHasWords()
    {
        for (const QString &code : Sentences::eventCodes())
            QVERIFY2(Sentences::event(code) != code, qPrintable(code));
        for (const QString &code : Sentences::questionCodes())
            QVERIFY2(Sentences::question(code.toLatin1().constData()).endsWith(u'?'), qPrintable(code));
        for (const QString &code : Sentences::outcomeCodes())
            QVERIFY2(!Sentences::outcome(code.toLatin1()).isEmpty(), qPrintable(code));
        QCOMPARE(Sentences::event(u"brand-new"_s), u"brand-new"_s);
        QCOMPARE(Sentences::question("brand-new"), u"brand-new"_s);
        QCOMPARE(Sentences::outcome("brand-new"), u"brand-new"_s);
        QCOMPARE(Sentences::fieldName(u"Call-ID"_s), u"Call-ID"_s);
        QCOMPARE(Sentences::outcome("refused-486"), u"refused by the device: 486, its user is busy"_s);
        QCOMPARE(Sentences::outcome("failed-port-unreachable"), u"failed: nobody listens at the port"_s);
    }

    void everyErrorOfTheServerHasASentence()
    {
        const QRegularExpression made(u"Error\\{\"([a-z0-9-]+)\""_s);
        int found = 0;
        for (const QString &source : serverSources()) {
            auto match = made.globalMatch(source);
            while (match.hasNext()) {
                const QByteArray code = match.next().captured(1).toLatin1();
                const QString text = Sentences::error({code.constData(), u"x"_s});
                QVERIFY2(!text.startsWith(QString::fromLatin1(code)), code.constData());
                ++found;
            }
        }
        QVERIFY(found > 50);
    }

    void everyEventOfTheServerHasWords()
    {
        const QRegularExpression event(
            u"QStringLiteral\\(\"((?:wake|sir|empty-wake|push|trigger|registration)-[a-z-]*[a-z])\"\\)"_s);
        int found = 0;
        for (const QString &source : serverSources()) {
            auto match = event.globalMatch(source);
            while (match.hasNext()) {
                const QString code = match.next().captured(1);
                QVERIFY2(Sentences::eventCodes().contains(code), qPrintable(code));
                ++found;
            }
        }
        QVERIFY(found > 10);
        for (int state = 0; state <= int(PushState::Undeliverable); ++state)
            QVERIFY(Sentences::eventCodes().contains(u"push-"_s + QLatin1StringView(toText(PushState(state)))));
        for (int state = 0; state <= int(LivenessState::Unreachable); ++state)
            QVERIFY(Sentences::eventCodes().contains(QLatin1StringView(toText(LivenessState(state)))));
    }

    /// What became of a push, why a connection is over, and why somebody was refused, as the device side names it.
    void everyOutcomeOfTheDeviceSideHasWords()
    {
        const QRegularExpression made[] = {
            QRegularExpression(u"Kind::(?:Broken|Busy|Refused|Unanswered)\\b[^\"{};]{0,60}?\"([a-z0-9-]+)\""_s),
            QRegularExpression(u"(?:refuse\\(|Refusal)\\{[^\"{};]*?\"([a-z0-9-]+)\""_s),
            QRegularExpression(u"\\b(?:fail|end|over|unlink|dropped|bad|finishLater|failFlow)\\((?:[^()\";]*,)?[^()\";]*?\"([a-z-]+)\""_s),
            QRegularExpression(u": \"([a-z-]+)\"\\)"_s),
            QRegularExpression(u"(?:code|reason) = (?:[^\";]*\\? )?\"([a-z-]+)\""_s),
            QRegularExpression(u"QByteArrayLiteral\\(\"([a-z-]+)\"\\)"_s),
        };
        const QStringList known = Sentences::outcomeCodes();
        QSet<QString> found;
        for (const QString &source : serverSources(u"/connections"_s)) {
            for (const QRegularExpression &code : made) {
                auto match = code.globalMatch(source);
                while (match.hasNext())
                    found.insert(match.next().captured(1));
            }
        }
        for (const QString &code : std::as_const(found)) {
            const bool isPrefix = code.endsWith(u'-'); // of a status
            const QString text = Sentences::outcome(isPrefix ? (code + u"481"_s).toLatin1() : code.toLatin1());
            QVERIFY2(isPrefix ? !text.startsWith(code) : known.contains(code) && text != code, qPrintable(code));
        }
        for (const char *certain : {"icmp", "rst", "too-many", "session-path", "sessions-full", "no-ack", "dtls-needed", "status-missing"})
            QVERIFY2(found.contains(QString::fromLatin1(certain)), certain);
        QCOMPARE(Sentences::outcome("busy-too-many"), u"the device is busy: too many requests are under way"_s);
        QCOMPARE(Sentences::outcome("refused-http-404"), u"refused by the device: HTTP status 404"_s);
    }

    void everyQuestionOfTheDomainIsKnown_data()
    {
        QTest::addColumn<QString>("code");
        for (const char *code : {"named", "belongs-to-user", "accepts-pushes", "quiet-hours", "subscribed", "content-type",
                                 "size", "connected", "may-wake", "route-known", "route-implied", "bearer-configured", "bearer-differs",
                                 "bearer-healthy", "attempts-left", "ttl"})
            QTest::newRow(code) << QString::fromLatin1(code);
    }
    void everyQuestionOfTheDomainIsKnown()
    {
        QFETCH(QString, code);
        QVERIFY(Sentences::questionCodes().contains(code));
    }

    void journalRowsAreTold_data()
    {
        QTest::addColumn<JournalEntry>("row");
        QTest::addColumn<QString>("text");
        QTest::newRow("lost") << entry(JournalKind::Connection, u"lost"_s,
                                       {{u"transport"_s, u"sip/udp"_s}, {u"peer"_s, u"203.0.113.7:4012"_s},
                                        {u"rule"_s, u"probe_lost"_s}, {u"subject"_s, u"OPTIONS"_s},
                                        {u"reason"_s, u"pinhole_closed"_s}})
            << u"SIP/UDP from 203.0.113.7:4012 · Our probe stayed unanswered (OPTIONS) · pinhole closed"_s;
        QTest::newRow("restored") << entry(JournalKind::Connection, u"restored"_s,
                                           {{u"transport"_s, u"sip/tcp"_s}, {u"peer"_s, u"203.0.113.7:4012"_s},
                                            {u"rule"_s, u"restored"_s}, {u"away_ms"_s, u"125000"_s}})
            << u"SIP/TCP from 203.0.113.7:4012 · The device came back · away for 2 min"_s;
        QTest::newRow("sir") << entry(JournalKind::Sir, u"sir-sent"_s,
                                      {{u"mode"_s, u"routed"_s}, {u"bearer"_s, u"wsp"_s}, {u"address"_s, u"127.0.0.1"_s},
                                       {u"port"_s, u"2948"_s}, {u"attempt"_s, u"1"_s}, {u"octets"_s, u"96"_s},
                                       {u"identity"_s, u""_s}})
            << u"over wsp to 127.0.0.1 port 2948, attempt 1 · routed, 96 octet(s) · without identity"_s;
        QTest::newRow("receipt") << entry(JournalKind::Sir, u"sir-receipt"_s,
                                          {{u"bearer"_s, u"smsc-1"_s}, {u"attempt"_s, u"2"_s}, {u"code"_s, u"sent"_s},
                                           {u"carrier_id"_s, u"77"_s}})
            << u"smsc-1 says: sent (attempt 2), message id 77"_s;
        QTest::newRow("wake started") << entry(JournalKind::Wake, u"wake-started"_s,
                                               {{u"reason"_s, u"push"_s}, {u"because"_s, u"pinhole_closed"_s}, {u"mode"_s, u"routed"_s}})
            << u"for a push · pinhole closed"_s;
        QTest::newRow("wake ended") << entry(JournalKind::Wake, u"wake-succeeded"_s,
                                             {{u"outcome"_s, u"device-returned"_s}, {u"furthest"_s, u"restored"_s},
                                              {u"attempts"_s, u"1"_s}, {u"took_ms"_s, u"820"_s}})
            << u"the device came back · after 820 ms · 1 attempt(s) · got as far as: Registered again"_s;
        QTest::newRow("push accepted") << entry(JournalKind::Push, u"push-accepted"_s,
                                                {{u"content_type"_s, u"text/plain"_s}, {u"octets"_s, u"5"_s},
                                                 {u"when"_s, u"wake"_s}, {u"ttl_s"_s, u"3600"_s}, {u"initiator"_s, u""_s}})
            << u"text/plain, 5 octet(s) · Wake the device · valid for 1 h · by staff"_s;
        QTest::newRow("push expired") << entry(JournalKind::Push, u"push-expired"_s,
                                               {{u"attempts"_s, u"2"_s}, {u"reason"_s, u"ttl-ended"_s}})
            << u"its time to live ended · sent 2 time(s)"_s;
        QTest::newRow("unknown event") << entry(JournalKind::Trigger, u"brand-new"_s, {{u"peer"_s, u"x"_s}, {u"zig"_s, u"zag"_s}})
            << u"from x, zig zag"_s;
        QTest::newRow("trigger refused") << entry(JournalKind::Trigger, u"refused"_s,
                                                  {{u"code"_s, u"msisdn-unknown"_s}, {u"target"_s, u"+491701234567"_s},
                                                   {u"initiator"_s, u"i-1"_s}})
            << u"No user has the phone number +491701234567 · from i-1"_s;
        QTest::newRow("registration refused") << entry(JournalKind::Connection, u"registration-refused"_s,
                                                       {{u"transport"_s, u"sip/udp"_s}, {u"peer"_s, u"203.0.113.7:4012"_s},
                                                        {u"status"_s, u"403"_s}, {u"reason"_s, u"third-party"_s}})
            << u"SIP/UDP from 203.0.113.7:4012 · it registers somebody else (403)"_s;
        QTest::newRow("no fields") << entry(JournalKind::Wake, u"wake-cancelled"_s, {}) << QString();
    }
    void journalRowsAreTold()
    {
        QFETCH(JournalEntry, row);
        QFETCH(QString, text);
        QCOMPARE(Sentences::journal(row), text);
    }

    void checksAreTold()
    {
        Check check;
        check.question = "size";
        check.outcome = Check::Outcome::Failed;
        check.value = u"1400"_s;
        QCOMPARE(Sentences::check(check), u"Is the content small enough for it? no (1400 octets)"_s);
        QCOMPARE(Sentences::setting("capabilities.max_message_size"), u"the largest message of the device"_s);
        // What the server and reveillectl say of it, and the console in the language of the server.
        check.setting = "capabilities.max_message_size";
        DeviceExplanation device;
        device.checks = {check};
        QCOMPARE(Sentences::verdict(device), u"Does not get it. Is the content small enough for it? no (1400 octets). To change it: "
                                             "the largest message of the device."_s);
        QCOMPARE(Sentences::verdict(device), explanationtext::verdict(device));
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("negative") << qint64(-5) << u"0 ms"_s;
        QTest::newRow("ms") << qint64(999) << u"999 ms"_s;
        QTest::newRow("s") << qint64(59999) << u"59 s"_s;
        QTest::newRow("min") << qint64(180000) << u"3 min"_s;
        QTest::newRow("h") << qint64(47 * 3600000) << u"47 h"_s;
        QTest::newRow("days") << qint64(48 * 3600000) << u"2 day(s)"_s;
    }
    void durations()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, text);
        QCOMPARE(TimeDisplay::duration(Milliseconds(ms)), text);
    }

    void timesFollowTheZone()
    {
        qputenv("TZ", "Asia/Tokyo");
        tzset();
        const TimeDisplay utc(TimeDisplay::Zone::Utc), local(TimeDisplay::Zone::Local);
        QCOMPARE(utc.dateTime(noon + Milliseconds(120)), u"2027-01-15 08:00:00.120"_s);
        QCOMPARE(local.clock(noon), u"17:00:00.000"_s);
        QCOMPARE(utc.shortTime(noon, noon + Milliseconds(1000)), u"08:00:00.000"_s);
        QCOMPARE(utc.shortTime(noon, noon + Milliseconds(86400000)), u"2027-01-15 08:00:00.000"_s);
        QCOMPARE(utc.zoneName(), u"UTC"_s);
        QVERIFY(utc.clock({}).isEmpty());
        QCOMPARE(TimeDisplay::relative(noon, noon + Milliseconds(12000)), u"12 s ago"_s);
        QCOMPARE(TimeDisplay::relative(noon + Milliseconds(48000), noon), u"in 48 s"_s);
        QCOMPARE(TimeDisplay::relative(noon, noon + Milliseconds(100)), u"now"_s);
    }

    void longIdsLoseTheirMiddle()
    {
        const QString id = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;
        QCOMPARE(Sentences::shortened(id), u"urn:uuid:f81d4fae-7…6bf6"_s);
        QCOMPARE(Sentences::shortened(id).size(), 24);
        QCOMPARE(Sentences::shortened(u"short"_s), u"short"_s);
    }
};

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
