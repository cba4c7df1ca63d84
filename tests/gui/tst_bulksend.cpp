// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulksenddialog.h"
#include "gui/explanationview.h"
#include "gui/guifixture.h"
#include "models/triggerlibrary.h"

#include <QApplication>
#include <QComboBox>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

class TestBulkSend : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    QVector<Recipient> m_selected;

    static Trigger greeting()
    {
        Trigger trigger;
        trigger.body = u"Hi {{name}}, {{device}} number {{counter}}"_s;
        trigger.when = PushWhen::WhenReachable;
        return trigger;
    }
    bool provision(int count)
    {
        QVector<Device> devices;
        for (int number = 1; number <= count; ++number) {
            devices.append(GuiFixture::device(u"d%1"_s.arg(number), number, 0));
            m_selected.append({0, devices.last().id.toString(), {}, {}});
        }
        return m_gui->provision(devices);
    }
    QStringList bodies() const
    {
        QStringList list;
        for (int row = m_gui->pushes.rowCount() - 1; row >= 0; --row)
            list.append(QString::fromUtf8(m_gui->pushes.pushAt(row)->request.body));
        return list;
    }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        m_selected.clear();
        m_gui->settings.setValue(u"confirm/bulkSend"_s, false); // what is asked is another test's
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
    }
    void cleanup() { m_gui.reset(); }

    void saysBeforeWhatEachWouldGet()
    {
        QVERIFY(provision(3));
        Trigger push = greeting();
        push.defaults = {{u"name"_s, u"all"_s}};
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        QVERIFY2(dialog.headline().startsWith(u"3 push"_s), qPrintable(dialog.headline()));
        QCOMPARE(dialog.preview(), u"Hi all, %1 number 1"_s.arg(m_selected[0].to));
        QTRY_VERIFY2(dialog.explanation()->headline().startsWith(u"1 of"_s), qPrintable(dialog.explanation()->headline()));
        dialog.table()->selectRow(2);
        QCOMPARE(dialog.preview(), u"Hi all, %1 number 3"_s.arg(m_selected[2].to));
        QVERIFY(!dialog.goButton()->isDefault());
        QVERIFY(answerOf(m_gui->host.networks()).ok()); // the server had its turn
        QCOMPARE(m_gui->pushes.rowCount(), 0);
        QVERIFY(!dialog.note().contains(u"no content"_s));
        push.body.clear();
        QVERIFY(BulkSendDialog(m_gui->context, push, m_selected).note().contains(u"no content"_s));
    }

    void rowsOfAFileFillTheVariablesAndBadOnesAreNamed()
    {
        QVERIFY(provision(2));
        BulkSendDialog dialog(m_gui->context, greeting(), {});
        QVERIFY(!dialog.goButton()->isEnabled());
        const QByteArray csv = "name,device\nAnn," + m_selected[0].to.toUtf8() + "\nBob,sip:@\nEve," + m_selected[1].to.toUtf8() + "\nNone\n";
        dialog.setFile(u"people.csv"_s, csv);
        QVERIFY2(dialog.note().contains(u"people.csv"_s) && dialog.note().contains(u"{{name}}"_s), qPrintable(dialog.note()));
        QCOMPARE(dialog.target()->currentData().toInt(), 1);
        QVERIFY2(dialog.headline().startsWith(u"2 push"_s), qPrintable(dialog.headline()));
        QCOMPARE(dialog.work().rows()[1].fate, BulkSend::Fate::Bad);
        QCOMPARE(dialog.work().index(1, BulkSend::Line).data().toString(), u"3"_s);
        QVERIFY(!dialog.work().rows()[1].why.isEmpty());
        dialog.go();
        QTRY_COMPARE(dialog.work().phase(), BulkSend::Phase::Sent);
        QTRY_COMPARE(m_gui->pushes.rowCount(), 2);
        QVERIFY2(bodies().contains(u"Hi Eve, %1 number 2"_s.arg(m_selected[1].to)), qPrintable(bodies().join(u'\n')));
        QTRY_COMPARE(dialog.work().count(PushState::Waiting), 2);
        const QString results = dialog.work().csv();
        QVERIFY2(results.contains(u"2,%1,Waiting,"_s.arg(m_selected[0].to)), qPrintable(results));
        QVERIFY2(results.contains(u"3,sip:@,Cannot be sent,"_s), qPrintable(results));
    }

    void aVariableThatNoColumnGivesIsTold()
    {
        QVERIFY(provision(1));
        BulkSendDialog dialog(m_gui->context, greeting(), m_selected);
        QVERIFY(!dialog.goButton()->isEnabled());
        QVERIFY2(dialog.work().rows().first().why.contains(u"{{name}}"_s), qPrintable(dialog.work().rows().first().why));
        QVERIFY2(dialog.preview().startsWith(u"Hi {{name}}"_s), qPrintable(dialog.preview())); // as far as it is filled
        QCOMPARE(dialog.work().index(0, BulkSend::To).data().toString(), m_gui->subscribers.deviceLabel(DeviceId::parse(m_selected[0].to).valueOr({})));
    }

    void onceSentItSaysWhatCameOfTheChosenOne()
    {
        QVERIFY(provision(1));
        Trigger push = greeting();
        push.body = u"x"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        const auto answer = [&] {
            const QTreeWidgetItem *device = dialog.explanation()->tree()->topLevelItem(0);
            return device ? device->text(1) : QString();
        };
        QTRY_VERIFY2(answer().contains(u"it comes back by itself"_s), qPrintable(answer()));
        dialog.go();
        QTRY_VERIFY2(answer().startsWith(u"Has not got it yet"_s), qPrintable(answer()));
        dialog.work().cancelAccepted();
        QTRY_VERIFY2(answer().contains(u"no (by staff)"_s), qPrintable(answer()));
    }

    void fewAreUnderWayAtOnceAndTheRestCanBeStopped()
    {
        QVERIFY(provision(60));
        Trigger push = greeting();
        push.body = u"x"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        dialog.QDialog::show();
        int most = 0;
        connect(&dialog.work(), &BulkSend::dataChanged, &dialog, [&] { most = std::max(most, dialog.work().count(BulkSend::Fate::UnderWay)); });
        dialog.work().send();
        QCOMPARE(dialog.work().count(BulkSend::Fate::UnderWay), BulkSend::inFlight);
        // Of those a quick server answered at once others have taken the place.
        const int sent = BulkSend::inFlight + dialog.work().count(BulkSend::Fate::Accepted);
        QVERIFY(sent < 60);
        dialog.reject(); // stops first
        QCOMPARE(dialog.work().phase(), BulkSend::Phase::Stopped);
        QVERIFY(dialog.isVisible());
        QTRY_COMPARE(dialog.work().count(BulkSend::Fate::Accepted), sent);
        QCOMPARE(dialog.work().count(BulkSend::Fate::Ready), 60 - sent);
        QTRY_VERIFY2(dialog.headline().startsWith(u"Stopped: %1 are sent and stay sent"_s.arg(sent)), qPrintable(dialog.headline()));
        QVERIFY(most <= BulkSend::inFlight);
        QTRY_COMPARE(m_gui->pushes.rowCount(), sent);
        QVERIFY(dialog.stopButton()->isVisible()); // nothing else comes to stand in its place
        QVERIFY(!dialog.stopButton()->isEnabled());
        QTRY_VERIFY(dialog.cancelButton()->isEnabled());
        QString question;
        const auto answerWith = [&](bool yes) {
            QTimer::singleShot(0, this, [&question, yes] {
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                if (!box)
                    return;
                question = box->text();
                for (QAbstractButton *button : box->buttons()) {
                    if ((box->buttonRole(button) == QMessageBox::AcceptRole) == yes)
                        return button->click();
                }
            });
        };
        answerWith(false);
        dialog.cancel();
        QVERIFY2(question.contains(u"10"_s), qPrintable(question));
        QVERIFY(answerOf(m_gui->host.networks()).ok()); // the server had its turn
        QCOMPARE(dialog.work().count(PushState::Cancelled), 0);
        answerWith(true);
        dialog.cancel();
        QTRY_COMPARE(dialog.work().count(PushState::Cancelled), BulkSend::inFlight);
        QCOMPARE(dialog.work().uncancelled(), 0);
        dialog.reject();
        QVERIFY(!dialog.isVisible());
    }

    void whatIsAcceptedAfterTheCancellingIsCancelledToo()
    {
        QVERIFY(provision(30));
        Trigger push = greeting();
        push.body = u"x"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        dialog.work().send();
        QCOMPARE(dialog.work().count(BulkSend::Fate::UnderWay), BulkSend::inFlight); // not one has been accepted
        dialog.work().cancelAccepted();
        QTRY_COMPARE(dialog.work().count(PushState::Cancelled), BulkSend::inFlight);
        QCOMPARE(dialog.work().count(BulkSend::Fate::Ready), 20);
    }

    void whatCouldNotBeCancelledIsTold()
    {
        QVERIFY(provision(1));
        Trigger push = greeting();
        push.body = u"x"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        dialog.work().send();
        QTRY_COMPARE(dialog.work().count(PushState::Waiting), 1);
        m_gui->host.cancelPush(dialog.work().rows().first().push);
        dialog.work().cancelAccepted(); // another was quicker
        QTRY_COMPARE(dialog.work().uncancelled(), 1);
        QTRY_VERIFY2(dialog.headline().contains(u"1 could not be cancelled: "_s), qPrintable(dialog.headline()));
    }

    void aTriggerDeletedMeanwhileSendsNothing()
    {
        QVERIFY(provision(1));
        TriggerLibrary library(m_gui->folder.filePath(u"triggers.json"_s));
        m_gui->context.triggers = &library;
        Trigger saved = greeting();
        saved.name = u"saved"_s;
        saved.body = u"saved text"_s;
        const auto id = library.model().add(TriggerItem::of(saved), {});
        QVERIFY(id.ok());
        Trigger written = greeting();
        written.body = u"something else"_s;
        BulkSendDialog dialog(m_gui->context, written, m_selected);
        dialog.trigger()->setCurrentIndex(dialog.trigger()->findData(*id));
        QVERIFY(dialog.goButton()->isEnabled());
        library.model().remove(*id);
        QCOMPARE(dialog.work().rowCount(), 0);
        QVERIFY(!dialog.goButton()->isEnabled());
        QVERIFY2(dialog.note().contains(u"deleted"_s), qPrintable(dialog.note()));
        m_gui->context.triggers = nullptr;
    }

    void theCounterOfASavedTriggerGoesOn()
    {
        QVERIFY(provision(3));
        m_selected.insert(1, {0, u"sip:nobody@lab.example"_s, {}, {}});
        TriggerLibrary library(m_gui->folder.filePath(u"triggers.json"_s));
        m_gui->context.triggers = &library;
        Trigger saved = greeting();
        saved.name = u"saved"_s;
        saved.body = u"number {{counter}}"_s;
        saved.sent = 4;
        const auto id = library.model().add(TriggerItem::of(saved), {});
        QVERIFY(id.ok());
        BulkSendDialog dialog(m_gui->context, greeting(), m_selected);
        dialog.trigger()->setCurrentIndex(dialog.trigger()->findData(*id));
        QCOMPARE(dialog.preview(), u"number 5"_s);
        library.model().countSent(*id); // sent from elsewhere after it was prepared
        dialog.work().send();
        QTRY_COMPARE(dialog.work().phase(), BulkSend::Phase::Sent);
        QCOMPARE(library.model().trigger(*id)->sent, 8); // the refused one is none
        QTRY_COMPARE(m_gui->pushes.rowCount(), 3);
        QVERIFY2(bodies().contains(u"number 6"_s) && !bodies().contains(u"number 5"_s), qPrintable(bodies().join(u'\n')));
        m_gui->context.triggers = nullptr;
    }

    void textOfAFileIsNoMarkupInATip()
    {
        BulkSendDialog dialog(m_gui->context, greeting(), {});
        dialog.setFile(u"people.csv"_s, "device\n<img src=x>\n");
        const QString tip = dialog.work().index(0, BulkSend::To).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(u"&lt;img src=x&gt;"_s), qPrintable(tip));
    }

    void allOfThemGoAndRefusedOnesSayWhy()
    {
        QVERIFY(provision(40));
        m_selected.insert(5, {0, u"sip:nobody@lab.example"_s, {}, {}});
        Trigger push = greeting();
        push.body = u"{{counter}}"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        dialog.work().send();
        QTRY_COMPARE(dialog.work().phase(), BulkSend::Phase::Sent);
        QCOMPARE(dialog.work().count(BulkSend::Fate::Accepted), 40);
        QCOMPARE(dialog.work().rows()[5].fate, BulkSend::Fate::Refused);
        QVERIFY(!dialog.work().rows()[5].why.isEmpty());
        QTRY_COMPARE(dialog.work().count(PushState::Waiting), 40); // every row is followed
        QSet<QString> different;
        for (const QString &body : bodies())
            different.insert(body);
        QCOMPARE(different.size(), 40);
    }

    void aServerThatStopsEndsIt()
    {
        QVERIFY(provision(30));
        Trigger push = greeting();
        push.body = u"x"_s;
        BulkSendDialog dialog(m_gui->context, push, m_selected);
        m_gui->host.stop();
        dialog.work().send();
        QTRY_COMPARE(dialog.work().phase(), BulkSend::Phase::Stopped);
        QTRY_COMPARE(dialog.work().count(BulkSend::Fate::UnderWay), 0);
        QVERIFY(dialog.work().count(BulkSend::Fate::Ready) >= 20);
        QTRY_COMPARE(m_gui->host.state(), ServerHost::State::Stopped);
    }

    void aSavedTriggerCanBeSentToo()
    {
        QVERIFY(provision(1));
        TriggerLibrary library(m_gui->folder.filePath(u"triggers.json"_s));
        m_gui->context.triggers = &library;
        Trigger saved = greeting();
        saved.name = u"saved"_s;
        saved.body = u"saved text"_s;
        QVERIFY(library.model().add(TriggerItem::ofFolder(u"f"_s, {TriggerItem::of(saved)}), {}).ok());
        BulkSendDialog dialog(m_gui->context, greeting(), m_selected);
        dialog.trigger()->setCurrentIndex(dialog.trigger()->findText(u"f / saved"_s));
        QCOMPARE(dialog.preview(), u"saved text"_s);
        QVERIFY(dialog.goButton()->isEnabled());
        m_gui->context.triggers = nullptr;
    }
};

QTEST_MAIN(TestBulkSend)
#include "tst_bulksend.moc"
