// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include "operations/ctl/ctltable.h"
#include "operations/ctl/eventreader.h"
#include "operations/ctl/sentences.h"

#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;

} // namespace

/// The program itself, as its own process, against a listener over an engine in this one.
class TestReveillectl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void helps_data();
    void helps();
    void tellsItsVersion();
    void refusesWrongUse_data();
    void refusesWrongUse();
    void saysWhyItCannotTalkToTheServer();
    void takesAddressAndTokenFromTheEnvironment();
    void showsTheStatus();
    void listsUsersAndDevices();
    void listsAndForgetsNetworks();
    void addsAndRemovesUsersAndDevices();
    void readsAPasswordFromStandardInput();
    void givesAVerdictOnADevice();
    void pushesAndWaits();
    void failsWhereAPushIsNotDelivered();
    void explainsBeforeAndAfter();
    void wakesAndCancels();
    void previewsAWakeUp();
    void repeatsAWakeUp();
    void testsBearers();
    void readsTheJournal();
    void watchesUntilInterrupted();
    void letsAnInitiatorPush();
    void answersUnknownThingsWithASentence_data();
    void answersUnknownThingsWithASentence();

    void alignsColumns();
    void letsNoTextMoveTheCursor();
    void readsEventsHoweverTheyAreCut();
    void boundsAnEvent();

private:
    struct Outcome {
        int status = -1;
        QString out;
        QString err;
    };
    std::unique_ptr<QProcess> start(const QStringList &words, const QMap<QString, QString> &environment = {});
    Outcome finish(QProcess &process);
    Outcome run(const QStringList &words) { return finish(*start(words)); }
    QString idOf(int n) const { return OperationsFixture::deviceId(n).toString(); }

    std::unique_ptr<OperationsFixture> f;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestReveillectl::init()
{
    f = std::make_unique<OperationsFixture>();
    m_dir = std::make_unique<QTemporaryDir>();
    QFile file(m_dir->filePath(u"operations.token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(OperationsFixture::token + '\n');
}

void TestReveillectl::cleanup()
{
    f.reset();
    m_dir.reset();
}

std::unique_ptr<QProcess> TestReveillectl::start(const QStringList &words,
                                                 const QMap<QString, QString> &environment)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.insert(u"HOME"_s, m_dir->path());
    all.insert(u"REVEILLE_URL"_s, u"http://127.0.0.1:%1"_s.arg(f->port));
    all.remove(u"REVEILLE_TOKEN"_s);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        all.insert(it.key(), it.value());
    process->setProcessEnvironment(all);
    const bool ownToken = words.contains(u"--data-dir"_s) || environment.contains(u"REVEILLE_TOKEN"_s);
    process->start(QStringLiteral(PROGRAM_DIR "/reveillectl"),
                   ownToken ? words : words + QStringList{u"--data-dir"_s, m_dir->path()});
    return process;
}

TestReveillectl::Outcome TestReveillectl::finish(QProcess &process)
{
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000))
        process.kill();
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void TestReveillectl::helps_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << QStringList{u"--help"_s} << u"Commands:"_s;
    for (const char *command :
         {"status", "users", "devices", "push", "wake", "journal", "explain", "watch", "user add",
          "user remove", "device show", "initiator add", "cancel", "show", "metrics"}) {
        QTest::newRow(command) << QString::fromLatin1(command).split(u' ') + QStringList{u"--help"_s}
                               << u"Usage: reveillectl "_s + QLatin1StringView(command);
    }
}

void TestReveillectl::helps()
{
    QFETCH(QStringList, words);
    QFETCH(QString, text);
    const Outcome outcome = run(words);
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(text), qPrintable(outcome.out));
    QVERIFY(outcome.out.contains(u"--json"_s));
    QCOMPARE(outcome.err, QString());
}

void TestReveillectl::tellsItsVersion()
{
    const Outcome outcome = run({u"--version"_s});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out, u"reveillectl %1\n"_s.arg(QLatin1StringView(REVEILLE_VERSION)));
}

