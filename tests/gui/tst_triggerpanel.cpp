// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/composerform.h"
#include "gui/explanationview.h"
#include "gui/guifixture.h"
#include "gui/pushlife.h"
#include "gui/savetriggerdialog.h"
#include "gui/targetfield.h"
#include "gui/triggerpanel.h"
#include "gui/triggerpreview.h"
#include "gui/triggertree.h"
#include "gui/variablesdialog.h"
#include "models/triggerjson.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

class TestTriggerPanel : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<TriggerLibrary> m_library;
    std::unique_ptr<TriggerPanel> m_panel;
    Device m_phone = GuiFixture::device(u"phone"_s, 1, 0);

    TriggerLibraryModel &model() { return m_library->model(); }
    static Trigger trigger(const QString &name, const QString &body)
    {
        Trigger trigger;
        trigger.name = name;
        trigger.to = u"{{user}}"_s;
        trigger.body = body;
        return trigger;
    }
    quint64 add(const Trigger &trigger) { return model().add(TriggerItem::of(trigger), {}).valueOr(0); }
    void showPanel()
    {
        m_panel = std::make_unique<TriggerPanel>(m_gui->context);
        m_panel->resize(1000, 300);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    QByteArray lastBody() const { return m_gui->pushes.rowCount() ? m_gui->pushes.pushAt(0)->request.body : QByteArray(); }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        m_library = std::make_unique<TriggerLibrary>(m_gui->folder.filePath(u"triggers.json"_s));
        m_gui->context.triggers = m_library.get();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        QVERIFY(m_gui->provision({m_phone}));
        m_gui->selection.selectDevice(GuiFixture::alice(), m_phone.id);
    }
    void cleanup()
    {
        m_panel.reset();
        m_library.reset();
        m_gui.reset();
    }

    void anEmptyLibrarySaysWhatBelongsThereAndOffersExamples()
    {
        showPanel();
        QVERIFY(!m_panel->tree()->isVisible());
        m_panel->addExamples();
        QVERIFY(m_panel->tree()->isVisible());
        QVERIFY(m_panel->hasTrigger());
        QTRY_VERIFY2(m_panel->preview()->whoGetsIt().contains(u"phone"_s), qPrintable(m_panel->preview()->whoGetsIt()));
        QVERIFY2(m_panel->preview()->text().contains(u"number 1"_s), qPrintable(m_panel->preview()->text()));
        QVERIFY2(m_panel->preview()->facts().contains(GuiFixture::alice().toString()), qPrintable(m_panel->preview()->facts()));
        QCOMPARE(m_gui->pushes.rowCount(), 0); // looking sends nothing
    }

    void oneKeySendsAgainWithoutOpening()
    {
        const quint64 id = add(trigger(u"hello"_s, u"number {{counter}}"_s));
        showPanel();
        m_panel->choose(id);
        QTest::keyClick(m_panel->tree(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(lastBody(), QByteArray("number 1"));
        QTRY_VERIFY2(m_panel->preview()->result().contains(u"Waiting"_s), qPrintable(m_panel->preview()->result()));
        QTest::keyClick(m_panel->tree(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(lastBody(), QByteArray("number 2"));
        QTRY_COMPARE(model().trigger(id)->sent, 2);
        QVERIFY(m_gui->pushes.pushAt(0)->user == GuiFixture::alice());
        QTRY_VERIFY(!m_panel->preview()->lastPush().isEmpty());
        m_gui->host.cancelPush(m_panel->preview()->lastPush());
        QTRY_VERIFY2(m_panel->preview()->result().contains(u"Cancelled"_s), qPrintable(m_panel->preview()->result()));
    }

    void whatNothingStandsForIsAskedInOneForm()
    {
        Trigger asking = trigger(u"code"_s, u"{{from}}: {{code}}"_s);
        asking.defaults = {{u"from"_s, u"bank"_s}};
        const quint64 id = add(asking);
        showPanel();
        m_panel->choose(id);
        QVERIFY2(m_panel->preview()->whoGetsIt().contains(u"code"_s), qPrintable(m_panel->preview()->whoGetsIt()));
        m_panel->send(false);
        auto *dialog = m_panel->findChild<VariablesDialog *>();
        QVERIFY(dialog);
        QVERIFY(!dialog->editor(u"from"_s)); // stands already
        QVERIFY(!dialog->editor(u"user"_s)); // is selected
        dialog->editor(u"code"_s)->setText(u"1234"_s);
        QVERIFY2(dialog->preview().contains(u"bank: 1234"_s), qPrintable(dialog->preview()));
        dialog->keepBox()->setChecked(true);
        dialog->accept();
        QTRY_COMPARE(lastBody(), QByteArray("bank: 1234"));
        QCOMPARE(model().trigger(id)->defaults.value(u"code"_s), u"1234"_s);
        QTRY_VERIFY(!m_panel->findChild<VariablesDialog *>());

        m_panel->send(true); // other values, for once
        dialog = m_panel->findChild<VariablesDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->editor(u"from"_s)->text(), u"bank"_s);
        dialog->editor(u"code"_s)->setText(u"9"_s);
        dialog->accept();
        QTRY_COMPARE(lastBody(), QByteArray("bank: 9"));
        QCOMPARE(model().trigger(id)->defaults.value(u"code"_s), u"1234"_s);
    }

    void aCancelledQuestionSendsNothing()
    {
        m_panel.reset();
        const quint64 id = add(trigger(u"code"_s, u"{{code}}"_s));
        showPanel();
        m_panel->choose(id);
        m_panel->send(false);
        m_panel->findChild<VariablesDialog *>()->reject();
        QVERIFY(answerOf(m_gui->host.networks()).ok()); // the server had its turn
        QCOMPARE(m_gui->pushes.rowCount(), 0);
    }

    void whyATriggerWasNotSentIsToldInPlace()
    {
        Trigger bad = trigger(u"lost"_s, u"x"_s);
        bad.to = u"sip:nobody@lab.example"_s;
        const quint64 id = add(bad);
        showPanel();
        m_panel->choose(id);
        QTRY_VERIFY2(m_panel->preview()->whoGetsIt().contains(u"Nobody gets it"_s), qPrintable(m_panel->preview()->whoGetsIt()));
        m_panel->send(false);
        QTRY_VERIFY2(m_panel->preview()->result().contains(u"lost was not sent"_s), qPrintable(m_panel->preview()->result()));
        QCOMPARE(model().trigger(id)->sent, 0);
    }

    void deletingCanBeTakenBackByKey()
    {
        const quint64 id = add(trigger(u"one"_s, u"x"_s));
        add(trigger(u"two"_s, u"x"_s));
        showPanel();
        m_panel->choose(id);
        m_panel->tree()->setFocus();
        QTest::keyClick(m_panel->tree(), Qt::Key_Delete);
        QCOMPARE(model().count(), 1);
        QVERIFY(m_panel->restoreButton()->isVisible());
        QVERIFY2(m_panel->notice().contains(u"one"_s), qPrintable(m_panel->notice()));
        QTest::keyClick(m_panel->tree(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(model().count(), 2);
        QVERIFY(!m_panel->restoreButton()->isVisible());
        QCOMPARE(model().index(0, 0).data().toString(), u"one"_s);
        QCOMPARE(model().idOf(model().index(0, 0)), m_panel->chosen());
        QTest::keyClick(m_panel->tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(model().index(1, 0).data().toString(), u"one"_s);
        QTest::keyClick(m_panel->tree(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(model().count(), 3);
    }

    void searchingNarrowsAndLetsGo()
    {
        add(trigger(u"one"_s, u"needle"_s));
        const quint64 two = add(trigger(u"two"_s, u"x"_s));
        showPanel();
        m_panel->searchBox()->setText(u"NEEDLE"_s);
        QCOMPARE(m_panel->tree()->model()->rowCount(), 1);
        QCOMPARE(model().trigger(m_panel->chosen())->name, u"one"_s);
        m_panel->choose(two); // what is chosen from elsewhere is shown
        QCOMPARE(m_panel->chosen(), two);
        m_panel->searchBox()->setText(u"nothing has this"_s);
        QVERIFY(!m_panel->tree()->isVisible());
    }

    void importAndExportSayWhatIsWrong()
    {
        showPanel();
        const QString path = m_gui->folder.filePath(u"shared.json"_s);
        QVERIFY(m_panel->importFrom(path).error().is("file-unreadable"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":\"reveille-triggers\",\"version\":1,\"items\":[{\"name\":\"x\"},{\"name\":\"bad\",\"ttl_s\":1.5}]}");
        file.close();
        const Result<Done> refused = m_panel->importFrom(path);
        QVERIFY(refused.error().is("json-field-value"));
        QCOMPARE(refused.error().about, u"items[1] (bad).ttl_s"_s);
        QVERIFY(model().isEmpty()); // all or nothing

        m_panel->addExamples();
        QVERIFY(m_panel->exportTo(path, true).ok());
        const int before = model().count();
        QVERIFY(m_panel->importFrom(path).ok());
        QCOMPARE(model().count(), 2 * before);
        QVERIFY(m_panel->exportTo(m_gui->folder.filePath(u"missing/x.json"_s), true).error().is("file-unwritable"));
    }

    void theComposerSavesReplacesAndLoads()
    {
        Composer composer(m_gui->context);
        ComposerForm &form = *composer.form();
        form.target()->setText(u"{{user}}"_s);
        form.body()->setPlainText(u"hi {{name}}"_s);
        form.ttl()->setValue(60);
        QTRY_VERIFY2(composer.explanation()->headline().startsWith(u"1 of 1"_s), qPrintable(composer.explanation()->headline()));
        QSignalSpy saved(&composer, &Composer::triggerSaved);
        composer.saveTrigger();
        auto *dialog = composer.findChild<SaveTriggerDialog *>();
        QVERIFY(dialog);
        dialog->save();
        QVERIFY2(dialog->nameError().contains(u"name"_s), qPrintable(dialog->nameError()));
        dialog->name()->setText(u"greeting"_s);
        dialog->save();
        QCOMPARE(saved.size(), 1);
        const quint64 id = composer.loadedTrigger();
        QCOMPARE(model().trigger(id)->body, u"hi {{name}}"_s);
        QCOMPARE(model().trigger(id)->ttl, Milliseconds(60000));
        QTRY_VERIFY(!composer.findChild<SaveTriggerDialog *>());

        form.body()->setPlainText(u"bye {{name}}"_s);
        composer.saveTrigger();
        dialog = composer.findChild<SaveTriggerDialog *>();
        QCOMPARE(dialog->name()->text(), u"greeting"_s); // the same is offered to be replaced
        dialog->save();
        QCOMPARE(model().count(), 1);
        QCOMPARE(model().trigger(id)->body, u"bye {{name}}"_s);

        form.target()->setText(u"sip:bob@lab.example"_s);
        form.body()->clear();
        composer.loadTrigger(id);
        QCOMPARE(form.target()->text(), u"{{user}}"_s);
        QCOMPARE(form.body()->toPlainText(), u"bye {{name}}"_s);
        // A variable in the target stays while the selection moves; it is what the variable stands for.
        m_gui->selection.selectUser(GuiFixture::alice());
        QCOMPARE(form.target()->text(), u"{{user}}"_s);
    }

    void aPastPushIsWrittenAgain()
    {
        Composer composer(m_gui->context);
        Push past;
        past.id = PushId(u"p-1"_s);
        past.user = GuiFixture::alice();
        past.request.to.device = m_phone.id;
        past.request.body = "Grüße";
        past.request.priority = PushPriority::High;
        past.request.ttl = Milliseconds(60000);
        past.request.sirMode = SirMode::Broadcast;
        composer.loadPush(past);
        Result<PushRequest> again = composer.request();
        QVERIFY(again.ok());
        QVERIFY(*again == past.request);
        QVERIFY2(composer.notice().isEmpty(), qPrintable(composer.notice()));
        past.request.to = {};
        past.request.to.session = u"s-1"_s; // the composer has no name for it: its user
        past.request.body = "\xff\xfe";
        composer.loadPush(past);
        again = composer.request();
        QVERIFY(again.ok());
        QCOMPARE(again->to.user, GuiFixture::alice());
        QVERIFY(again->body.isEmpty());
        QVERIFY2(composer.notice().contains(u"whole user"_s) && composer.notice().contains(u"no text"_s), qPrintable(composer.notice()));
    }

    void aPastPushReachesNoMoreDevicesUnsaid()
    {
        Composer composer(m_gui->context);
        Push past;
        past.id = PushId(u"p-1"_s);
        past.user = GuiFixture::alice();
        past.request.to.user = GuiFixture::alice();
        past.request.devices = {m_phone.id};
        past.request.notBefore = Timestamp{1};
        past.request.contentEncoding = u"aes128gcm"_s;
        past.request.notifyTo = u"https://lab.example/"_s;
        past.request.reference = u"r-7"_s;
        composer.loadPush(past);
        QCOMPARE(composer.request()->to.device, m_phone.id);
        QVERIFY2(!composer.notice().contains(u"user"_s), qPrintable(composer.notice()));
        for (const QString &told : {u"aes128gcm"_s, u"held back"_s, u"whom to tell"_s, u"r-7"_s})
            QVERIFY2(composer.notice().contains(told), qPrintable(composer.notice()));

        past.request.devices.append(GuiFixture::device(u"tablet"_s, 2, 0).id);
        composer.loadPush(past);
        QCOMPARE(composer.request()->to.user, GuiFixture::alice());
        QVERIFY2(composer.notice().contains(u"chosen devices (2)"_s), qPrintable(composer.notice()));

        past.request = {};
        past.request.to.session = u"s-1"_s;
        past.deliveries = {{m_phone.id, PushState::Delivered, {}, {}, 1, {}}};
        composer.loadPush(past);
        QCOMPARE(composer.request()->to.device, m_phone.id);
        QVERIFY2(composer.notice().contains(u"its device"_s), qPrintable(composer.notice()));
    }

    void aDoubleClickOpensAFolderAndAnotherClosesIt()
    {
        QVERIFY(model().add(TriggerItem::ofFolder(u"f"_s, {TriggerItem::of(trigger(u"x"_s, u"x"_s))}), {}).ok());
        showPanel();
        TriggerTree &tree = *m_panel->tree();
        const QModelIndex folder = tree.model()->index(0, 0);
        QVERIFY(tree.isExpanded(folder));
        const QPoint at = tree.visualRect(folder).center();
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(tree.viewport(), Qt::LeftButton, {}, at);
        QVERIFY(!tree.isExpanded(folder));
        QTest::mouseDClick(tree.viewport(), Qt::LeftButton, {}, at);
        QVERIFY(tree.isExpanded(folder));
    }

    void foldersOfTheSameNameAreNotTakenForEachOther()
    {
        QVERIFY(model().add(TriggerItem::ofFolder(u"f"_s), {}).ok());
        const auto second = model().add(TriggerItem::ofFolder(u"f"_s), {});
        const quint64 id = add(trigger(u"x"_s, u"x"_s));
        showPanel();
        m_panel->choose(id);
        m_panel->moveToFolder();
        auto *dialog = m_panel->findChild<QDialog *>(u"moveTriggerDialog"_s);
        QVERIFY(dialog);
        auto *folder = dialog->findChild<QComboBox *>();
        folder->setCurrentIndex(folder->findData(*second));
        dialog->accept();
        QCOMPARE(model().idOf(model().indexOf(id).parent()), *second);
    }

    void aLibraryThatIsNotSavedKeepsSayingSo()
    {
        m_library = std::make_unique<TriggerLibrary>(m_gui->folder.filePath(u"missing/triggers.json"_s));
        m_gui->context.triggers = m_library.get();
        const quint64 id = add(trigger(u"one"_s, u"x"_s));
        showPanel();
        m_library->save();
        QVERIFY2(m_panel->notice().contains(u"could not be saved"_s), qPrintable(m_panel->notice()));
        m_panel->choose(id);
        m_panel->remove();
        QVERIFY2(m_panel->notice().contains(u"deleted"_s) && m_panel->notice().contains(u"could not be saved"_s), qPrintable(m_panel->notice()));
        m_panel->restore();
        QVERIFY2(m_panel->notice().contains(u"could not be saved"_s), qPrintable(m_panel->notice()));
        QVERIFY(QDir(m_gui->folder.path()).mkdir(u"missing"_s));
        m_library->save();
        QVERIFY2(m_panel->notice().isEmpty(), qPrintable(m_panel->notice()));
    }

    void aReplacedTriggerKeepsItsCounter()
    {
        Trigger counted = trigger(u"greeting"_s, u"number {{counter}}"_s);
        counted.sent = 7;
        const quint64 id = add(counted);
        SaveTriggerDialog dialog(model(), trigger(u"greeting"_s, u"{{counter}} again"_s), 0);
        dialog.name()->setText(u"greeting"_s);
        dialog.save();
        QCOMPARE(model().trigger(id)->body, u"{{counter}} again"_s);
        QCOMPARE(model().trigger(id)->sent, 7);
    }

    void theComposerAsksForVariablesBeforeItSends()
    {
        Composer composer(m_gui->context);
        composer.form()->target()->setText(u"{{user}}"_s);
        composer.form()->body()->setPlainText(u"hi {{name}} {{device}}"_s);
        composer.send();
        auto *dialog = composer.findChild<VariablesDialog *>();
        QVERIFY(dialog);
        dialog->editor(u"name"_s)->setText(u"Alice"_s);
        dialog->accept();
        QTRY_COMPARE(lastBody(), "hi Alice " + m_phone.id.toString().toUtf8());
    }
};

QTEST_MAIN(TestTriggerPanel)
#include "tst_triggerpanel.moc"
