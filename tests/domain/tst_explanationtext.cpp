// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"

#include "domain/selection.h"

#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Every answer that the selection of devices gives has words, and those can be translated.
class TestExplanationText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyQuestionAndSettingOfTheSelectionHasWords();
    void aVerdictSaysWhatFailedAndWhatWouldChangeIt();
    void whatCameOfItHasWords_data();
    void whatCameOfItHasWords();
    void waysToADeviceHaveWords_data();
    void waysToADeviceHaveWords();
    void whatAnAnswerFoundHasWords_data();
    void whatAnAnswerFoundHasWords();
    void quietHoursHoldAndDoNotEnd();
    void codesOfAnotherVersionComeBackAsTheyAre();
    void allOfItGoesThroughTheTranslation();

private:
    static DeviceExplanation failing();
};

void TestExplanationText::everyQuestionAndSettingOfTheSelectionHasWords()
{
    const QStringList questions = explanationtext::questionCodes();
    const QStringList settings = explanationtext::settingCodes();
    // Every device fails at another question; between them they show every setting.
    SelectableDevice device;
    device.device.id = DeviceId::parse(u"imei:490154203237518"_s).value();
    device.device.user = PublicUserId::parse(u"sip:alice@lab.example"_s).value();
    QVector<SelectableDevice> devices(12, device);
    devices[1].device.user = PublicUserId::parse(u"sip:bob@lab.example"_s).value();
    devices[2].device.preferences.acceptsPushes = false;
    devices[3].device.preferences.quietFrom = 0;
    devices[3].device.preferences.quietUntil = 1439;
    devices[4].device.subscriptions = {u"mms.ua"_s};
    devices[5].device.capabilities.contentTypes = {u"image/png"_s};
    devices[6].device.capabilities.maxMessageSize = 1;
    devices[7].connected = true;
    devices[8].hasWakeRoute = true;
    devices[9].wakeRule.rule = WakeRule::Never;
    QSet<QString> asked;
    for (const PushWhen when : {PushWhen::Now, PushWhen::WhenReachable, PushWhen::Wake}) {
        for (const DeviceChoice choice : {DeviceChoice::All, DeviceChoice::Preferred}) {
            PushRequest push;
            push.to.user = device.device.user;
            push.application = u"x-wap-application:wml.ua"_s;
            push.contentType = u"text/plain"_s;
            push.body = "Good morning";
            push.when = when;
            push.choice = choice;
            push.ttl = Milliseconds(when == PushWhen::Wake ? 60000 : 0);
            for (const DeviceExplanation &one : selectDevices(push, devices, {1000}).devices) {
                for (const Check &check : one.checks) {
                    const QString question = QString::fromLatin1(check.question);
                    QVERIFY2(questions.contains(question), check.question);
                    QVERIFY2(!*check.setting || settings.contains(QLatin1StringView(check.setting)), check.setting);
                    asked.insert(question);
                }
                QVERIFY(!explanationtext::verdict(one).isEmpty());
            }
        }
    }
    QVERIFY(asked.size() >= 12);
}

DeviceExplanation TestExplanationText::failing()
{
    DeviceExplanation device;
    device.checks = {{"named", Check::Outcome::Passed, {}, ""},
                     {"quiet-hours", Check::Outcome::Failed, u"22:00-07:00"_s, "preferences.quiet_from"},
                     {"size", Check::Outcome::NotAsked, {}, ""}};
    return device;
}

void TestExplanationText::aVerdictSaysWhatFailedAndWhatWouldChangeIt()
{
    QCOMPARE(explanationtext::verdict(failing()),
             u"Does not get it. Is it outside its quiet hours? no (22:00-07:00). To change it: “Quiet hours” of the device, or "
             "the priority of the push."_s);
    QCOMPARE(explanationtext::check({"fault-injected", Check::Outcome::NotAsked, u"drop f-1"_s, "faults"}),
             u"Did an injected fault strike? yes (dropped, f-1)"_s);
    QCOMPARE(explanationtext::check({"connected", Check::Outcome::Passed, u"yes"_s, ""}), u"Is it connected? yes"_s);
}

void TestExplanationText::whatAnAnswerFoundHasWords_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    for (const PushWhen when : {PushWhen::Now, PushWhen::WhenReachable, PushWhen::Wake}) {
        const QString code = QString::fromLatin1(toText(when));
        QTest::newRow(toText(when)) << u"may-wake"_s << code << QString();
    }
    for (const WakeRule rule : {WakeRule::OnPush, WakeRule::Always, WakeRule::Never})
        QTest::newRow(toText(rule)) << u"wake-allowed"_s << QString::fromLatin1(toText(rule)) << QString();
    QTest::newRow("on_push, in full") << u"wake-allowed"_s << u"on_push"_s << u"Does the wake policy allow it? yes (when a push is for it)"_s;
    QTest::newRow("seconds") << u"ttl"_s << u"3600"_s << u"Does the push live long enough to wait? yes (3600 s)"_s;
    QTest::newRow("octets") << u"size"_s << u"1400"_s << u"Is the content small enough for it? yes (1400 octets)"_s;
    QTest::newRow("octets, unknown") << u"size"_s << u""_s << u"Is the content small enough for it? yes"_s;
    QTest::newRow("of another version") << u"wake-allowed"_s << u"brand-new"_s << u"Does the wake policy allow it? yes (brand-new)"_s;
}

