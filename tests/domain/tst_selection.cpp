// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/selection.h"

#include <QtTest>

using namespace reveille;
using Outcome = Check::Outcome;

namespace {

const QVector<QByteArray> questions{"named",      "belongs-to-user", "accepts-pushes", "quiet-hours",
                                    "subscribed", "content-type",    "size",           "connected",
                                    "ttl",        "may-wake",        "wake-allowed",   "route-known"};

constexpr Timestamp noon{1795176000000}; // 2026-11-20T12:00:00Z

PublicUserId user(const char *name)
{
    return *PublicUserId::parse(QString::fromLatin1(name) + QStringLiteral("@lab.example"));
}

DeviceId deviceId(const char *name)
{
    return *DeviceId::parse(DeviceId::Kind::Other, QString::fromLatin1(name));
}

SelectableDevice phone()
{
    SelectableDevice candidate;
    candidate.device.id = deviceId("phone");
    candidate.device.user = user("alice");
    candidate.connected = true;
    candidate.hasWakeRoute = true;
    return candidate;
}

PushRequest pushToAlice()
{
    PushRequest push;
    push.to.user = user("alice");
    push.body = "hello";
    return push;
}

DeviceExplanation explain(const PushRequest &push, const SelectableDevice &candidate, Timestamp now = noon)
{
    return selectDevices(push, {candidate}, now).devices.constFirst();
}

const Check &checkOf(const DeviceExplanation &entry, const char *question)
{
    for (const Check &check : entry.checks) {
        if (qstrcmp(check.question, question) == 0)
            return check;
    }
    qFatal("no such question");
}

} // namespace

class SelectionTest : public QObject {
    Q_OBJECT

    /// The checks are complete and in order, and nothing is asked after a failure.
    static bool isWellFormed(const DeviceExplanation &entry)
    {
        bool failed = false;
        if (entry.checks.size() != questions.size())
            return false;
        for (qsizetype at = 0; at < questions.size(); ++at) {
            const Check &check = entry.checks.at(at);
            if (questions.at(at) != check.question || (failed && check.outcome != Outcome::NotAsked))
                return false;
            if (check.outcome == Outcome::Failed && !*check.setting)
                return false;
            failed = failed || check.outcome == Outcome::Failed;
        }
        return entry.chosen == !failed && (entry.path == DeliveryPath::None) == failed;
    }

    static void compareFailure(const DeviceExplanation &entry, const char *question)
    {
        QVERIFY(isWellFormed(entry));
        QVERIFY(!entry.chosen);
        QCOMPARE(entry.path, DeliveryPath::None);
        QVERIFY(entry.failed());
        QCOMPARE(entry.failed()->question, question);
    }

private Q_SLOTS:
    void whatCameOfItIsTheLastAnswer_data();
    void whatCameOfItIsTheLastAnswer();
    void whatADeviceFailedAtBeforeStaysTheReason();
    void oneDeviceIsChosenWhereOneIsAskedFor_data();
    void oneDeviceIsChosenWhereOneIsAskedFor();
    void noDeviceIsChosenWhereNoneTakesIt();
    void connectedDeviceGetsItDirectly()
    {
        for (PushWhen when : {PushWhen::Now, PushWhen::WhenReachable, PushWhen::Wake}) {
            for (int ttl : {0, 60000}) {
                PushRequest push = pushToAlice();
                push.when = when;
                push.ttl = Milliseconds(ttl);
                const DeviceExplanation entry = explain(push, phone());
                QVERIFY(isWellFormed(entry));
                QVERIFY(entry.chosen);
                QCOMPARE(entry.path, DeliveryPath::Direct);
                QCOMPARE(checkOf(entry, "connected").value, QStringLiteral("yes"));
                QCOMPARE(checkOf(entry, "may-wake").outcome, Outcome::NotAsked);
            }
        }
    }

