// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicepage.h"
#include "gui/devicepreferences.h"
#include "gui/edithistory.h"
#include "gui/guifixture.h"
#include "gui/overviewpage.h"
#include "gui/subscriberdialogs.h"
#include "models/sentences.h"

#include <QCheckBox>
#include <QCompleter>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QTimeEdit>
#include <QTranslator>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

/// What a device is wanted for, seen and set in its dialog, and seen on its page.
class TestDevicePreferences : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    Device m_phone;

    Device stored() const { return m_gui->subscribers.device(m_phone.id)->device; }
    Preferences kept() const { return stored().preferences; }
    /// Somebody else changes the device.
    template <typename Change>
    bool elsewhere(Change change)
    {
        Device device = stored();
        change(device);
        return answerOf(m_gui->host.putDevice(device)).ok() && QTest::qWaitFor([&] { return stored() == device; }, 5000);
    }
    static bool saved(DeviceDialog &dialog)
    {
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.save();
        return QTest::qWaitFor([&] { return accepted.size() == 1; }, 5000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "Asia/Tokyo");
        tzset();
    }
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        m_phone = GuiFixture::device(u"phone"_s, 1, 9);
        m_phone.preferences = {true, false, 2, 22 * 60, 7 * 60, u"Europe/Berlin"_s};
        QVERIFY(m_gui->provision({m_phone}));
    }
    void cleanup() { m_gui.reset(); }

    void showsWhatIsSaved()
    {
        const DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        const DevicePreferences &fields = *dialog.preferences();
        QVERIFY(fields.acceptsPushes()->isChecked() && !fields.preferred()->isChecked() && fields.quietHours()->isChecked());
        QCOMPARE(fields.order()->value(), 2);
        QCOMPARE(fields.quietFrom()->time(), QTime(22, 0));
        QCOMPARE(fields.quietUntil()->time(), QTime(7, 0));
        QCOMPARE(fields.zone()->text(), u"Europe/Berlin"_s);
        QVERIFY2(fields.summary().startsWith(Sentences::quietHours(m_phone.preferences)), qPrintable(fields.summary()));
        QVERIFY(dialog.canSave());
        QCOMPARE(fields.preferences(), m_phone.preferences);
    }

    void savesAllThatCanBeSet()
    {
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        DevicePreferences &fields = *dialog.preferences();
        fields.acceptsPushes()->setChecked(false);
        fields.preferred()->setChecked(true);
        fields.order()->setValue(5);
        fields.quietFrom()->setTime(QTime(12, 30));
        fields.quietUntil()->setTime(QTime(13, 45));
        fields.zone()->setText(u" america/new york "_s);
        QVERIFY2(fields.summary().startsWith(u"Held from 12:30 to 13:45, America/New_York; urgent pushes go through."), qPrintable(fields.summary()));
        QVERIFY(saved(dialog));
        const Preferences expected{false, true, 5, 12 * 60 + 30, 13 * 60 + 45, u"America/New_York"_s};
        QTRY_COMPARE(kept(), expected);
    }

    void addsADeviceWithThem()
    {
        DeviceDialog dialog(m_gui->context, GuiFixture::alice(), {});
        dialog.id()->setText(u"mac:00a0c91e6bf6"_s);
        dialog.preferences()->order()->setValue(1);
        dialog.preferences()->quietHours()->setChecked(true);
        QVERIFY(saved(dialog));
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 2);
        const Preferences expected{true, false, 1, 22 * 60, 7 * 60, u"Asia/Tokyo"_s}; // the zone of this computer is offered
        QCOMPARE(m_gui->subscribers.device(DeviceId::parse(u"mac:00a0c91e6bf6"_s).value())->device.preferences, expected);
    }

    void writesAndTakesBackOnlyWhatWasEdited()
    {
        EditHistory history(m_gui->host);
        m_gui->context.history = &history;
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        QVERIFY(elsewhere([](Device &device) {
            device.name = u"handset"_s;
            device.preferences.acceptsPushes = false;
        }));
        dialog.preferences()->quietUntil()->setTime(QTime(8, 15));
        QVERIFY(saved(dialog));
        QTRY_COMPARE(kept().quietUntil, 8 * 60 + 15);
        QCOMPARE(stored().name, u"handset"_s);
        QVERIFY(!kept().acceptsPushes);

        QVERIFY(elsewhere([](Device &device) { device.preferences.order = 9; }));
        QVERIFY(history.canUndo());
        history.undo();
        QTRY_COMPARE(kept().quietUntil, 7 * 60);
        QCOMPARE(kept().order, 9);
        QCOMPARE(stored().name, u"handset"_s);
        QTRY_VERIFY(history.canRedo());
        history.redo();
        QTRY_COMPARE(kept().quietUntil, 8 * 60 + 15);
        QCOMPARE(kept().order, 9);
        m_gui->context.history = nullptr;
    }

    void nothingEditedIsNothingToTakeBack()
    {
        EditHistory history(m_gui->host);
        m_gui->context.history = &history;
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        QVERIFY(saved(dialog));
        QVERIFY(!history.canUndo());
        m_gui->context.history = nullptr;
    }

    void badInputIsSaidAtItsFieldAndKeepsSaveOff()
    {
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        DevicePreferences &fields = *dialog.preferences();
        const QString tab = dialog.tabs()->tabText(1);
        fields.zone()->setText(u"Europe/Berlim"_s);
        QVERIFY2(dialog.errorAt(fields.zone()).contains(u"Europe/Berlim"), qPrintable(dialog.errorAt(fields.zone())));
        QVERIFY(!dialog.canSave());
        QVERIFY(dialog.tabs()->tabText(1) != tab); // also seen from the other tab
        QVERIFY(fields.summary().isEmpty());       // what holds is not known
        fields.zone()->setText(u"Europe/Lisbon"_s);
        QVERIFY(dialog.errorAt(fields.zone()).isEmpty() && dialog.canSave());
        QCOMPARE(dialog.tabs()->tabText(1), tab);

        fields.quietUntil()->setTime(fields.quietFrom()->time());
        QVERIFY(!dialog.errorAt(fields.quietUntil()).isEmpty() && !dialog.canSave());
        dialog.save(); // as by a shortcut
        QCOMPARE(dialog.tabs()->currentIndex(), 1);
        QCOMPARE(kept(), m_phone.preferences);
        fields.quietUntil()->setTime(QTime(6, 0));
        QVERIFY(dialog.errorAt(fields.quietUntil()).isEmpty() && dialog.canSave());

        dialog.msisdn()->setText(u"0170"_s);
        QVERIFY(!dialog.canSave());
        dialog.msisdn()->clear();
        QVERIFY(dialog.canSave());
    }

    void withoutQuietHoursTheirFieldsDoNotCount()
    {
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        DevicePreferences &fields = *dialog.preferences();
        fields.zone()->setText(u"nowhere"_s);
        QVERIFY(!dialog.canSave());
        fields.quietHours()->setChecked(false);
        QVERIFY(dialog.canSave());
        QVERIFY(!fields.zone()->isEnabled() && !fields.quietFrom()->isEnabled());
        QVERIFY(saved(dialog));
        QTRY_COMPARE(kept().quietFrom, -1);
        QCOMPARE(kept().quietUntil, -1);
        QCOMPARE(kept().zone, u"Europe/Berlin"_s);
    }

    void anEmptyZoneIsUtc()
    {
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        dialog.preferences()->zone()->clear();
        QVERIFY(dialog.canSave());
        QVERIFY2(dialog.preferences()->summary().contains(u", UTC;"), qPrintable(dialog.preferences()->summary()));
        QVERIFY(saved(dialog));
        QTRY_COMPARE(kept().zone, QString());
    }

    void whatWasNotTypedHereIsNotHeldAgainstAnybody_data()
    {
        QTest::addColumn<Preferences>("preferences");
        QTest::newRow("a zone that only another system knows") << Preferences{true, false, 0, 22 * 60, 7 * 60, u"Moon/Tycho"_s};
        QTest::newRow("twice the same time") << Preferences{true, false, 0, 60, 60, u"Europe/Berlin"_s};
    }
    void whatWasNotTypedHereIsNotHeldAgainstAnybody()
    {
        QFETCH(Preferences, preferences);
        QVERIFY(elsewhere([&](Device &device) { device.preferences = preferences; }));
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        dialog.name()->setText(u"handset"_s);
        QVERIFY(dialog.canSave());
        QVERIFY(saved(dialog));
        QTRY_COMPARE(stored().name, u"handset"_s);
        QCOMPARE(kept(), preferences);
    }

    void zonesAreFoundByTheirCity()
    {
        const DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        QCompleter *completer = dialog.preferences()->zone()->completer();
        completer->setCompletionPrefix(u"buenos"_s);
        QVERIFY(completer->currentCompletion().endsWith(u"Buenos_Aires"));
        completer->setCompletionPrefix(u"europe/mad"_s);
        QCOMPARE(completer->completionCount(), 1);
        QCOMPARE(completer->currentCompletion(), u"Europe/Madrid"_s);
        completer->setCompletionPrefix(u"UTC+"_s); // not of the IANA database
        QCOMPARE(completer->completionCount(), 0);
    }

    void saysThatTheDeviceWasRemovedMeanwhile()
    {
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        QVERIFY(answerOf(m_gui->host.removeDevice(m_phone.id)).ok());
        dialog.preferences()->preferred()->setChecked(true);
        dialog.tabs()->setCurrentIndex(1);
        dialog.save();
        QTRY_VERIFY(!dialog.errorAt(dialog.id()).isEmpty());
        QCOMPARE(dialog.tabs()->currentIndex(), 0);
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 0);
    }

    void thePageShowsWhatIsSaved()
    {
        DevicePage page(m_gui->context);
        page.showDevice(m_phone.id);
        QString text = page.overview()->preferences();
        QVERIFY2(text.startsWith(u"accepts pushes · place 2 in the fallback order\nHeld from 22:00 to 07:00 of the next day, Europe/Berlin;"),
                 qPrintable(text));
        DeviceDialog dialog(m_gui->context, m_phone.user, m_phone.id);
        dialog.preferences()->acceptsPushes()->setChecked(false);
        dialog.preferences()->preferred()->setChecked(true);
        dialog.preferences()->quietHours()->setChecked(false);
        QVERIFY(saved(dialog));
        QTRY_COMPARE(page.overview()->preferences(), u"accepts no pushes · preferred device · place 2 in the fallback order"_s);
        QVERIFY(elsewhere([](Device &device) { device.preferences.quietFrom = device.preferences.quietUntil = 60; }));
        QVERIFY(!page.overview()->preferences().contains(u"01:00")); // holds nothing, so it is not said
    }

    void explanationsCallTheSettingsAsTheDialogDoes_data()
    {
        QTest::addColumn<bool>("spanish");
        QTest::newRow("English") << false;
        QTest::newRow("Spanish") << true;
    }
    void explanationsCallTheSettingsAsTheDialogDoes()
    {
        QFETCH(bool, spanish);
        QTranslator translator;
        if (spanish) {
            QVERIFY(translator.load(QLocale(QLocale::Spanish), u"reveille"_s, u"_"_s, u":/i18n"_s));
            QVERIFY(QCoreApplication::installTranslator(&translator));
        }
        const DevicePreferences fields{Preferences()};
        const auto label = [spanish](const QCheckBox *box) {
            return (spanish ? u"«%1»"_s : u"“%1”"_s).arg(box->text().remove(u'&'));
        };
        const QString accepts = Sentences::setting("preferences.accepts_pushes"), quiet = Sentences::setting("preferences.quiet_from");
        QVERIFY2(accepts.contains(label(fields.acceptsPushes())), qPrintable(accepts));
        QVERIFY2(quiet.contains(label(fields.quietHours())), qPrintable(quiet));
    }
};

QTEST_MAIN(TestDevicePreferences)
#include "tst_devicepreferences.moc"