void TestExplanationText::whatAnAnswerFoundHasWords()
{
    QFETCH(QString, question);
    QFETCH(QString, value);
    QFETCH(QString, text);
    const QByteArray code = question.toLatin1();
    const QString shown = explanationtext::check({code.constData(), Check::Outcome::Passed, value, ""});
    if (text.isEmpty())
        QVERIFY2(shown.endsWith(u')') && !shown.endsWith(u'(' + value + u')'), qPrintable(shown));
    else
        QCOMPARE(shown, text);
}

void TestExplanationText::whatCameOfItHasWords_data()
{
    QTest::addColumn<Check::Outcome>("outcome");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("refused") << Check::Outcome::Failed << u"refused-415"_s
                             << u"Does not get it. Has the device taken it? no (refused by the device: 415, it does not take this content type)"_s;
    QTest::newRow("refused over CoAP") << Check::Outcome::Failed << u"refused-4.13"_s
                                       << u"Does not get it. Has the device taken it? no (refused by the device: 4.13, too large for it)"_s;
    QTest::newRow("refused with a status of its own")
        << Check::Outcome::Failed << u"refused-699"_s << u"Does not get it. Has the device taken it? no (refused by the device: 699)"_s;
    QTest::newRow("ran out") << Check::Outcome::Failed << u"ttl-ended"_s << u"Does not get it. Has the device taken it? no (its time to live ended)"_s;
    QTest::newRow("cancelled") << Check::Outcome::Failed << u"cancelled"_s << u"Does not get it. Has the device taken it? no (it was cancelled)"_s;
    QTest::newRow("busy") << Check::Outcome::NotAsked << u"busy-486"_s << u"Has not got it yet (the device is busy: 486, its user is busy)."_s;
    QTest::newRow("waits") << Check::Outcome::NotAsked << u"waiting"_s << u"Has not got it yet (it waits)."_s;
    QTest::newRow("of another version") << Check::Outcome::NotAsked << u"brand-new"_s << u"Has not got it yet (brand-new)."_s;
}

void TestExplanationText::whatCameOfItHasWords()
{
    QFETCH(Check::Outcome, outcome);
    QFETCH(QString, value);
    DeviceExplanation device;
    device.chosen = true;
    device.checks = {{"taken", outcome, value, ""}};
    QTEST(explanationtext::verdict(device), "text");
}

void TestExplanationText::waysToADeviceHaveWords_data()
{
    QTest::addColumn<DeliveryPath>("path");
    QTest::addColumn<QString>("text");
    QTest::newRow("direct") << DeliveryPath::Direct << u"Gets it at once over its connection."_s;
    QTest::newRow("wake") << DeliveryPath::Wake << u"Is woken first, then gets it."_s;
    QTest::newRow("wait") << DeliveryPath::Wait << u"Gets it when it comes back by itself."_s;
    QTest::newRow("none") << DeliveryPath::None << u"Does not get it."_s;
}

void TestExplanationText::waysToADeviceHaveWords()
{
    QFETCH(DeliveryPath, path);
    DeviceExplanation device;
    device.chosen = true;
    device.path = path;
    QTEST(explanationtext::verdict(device), "text");
}

void TestExplanationText::quietHoursHoldAndDoNotEnd()
{
    SelectableDevice phone;
    phone.device.id = DeviceId::parse(u"imei:490154203237518"_s).value();
    phone.connected = true;
    phone.device.preferences.quietFrom = 22 * 60;
    phone.device.preferences.quietUntil = 7 * 60;
    const Timestamp night{1795215600000}; // 2026-11-20T23:00:00Z
    const DeviceExplanation device = selectDevices({}, {phone}, night).devices.first();
    QCOMPARE(explanationtext::verdict(device), u"Gets it once its quiet hours are over (22:00-07:00)."_s);
    const auto check = std::find_if(device.checks.cbegin(), device.checks.cend(), [](const Check &one) { return qstrcmp(one.question, "quiet-hours") == 0; });
    QCOMPARE(explanationtext::check(*check), u"Is it outside its quiet hours? no, so it waits (22:00-07:00)"_s);
    const DeviceExplanation byDay = selectDevices({}, {phone}, night - Milliseconds(12 * 3600 * 1000)).devices.first();
    QCOMPARE(explanationtext::verdict(byDay), u"Gets it at once over its connection."_s);
}

void TestExplanationText::codesOfAnotherVersionComeBackAsTheyAre()
{
    QCOMPARE(explanationtext::question("brand-new"), u"brand-new"_s);
    QCOMPARE(explanationtext::setting("brand/new"), u"brand/new"_s);
    QCOMPARE(explanationtext::fault(u"explode f-1"_s), u"explode f-1"_s);
}

void TestExplanationText::allOfItGoesThroughTheTranslation()
{
    const auto shout = [](const char *english) { return QString::fromUtf8(english).toUpper(); };
    const QString text = explanationtext::verdict(failing(), shout);
    QVERIFY(text.startsWith(u"DOES NOT GET IT. IS IT OUTSIDE"_s));
    QCOMPARE(text, text.toUpper());
    const QString taken = explanationtext::check({"taken", Check::Outcome::Failed, u"refused-486"_s, ""}, shout);
    QCOMPARE(taken, taken.toUpper());
    for (int state = 0; state <= int(PushState::Undeliverable); ++state) {
        const QString value = QString::fromLatin1(toText(PushState(state)));
        if (!isDelivered(PushState(state)))
            QVERIFY2(!explanationtext::check({"taken", Check::Outcome::NotAsked, value, ""}).contains(u'(' + value + u')') || value == u"accepted"_s,
                     qPrintable(value));
    }
}

QTEST_APPLESS_MAIN(TestExplanationText)
#include "tst_explanationtext.moc"