    void reachingADeviceThatIsAway_data()
    {
        QTest::addColumn<PushWhen>("when");
        QTest::addColumn<int>("ttl");
        QTest::addColumn<bool>("route");
        QTest::addColumn<DeliveryPath>("path");
        QTest::addColumn<QByteArray>("failed");
        using enum PushWhen;
        for (bool route : {false, true}) {
            const auto row = [&](const char *name, PushWhen when, int ttl, DeliveryPath path,
                                 const char *failed) {
                QTest::newRow(
                    qPrintable(QString::fromLatin1(name) + (route ? QStringLiteral(", route") : QString())))
                    << when << ttl << route << path << QByteArray(failed);
            };
            row("now", Now, 60000, DeliveryPath::None, "connected");
            row("now or never", Now, 0, DeliveryPath::None, "connected");
            row("when reachable", WhenReachable, 60000, DeliveryPath::Wait, "");
            row("when reachable, no time", WhenReachable, 0, DeliveryPath::None, "ttl");
            row("wake, no time", Wake, 0, DeliveryPath::None, "ttl");
            row("wake", Wake, 60000, route ? DeliveryPath::Wake : DeliveryPath::Wait, "");
        }
    }
    void reachingADeviceThatIsAway()
    {
        QFETCH(PushWhen, when);
        QFETCH(int, ttl);
        QFETCH(bool, route);
        QFETCH(QByteArray, failed);
        PushRequest push = pushToAlice();
        push.when = when;
        push.ttl = Milliseconds(ttl);
        SelectableDevice candidate = phone();
        candidate.connected = false;
        candidate.hasWakeRoute = route;
        const DeviceExplanation entry = explain(push, candidate);
        QVERIFY(isWellFormed(entry));
        QTEST(entry.path, "path");
        QCOMPARE(QByteArray(entry.failed() ? entry.failed()->question : ""), failed);
        QCOMPARE(checkOf(entry, "connected").value, QStringLiteral("no"));
        if (entry.path == DeliveryPath::Wait) {
            const char *wanting = when == PushWhen::Wake ? "route-known" : "may-wake";
            QCOMPARE(checkOf(entry, wanting).outcome, Outcome::NotAsked);
            QVERIFY(*checkOf(entry, wanting).setting);
        }
    }

    void onlyNamedDevicesAreChosen()
    {
        PushRequest push = pushToAlice();
        push.devices = {deviceId("laptop"), deviceId("phone")};
        QVERIFY(explain(push, phone()).chosen);
        push.devices = {deviceId("laptop")};
        compareFailure(explain(push, phone()), "named");
        push.devices.clear();
        push.to = {};
        push.to.device = deviceId("phone");
        QVERIFY(explain(push, phone()).chosen);
        push.to.device = deviceId("laptop");
        compareFailure(explain(push, phone()), "named");
    }

    void devicesOfOthersAreNot()
    {
        SelectableDevice candidate = phone();
        candidate.device.user = user("bob");
        compareFailure(explain(pushToAlice(), candidate), "belongs-to-user");
        PushRequest byNumber = pushToAlice();
        byNumber.to = {};
        byNumber.to.msisdn = *Msisdn::parse(u"+491701234567");
        QVERIFY(explain(byNumber, candidate).chosen);
    }

    void ownerMayRefuseAll()
    {
        SelectableDevice candidate = phone();
        candidate.device.preferences.acceptsPushes = false;
        const DeviceExplanation entry = explain(pushToAlice(), candidate);
        compareFailure(entry, "accepts-pushes");
        QCOMPARE(entry.failed()->setting, "preferences.accepts_pushes");
    }