void TestReveillectl::refusesWrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"dance"_s};
    QTest::newRow("half a command") << QStringList{u"user"_s};
    QTest::newRow("unknown option") << QStringList{u"status"_s, u"--loud"_s};
    QTest::newRow("option of another command") << QStringList{u"status"_s, u"--ttl"_s, u"5"_s};
    QTest::newRow("argument missing") << QStringList{u"push"_s};
    QTest::newRow("argument too many") << QStringList{u"status"_s, u"now"_s};
    QTest::newRow("value missing") << QStringList{u"status"_s, u"--url"_s};
    QTest::newRow("no URL") << QStringList{u"status"_s, u"--url"_s, u"ftp://x"_s};
    QTest::newRow("bad route") << QStringList{u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--route"_s,
                                              u"wsp"_s};
    QTest::newRow("bad port") << QStringList{u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--port"_s,
                                             u"x"_s};
}

void TestReveillectl::refusesWrongUse()
{
    QFETCH(QStringList, words);
    const Outcome outcome = words.isEmpty() ? finish(*start({u"--data-dir"_s, m_dir->path()})) : run(words);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.err.startsWith(u"reveillectl: "_s), qPrintable(outcome.err));
    QCOMPARE(outcome.out, QString());
}

void TestReveillectl::saysWhyItCannotTalkToTheServer()
{
    const Outcome noToken = run({u"status"_s, u"--data-dir"_s, m_dir->filePath(u"missing"_s)});
    QCOMPARE(noToken.status, 1);
    QVERIFY(noToken.err.contains(m_dir->filePath(u"missing/operations.token"_s)));

    const Outcome wrongToken = finish(*start({u"status"_s}, {{u"REVEILLE_TOKEN"_s, u"wrong"_s}}));
    QCOMPARE(wrongToken.status, 1);
    QVERIFY(wrongToken.err.contains(u"does not take this token"_s));

    const Outcome nobody = run({u"status"_s, u"--url"_s, u"http://127.0.0.1:1"_s});
    QCOMPARE(nobody.status, 1);
    QVERIFY(nobody.err.contains(u"no server answers at 127.0.0.1:1"_s));

    f->listener->stop();
    QCOMPARE(run({u"status"_s}).status, 1);
}

void TestReveillectl::takesAddressAndTokenFromTheEnvironment()
{
    const Outcome outcome =
        finish(*start({u"status"_s}, {{u"REVEILLE_TOKEN"_s, QString::fromLatin1(OperationsFixture::token)}}));
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.status, 0);
}

void TestReveillectl::showsTheStatus()
{
    f->bind(1);
    f->listener->setBoundAddresses({{u"sip_udp"_s, u"127.0.0.1:5060"_s}});
    const Outcome outcome = run({u"status"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(u"1: 1 up, 0 suspect"_s), qPrintable(outcome.out));
    QVERIFY(outcome.out.contains(u"sip_udp   127.0.0.1:5060"_s));
    QVERIFY(outcome.out.contains(u"Store    well"_s));
    const Outcome json = run({u"--json"_s, u"status"_s});
    QCOMPARE(QJsonDocument::fromJson(json.out.toUtf8()).object().value(u"state").toString(), u"running"_s);
    QVERIFY(run({u"metrics"_s}).out.contains(u"reveille_users 1\n"_s));
}

void TestReveillectl::listsUsersAndDevices()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    const Outcome users = run({u"users"_s});
    QCOMPARE(users.out.count(u'\n'), 3);
    QVERIFY(users.out.contains(alice));
    QCOMPARE(run({u"users"_s, u"bob"_s}).out.count(u'\n'), 2);
    const Outcome devices = run({u"devices"_s});
    QCOMPARE(devices.out.count(u'\n'), 3);
    QVERIFY(devices.out.contains(u"udp 127.0.0.1:40001"_s));
    QCOMPARE(run({u"devices"_s, u"--user"_s, alice}).out.count(u'\n'), 2);
    QVERIFY(run({u"user"_s, u"show"_s, alice}).out.contains(u"Reachable now over sip/udp 127.0.0.1:40001"_s));
}

