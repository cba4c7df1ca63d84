// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicepreferences.h"
#include "gui/guifixture.h"
#include "gui/routetable.h"
#include "gui/subscriberdialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace reveille::test;

class TestSubscriberDialogs : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
    }
    void cleanup() { m_gui.reset(); }

    void addsAUserAndADevice()
    {
        UserDialog user(m_gui->context, {});
        user.id()->setText(QStringLiteral("Alice@LAB.example"));
        user.name()->setText(QStringLiteral("Alice"));
        user.password()->setText(QStringLiteral("wonderland"));
        user.wakeRule()->setCurrentIndex(user.wakeRule()->findData(int(WakeRule::Never)));
        QSignalSpy userAccepted(&user, &QDialog::accepted);
        user.save();
        QTRY_COMPARE(userAccepted.size(), 1);
        const auto id = PublicUserId::parse(u"sip:Alice@lab.example");
        QVERIFY(id.ok());
        QTRY_VERIFY(m_gui->subscribers.user(*id));
        QVERIFY(m_gui->subscribers.user(*id)->hasPassword);
        QCOMPARE(m_gui->subscribers.user(*id)->user.wakeRule, WakeRule::Never);
        QCOMPARE(UserDialog(m_gui->context, *id).wakeRule()->currentData().toInt(), int(WakeRule::Never));

        DeviceDialog device(m_gui->context, *id, {});
        device.id()->setText(QStringLiteral("00:a0:c9:1e:6b:f6"));
        device.name()->setText(QStringLiteral("phone"));
        device.msisdn()->setText(QStringLiteral("+49 170 1234567"));
        device.clientPort()->setText(QStringLiteral("2948"));
        device.preferences()->acceptsPushes()->setChecked(false);
        device.wakeRule()->setCurrentIndex(device.wakeRule()->findData(int(WakeRule::Always)));
        device.routes()->addRow();
        device.routes()->table()->item(0, 1)->setText(QStringLiteral("127.0.0.1"));
        QSignalSpy deviceAccepted(&device, &QDialog::accepted);
        device.save();
        QTRY_VERIFY2(deviceAccepted.size() == 1, qPrintable(device.notice()));
        QTRY_COMPARE(m_gui->subscribers.devicesOf(*id).size(), 1);
        const Device stored = m_gui->subscribers.device(m_gui->subscribers.devicesOf(*id).first())->device;
        QCOMPARE(stored.msisdn.toString(), QStringLiteral("+491701234567"));
        QCOMPARE(stored.clientPort.number(), quint16(2948));
        QVERIFY(!stored.preferences.acceptsPushes);
        QCOMPARE(stored.wakeRule, WakeRule::Always);
        QCOMPARE(stored.provisionedRoutes.size(), 1);
        QCOMPARE(stored.provisionedRoutes.first().bearer, QStringLiteral("wsp-udp"));
    }

    void aWakeRuleThatWasNotTouchedIsNotWritten()
    {
        QVERIFY(m_gui->provision({GuiFixture::device(QStringLiteral("phone"), 1, 9)}));
        const auto ruleNow = [&] { return m_gui->subscribers.user(GuiFixture::alice())->user.wakeRule; };
        UserDialog dialog(m_gui->context, GuiFixture::alice());
        // Somebody else changes the rule while the dialog is open.
        QVERIFY(answerOf(m_gui->host.changeUser(GuiFixture::alice(), QStringLiteral("Alice"), {}, WakeRule::Never)).ok());
        QTRY_COMPARE(ruleNow(), WakeRule::Never);
        dialog.name()->setText(QStringLiteral("Alice Liddell"));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.save();
        QVERIFY(accepted.wait(5000));
        QTRY_COMPARE(m_gui->subscribers.user(GuiFixture::alice())->user.name, QStringLiteral("Alice Liddell"));
        QCOMPARE(ruleNow(), WakeRule::Never);

        UserDialog again(m_gui->context, GuiFixture::alice());
        again.wakeRule()->setCurrentIndex(again.wakeRule()->findData(int(WakeRule::Inherit)));
        again.save();
        QTRY_COMPARE(ruleNow(), WakeRule::Inherit);
    }

    void keepsWhatIsNotInTheFields()
    {
        Device known = GuiFixture::device(QStringLiteral("phone"), 1, 9);
        known.subscriptions = {QStringLiteral("mail")};
        known.capabilities.maxMessageSize = 1000;
        QVERIFY(m_gui->provision({known}));
        DeviceDialog dialog(m_gui->context, known.user, known.id);
        QVERIFY(dialog.id()->isReadOnly());
        QCOMPARE(dialog.routes()->table()->rowCount(), 1);
        dialog.name()->setText(QStringLiteral("handset"));
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.save();
        QVERIFY(accepted.wait(5000));
        QTRY_COMPARE(m_gui->subscribers.device(known.id)->device.name, QStringLiteral("handset"));
        const Device stored = m_gui->subscribers.device(known.id)->device;
        QCOMPARE(stored.subscriptions, known.subscriptions);
        QCOMPARE(stored.capabilities, known.capabilities);
        QCOMPARE(stored.provisionedRoutes, known.provisionedRoutes);
    }

    void marksTheUserFieldThatIsWrong_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        QTest::newRow("empty") << QString() << QStringLiteral("needs an address");
        QTest::newRow("no host") << QStringLiteral("sip:alice") << QStringLiteral("host");
        QTest::newRow("other scheme") << QStringLiteral("mailto:a@b") << QStringLiteral("begin with");
    }
    void marksTheUserFieldThatIsWrong()
    {
        QFETCH(QString, id);
        QFETCH(QString, words);
        UserDialog dialog(m_gui->context, {});
        dialog.id()->setText(id);
        dialog.save();
        QVERIFY2(dialog.idError().contains(words), qPrintable(dialog.idError()));
    }

    void marksTheDeviceFieldThatIsWrong()
    {
        DeviceDialog dialog(m_gui->context, GuiFixture::alice(), {});
        dialog.msisdn()->setText(QStringLiteral("0170"));
        QVERIFY(!dialog.errorAt(dialog.msisdn()).isEmpty()); // while one writes
        QVERIFY(dialog.errorAt(dialog.id()).isEmpty());      // not reached yet
        dialog.clientPort()->setText(QStringLiteral("70000"));
        dialog.routes()->addRow();
        dialog.routes()->table()->item(0, 2)->setText(QStringLiteral("x"));
        dialog.save();
        QVERIFY(!dialog.errorAt(dialog.id()).isEmpty());
        QVERIFY(dialog.errorAt(dialog.clientPort()).contains(QStringLiteral("70000")));
        QVERIFY(!dialog.errorAt(dialog.routes()).isEmpty());
        QVERIFY(!dialog.routes()->table()->item(0, 1)->toolTip().isEmpty());
        QVERIFY(!dialog.routes()->table()->item(0, 2)->toolTip().isEmpty());
    }

    void refusesARouteThatLeadsNowhere_data()
    {
        QTest::addColumn<QString>("bearer");
        QTest::addColumn<QString>("address");
        QTest::newRow("no number") << QStringLiteral("sms") << QStringLiteral("mail");
        QTest::newRow("national number") << QStringLiteral("ussd") << QStringLiteral("0170123456");
        QTest::newRow("no IP address") << QStringLiteral("wsp-udp") << QStringLiteral("10.0.0");
    }
    void refusesARouteThatLeadsNowhere()
    {
        QFETCH(QString, bearer);
        QFETCH(QString, address);
        DeviceDialog dialog(m_gui->context, GuiFixture::alice(), {});
        dialog.routes()->addRow();
        dialog.routes()->table()->item(0, 0)->setText(bearer);
        dialog.routes()->table()->item(0, 1)->setText(address);
        const Result<QVector<WakeRoute>> wrong = dialog.routes()->routes();
        QVERIFY(!wrong.ok());
        QVERIFY(!dialog.routes()->table()->item(0, 1)->toolTip().isEmpty());
        dialog.routes()->table()->item(0, 1)->setText(bearer == u"wsp-udp" ? QStringLiteral("10.0.0.1") : QStringLiteral("+49 170 123456"));
        const Result<QVector<WakeRoute>> right = dialog.routes()->routes();
        QVERIFY(right.ok());
        QCOMPARE(right->first().address, bearer == u"wsp-udp" ? QStringLiteral("10.0.0.1") : QStringLiteral("49170123456"));
        QVERIFY(dialog.routes()->table()->item(0, 1)->toolTip().isEmpty());
    }

    void saysThatTheUserIsUnknown()
    {
        DeviceDialog dialog(m_gui->context, GuiFixture::alice(), {});
        dialog.id()->setText(QStringLiteral("mac:00a0c91e6bf6"));
        dialog.save();
        QTRY_VERIFY(dialog.errorAt(dialog.user()).contains(QStringLiteral("alice")));
    }
};

QTEST_MAIN(TestSubscriberDialogs)
#include "tst_subscriberdialogs.moc"
