// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/banner.h"
#include "gui/bearerspage.h"
#include "gui/bulksenddialog.h"
#include "gui/commandpalette.h"
#include "gui/composer.h"
#include "gui/consoleprogram.h"
#include "gui/devicepage.h"
#include "gui/journalpanel.h"
#include "gui/lifelinestrip.h"
#include "gui/lifelineview.h"
#include "gui/mainwindow.h"
#include "gui/pushdetail.h"
#include "gui/queuepage.h"
#include "gui/selection.h"
#include "gui/subscriberpanel.h"
#include "gui/triggerpanel.h"
#include "gui/wakespanel.h"
#include "models/triggerlibrary.h"
#include "wire/json.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QUdpSocket>

using namespace reveille;

namespace {

ConsoleOptions optionsFor(const QTemporaryDir &dir, const QStringList &more = {}, const QString &language = QStringLiteral("en"))
{
    ConsoleOptions options;
    options.dataDir = dir.path();
    options.language = language;
    options.overrides = QStringList{QStringLiteral("server/ports=any")}
        + more;
    return options;
}

/// A console whose server runs and knows two users with a device each.
class Console
{
public:
    explicit Console(const QStringList &more = {}, const QString &language = QStringLiteral("en"))
        : program(*qApp, optionsFor(dir, more, language)) {}
    bool startAndFill()
    {
        if (!program.start().ok() || !QTest::qWaitFor([&] { return host().state() == ServerHost::State::Running; }))
            return false;
        for (const QString &name : {QStringLiteral("alice"), QStringLiteral("bob")}) {
            const PublicUserId user = *PublicUserId::parse(QStringLiteral("sip:%1@lab.example").arg(name));
            QFuture<Result<Done>> user1 = host().putUser(user, name, {});
            if (!QTest::qWaitFor([&] { return user1.isFinished(); }) || !user1.result())
                return false;
            Device device;
            device.id = *DeviceId::parse(QStringLiteral("mac:0000000000%1").arg(name == QLatin1String("alice") ? 1 : 2, 2, 10, QLatin1Char('0')));
            device.user = user;
            device.name = name + QStringLiteral(" phone");
            QFuture<Result<Done>> device1 = host().putDevice(device);
            if (!QTest::qWaitFor([&] { return device1.isFinished(); }) || !device1.result())
                return false;
        }
        return QTest::qWaitFor([&] { return program.context().subscribers->totalDevices() == 2; });
    }
    ServerHost &host() { return *program.context().host; }
    MainWindow &window() { return *program.window(); }
    SubscriberModel &subscribers() { return *program.context().subscribers; }
    Selection &selection() { return *program.context().selection; }

