// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclient.h"
#include "gui/chiprow.h"
#include "gui/deliverytree.h"
#include "gui/emptystate.h"
#include "gui/explanationview.h"
#include "gui/fieldview.h"
#include "gui/guifixture.h"
#include "gui/pushdetail.h"
#include "gui/pushespage.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

/// All pushes as a page.
class TestPushesPage : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<PushesPage> m_page;
    Device m_phone = GuiFixture::device(u"phone"_s, 1, 0);

    PushId send(const QByteArray &body, const QString &application = {}, Milliseconds ttl = Milliseconds(3600 * 1000))
    {
        PushRequest request;
        request.to.device = m_phone.id;
        request.body = body;
        request.application = application;
        request.ttl = ttl;
        return answerOf(m_gui->host.submit(request)).valueOr({});
    }
    int rows() { return m_page->model().rowCount(); }
    QString cell(int row, int column) { return m_page->model().index(row, column).data().toString(); }
    void choose(int row)
    {
        m_page->activateWindow();
        m_page->table()->setFocus();
        QTRY_VERIFY(m_page->table()->hasFocus());
        const QModelIndex index = m_page->table()->model()->index(row, 0);
        m_page->table()->setCurrentIndex(index);
        Q_EMIT m_page->table()->clicked(index);
    }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        QVERIFY(m_gui->provision({m_phone}));
        m_page = std::make_unique<PushesPage>(m_gui->context);
        m_page->resize(1200, 500);
    }
    void cleanup()
    {
        m_page.reset();
        m_gui.reset();
    }

    void readsNothingUntilSomebodyLooksAndThenWhatThereWas()
    {
        const PushId first = send("a");
        QTRY_VERIFY(m_gui->pushes.push(first));
        QVERIFY(!m_page->model().isReading());
        QCOMPARE(rows(), 0);
        m_page->show();
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(m_page->model().pushAt(0)->push.id, first);
        QVERIFY(m_page->status().contains(u"There are no others"_s));
    }

    void rowsMoveAsTheirPushesDo()
    {
        m_page->show();
        const PushId id = send("abc", u"news"_s);
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(cell(0, PushHistoryModel::State), Sentences::pushState(PushState::Waiting));
        QCOMPARE(cell(0, PushHistoryModel::Done), u"0 of 1"_s);
        QCOMPARE(cell(0, PushHistoryModel::Initiator), u"staff"_s);
        QCOMPARE(cell(0, PushHistoryModel::Size), u"3"_s);
        QVERIFY(cell(0, PushHistoryModel::To).endsWith(u"phone"_s));
        QVERIFY(answerOf(m_gui->host.cancelPush(id)));
        QTRY_COMPARE(cell(0, PushHistoryModel::State), Sentences::pushState(PushState::Cancelled));
        QCOMPARE(cell(0, PushHistoryModel::Done), u"1 of 1"_s);
    }

    void filtersByStateInitiatorAndText()
    {
        m_page->show();
        const PushId waiting = send("a", u"weather"_s);
        const PushId gone = send("b", u"news"_s);
        QVERIFY(answerOf(m_gui->host.cancelPush(gone)));
        QTRY_COMPARE(rows(), 2);
        m_page->chips()->chip(PushesPage::Failed)->click();
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(m_page->model().pushAt(0)->push.id, gone);
        m_page->chips()->chip(PushesPage::UnderWay)->click();
        QTRY_VERIFY(rows() == 1 && m_page->model().pushAt(0)->push.id == waiting);
        QVERIFY(answerOf(m_gui->host.cancelPush(waiting))); // it leaves the view by itself
        QTRY_COMPARE(rows(), 0);
        QTRY_VERIFY2(m_page->emptyAction()->isVisible(), qPrintable(m_page->status()));
        m_page->emptyAction()->click(); // shows all
        QTRY_COMPARE(rows(), 2);
        m_page->filterBox()->setText(u"WEATHER"_s);
        QTest::keyClick(m_page->filterBox(), Qt::Key_Return);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(m_page->model().pushAt(0)->push.id, waiting);
        m_page->clearFilters();
        m_page->initiatorBox()->setCurrentIndex(m_page->initiatorBox()->findText(u"Staff"_s));
        Q_EMIT m_page->initiatorBox()->activated(m_page->initiatorBox()->currentIndex());
        QTRY_COMPARE(rows(), 2);
        QVERIFY(m_page->model().query().initiator.has_value());
    }

    void theChosenOneTellsHowItStandsWhyAndItsBytes()
    {
        m_page->show();
        send("abc", {}, Milliseconds(0)); // now or never, and nobody is there
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(m_page->model().pushAt(0)->push.state, PushState::Expired);
        choose(0);
        PushDetail &detail = *m_page->detail();
        QTRY_VERIFY2(detail.sentence().startsWith(Sentences::pushState(PushState::Expired)), qPrintable(detail.sentence()));
        QCOMPARE(detail.pushId(), m_page->model().pushAt(0)->push.id);
        QTRY_COMPARE(detail.explanation()->tree()->topLevelItemCount(), 1);
        const QTreeWidgetItem *why = detail.explanation()->tree()->topLevelItem(0);
        QVERIFY2(why->text(0).contains(u"phone"_s) && why->text(1).contains(u"the time to live of the push"_s), qPrintable(why->text(1)));
        detail.tabs()->setCurrentIndex(detail.tabs()->count() - 1);
        QTRY_COMPARE(detail.content()->octets(), QByteArray("abc"));
        QVERIFY(detail.facts()->topLevelItemCount() > 5);
    }

    void whatAPersonChoosesHereIsTheSelectionAndTheOtherWayRound()
    {
        m_page->show();
        const PushId first = send("a");
        const PushId second = send("b");
        QTRY_COMPARE(rows(), 2);
        QVERIFY(m_gui->selection.push().isEmpty()); // nobody chose anything yet
        choose(1);
        QCOMPARE(m_gui->selection.push(), first);
        QTRY_COMPARE(m_page->detail()->deliveries()->topLevelItemCount(), 1);
        QCOMPARE(m_gui->selection.device(), m_phone.id);
        m_gui->selection.selectPush(GuiFixture::alice(), m_phone.id, second);
        QCOMPARE(m_page->detail()->pushId(), second);
    }

    void asksBeforeItCancelsAndCancelsWhatIsUnderWay()
    {
        m_page->show();
        send("a");
        send("b");
        const PushId over = send("c");
        QVERIFY(answerOf(m_gui->host.cancelPush(over)));
        QTRY_COMPARE(rows(), 3);
        QTRY_COMPARE(m_page->model().pushAt(0)->push.state, PushState::Cancelled);
        m_page->table()->selectAll();
        QTRY_VERIFY(m_page->cancelButton()->isEnabled());
        QString question;
        QTimer::singleShot(0, this, [&question] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (!box)
                return;
            question = box->text();
            for (QAbstractButton *button : box->buttons()) {
                if (box->buttonRole(button) == QMessageBox::AcceptRole)
                    return button->click();
            }
        });
        QTest::keyClick(m_page->table(), Qt::Key_Delete);
        QVERIFY2(question.contains(u"2"_s), qPrintable(question));
        QTRY_VERIFY2(m_page->status().contains(u"2 push(es) cancelled"_s) || m_page->status().contains(u"2 pushes cancelled"_s),
                     qPrintable(m_page->status()));
        QTRY_VERIFY(!m_page->cancelButton()->isEnabled());
    }

    void copiesRowsWholeAndHarmless()
    {
        m_page->show();
        const PushId id = send("a", u"=evil()"_s);
        QTRY_COMPARE(rows(), 1);
        const QString csv = m_page->rowsAsText(u',', false);
        QVERIFY2(csv.contains(id.text()), qPrintable(csv));
        QVERIFY2(csv.contains(u",'=evil()"_s), qPrintable(csv));
    }

    void columnsAreAsTheyWereLeft()
    {
        m_page->show();
        QHeaderView *header = m_page->table()->horizontalHeader();
        header->resizeSection(PushHistoryModel::To, 333);
        header->hideSection(PushHistoryModel::Application);
        header->moveSection(header->visualIndex(PushHistoryModel::Id), 0);
        m_page.reset();
        m_page = std::make_unique<PushesPage>(m_gui->context);
        header = m_page->table()->horizontalHeader();
        QCOMPARE(header->sectionSize(PushHistoryModel::To), 333);
        QVERIFY(header->isSectionHidden(PushHistoryModel::Application));
        QCOMPARE(header->visualIndex(PushHistoryModel::Id), 0);
    }

    void saysWhatBelongsThereAndWhatWentWrong()
    {
        m_page->show();
        QTRY_VERIFY(m_page->model().isWhole());
        QVERIFY(m_page->emptyAction()->isVisible());
        QSignalSpy wanted(m_page.get(), &PushesPage::sendWanted);
        m_page->emptyAction()->click();
        QCOMPARE(wanted.count(), 1);
        m_gui->host.stop();
        QTRY_COMPARE(m_gui->host.state(), ServerHost::State::Stopped);
        m_page->model().reload();
        QVERIFY(m_page->model().error().is("server-stopped"));
        QVERIFY(m_page->status().contains(Sentences::error({"server-stopped", {}})));
    }

    void aDeviceThatRefusedDoesNotCountAsOneThatGetsIt()
    {
        PushClientSettings settings;
        settings.user = GuiFixture::alice();
        settings.device = m_phone.id;
        settings.password = u"wonderland"_s;
        settings.registrarPort = quint16(m_gui->host.boundAddresses().value(u"sip_udp"_s).section(u':', -1).toInt());
        PushClient phone(settings);
        QVERIFY(phone.start().ok());
        QTRY_VERIFY(phone.isRegistered());
        phone.refuse(415);
        m_page->show();
        send("a");
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(m_page->model().pushAt(0)->push.state, PushState::Undeliverable);
        choose(0);
        const PushDetail &detail = *m_page->detail();
        QTRY_COMPARE(detail.explanation()->headline(), u"0 of 1 device(s) get it."_s);
        const QTreeWidgetItem *why = detail.explanation()->tree()->topLevelItem(0);
        QVERIFY2(why->text(1).contains(u"415, it does not take this content type"_s), qPrintable(why->text(1)));
        QCOMPARE(why->foreground(1).color(), theme::toneColor(theme::Tone::Bad, detail.palette()));
    }

    void aPushForNobodySaysWhyAfterARestart()
    {
        Device picky = m_phone;
        picky.subscriptions = {u"weather"_s};
        QVERIFY(answerOf(m_gui->host.putDevice(picky)).ok());
        m_page->show();
        send("a", u"news"_s);
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(m_page->model().pushAt(0)->push.state, PushState::Undeliverable);
        QVERIFY(m_page->model().pushAt(0)->push.deliveries.isEmpty());
        m_page.reset(); // it has seen why
        QVERIFY(m_gui->restart(GuiFixture::quickConfig()));
        m_page = std::make_unique<PushesPage>(m_gui->context);
        m_page->show();
        QTRY_COMPARE(rows(), 1);
        choose(0);
        const ExplanationView &why = *m_page->detail()->explanation();
        QTRY_COMPARE(why.headline(), u"0 of 1 device(s) get it."_s);
        QCOMPARE(why.tree()->topLevelItemCount(), 1);
        const QString text = why.tree()->topLevelItem(0)->text(1);
        QVERIFY2(text.contains(u"Does it take this application? no"_s), qPrintable(text));
    }

    void aServerThatStartsAgainIsReadAgain()
    {
        m_page->show();
        const PushId id = send("a");
        QTRY_COMPARE(rows(), 1);
        QVERIFY(m_gui->restart(GuiFixture::quickConfig()));
        QTRY_VERIFY(!m_page->model().isReading());
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(m_page->model().pushAt(0)->push.id, id);
    }
};

QTEST_MAIN(TestPushesPage)
#include "tst_pushespage.moc"
