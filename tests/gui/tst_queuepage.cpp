// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicepage.h"
#include "gui/guifixture.h"
#include "gui/queuepage.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

class TestQueuePage : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<DevicePage> m_page;
    Device m_phone = GuiFixture::device(u"phone"_s, 1, 0);

    QueuePage &queue() { return *m_page->queue(); }
    PushId send(const QByteArray &body, PushPriority priority = PushPriority::Normal)
    {
        PushRequest request;
        request.to.device = m_phone.id;
        request.body = body;
        request.priority = priority;
        return answerOf(m_gui->host.submit(request)).valueOr({});
    }
    QString bodies()
    {
        QStringList list;
        for (int row = 0; row < queue().model().rowCount(); ++row)
            list.append(QString::fromUtf8(queue().model().pushAt(row)->request.body));
        return list.join(u' ');
    }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        QVERIFY(m_gui->provision({m_phone}));
        m_page = std::make_unique<DevicePage>(m_gui->context);
        m_page->resize(1000, 600);
        m_page->show();
    }
    void cleanup()
    {
        m_page.reset();
        m_gui.reset();
    }

    void showsWhatWaitsInOrderOfSending()
    {
        send("a"); // before the page looks
        send("urgent", PushPriority::High);
        m_page->showDevice(m_phone.id);
        QTRY_COMPARE(bodies(), u"urgent a"_s);
        send("b"); // and as it comes
        send("more urgent", PushPriority::High);
        QTRY_COMPARE(bodies(), u"urgent more urgent a b"_s);
        QTRY_VERIFY2(m_page->tabs()->tabText(m_page->tabs()->indexOf(&queue())).contains(u"(4)"_s),
                     qPrintable(m_page->tabs()->tabText(m_page->tabs()->indexOf(&queue()))));
        const Result<QVector<Push>> server = answerOf(m_gui->host.queue(m_phone.id));
        QVERIFY(server.ok());
        QCOMPARE(server->size(), 4);
        QCOMPARE(server->at(1).request.body, QByteArray("more urgent"));
    }

    void cancelsSeveralAndSaysWhatCameOfIt()
    {
        m_page->showDevice(m_phone.id);
        m_page->showQueue();
        for (const char *body : {"a", "b", "c"})
            send(body);
        QTRY_COMPARE(bodies(), u"a b c"_s);
        queue().table()->selectAll();
        QCOMPARE(queue().selected().size(), 3);
        QTRY_VERIFY(queue().cancelButton()->isEnabled());
        const PushId gone = send("d");
        QTRY_COMPARE(queue().model().rowCount(), 4);
        QVector<PushId> both = queue().selected();
        both.append(PushId(u"p-unknown"_s));
        queue().cancel(both);
        QTRY_COMPARE(bodies(), u"d"_s);
        QTRY_VERIFY2(queue().sentence().contains(u"3 push(es) cancelled"_s) || queue().sentence().contains(u"3 pushes cancelled"_s),
                     qPrintable(queue().sentence()));
        QVERIFY2(queue().sentence().contains(u"1 could not"_s), qPrintable(queue().sentence()));
        QVERIFY(queue().model().rowOf(gone) == 0);
    }

    void asksBeforeItCancelsAndDeleteMeansThePush()
    {
        m_page->showDevice(m_phone.id);
        m_page->showQueue();
        send("a");
        QTRY_COMPARE(bodies(), u"a"_s);
        QTRY_VERIFY(queue().cancelButton()->isEnabled());
        QString question, leave;
        const auto answerWith = [&](bool yes) {
            QTimer::singleShot(0, this, [&question, &leave, yes] {
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                if (!box)
                    return;
                question = box->text();
                leave = box->button(QMessageBox::Cancel)->text();
                for (QAbstractButton *button : box->buttons()) {
                    if ((box->buttonRole(button) == QMessageBox::AcceptRole) == yes)
                        return button->click();
                }
            });
        };
        answerWith(false);
        QTest::keyClick(queue().table(), Qt::Key_Delete);
        QVERIFY2(question.contains(u"text/plain"_s), qPrintable(question));
        QCOMPARE(leave, u"Keep it"_s); // Cancel would be what is asked
        QCOMPARE(bodies(), u"a"_s);
        answerWith(true);
        QTest::keyClick(queue().table(), Qt::Key_Delete);
        QTRY_COMPARE(bodies(), QString());
    }

    void saysInWholeWhyTheChosenOneWaits()
    {
        m_page->showDevice(m_phone.id);
        m_page->showQueue();
        send("a");
        QTRY_COMPARE(bodies(), u"a"_s);
        QTRY_VERIFY(!queue().selected().isEmpty());
        const QString why = queue().model().index(0, QueueModel::Why).data().toString();
        QVERIFY(!why.isEmpty());
        QTRY_COMPARE(queue().sentence(), u"The chosen one: %1."_s.arg(why));
        queue().table()->clearSelection();
        QTRY_COMPARE(queue().sentence(), QString());
    }

    void leadsToThePushAmongAll()
    {
        m_page->showDevice(m_phone.id);
        m_page->showQueue();
        const PushId id = send("a");
        QTRY_COMPARE(bodies(), u"a"_s);
        QTRY_COMPARE(queue().selected(), QVector<PushId>{id});
        QTest::keyClick(queue().table(), Qt::Key_Return);
        QTRY_COMPARE(m_gui->selection.push(), id);
        QVERIFY(m_page->pushes()->isVisible());
    }

    void anEmptyQueueSaysSo()
    {
        m_page->showDevice(m_phone.id);
        m_page->showQueue();
        QVERIFY(!queue().table()->isVisible());
    }
};

QTEST_MAIN(TestQueuePage)
#include "tst_queuepage.moc"