    QTemporaryDir dir;
    ConsoleProgram program;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void searchNarrowsTheTreeAndEmptyStatesSayWhatToDo()
    {
        Console c;
        QVERIFY(c.startAndFill());
        SubscriberPanel *panel = c.window().subscriberPanel();
        QTest::keyClick(&c.window(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(panel->searchBox(), QStringLiteral("bob"));
        QTRY_COMPARE(c.subscribers().matchedUsers(), 1);
        QVERIFY(panel->tree()->isVisible());
        QTest::keyClicks(panel->searchBox(), QStringLiteral("xyz"));
        QTRY_VERIFY(!panel->tree()->isVisible());
        QPushButton *showAll = nullptr;
        for (QPushButton *button : panel->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String("Show all"))
                showAll = button;
        }
        QVERIFY(showAll);
        QTest::mouseClick(showAll, Qt::LeftButton);
        QTRY_VERIFY(panel->tree()->isVisible());
        QCOMPARE(c.subscribers().matchedUsers(), 2);
    }
    void anUnsavedLibraryIsToldThoughItsPanelIsHidden()
    {
        Console c;
        QVERIFY(c.startAndFill());
        TriggerLibrary &library = *c.program.context().triggers;
        const auto *mark = c.window().findChild<QToolButton *>(QStringLiteral("libraryTrouble"));
        QVERIFY(mark && !mark->isVisible());
        Trigger huge;
        huge.name = QStringLiteral("x");
        huge.body = QString(jsonMaxSize, QLatin1Char('a'));
        library.model().setItems({TriggerItem::of(huge)});
        QVERIFY(library.model().rename(library.model().idOf(library.model().index(0, 0)), QStringLiteral("y")).ok());
        library.save();
        QVERIFY(mark->isVisible());
        QVERIFY2(mark->toolTip().contains(QLatin1String("could not be saved")), qPrintable(mark->toolTip()));
        library.model().remove(library.model().idOf(library.model().index(0, 0)));
        library.save();
        QVERIFY(!mark->isVisible());
    }
    void oneSelectionDrivesEveryRegion()
    {
        Console c;
        QVERIFY(c.startAndFill());
        const DeviceId phone = *DeviceId::parse(u"mac:000000000001");
        const QModelIndex index = c.subscribers().indexOf(phone);
        QVERIFY(index.isValid());
        c.window().subscriberPanel()->tree()->setCurrentIndex(index);
        QCOMPARE(c.selection().device(), phone);
        QCOMPARE(c.window().devicePage()->device(), phone);
        QVERIFY(c.window().devicePage()->isVisible());
        QVERIFY(!c.window().devicePage()->verdictText().isEmpty());
        QCOMPARE(c.program.context().journal->filter().device, phone.toString());
        QVERIFY(c.window().actions().wake->isEnabled());
        QTest::keyClick(&c.window(), Qt::Key_Escape);
        QVERIFY(c.selection().isEmpty());
        QVERIFY(!c.window().devicePage()->isVisible());
        QVERIFY(c.program.context().journal->filter().device.isEmpty());
        QVERIFY(!c.window().actions().wake->isEnabled());
    }
    void aMomentOfTheLifelineFiltersTheJournalUntilItIsLetGo()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.selection().selectDevice(*PublicUserId::parse(u"sip:alice@lab.example"), *DeviceId::parse(u"mac:000000000001"));
        LifelineView *lifeline = c.window().devicePage()->lifeline();
        QVERIFY(lifeline->strip()->isVisible());
        const JournalModel &journal = *c.program.context().journal;
        QTest::mouseClick(lifeline->strip(), Qt::LeftButton, {}, {lifeline->strip()->width() / 2, 30});
        QVERIFY(journal.filter().from.isSet() && journal.filter().until > journal.filter().from);
        QCOMPARE(journal.filter().device, QStringLiteral("mac:000000000001"));
        c.selection().selectDevice(*PublicUserId::parse(u"sip:bob@lab.example"), *DeviceId::parse(u"mac:000000000002"));
        QVERIFY(!journal.filter().from.isSet()); // a moment is one of a device
        QVERIFY(!journal.filter().until.isSet());
    }
    void theLifelineTurnsIntoATableByKeyAndBack()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.selection().selectDevice(*PublicUserId::parse(u"sip:alice@lab.example"), *DeviceId::parse(u"mac:000000000001"));
        LifelineView *lifeline = c.window().devicePage()->lifeline();
        c.window().actions().lifelineTable->trigger();
        QVERIFY(lifeline->table()->isVisible());
        c.window().actions().lifelineTable->trigger();
        QVERIFY(lifeline->strip()->isVisible());
    }
    void learnedNetworksOpenByCommandAndExplainThemselves()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.window().actions().networks->trigger();
        const auto docks = c.window().findChildren<QDockWidget *>(QStringLiteral("networks"));
        QCOMPARE(docks.size(), 1);
        QTRY_VERIFY(docks.first()->isVisible());
    }
    void bearersOpenByCommandAndAreTestedWithoutWakingAnybody()
    {
        Console c;
        QVERIFY(c.startAndFill());
        QTRY_VERIFY(c.program.context().bearers->rowCount() > 0);
        c.window().actions().bearers->trigger();
        QTRY_VERIFY(c.window().bearersPage()->isVisible());
        c.window().actions().testBearer->trigger();
        const QString name = c.program.context().bearers->bearerAt(0)->facts.name;
        const auto isTested = [&] {
            const auto test = c.program.context().bearers->testOf(name);
            return test && !test->running && test->result.ok;
        };
        QTRY_VERIFY(isTested());
        QVERIFY2(c.window().bearersPage()->sentence().contains(QStringLiteral("Tested at")),
                 qPrintable(c.window().bearersPage()->sentence()));
        QVERIFY(c.program.context().wakes->rowCount() == 0);
    }
    void aWakeUpIsCancelledRepeatedAndMovedByKey()
    {
        Console c;
        QVERIFY(c.startAndFill());
        QUdpSocket terminal;
        QVERIFY(terminal.bind(QHostAddress(QHostAddress::LocalHost), 0));
        Device phone = c.subscribers().device(*DeviceId::parse(u"mac:000000000001"))->device;
        phone.provisionedRoutes = {{QStringLiteral("wsp-udp"), QStringLiteral("127.0.0.1"), ClientPort(terminal.localPort()),
                                    WakeRoute::Source::Provisioned}};
        QVERIFY(QTest::qWaitFor([future = c.host().putDevice(phone)] { return future.isFinished(); }));
        WakeListModel &wakes = *c.program.context().wakes;
        c.host().wake(phone.id, {});
        QTRY_COMPARE(wakes.rowCount(), 1);
        const Actions &actions = c.window().actions();
        actions.wakes->trigger();
        QTRY_VERIFY(c.window().wakesPanel()->isVisible());
        c.window().wakesPanel()->table()->setCurrentIndex(c.window().wakesPanel()->table()->model()->index(0, 0));
        QCOMPARE(c.selection().wake(), wakes.wakeAt(0)->id);
        QVERIFY(!actions.repeat->isEnabled() && actions.repeatOver->isEnabled() && actions.cancel->isEnabled());
        Q_EMIT actions.repeatOver->menu()->aboutToShow();
        QVERIFY(actions.repeatOver->menu()->actions().value(0)->text().startsWith(QStringLiteral("Move to wsp")));
        actions.cancel->trigger();
        QTRY_VERIFY(wakes.wakeAt(0)->state == WakeState::Cancelled);
        QTRY_VERIFY(actions.repeat->isEnabled());
        actions.repeat->trigger();
        QTRY_COMPARE(wakes.rowCount(), 2);
        QTRY_COMPARE(c.selection().wake(), wakes.wakeAt(0)->id); // the new one is followed
        QCOMPARE(wakes.wakeAt(0)->order.repeats, wakes.wakeAt(1)->id);
    }
    void severalSelectedDevicesAreWokenTogether()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.window().subscriberPanel()->tree()->setCurrentIndex(c.subscribers().index(0, 0));
        c.window().subscriberPanel()->tree()->selectAll();
        QCOMPARE(c.window().subscriberPanel()->devicesToWake().size(), 2); // users stand for their devices, each once
        c.window().actions().wake->trigger();
        QVERIFY(c.window().findChild<QDialog *>(QStringLiteral("wakeManyDialog")));
    }
    void aSavedTriggerIsSentAgainByKeyFromAnywhere()
    {
        Console c;
        QVERIFY(c.startAndFill());
        Trigger trigger;
        trigger.name = QStringLiteral("again");
        trigger.to = QStringLiteral("{{device}}");
        trigger.body = QStringLiteral("number {{counter}}");
        const auto id = c.program.context().triggers->model().add(TriggerItem::of(trigger), {});
        QVERIFY(id.ok());
        QVERIFY(!c.window().actions().sendTrigger->isEnabled());
        c.selection().selectDevice(*PublicUserId::parse(u"sip:alice@lab.example"), *DeviceId::parse(u"mac:000000000001"));
        c.window().triggerPanel()->choose(*id);
        QVERIFY(c.window().actions().sendTrigger->isEnabled());
        QTest::keyClick(&c.window(), Qt::Key_F6);
        PushListModel &pushes = *c.program.context().pushes;
        QTRY_COMPARE(pushes.rowCount(), 1);
        QTest::keyClick(&c.window(), Qt::Key_F6);
        QTRY_COMPARE(pushes.rowCount(), 2);
        QCOMPARE(pushes.pushAt(0)->request.body, QByteArray("number 2"));
        // A past push is copied for other programs, without what opens the server.
        c.selection().selectPush(pushes.pushAt(0)->user, *DeviceId::parse(u"mac:000000000001"), pushes.pushAt(0)->id);
        c.window().actions().copyPushHttp->trigger();
        const QString request = QGuiApplication::clipboard()->text();
        QVERIFY2(request.startsWith(QStringLiteral("POST /v1/pushes HTTP/1.1\r\n")) && request.contains(QStringLiteral("number 2")), qPrintable(request));
        QVERIFY(request.contains(QStringLiteral("Bearer REVEILLE_TOKEN")));
    }
    void oneOrEverythingSelectedIsSentToMany()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.window().subscriberPanel()->tree()->setCurrentIndex(c.subscribers().index(0, 0));
        c.window().subscriberPanel()->tree()->selectAll();
        c.window().actions().bulkSend->trigger();
        auto *dialog = c.window().findChild<BulkSendDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->work().rowCount(), 2); // the users; their devices get it with them
        QVERIFY(dialog->work().request(0)->to.user == *PublicUserId::parse(u"sip:alice@lab.example"));
    }
    void whatWaitsOpensByKey()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.selection().selectDevice(*PublicUserId::parse(u"sip:alice@lab.example"), *DeviceId::parse(u"mac:000000000001"));
        QTest::keyClick(&c.window(), Qt::Key_Q, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(c.window().devicePage()->queue()->isVisible());
    }
    void aTakenPortIsToldInPlaceWithAWayOut()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const QString port = QString::number(other.serverPort());
        Console c({QStringLiteral("operations/http=") + port});
        QVERIFY(c.program.start().ok());
        QTRY_COMPARE(c.host().state(), ServerHost::State::Failed);
        Banner *banner = c.window().banner();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->accessibleDescription().contains(port), qPrintable(banner->accessibleDescription()));
        QVERIFY(!QApplication::activeModalWidget());
        QPushButton *free = nullptr;
        for (QPushButton *button : banner->findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String("Use any free port"))
                free = button;
        }
        QVERIFY(free);
        QTest::mouseClick(free, Qt::LeftButton);
        QTRY_COMPARE(c.host().state(), ServerHost::State::Running);
        QTRY_VERIFY(!banner->isVisible());
    }
    void stopsAndStartsAgain()
    {
        Console c;
        QVERIFY(c.startAndFill());
        c.window().actions().stop->trigger();
        QTRY_COMPARE(c.host().state(), ServerHost::State::Stopped);
        QVERIFY(!c.window().actions().send->isEnabled());
        QTRY_COMPARE(c.subscribers().totalUsers(), 0);
        c.window().actions().start->trigger();
        QTRY_COMPARE(c.host().state(), ServerHost::State::Running);
        QTRY_COMPARE(c.subscribers().totalUsers(), 2);
    }
    void theLayoutCanBePutBackAndIsRemembered()
    {
        QTemporaryDir dir;
        {
            ConsoleProgram program(*qApp, optionsFor(dir));
            QVERIFY(program.start().ok());
            for (QDockWidget *dock : program.window()->findChildren<QDockWidget *>()) {
                dock->setFloating(true);
                dock->hide();
            }
            program.window()->actions().resetLayout->trigger();
            const auto *journal = program.window()->findChild<QDockWidget *>(QStringLiteral("journal"));
            QVERIFY(journal->isVisible());
            QVERIFY(!journal->isFloating());
            program.window()->findChild<QDockWidget *>(QStringLiteral("composer"))->show();
            program.window()->close();
        }
        ConsoleProgram program(*qApp, optionsFor(dir));
        QVERIFY(program.start().ok());
        QVERIFY(program.window()->findChild<QDockWidget *>(QStringLiteral("composer"))->isVisible());
    }
    void thePaletteRunsACommandByName()
    {
        Console c;
        QVERIFY(c.startAndFill());
        QTest::keyClick(&c.window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(c.window().findChild<CommandPalette *>());
        auto *palette = c.window().findChild<CommandPalette *>();
        auto *text = palette->findChild<QLineEdit *>();
        QTest::keyClicks(text, QStringLiteral("times utc"));
        const bool before = c.window().actions().utc->isChecked();
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(c.window().actions().utc->isChecked(), !before);
    }
    void everyActionHasANameATipAndAPlaceInTheMenus()
    {
        Console c;
        QVERIFY(c.program.start().ok());
        QSet<QAction *> inMenus;
        for (const QMenu *menu : c.window().findChildren<QMenu *>()) {
            for (QAction *action : menu->actions())
                inMenus.insert(action);
        }
        QSet<QKeySequence> keys;
        for (QAction *action : c.window().actions().all()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->text()));
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
            if (!action->shortcut().isEmpty()) {
                QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->text()));
                keys.insert(action->shortcut());
            }
        }
    }
    void everyControlHasAnAccessibleName()
    {
        Console c;
        QVERIFY(c.startAndFill());
        for (QWidget *widget : c.window().findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            const bool interactive = button || qobject_cast<QLineEdit *>(widget) || qobject_cast<QComboBox *>(widget)
                || qobject_cast<QAbstractItemView *>(widget);
            if (!interactive || qobject_cast<QAbstractItemView *>(widget->parentWidget()) || widget->inherits("QComboBoxPrivateContainer")
                || widget->inherits("QComboBoxListView") || qobject_cast<QComboBox *>(widget->parentWidget())
                || widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton"))
                continue;
            const QString name = widget->accessibleName().isEmpty() && button ? button->text() : widget->accessibleName();
            QVERIFY2(!name.isEmpty(), qPrintable(QStringLiteral("%1 %2 in %3")
                                                     .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                                                          QString::fromLatin1(widget->parentWidget()->metaObject()->className()))));
        }
    }
    void buttonsBeneathAPushAreNotCutOff_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Spanish") << QStringLiteral("es");
    }
    void buttonsBeneathAPushAreNotCutOff()
    {
        QFETCH(QString, language);
        Console c({}, language);
        QVERIFY(c.startAndFill());
        PushRequest request;
        request.to.device = *DeviceId::parse(u"mac:000000000001");
        request.body = "a";
        c.window().resize(1280, 800);
        c.window().actions().pushes->trigger();
        c.host().submit(request);
        const auto *detail = c.window().findChild<PushDetail *>();
        QTRY_VERIFY(detail && detail->isVisible() && !detail->pushId().isEmpty());
        const QList<QToolButton *> buttons = detail->findChildren<QToolButton *>();
        int shown = 0;
        for (const QToolButton *button : buttons) {
            if (button->isVisible() && !button->text().isEmpty()) {
                ++shown;
                const QString text = button->text();
                QVERIFY2(button->fontMetrics().horizontalAdvance(text) <= button->width() && button->sizeHint().width() <= button->width(),
                         qPrintable(QStringLiteral("%1: %2 of %3").arg(text).arg(button->width()).arg(button->sizeHint().width())));
                QVERIFY2(detail->rect().contains(button->geometry().translated(button->parentWidget()->pos())), qPrintable(text));
            }
        }
        QCOMPARE(shown, 3);
    }
    void buttonsBeneathAPushAreAboutTheOneShown()
    {
        Console c;
        QVERIFY(c.startAndFill());
        PushRequest request;
        request.to.device = *DeviceId::parse(u"mac:000000000001");
        request.body = "a";
        c.window().actions().pushes->trigger();
        c.host().submit(request);
        const auto *detail = c.window().findChild<PushDetail *>();
        QTRY_VERIFY(detail && detail->isVisible() && !detail->pushId().isEmpty());
        QVERIFY(c.selection().push().isEmpty()); // nobody chose it
        for (QToolButton *button : detail->findChildren<QToolButton *>()) {
            if (button->text() == QLatin1String("Compose"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(c.selection().push(), detail->pushId());
        const auto *composer = c.window().findChild<Composer *>();
        QTRY_VERIFY(composer && composer->isVisible());
    }
    void journalRowsAreCopiedAsATableThatNoSpreadsheetRuns()
    {
        Console c;
        QVERIFY(c.startAndFill());
        JournalEntry entry;
        entry.id = JournalId{1000000};
        entry.time = Timestamp{1'700'000'000'000};
        entry.event = QStringLiteral("=HYPERLINK(\"x\")");
        ServerChanges changes;
        changes.journal = {entry};
        c.program.context().journal->apply(changes);
        const QString text = c.window().journalPanel()->rowsAsText(u',', false);
        QVERIFY2(text.contains(QLatin1String("\"'=HYPERLINK(\"\"x\"\")\"")), qPrintable(text));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