void TestReveillectl::listsAndForgetsNetworks()
{
    f->engine->pinholes().sample(*IpAddress::parse(u"203.0.113.7"), PathTransport::Udp, Milliseconds(90000), false,
                                 PinholeSample::Source::Missed);
    const Outcome networks = run({u"networks"_s});
    QCOMPARE(networks.out.count(u'\n'), 2);
    QVERIFY(networks.out.contains(u"203.0.113.0/24"_s));
    QVERIFY(networks.out.contains(u"90 s"_s));
    QCOMPARE(run({u"network"_s, u"forget"_s, u"203.0.113.0/24"_s, u"udp"_s}).status, 0);
    QCOMPARE(run({u"networks"_s}).out.count(u'\n'), 1);
    const Outcome again = run({u"network"_s, u"forget"_s, u"203.0.113.0/24"_s, u"udp"_s});
    QCOMPARE(again.status, 1);
}

void TestReveillectl::addsAndRemovesUsersAndDevices()
{
    QCOMPARE(run({u"user"_s, u"add"_s, u"carol@lab.example"_s, u"--name"_s, u"Carol"_s}).status, 0);
    QCOMPARE(f->store->users.at(f->userId(u"carol"_s)).name, u"Carol"_s);
    const Outcome made =
        run({u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--user"_s, u"carol@lab.example"_s, u"--msisdn"_s,
             u"+491701234567"_s, u"--port"_s, u"2948"_s, u"--route"_s, u"wsp-udp,127.0.0.1,2948"_s});
    QCOMPARE(made.err, QString());
    QCOMPARE(made.status, 0);
    const Device device = f->store->devices.begin()->second;
    QCOMPARE(device.msisdn.toString(), u"+491701234567"_s);
    QCOMPARE(device.provisionedRoutes.size(), 1);
    QCOMPARE(device.provisionedRoutes.first().port.number(), 2948);
    QCOMPARE(run({u"device"_s, u"remove"_s, u"mac:00a0c91e6bf6"_s}).status, 0);
    QCOMPARE(run({u"user"_s, u"remove"_s, u"carol@lab.example"_s}).status, 0);
    QVERIFY(f->store->users.empty());
}

void TestReveillectl::readsAPasswordFromStandardInput()
{
    const auto process = start({u"user"_s, u"add"_s, u"carol@lab.example"_s, u"--password-stdin"_s});
    process->write("open sesame\n");
    process->closeWriteChannel();
    QCOMPARE(finish(*process).status, 0);
    User expected = f->store->users.at(f->userId(u"carol"_s));
    QVERIFY(expected.hasPassword());
    QCOMPARE(expected.ha1Md5, QByteArray("bec9f2fa682e6b4ce1646ee910941a23"));
}

void TestReveillectl::givesAVerdictOnADevice()
{
    f->bind(1);
    const Outcome up = run({u"device"_s, u"show"_s, idOf(1)});
    QVERIFY2(up.out.startsWith(u"Reachable now over sip/udp 127.0.0.1:40001"_s), qPrintable(up.out));
    QVERIFY(up.out.contains(u"wake-up over wsp-udp to 127.0.0.1 is ready."_s));
    f->lose(1);
    const Outcome lost = run({u"device"_s, u"show"_s, idOf(1)});
    QVERIFY2(lost.out.startsWith(u"Not reachable: "_s), qPrintable(lost.out));
    QCOMPARE(run({u"wake"_s, idOf(1)}).status, 0);
    QVERIFY(run({u"device"_s, u"show"_s, idOf(1)}).out.startsWith(u"Being woken (w-"_s));
}

