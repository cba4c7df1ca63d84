// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationrecord.h"

#include "domain/selection.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SelectableDevice phone(int number = 1)
{
    SelectableDevice phone;
    phone.device.id = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-0000000000%1"_s.arg(number, 2, 10, QLatin1Char('0')));
    phone.device.user = *PublicUserId::parse(u"sip:alice@lab.example"_s);
    return phone;
}

Push pushTo(const SelectableDevice &device)
{
    Push push;
    push.user = push.request.to.user = device.device.user;
    push.request.body = "Good morning";
    return push;
}

QString texts(const Explanation &explanation)
{
    QStringList lines;
    for (const DeviceExplanation &device : explanation.devices) {
        lines.append(device.device.toString() + u' ' + QLatin1StringView(toText(device.path)) + (device.chosen ? u" chosen"_s : QString()));
        for (const Check &check : device.checks)
            lines.append(QLatin1StringView(check.question) + u' ' + QLatin1StringView(toText(check.outcome)) + u' ' + check.value + u' '
                         + QLatin1StringView(check.setting));
    }
    return lines.join(u'\n');
}

} // namespace

/// What the journal keeps of an explanation says the same as the explanation did.
class TestExplanationRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsWhatIsUnusual_data();
    void holdsWhatIsUnusual();
    void readsBackEveryExplanation();
    void saysThatThereWereMoreDevices();
    void readsNothingElse_data();
    void readsNothingElse();
};

void TestExplanationRecord::holdsWhatIsUnusual_data()
{
    QTest::addColumn<QString>("record");
    QTest::newRow("connected") << u"direct"_s;
    QTest::newRow("woken") << u"wake wake-allowed+on_push"_s;
    QTest::newRow("waits") << u"wait wake-allowed+on_push"_s;
    QTest::newRow("never woken") << u"wait wake-allowed~never@device.wake_policy route-known~"_s;
    QTest::newRow("wakes nobody") << u"wait"_s;
    QTest::newRow("not wanted") << u"none accepts-pushes-"_s;
    QTest::newRow("other applications") << u"none subscribed-"_s;
    QTest::newRow("now or never, away") << u"none connected-"_s;
    QTest::newRow("quiet") << u"wait quiet-hours~00:00-23:59@preferences.quiet_from wake-allowed+on_push"_s;
}

void TestExplanationRecord::holdsWhatIsUnusual()
{
    QFETCH(QString, record);
    SelectableDevice device = phone();
    Push push = pushTo(device);
    push.request.application = u"mail"_s;
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    device.connected = tag == u"connected";
    device.hasWakeRoute = tag == u"woken";
    device.device.preferences.acceptsPushes = tag != u"not wanted";
    if (tag == u"never woken")
        device.wakeRule = {WakeRule::Never, "device.wake_policy"};
    if (tag == u"wakes nobody")
        push.request.when = PushWhen::WhenReachable;
    if (tag == u"now or never, away")
        push.request.when = PushWhen::Now;
    if (tag == u"other applications")
        device.device.subscriptions = {u"news"_s};
    if (tag == u"quiet") {
        device.device.preferences.quietFrom = 0;
        device.device.preferences.quietUntil = 1439;
    }
    const Explanation explanation = selectDevices(push.request, {device}, {1000});
    QCOMPARE(explanationRecord(explanation, push), device.device.id.toString() + u' ' + record);
}

void TestExplanationRecord::readsBackEveryExplanation()
{
    QRandomGenerator random(7);
    const auto chance = [&] { return random.bounded(3) == 0; };
    for (int round = 0; round < 3000; ++round) {
        QVector<SelectableDevice> devices;
        for (int i = 0, count = random.bounded(5); i < count; ++i) {
            SelectableDevice device = phone(i);
            Preferences &preferences = device.device.preferences;
            preferences.acceptsPushes = !chance();
            preferences.preferred = chance();
            if (chance()) {
                preferences.quietFrom = random.bounded(1440);
                preferences.quietUntil = random.bounded(1440);
                preferences.zone = chance() ? u"Europe/Madrid"_s : QString();
            }
            if (chance())
                device.device.subscriptions = {u"mail"_s};
            if (chance())
                device.device.capabilities.contentTypes = {u"image/*"_s};
            device.device.capabilities.maxMessageSize = chance() ? 4 : 0;
            if (random.bounded(8) == 0)
                device.device.user = *PublicUserId::parse(u"sip:bob@lab.example"_s);
            device.connected = chance();
            device.hasWakeRoute = !chance();
            device.wakeRule.rule = chance() ? WakeRule::Never : chance() ? WakeRule::Always : WakeRule::OnPush;
            device.wakeRule.setting = chance() ? "user.wake_policy" : chance() ? "device.wake_policy" : "wake/policy";
            devices.append(device);
        }
        Push push = pushTo(phone());
        push.request.when = PushWhen(random.bounded(3));
        push.request.choice = DeviceChoice(random.bounded(3));
        push.request.ttl = Milliseconds(chance() ? 0 : random.bounded(100) * 1000);
        push.request.priority = chance() ? PushPriority::High : PushPriority::Normal;
        push.request.application = chance() ? u"mail"_s : chance() ? u"x%@; +-~/ä{}"_s : QString();
        push.request.contentType = chance() ? u"image/png; name=\"a;b@c\""_s : u"text/plain"_s;
        if (chance())
            push.request.devices = {phone(random.bounded(5)).device.id};
        const Explanation explanation = selectDevices(push.request, devices, {round * 3600000LL});
        const QString record = explanationRecord(explanation, push);
        QCOMPARE(record == u"-"_s, devices.isEmpty());
        const auto back = explanationFromRecord(record, push);
        QVERIFY2(back, qPrintable(record));
        QVERIFY(back->complete);
        QCOMPARE(texts(*back), texts(explanation));
    }
}

void TestExplanationRecord::saysThatThereWereMoreDevices()
{
    QVector<SelectableDevice> devices;
    for (int i = 0; i < int(mostRecordedDevices) + 3; ++i)
        devices.append(phone(i));
    const Push push = pushTo(phone());
    const QString record = explanationRecord(selectDevices(push.request, devices, {1000}), push);
    QVERIFY2(record.endsWith(u"; +3"), qPrintable(record));
    const auto back = explanationFromRecord(record, push);
    QVERIFY(back && !back->complete);
    QCOMPARE(back->devices.size(), mostRecordedDevices);
}

void TestExplanationRecord::readsNothingElse_data()
{
    QTest::addColumn<QString>("record");
    const QString device = phone().device.id.toString();
    QTest::newRow("nothing") << QString();
    QTest::newRow("no path") << device;
    QTest::newRow("another path") << device + u" pigeon"_s;
    QTest::newRow("no device") << QString(300, u'x') + u" direct"_s;
    QTest::newRow("another question") << device + u" direct weather+"_s;
    QTest::newRow("no outcome") << device + u" direct subscribed"_s;
    QTest::newRow("another setting") << device + u" direct subscribed-x@weather"_s;
    QTest::newRow("one of two") << device + u" direct; "_s;
}

void TestExplanationRecord::readsNothingElse()
{
    QFETCH(QString, record);
    QVERIFY(!explanationFromRecord(record, pushTo(phone())));
}

QTEST_GUILESS_MAIN(TestExplanationRecord)
#include "tst_explanationrecord.moc"