    void quietHoursAreKept_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("until");
        QTest::addColumn<int>("minute"); // of the day of the push
        QTest::addColumn<bool>("quiet");
        const auto row = [](const char *name, int from, int until, int minute, bool quiet) {
            QTest::newRow(name) << from << until << minute << quiet;
        };
        row("none", -1, -1, 0, false);
        row("half set", 600, -1, 700, false);
        row("other half", -1, 600, 500, false);
        row("out of range", 600, 1440, 700, false);
        row("same ends", 600, 600, 600, false);
        row("before", 600, 660, 599, false);
        row("first minute", 600, 660, 600, true);
        row("last minute", 600, 660, 659, true);
        row("after", 600, 660, 660, false);
        row("night, evening", 1320, 390, 1320, true);
        row("night, just before", 1320, 390, 1319, false);
        row("night, midnight", 1320, 390, 0, true);
        row("night, morning", 1320, 390, 389, true);
        row("night, woken", 1320, 390, 390, false);
        row("to midnight", 1320, 0, 1439, true);
        row("from midnight", 0, 60, 0, true);
    }
    void quietHoursAreKept()
    {
        QFETCH(int, from);
        QFETCH(int, until);
        QFETCH(int, minute);
        QFETCH(bool, quiet);
        SelectableDevice candidate = phone();
        candidate.device.preferences.quietFrom = from;
        candidate.device.preferences.quietUntil = until;
        const Timestamp midnight = noon - Milliseconds(12 * 3600 * 1000);
        const Timestamp now = midnight + Milliseconds(minute * 60000 + 59999);
        PushRequest push = pushToAlice();
        QVERIFY(explain(push, candidate, now).chosen);
        QCOMPARE(explain(push, candidate, now).path, quiet ? DeliveryPath::Wait : DeliveryPath::Direct);
        QCOMPARE(checkOf(explain(push, candidate, now), "quiet-hours").outcome, quiet ? Check::Outcome::NotAsked : Check::Outcome::Passed);
        PushRequest atOnce = push;
        atOnce.when = PushWhen::Now;
        if (quiet)
            compareFailure(explain(atOnce, candidate, now), "quiet-hours");
        else
            QVERIFY(explain(atOnce, candidate, now).chosen);
        push.priority = PushPriority::High;
        QCOMPARE(explain(push, candidate, now).path, DeliveryPath::Direct);
    }

    void quietHoursAreShown()
    {
        SelectableDevice candidate = phone();
        candidate.device.preferences.quietFrom = 22 * 60;
        candidate.device.preferences.quietUntil = 6 * 60 + 5;
        QCOMPARE(checkOf(explain(pushToAlice(), candidate), "quiet-hours").value,
                 QStringLiteral("22:00-06:05"));
        QVERIFY(checkOf(explain(pushToAlice(), phone()), "quiet-hours").value.isEmpty());
    }

    void subscriptionsAreKept_data()
    {
        QTest::addColumn<QString>("subscriptions"); // separated by blanks
        QTest::addColumn<QString>("application");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *subscriptions, const char *application, bool taken) {
            QTest::newRow(qPrintable(QString::fromLatin1(subscriptions) + QStringLiteral(" / ") +
                                     QString::fromLatin1(application)))
                << QString::fromLatin1(subscriptions) << QString::fromLatin1(application) << taken;
        };
        row("", "", true);
        row("", "news", true);
        row("news", "", true);
        row("news", "news", true);
        row("mail news", "news", true);
        row("news", "News", true);
        row("news", "new", false);
        row("mail", "news", false);
        row("mms.ua", "x-wap-application:mms.ua", true);
        row("x-wap-application:mms.ua", "mms.ua", true);
        row("x-wap-application:mms.ua", "x-wap-application:wml.ua", false);
    }
    void subscriptionsAreKept()
    {
        QFETCH(QString, subscriptions);
        QFETCH(QString, application);
        QFETCH(bool, taken);
        SelectableDevice candidate = phone();
        candidate.device.subscriptions = subscriptions.split(u' ', Qt::SkipEmptyParts);
        PushRequest push = pushToAlice();
        push.application = application;
        if (taken)
            QVERIFY(explain(push, candidate).chosen);
        else
            compareFailure(explain(push, candidate), "subscribed");
    }

    void contentTypesAreKept_data()
    {
        QTest::addColumn<QString>("accepted"); // separated by blanks
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *accepted, const char *type, bool taken) {
            QTest::newRow(
                qPrintable(QString::fromLatin1(accepted) + QStringLiteral(" / ") + QString::fromLatin1(type)))
                << QString::fromLatin1(accepted) << QString::fromLatin1(type) << taken;
        };
        row("", "text/plain", true);
        row("text/plain", "text/plain", true);
        row("text/plain", "TEXT/Plain; charset=utf-8", true);
        row("text/plain;q=0.5", "text/plain", true);
        row("text/plain", "text/plainer", false);
        row("text/plain", "text/html", false);
        row("text/*", "text/html", true);
        row("text/*", "texts/html", false);
        row("image/* text/plain", "image/png", true);
        row("*/*", "video/mp4", true);
        row("*", "video/mp4", true);
    }
    void contentTypesAreKept()
    {
        QFETCH(QString, accepted);
        QFETCH(QString, type);
        QFETCH(bool, taken);
        SelectableDevice candidate = phone();
        candidate.device.capabilities.contentTypes = accepted.split(u' ', Qt::SkipEmptyParts);
        PushRequest push = pushToAlice();
        push.contentType = type;
        if (taken)
            QVERIFY(explain(push, candidate).chosen);
        else
            compareFailure(explain(push, candidate), "content-type");
    }

    void sizeIsKept()
    {
        SelectableDevice candidate = phone();
        PushRequest push = pushToAlice();
        push.body = QByteArray(1400, 'x');
        for (qint64 most : {qint64(0), qint64(1400), qint64(1) << 40}) {
            candidate.device.capabilities.maxMessageSize = most;
            QVERIFY(explain(push, candidate).chosen);
        }
        candidate.device.capabilities.maxMessageSize = 1399;
        const DeviceExplanation entry = explain(push, candidate);
        compareFailure(entry, "size");
        QCOMPARE(entry.failed()->value, QStringLiteral("1400"));
    }

    void onlyTheFirstReasonIsGiven()
    {
        SelectableDevice candidate = phone();
        candidate.connected = false;
        candidate.device.user = user("bob");
        candidate.device.preferences.acceptsPushes = false;
        candidate.device.capabilities.maxMessageSize = 1;
        PushRequest push = pushToAlice();
        push.ttl = Milliseconds(0);
        const DeviceExplanation entry = explain(push, candidate);
        compareFailure(entry, "belongs-to-user");
        for (qsizetype at = 2; at < entry.checks.size(); ++at) {
            QCOMPARE(entry.checks.at(at).outcome, Outcome::NotAsked);
            QVERIFY(entry.checks.at(at).value.isEmpty());
        }
    }

    void everyDeviceIsExplainedInTheOrderGiven()
    {
        SelectableDevice laptop = phone();
        laptop.device.id = deviceId("laptop");
        laptop.connected = false;
        SelectableDevice tablet = phone();
        tablet.device.id = deviceId("tablet");
        tablet.device.subscriptions = {QStringLiteral("mail")};
        PushRequest push = pushToAlice();
        push.application = QStringLiteral("news");
        const Explanation explanation = selectDevices(push, {laptop, tablet, phone()}, noon);
        QCOMPARE(explanation.devices.size(), 3);
        QCOMPARE(explanation.devices.at(0).device, deviceId("laptop"));
        QCOMPARE(explanation.devices.at(0).path, DeliveryPath::Wake);
        QCOMPARE(explanation.devices.at(1).path, DeliveryPath::None);
        QCOMPARE(explanation.devices.at(2).path, DeliveryPath::Direct);
        QVERIFY(selectDevices(push, {}, noon).devices.isEmpty());
    }
};