void TestReveillectl::pushesAndWaits()
{
    const auto phone = f->bind(1);
    const auto process = start({u"push"_s, alice, u"hello"_s, u"--wait"_s});
    QTRY_COMPARE(phone->sent.size(), 1);
    QCOMPARE(phone->sent.first().body, QByteArray("hello"));
    QCOMPARE(phone->sent.first().contentType, u"text/plain"_s);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const Outcome outcome = finish(*process);
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(u"is delivered: 1 of 1 deliveries done."_s), qPrintable(outcome.out));

    QVERIFY(run({u"push"_s, idOf(1), u"again"_s}).out.endsWith(u"is accepted.\n"_s));
    QTRY_COMPARE(phone->sent.size(), 2);
    QVERIFY(run({u"pushes"_s}).out.contains(u"delivered"_s));
}

void TestReveillectl::failsWhereAPushIsNotDelivered()
{
    const auto phone = f->bind(1);
    const auto process = start({u"push"_s, alice, u"hello"_s, u"--wait"_s, u"--json"_s});
    QTRY_COMPARE(phone->sent.size(), 1);
    phone->answer(SendOutcome::Kind::Refused, "603");
    const Outcome outcome = finish(*process);
    QCOMPARE(outcome.status, 1);
    const QJsonObject push = QJsonDocument::fromJson(outcome.out.toUtf8()).object();
    QCOMPARE(push.value(u"state").toString(), u"undeliverable"_s);
    const Outcome shown = run({u"show"_s, push.value(u"id").toString()});
    QVERIFY(shown.out.contains(u"undeliverable"_s));
}

void TestReveillectl::explainsBeforeAndAfter()
{
    const auto phone = f->bind(1);
    const Outcome before = run({u"explain"_s, alice, u"hi"_s, u"--checks"_s});
    QCOMPARE(before.status, 0);
    QVERIFY2(before.out.contains(u"gets it directly"_s), qPrintable(before.out));
    QVERIFY(before.out.contains(u"accepts-pushes"_s));
    QCOMPARE(run({u"push"_s, alice, u"hi"_s, u"--dry-run"_s}).out, run({u"explain"_s, alice, u"hi"_s}).out);
    QVERIFY(phone->sent.isEmpty());
    const Outcome accepted = run({u"push"_s, alice, u"hi"_s, u"--json"_s});
    const QString id = QJsonDocument::fromJson(accepted.out.toUtf8()).object().value(u"id").toString();
    QVERIFY(run({u"explain"_s, id}).out.contains(u"gets it directly"_s));
}

void TestReveillectl::wakesAndCancels()
{
    f->bind(1);
    f->lose(1);
    const auto process =
        start({u"wake"_s, idOf(1), u"--wait"_s, u"--request"_s, u"capability,subscription"_s});
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    f->bind(1);
    const Outcome back = finish(*process);
    QCOMPARE(back.status, 0);
    QVERIFY2(back.out.contains(u"succeeded: the device is back."_s), qPrintable(back.out));

    f->lose(1);
    const Outcome started = run({u"wake"_s, idOf(1), u"--json"_s});
    const QString id = QJsonDocument::fromJson(started.out.toUtf8()).object().value(u"id").toString();
    QCOMPARE(run({u"cancel"_s, id}).status, 0);
    QVERIFY(run({u"show"_s, id}).out.contains(u"was cancelled"_s));
    const Outcome recent = run({u"wakes"_s});
    QCOMPARE(recent.out.count(u'\n'), 3);
    QVERIFY(recent.out.indexOf(id) < recent.out.indexOf(u"succeeded"_s));
    const Outcome late = run({u"cancel"_s, id});
    QCOMPARE(late.status, 1);
    QVERIFY(late.err.contains(u"has ended already"_s));
}

