// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natfate.h"
#include "client/nat/natsettings.h"
#include "client/simulation/simulationjson.h"
#include "client/simulation/simulationoptions.h"
#include "client/simulationfixture.h"
#include "client/smsc/smscmessage.h"
#include "client/smsc/smscsettings.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What the two simulators stand on: time, chance, settings, commands and the command line.
class TestSimulation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timersFireInOrderAtTheirMoment()
    {
        FakeSimulationTime time;
        QVector<QPair<int, qint64>> fired;
        const auto note = [&](int which) {
            return [&, which] {
                fired.append({which, time.monotonic().count()});
            };
        };
        time.timers().start(Milliseconds(30), note(3));
        time.timers().start(Milliseconds(10), note(1));
        time.timers().start(Milliseconds(10), note(2));
        SimulationTimers::Id never = time.timers().start(Milliseconds(20), note(9));
        time.timers().cancel(never);
        QCOMPARE(never, SimulationTimers::Id(0));
        time.timers().cancel(never);
        time.advance(Milliseconds(29));
        QCOMPARE(fired, (QVector<QPair<int, qint64>>{{1, 10}, {2, 10}}));
        time.advance(Milliseconds(1));
        QCOMPARE(fired.size(), 3);
        QCOMPARE(time.timers().pending(), size_t(0));
    }

    void aTimerStartedWhileOthersFireWaitsForTheNextRun()
    {
        FakeSimulationTime time;
        int inner = 0;
        time.timers().start(Milliseconds(0), [&] { time.timers().start(Milliseconds(0), [&] { ++inner; }); });
        time.timers().run();
        QCOMPARE(inner, 0);
        time.timers().run();
        QCOMPARE(inner, 1);
    }

    void machineTimersFireByThemselves()
    {
        MachineClock clock;
        SimulationTimers timers(clock);
        bool fired = false;
        timers.start(Milliseconds(5), [&] { fired = true; });
        QTRY_VERIFY(fired);
    }

    void chanceIsTheSameForTheSameSeedOnly()
    {
        const auto fates = [](quint64 seed, const NatImpairment &way) {
            NatFateMaker maker(seed, 1);
            QVector<NatFate> drawn;
            for (int i = 0; i < 400; ++i)
                drawn.append(maker.next(way));
            return drawn;
        };
        NatImpairment way;
        way.lossPercent = 20;
        way.jitter = Milliseconds(50);
        QCOMPARE(fates(7, way), fates(7, way));
        QVERIFY(fates(7, way) != fates(8, way));
        const auto lost = [](const QVector<NatFate> &drawn) {
            QVector<qsizetype> at;
            for (qsizetype i = 0; i < drawn.size(); ++i) {
                if (drawn.at(i).dropped)
                    at.append(i);
            }
            return at;
        };
        const QVector<qsizetype> before = lost(fates(7, way));
        QVERIFY(before.size() > 40 && before.size() < 120);
        way.jitter = Milliseconds(0);
        way.duplicatePercent = 50;
        QCOMPARE(lost(fates(7, way)), before); // the others are no reason to lose other packets
    }

    void shareOfFatesIsThatOfTheSettings_data()
    {
        QTest::addColumn<int>("percent");
        QTest::newRow("none") << 0;
        QTest::newRow("some") << 30;
        QTest::newRow("all") << 100;
    }
    void shareOfFatesIsThatOfTheSettings()
    {
        QFETCH(int, percent);
        NatImpairment way;
        way.duplicatePercent = way.reorderPercent = percent;
        NatFateMaker maker(3, 1);
        int doubled = 0, late = 0;
        for (int i = 0; i < 1000; ++i) {
            const NatFate fate = maker.next(way);
            doubled += fate.another.has_value();
            late += fate.late;
        }
        QVERIFY2(std::abs(doubled - percent * 10) <= 50 && std::abs(late - percent * 10) <= 50,
                 qPrintable(u"%1 %2"_s.arg(doubled).arg(late)));
    }

    void settingsAreReadAsTheyAreWritten()
    {
        NatSettings nat;
        nat.udpRefresh = NatRefresh::Inbound;
        nat.udpFiltering = NatFiltering::Endpoint;
        nat.tcpLate = NatLate::Reset;
        nat.inbound.lossPercent = 12;
        nat.outbound.blocked = true;
        nat.maxQueued = 70'000;
        QCOMPARE(*natSettingsFromJson(toJson(nat), {}), nat);
        SmscSettings smsc;
        smsc.receipts = SmscReceipts::Twice;
        smsc.receiptForm = SmscReceiptForm::Both;
        smsc.silence = SmscSilence::All;
        smsc.ussd = SmscUssd::Busy;
        smsc.perSecond = 12;
        smsc.password = u"hidden"_s;
        const QJsonObject shown = toJson(smsc);
        QVERIFY(!shown.contains(u"password"_s));
        SmscSettings keeps;
        keeps.password = smsc.password;
        QCOMPARE(*smscSettingsFromJson(shown, keeps), smsc);
    }

    void natCommands_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("wrong"); // code and about
        const auto row = [](const char *name, const char *line, const char *wrong) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(wrong);
        };
        row("set", R"({"do":"set","udp_timeout_ms":500,"outbound":{"loss_percent":10}})", "");
        row("rebind", R"({"do":"rebind","mapping":3})", "");
        row("forget", R"({"do":"forget","protocol":"tcp","inside":"127.0.0.1:4000"})", "");
        row("counters", R"({"do":"counters"})", "");
        row("empty", "", "json-empty ");
        row("not JSON", "rebind", "json-syntax 1");
        row("an array", "[1]", "json-not-object ");
        row("nothing to do", "{}", "json-field-missing do");
        row("unknown", R"({"do":"sing"})", "json-field-value do");
        row("more than known", R"({"do":"counters","x":1})", "json-field-unknown x");
        row("out of range", R"({"do":"set","outbound":{"loss_percent":101}})",
            "json-field-value outbound.loss_percent");
        row("negative time", R"({"do":"set","udp_timeout_ms":-1})", "json-field-value udp_timeout_ms");
        row("endless time", R"({"do":"set","udp_timeout_ms":1e300})", "json-field-value udp_timeout_ms");
        row("text for a number", R"({"do":"set","max_mappings":"9"})", "json-field-type max_mappings");
        row("unknown inside", R"({"do":"set","inbound":{"los":1}})", "json-field-unknown inbound.los");
        row("no endpoint", R"({"do":"rebind","inside":"nowhere"})", "endpoint-value inside");
        row("mapping 0", R"({"do":"rebind","mapping":0})", "json-field-value mapping");
    }
    void natCommands()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, wrong);
        NatSettings current;
        current.maxMappings = 77;
        const Result<NatCommand> command = natCommandFromJson(line, current);
        QCOMPARE(command.ok() ? QString()
                              : QString::fromLatin1(command.error().code) + u' ' + command.error().about,
                 wrong);
        if (command)
            QCOMPARE(command->settings.maxMappings, 77); // what is not named stays
    }

    void natCommandsSayWhatTheyMean()
    {
        const auto set =
            natCommandFromJson(R"({"do":"set","udp_timeout_ms":500,"inbound":{"blocked":true}})", {});
        QCOMPARE(set->settings.udpTimeout, Milliseconds(500));
        QVERIFY(set->settings.inbound.blocked && !set->settings.outbound.blocked);
        const auto forget =
            natCommandFromJson(R"({"do":"forget","mapping":5,"protocol":"tcp","inside":"[::1]:4000"})", {});
        QCOMPARE(forget->selection.mapping, std::optional<quint64>(5));
        QCOMPARE(forget->selection.protocol, std::optional(NatProtocol::Tcp));
        QCOMPARE(forget->selection.inside->toString(), u"[::1]:4000"_s);
    }

    void smscCommands_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("wrong");
        const auto row = [](const char *name, const char *line, const char *wrong) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(wrong);
        };
        row("terminal",
            R"({"do":"terminal","msisdn":"+49 170 1234567","place":"127.0.0.1:2948","reachable":false})", "");
        row("remove", R"({"do":"remove","msisdn":"491701234567"})", "");
        row("drop", R"({"do":"drop"})", "");
        row("no place", R"({"do":"terminal","msisdn":"491701234567"})", "json-field-missing place");
        row("no number", R"({"do":"remove"})", "json-field-missing msisdn");
        row("letters", R"({"do":"remove","msisdn":"fortynine"})", "msisdn-characters msisdn");
        row("a place to remove", R"({"do":"remove","msisdn":"491701234567","place":"127.0.0.1"})",
            "json-field-unknown place");
        row("status", R"({"do":"set","status":65536})", "json-field-value status");
        row("long password", R"({"do":"set","password":"123456789"})", "json-field-value password");
        row("unknown receipts", R"({"do":"set","receipts":"never"})", "json-field-value receipts");
    }
    void smscCommands()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, wrong);
        const Result<SmscCommand> command = smscCommandFromJson(line, {});
        QCOMPARE(command.ok() ? QString()
                              : QString::fromLatin1(command.error().code) + u' ' + command.error().about,
                 wrong);
    }

    void aTerminalIsANumberAndAPlace()
    {
        const SmscTerminal terminal = *SmscTerminal::parse(u"+49 170-1234567=127.0.0.1:2948"_s);
        QCOMPARE(terminal.msisdn, u"491701234567"_s);
        QCOMPARE(terminal.place.toString(), u"127.0.0.1:2948"_s);
        QCOMPARE(SmscTerminal::parse(u"491701234567=127.0.0.1"_s)->place.port, quint16(0));
        QVERIFY(SmscTerminal::parse(u"491701234567"_s).error().is("terminal-form"));
        QVERIFY(SmscTerminal::parse(u"12=127.0.0.1"_s).error().is("msisdn-too-short"));
        QVERIFY(SmscTerminal::parse(u"491701234567=phone.example"_s).error().is("endpoint-value"));
    }

    void validityIsReadInItsRelativeForm_data()
    {
        QTest::addColumn<QByteArray>("period");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("a minute and a half") << QByteArray("000000000130000R") << qint64(90);
        QTest::newRow("two hours") << QByteArray("000000020000000R") << qint64(7200);
        QTest::newRow("longer than may be") << QByteArray("000009000000000R") << qint64(86400);
        QTest::newRow("none") << QByteArray() << qint64(86400);
        QTest::newRow("absolute") << QByteArray("261128120000000+") << qint64(86400);
        QTest::newRow("letters") << QByteArray("0000000x0130000R") << qint64(86400);
        QTest::newRow("nothing") << QByteArray("000000000000000R") << qint64(86400);
    }
    void validityIsReadInItsRelativeForm()
    {
        QFETCH(QByteArray, period);
        QFETCH(qint64, seconds);
        QCOMPARE(smscValidityOf(period, Milliseconds(86'400'000)), Milliseconds(seconds * 1000));
    }

    void settingsOnTheCommandLine()
    {
        const auto settings = settingsFromTexts({u"udp_timeout_ms=500"_s, u"outbound.loss_percent=5"_s,
                                                 u"outbound.blocked=true"_s, u"tcp_late=reset"_s});
        QCOMPARE(
            toJsonBytes(*settings),
            QByteArray(
                R"({"outbound":{"blocked":true,"loss_percent":5},"tcp_late":"reset","udp_timeout_ms":500})"));
        QVERIFY(settingsFromTexts({u"udp_timeout_ms"_s}).error().is("setting-form"));
        QVERIFY(settingsFromTexts({u"=5"_s}).error().is("setting-form"));
        QVERIFY(settingsFromTexts({u"a.b.c=5"_s}).error().is("setting-form"));
        QVERIFY(settingsFromTexts({u"a=5"_s, u"a=6"_s}).error().is("setting-twice"));
        QVERIFY(settingsFromTexts({u"a=5"_s, u"a.b=6"_s}).error().is("setting-twice"));
    }

    void optionsOfTheProgram()
    {
        const auto nat =
            SimulationOptions::read({u"sim"_s, u"nat"_s, u"--udp=127.0.0.2:4000=127.0.0.1:5060"_s,
                                     u"--tcp=127.0.0.1:5061"_s, u"--outside=127.0.9.1"_s,
                                     u"--outside=127.0.9.2"_s, u"--seed=9"_s, u"--set=udp_timeout_ms=500"_s});
        QVERIFY(nat.ok());
        QCOMPARE(nat->nat.ports.size(), 2);
        QCOMPARE(nat->nat.ports[0].inside.toString(), u"127.0.0.2:4000"_s);
        QCOMPARE(nat->nat.ports[1].inside.toString(), u"127.0.0.1:0"_s);
        QCOMPARE(nat->nat.outside.size(), 2);
        QCOMPARE(nat->nat.seed, quint64(9));
        QCOMPARE(nat->natSettings.udpTimeout, Milliseconds(500));

        const auto smsc =
            SimulationOptions::read({u"sim"_s, u"smsc"_s, u"--listen=127.0.0.1:0"_s,
                                     u"--terminal=491701234567=127.0.0.1"_s, u"--set=password=s3"_s});
        QVERIFY(smsc.ok());
        QCOMPARE(smsc->listen.port, quint16(0));
        QCOMPARE(smsc->terminals.size(), 1);
        QCOMPARE(smsc->smscSettings.password, u"s3"_s);
        QCOMPARE(SimulationOptions::read({u"sim"_s, u"smsc"_s, u"--listen=127.0.0.2"_s})->listen.port,
                 quint16(2775));
    }
};

QTEST_GUILESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