void SelectionTest::oneDeviceIsChosenWhereOneIsAskedFor_data()
{
    QTest::addColumn<DeviceChoice>("choice");
    QTest::addColumn<QString>("devices"); // name: c = connected, w = wakeable, p = preferred, r = refuses, digit = seen
    QTest::addColumn<QByteArray>("chosen");
    const auto row = [](const char *name, DeviceChoice choice, const char *devices, const char *chosen) {
        QTest::newRow(name) << choice << QString::fromLatin1(devices) << QByteArray(chosen);
    };
    using enum DeviceChoice;
    row("connected before wakeable", FirstReachable, "a:w9 b:c1", "b");
    row("wakeable before absent", FirstReachable, "a:9 b:w1", "b");
    row("connected before preferred", FirstReachable, "a:wp9 b:c1", "b");
    row("preferred among the connected", FirstReachable, "a:c9 b:cp1", "b");
    row("seen last among equals", FirstReachable, "a:c1 b:c2", "b");
    row("the first given among the same", FirstReachable, "a:c1 b:c1", "a");
    row("one that refuses is passed over", FirstReachable, "a:cr b:w", "b");
    row("preferred before connected", Preferred, "a:c9 b:wp1", "b");
    row("connected where none is preferred", Preferred, "a:w9 b:c1", "b");
    row("the preferred one refuses", Preferred, "a:cpr b:w", "b");
}