void TestReveillectl::previewsAWakeUp()
{
    f->bind(1);
    f->lose(1);
    const Outcome outcome = run({u"wake"_s, idOf(1), u"--dry-run"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.startsWith(u"Would go over wsp to 127.0.0.1, mode routed"_s),
             qPrintable(outcome.out));
    QVERIFY(f->bearer->sent.isEmpty());
}

void TestReveillectl::repeatsAWakeUp()
{
    f->bind(1);
    f->lose(1);
    const Outcome started = run({u"wake"_s, idOf(1), u"--json"_s});
    const QString id = QJsonDocument::fromJson(started.out.toUtf8()).object().value(u"id").toString();
    const Outcome early = run({u"wake"_s, u"repeat"_s, id});
    QCOMPARE(early.status, 1);
    QVERIFY2(early.err.contains(u"is under way"_s), qPrintable(early.err));
    QCOMPARE(run({u"cancel"_s, id}).status, 0);
    const Outcome again = run({u"wake"_s, u"repeat"_s, id, u"--bearer"_s, u"wsp"_s, u"--json"_s});
    QCOMPARE(again.status, 0);
    QCOMPARE(QJsonDocument::fromJson(again.out.toUtf8()).object().value(u"repeats").toString(), id);
    QCOMPARE(f->bearer->sent.size(), 2);
}

void TestReveillectl::testsBearers()
{
    const Outcome list = run({u"bearers"_s});
    QCOMPARE(list.status, 0);
    QVERIFY2(list.out.contains(u"wsp-udp"_s), qPrintable(list.out));
    const auto good = start({u"bearers"_s, u"test"_s, u"wsp"_s});
    QTRY_COMPARE(f->bearer->tests.size(), 1);
    f->bearer->tests[0]({true, "socket-open", {}, Milliseconds(3)});
    const Outcome answered = finish(*good);
    QCOMPARE(answered.status, 0);
    QVERIFY2(answered.out.startsWith(u"wsp answers: socket-open, 3 ms"_s), qPrintable(answered.out));
    const auto bad = start({u"bearers"_s, u"test"_s, u"wsp"_s});
    QTRY_COMPARE(f->bearer->tests.size(), 2);
    f->bearer->tests[1]({false, "no-answer", {}, Milliseconds(3)});
    QCOMPARE(finish(*bad).status, 1);
    QCOMPARE(run({u"bearers"_s, u"test"_s, u"pigeon"_s}).status, 1);
}

void TestReveillectl::readsTheJournal()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    const Outcome all = run({u"journal"_s});
    QCOMPARE(all.status, 0);
    QVERIFY(all.out.indexOf(idOf(1)) < all.out.indexOf(idOf(2)));
    const Outcome bobs = run({u"journal"_s, u"--user"_s, u"bob@lab.example"_s, u"--kind"_s, u"connection"_s});
    QVERIFY(!bobs.out.contains(idOf(1)));
    QVERIFY(bobs.out.contains(idOf(2)));
    const Outcome wrong = run({u"journal"_s, u"--kind"_s, u"gossip"_s});
    QCOMPARE(wrong.status, 1);
    QVERIFY(wrong.err.contains(u"query-kind: gossip"_s));
}

void TestReveillectl::watchesUntilInterrupted()
{
    const auto process = start({u"watch"_s, u"--json"_s, u"--after"_s, u"0"_s});
    f->bind(1);
    QByteArray out;
    QTRY_VERIFY((out += process->readAllStandardOutput()).contains("\"event\":\"journal\""));
    f->lose(1);
    f->clock->advance(EventFeed::interval);
    QTRY_VERIFY((out += process->readAllStandardOutput()).contains("\"event\":\"device\""));
    for (const QByteArray &line : out.split('\n'))
        QVERIFY(line.isEmpty() || QJsonDocument::fromJson(line).isObject());
    f->listener->stop();
    const Outcome ended = finish(*process);
    QCOMPARE(ended.status, 1);
    QVERIFY(ended.err.contains(u"ended"_s));
}

