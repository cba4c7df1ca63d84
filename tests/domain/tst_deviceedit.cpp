// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceedit.h"

#include <QTest>

#include <functional>

using namespace reveille;
using namespace Qt::StringLiterals;

using Change = std::function<void(Device &)>;

namespace {

WakeRoute routeTo(quint16 port)
{
    return {u"wsp-udp"_s, u"127.0.0.1"_s, ClientPort(port), WakeRoute::Source::Provisioned};
}

/// A device that differs from the default in all that staff can change.
Device phone()
{
    Device device;
    device.id = DeviceId::parse(u"imei:490154203237518"_s).value();
    device.user = PublicUserId::parse(u"sip:alice@lab.example"_s).value();
    device.name = u"phone"_s;
    device.msisdn = Msisdn::parse(u"+491701234567"_s).value();
    device.clientPort = ClientPort(2948);
    device.provisionedRoutes = {routeTo(1)};
    device.subscriptions = {u"mail"_s};
    device.wakeRule = WakeRule::OnPush;
    device.capabilities = {{u"text/plain"_s}, 1000, 1};
    device.preferences = {false, true, 3, 22 * 60, 7 * 60, u"Europe/Berlin"_s};
    return device;
}

/// The same device after everybody else has changed all of it.
Device changedByOthers()
{
    Device device = phone();
    device.name = u"handset"_s;
    device.msisdn = Msisdn::parse(u"+34600123456"_s).value();
    device.clientPort = ClientPort(9200);
    device.provisionedRoutes = {routeTo(2), routeTo(3)};
    device.subscriptions = {};
    device.wakeRule = WakeRule::Always;
    device.capabilities = {{u"image/*"_s}, 5000, 0};
    device.preferences = {true, false, 7, 60, 120, u"Asia/Tokyo"_s};
    device.clientRoutes = {routeTo(4)};
    device.gruu = u"sip:alice@lab.example;gr=1"_s;
    device.lastSeen = {1000};
    return device;
}

} // namespace

class TestDeviceEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyTheFieldThatWasChangedIsWritten_data();
    void onlyTheFieldThatWasChangedIsWritten();
    void theHoursChangeTogether();
    void whatADeviceSaysOfItselfStays();
    void anEditIsEmptyWhereNothingOfItIsWritten();
    void everyFieldIsKnown();
};

void TestDeviceEdit::onlyTheFieldThatWasChangedIsWritten_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    row("nothing", [](Device &) {});
    row("name", [](Device &device) { device.name = u"mobile"_s; });
    row("name taken away", [](Device &device) { device.name.clear(); });
    row("number", [](Device &device) { device.msisdn = {}; });
    row("port", [](Device &device) { device.clientPort = ClientPort(4000); });
    row("routes", [](Device &device) { device.provisionedRoutes.clear(); });
    row("subscriptions", [](Device &device) { device.subscriptions.append(u"chat"_s); });
    row("wake rule", [](Device &device) { device.wakeRule = WakeRule::Never; });
    row("content types", [](Device &device) { device.capabilities.contentTypes.clear(); });
    row("size", [](Device &device) { device.capabilities.maxMessageSize = 0; });
    row("SIR version", [](Device &device) { device.capabilities.sirVersion = 2; });
    row("takes no pushes", [](Device &device) { device.preferences.acceptsPushes = true; });
    row("preferred", [](Device &device) { device.preferences.preferred = false; });
    row("order", [](Device &device) { device.preferences.order = 0; });
    row("quiet hours", [](Device &device) {
        device.preferences.quietFrom = 23 * 60;
        device.preferences.quietUntil = 8 * 60;
    });
    row("no quiet hours", [](Device &device) { device.preferences.quietFrom = device.preferences.quietUntil = -1; });
    row("zone", [](Device &device) { device.preferences.zone.clear(); });
    row("two fields", [](Device &device) {
        device.name = u"mobile"_s;
        device.preferences.order = 1;
    });
}