void SelectionTest::oneDeviceIsChosenWhereOneIsAskedFor()
{
    QFETCH(DeviceChoice, choice);
    QFETCH(QString, devices);
    QFETCH(QByteArray, chosen);
    PushRequest push = pushToAlice();
    push.choice = choice;
    QVector<SelectableDevice> candidates;
    for (const QString &text : devices.split(u' ')) {
        SelectableDevice candidate = phone();
        const QString is = text.mid(2);
        candidate.device.id = deviceId(text.left(1).toLatin1().constData());
        candidate.connected = is.contains(u'c');
        candidate.hasWakeRoute = is.contains(u'w');
        candidate.device.preferences.preferred = is.contains(u'p');
        candidate.device.preferences.acceptsPushes = !is.contains(u'r');
        candidate.device.lastSeen = Timestamp{is.isEmpty() ? 0 : is.back().digitValue()};
        candidates.append(candidate);
    }
    const Explanation explanation = selectDevices(push, candidates, noon);
    int count = 0;
    for (qsizetype i = 0; i < candidates.size(); ++i) {
        const DeviceExplanation &entry = explanation.devices[i];
        if (entry.chosen) {
            ++count;
            QCOMPARE(entry.device, deviceId(chosen.constData()));
            QCOMPARE(checkOf(entry, "chosen-first").outcome, Outcome::Passed);
        } else {
            QVERIFY(entry.failed());
            QCOMPARE(entry.path, DeliveryPath::None);
            if (candidates[i].device.preferences.acceptsPushes) {
                QCOMPARE(QByteArray(entry.failed()->question), QByteArray("chosen-first"));
                QCOMPARE(entry.failed()->value, deviceId(chosen.constData()).toString());
                QCOMPARE(QByteArray(entry.failed()->setting), QByteArray("choice"));
            }
        }
    }
    QCOMPARE(count, 1);
}

void SelectionTest::noDeviceIsChosenWhereNoneTakesIt()
{
    PushRequest push = pushToAlice();
    push.choice = DeviceChoice::FirstReachable;
    SelectableDevice candidate = phone();
    candidate.device.preferences.acceptsPushes = false;
    const Explanation explanation = selectDevices(push, {candidate, candidate}, noon);
    for (const DeviceExplanation &entry : explanation.devices) {
        QVERIFY(!entry.chosen);
        QCOMPARE(QByteArray(entry.failed()->question), QByteArray("accepts-pushes"));
    }
}

void SelectionTest::whatCameOfItIsTheLastAnswer_data()
{
    QTest::addColumn<PushState>("state");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("setting");
    QTest::newRow("delivered") << PushState::Delivered << QByteArray() << Outcome::Passed << QString() << QByteArray();
    QTest::newRow("refused") << PushState::Undeliverable << QByteArray("refused-415") << Outcome::Failed
                             << QStringLiteral("refused-415") << QByteArray();
    QTest::newRow("too late") << PushState::Expired << QByteArray("ttl-ended") << Outcome::Failed << QStringLiteral("ttl-ended")
                              << QByteArray("ttl_s");
    QTest::newRow("waits") << PushState::Waiting << QByteArray("busy-486") << Outcome::NotAsked << QStringLiteral("busy-486")
                           << QByteArray();
    QTest::newRow("woken") << PushState::Waking << QByteArray() << Outcome::NotAsked << QStringLiteral("waking") << QByteArray();
}

void SelectionTest::whatCameOfItIsTheLastAnswer()
{
    QFETCH(PushState, state);
    QFETCH(QByteArray, reason);
    QFETCH(Outcome, outcome);
    Push push;
    push.request = pushToAlice();
    push.deliveries = {{deviceId("phone"), state, reason, {}, 1, noon}};
    const Explanation told = withOutcomes(selectDevices(push.request, {phone()}, noon), push);
    QCOMPARE(told.devices.size(), 1);
    QCOMPARE(told.devices[0].checks.size(), questions.size() + 1);
    const Check &last = told.devices[0].checks.last();
    QCOMPARE(QByteArray(last.question), QByteArray("taken"));
    QCOMPARE(last.outcome, outcome);
    QTEST(last.value, "value");
    QTEST(QByteArray(last.setting), "setting");
    QCOMPARE(told.devices[0].failed() != nullptr, outcome == Outcome::Failed);
    // Of a push whose checks were not kept as much is said.
    const Explanation late = withOutcomes({}, push);
    QCOMPARE(late.devices.size(), 1);
    QCOMPARE(late.devices[0].device, deviceId("phone"));
    QCOMPARE(late.devices[0].checks, QVector<Check>{last});
}

void SelectionTest::whatADeviceFailedAtBeforeStaysTheReason()
{
    Push push;
    push.request = pushToAlice();
    push.request.ttl = Milliseconds(0);
    SelectableDevice away = phone();
    away.connected = false;
    push.deliveries = {{deviceId("phone"), PushState::Expired, "ttl-zero", {}, 0, noon}};
    const Explanation told = withOutcomes(selectDevices(push.request, {away}, noon), push);
    QCOMPARE(QByteArray(told.devices[0].failed()->question), QByteArray("ttl"));
    QCOMPARE(told.devices[0].checks.size(), questions.size());
}

QTEST_GUILESS_MAIN(SelectionTest)
#include "tst_selection.moc"