void TestReveillectl::letsAnInitiatorPush()
{
    const Outcome made = run({u"initiator"_s, u"add"_s, u"shop"_s, u"--json"_s});
    const QJsonObject initiator = QJsonDocument::fromJson(made.out.toUtf8()).object();
    QVERIFY(f->engine->initiatorOfToken(initiator.value(u"token").toString().toLatin1()));
    QVERIFY(run({u"initiator"_s, u"list"_s}).out.contains(u"shop"_s));
    QCOMPARE(run({u"initiator"_s, u"remove"_s, initiator.value(u"id").toString()}).status, 0);
    QVERIFY(f->engine->initiators().isEmpty());
}

void TestReveillectl::answersUnknownThingsWithASentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("user") << QStringList{u"user"_s, u"show"_s, u"nobody@lab.example"_s}
                          << u"there is no user sip:nobody@lab.example"_s;
    QTest::newRow("device") << QStringList{u"device"_s, u"show"_s, u"mac:00a0c91e6bf6"_s}
                            << u"there is no device mac:00a0c91e6bf6"_s;
    QTest::newRow("push") << QStringList{u"show"_s, u"p-1"_s} << u"there is no push p-1"_s;
    QTest::newRow("wake") << QStringList{u"cancel"_s, u"w-1"_s} << u"there is no wake-up w-1"_s;
    QTest::newRow("target") << QStringList{u"push"_s, u"nobody@lab.example"_s, u"x"_s}
                            << u"there is no user sip:nobody@lab.example"_s;
    QTest::newRow("identity") << QStringList{u"device"_s, u"show"_s, u"imei:12"_s} << u"device-imei"_s;
}

void TestReveillectl::answersUnknownThingsWithASentence()
{
    QFETCH(QStringList, words);
    QFETCH(QString, sentence);
    const Outcome outcome = run(words);
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.err.contains(sentence), qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(u'\n'), 1);
}

void TestReveillectl::alignsColumns()
{
    CtlTable table({u"A"_s, u"LONG"_s, u"C"_s});
    table.add({u"first"_s, u"x"_s, u"y"_s});
    table.add({u"z"_s, u""_s, u""_s});
    QCOMPARE(table.toString(), u"A      LONG  C\nfirst  x     y\nz\n"_s);
}

void TestReveillectl::letsNoTextMoveTheCursor()
{
    QCOMPARE(plainText(u"a\x1b[2Jb\nc\u202e"_s), u"a\ufffd[2Jb\ufffdc\ufffd"_s);
    QVERIFY(!failureSentence({u"user-unknown"_s, u"\x1b]0;x\a"_s}).contains(u'\x1b'));
    QVERIFY(!journalLine({{u"event"_s, u"a\nb"_s}}).contains(u'\n'));
}

void TestReveillectl::readsEventsHoweverTheyAreCut()
{
    const QByteArray octets = ": reveille\n\nevent: journal\nid: 7\ndata: {\"a\":1}\n\n: still "
                              "here\n\nevent: push\r\ndata: {}\r\n\r\n";
    for (qsizetype at = 0; at <= octets.size(); ++at) {
        EventReader reader;
        QVector<EventReader::Event> events = reader.feed(octets.first(at));
        events += reader.feed(octets.sliced(at));
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[0].type, QByteArray("journal"));
        QCOMPARE(events[0].id, 7u);
        QCOMPARE(events[0].data, QByteArray("{\"a\":1}"));
        QCOMPARE(events[1].type, QByteArray("push"));
        QCOMPARE(events[1].id, 0u);
    }
}

void TestReveillectl::boundsAnEvent()
{
    EventReader reader;
    reader.feed("data: ");
    for (int i = 0; i < 5 && !reader.failed(); ++i)
        reader.feed(QByteArray(1024 * 1024, 'x'));
    QVERIFY(reader.failed());
}

QTEST_GUILESS_MAIN(TestReveillectl)
#include "tst_reveillectl.moc"