void TestDeviceEdit::onlyTheFieldThatWasChangedIsWritten()
{
    QFETCH(Change, change);
    DeviceEdit edit{phone(), phone()};
    change(edit.after);
    Device expected = changedByOthers();
    change(expected);
    if (!edit.after.subscriptions.isEmpty() && edit.after.subscriptions != edit.before.subscriptions)
        expected.subscriptions = edit.after.subscriptions; // a list is written whole
    QCOMPARE(edit.applied(changedByOthers()), expected);
    QCOMPARE(edit.applied(edit.before), edit.after);
    // And back: the others keep theirs.
    const DeviceEdit back{expected, changedByOthers()};
    Device later = expected;
    later.lastSeen = {2000};
    QCOMPARE(back.applied(later).preferences, changedByOthers().preferences);
    QCOMPARE(back.applied(later).lastSeen, Timestamp{2000});
}

void TestDeviceEdit::theHoursChangeTogether()
{
    // One moved the beginning, another took the hours away: a beginning without an end would hold nothing, or everything.
    DeviceEdit edit{phone(), phone()};
    edit.after.preferences.quietFrom = 21 * 60;
    Device standing = phone();
    standing.preferences.quietFrom = standing.preferences.quietUntil = -1;
    QCOMPARE(edit.applied(standing).preferences.quietFrom, 21 * 60);
    QCOMPARE(edit.applied(standing).preferences.quietUntil, 7 * 60);
    // The end is its own place on the clock of the other.
    standing.preferences.quietFrom = 23 * 60;
    standing.preferences.quietUntil = 9 * 60;
    standing.preferences.zone = u"Asia/Tokyo"_s;
    QCOMPARE(edit.applied(standing).preferences.quietUntil, 7 * 60);
    QCOMPARE(edit.applied(standing).preferences.zone, u"Asia/Tokyo"_s);
}

void TestDeviceEdit::whatADeviceSaysOfItselfStays()
{
    DeviceEdit edit{phone(), changedByOthers()};
    edit.after.id = DeviceId::parse(u"mac:00a0c91e6bf6"_s).value();
    edit.after.user = PublicUserId::parse(u"sip:bob@lab.example"_s).value();
    edit.after.returned = {Returned{}};
    edit.after.createdAt = {5};
    const Device made = edit.applied(phone());
    QCOMPARE(made.id, phone().id);
    QCOMPARE(made.user, phone().user);
    QVERIFY(made.clientRoutes.isEmpty() && made.gruu.isEmpty() && made.returned.isEmpty());
    QVERIFY(!made.createdAt.isSet() && !made.lastSeen.isSet());
    QCOMPARE(made.preferences, changedByOthers().preferences);
}

void TestDeviceEdit::anEditIsEmptyWhereNothingOfItIsWritten()
{
    DeviceEdit edit{phone(), phone()};
    QVERIFY(edit.isEmpty());
    edit.after.lastSeen = {7};
    QVERIFY(edit.isEmpty());
    edit.after.preferences.preferred = false;
    QVERIFY(!edit.isEmpty());
}

/// A field more, and this does not compile: then applied() has to take it, or not, and a row above says so.
void TestDeviceEdit::everyFieldIsKnown()
{
    const Device device = phone();
    [[maybe_unused]] const auto &[accepts, preferred, order, from, until, zone] = device.preferences;
    [[maybe_unused]] const auto &[types, size, version] = device.capabilities;
    [[maybe_unused]] const auto &[id, user, name, msisdn, port, provisioned, told, capabilities, preferences, subscriptions, rule,
                                  returned, gruu, created, seen] = device;
    // No field that staff changes is alike in the two devices that the rows are tried with.
    const Device other = changedByOthers();
    QVERIFY(name != other.name && msisdn != other.msisdn && port != other.clientPort && provisioned != other.provisionedRoutes);
    QVERIFY(subscriptions != other.subscriptions && rule != other.wakeRule && types != other.capabilities.contentTypes);
    QVERIFY(size != other.capabilities.maxMessageSize && version != other.capabilities.sirVersion && zone != other.preferences.zone);
    QVERIFY(accepts != other.preferences.acceptsPushes && preferred != other.preferences.preferred && order != other.preferences.order);
    QVERIFY(from != other.preferences.quietFrom && until != other.preferences.quietUntil);
}

QTEST_APPLESS_MAIN(TestDeviceEdit)
#include "tst_deviceedit.moc"
