// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/composerform.h"
#include "gui/copyline.h"
#include "gui/explanationview.h"
#include "gui/guifixture.h"
#include "gui/pushlife.h"
#include "gui/targetfield.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace reveille;
using namespace reveille::test;

class TestComposer : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<Composer> m_composer;
    Device m_phone = GuiFixture::device(QStringLiteral("phone"), 1, 9);
    Device m_tablet = GuiFixture::device(QStringLiteral("tablet"), 2, 0);

    QString answer(int row) const { return m_composer->explanation()->tree()->topLevelItem(row)->text(1); }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        QVERIFY(m_gui->provision({m_phone, m_tablet}));
        m_composer = std::make_unique<Composer>(m_gui->context);
        m_composer->resize(1000, 600);
        m_composer->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_composer.get()));
    }
    void cleanup()
    {
        m_composer.reset();
        m_gui.reset();
    }

    void followsTheSelection()
    {
        m_gui->selection.selectDevice(GuiFixture::alice(), m_phone.id);
        QCOMPARE(m_composer->form()->target()->text(), m_phone.id.toString());
        m_gui->selection.selectUser(GuiFixture::alice());
        QCOMPARE(m_composer->form()->target()->text(), GuiFixture::alice().toString());
        QCOMPARE(m_composer->form()->target()->target()->user, GuiFixture::alice());
    }

    void saysWhoWillGetItAndHowBeforeAnythingIsSent()
    {
        m_composer->setTarget(GuiFixture::alice(), {});
        QTRY_COMPARE(m_composer->explanation()->tree()->topLevelItemCount(), 2);
        QVERIFY2(m_composer->explanation()->headline().startsWith(QStringLiteral("2 of 2")),
                 qPrintable(m_composer->explanation()->headline()));
        QVERIFY2(answer(0).contains(QStringLiteral("WSP/UDP to 127.0.0.1, port 9")), qPrintable(answer(0)));
        QVERIFY2(answer(1).contains(QStringLiteral("comes back by itself")), qPrintable(answer(1)));
        QVERIFY(m_composer->explanation()->tree()->topLevelItem(0)->childCount() > 5);
        QCOMPARE(m_gui->pushes.rowCount(), 0);
    }

    void namesTheFirstFailedCheckAndWhatWouldChangeIt()
    {
        m_composer->setTarget(GuiFixture::alice(), m_phone.id);
        m_composer->form()->when()->setCurrentIndex(m_composer->form()->when()->findData(int(PushWhen::Now)));
        QTRY_VERIFY(m_composer->explanation()->headline().startsWith(QStringLiteral("0 of")));
        QVERIFY2(answer(0).contains(QStringLiteral("Is it connected? no")), qPrintable(answer(0)));
        QVERIFY2(answer(0).contains(QStringLiteral("when the push is to be sent")), qPrintable(answer(0)));
    }

    void sendsWithCtrlEnterAndShowsTheLifeInTheSamePlace()
    {
        m_composer->setTarget(GuiFixture::alice(), m_tablet.id);
        m_composer->focusBody();
        QTest::keyClicks(m_composer->form()->body(), QStringLiteral("Wake up!"));
        QSignalSpy sent(m_composer.get(), &Composer::sent);
        QTest::keyClick(m_composer->form()->body(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(sent.wait(5000));
        QVERIFY(m_composer->life()->isVisible());
        QVERIFY(!m_composer->explanation()->isVisible());
        QTRY_COMPARE(m_composer->life()->state(), std::optional(PushState::Waiting));
        const Push *push = m_gui->pushes.push(m_composer->life()->pushId());
        QVERIFY(push);
        QCOMPARE(push->request.body, QByteArray("Wake up!"));
        QCOMPARE(push->request.to.device, m_tablet.id);
        QCOMPARE(m_composer->life()->tree()->topLevelItemCount(), 1);

        QTest::mouseClick(m_composer->life()->cancelButton(), Qt::LeftButton);
        QTRY_COMPARE(m_composer->life()->state(), std::optional(PushState::Cancelled));
        QVERIFY(!m_composer->life()->cancelButton()->isEnabled());
        const QTreeWidgetItem *row = m_composer->life()->tree()->topLevelItem(0);
        QVERIFY(row->childCount() >= 2); // waiting, then cancelled
    }

    void showsTheWakeUpThatAPushCauses()
    {
        m_composer->setTarget(GuiFixture::alice(), m_phone.id);
        m_composer->form()->body()->setPlainText(QStringLiteral("x"));
        m_composer->send();
        // nobody answers: every attempt is used up and the push goes on waiting
        QTRY_COMPARE(m_gui->wakes.rowCount(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_composer->life()->state(), std::optional(PushState::Waiting), 10000);
    }

    void marksTheFieldThatIsWrong_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("words");
        QTest::newRow("nobody") << QString() << QStringLiteral("whom it is for");
        QTest::newRow("no user") << QStringLiteral("sip:@x") << QStringLiteral("such as sip:alice@lab.example");
        QTest::newRow("short number") << QStringLiteral("+12") << QStringLiteral("too short");
        QTest::newRow("unknown user") << QStringLiteral("sip:carol@lab.example") << QStringLiteral("carol");
        QTest::newRow("unknown number") << QStringLiteral("+491709999999") << QStringLiteral("phone number");
    }
    void marksTheFieldThatIsWrong()
    {
        QFETCH(QString, target);
        QFETCH(QString, words);
        m_composer->form()->target()->setText(target);
        m_composer->send();
        QTRY_VERIFY2(m_composer->form()->targetError().contains(words), qPrintable(m_composer->form()->targetError()));
        QCOMPARE(m_gui->pushes.rowCount(), 0);
    }

    void saysThatTheServerIsStopped()
    {
        m_gui->host.stop();
        QTRY_COMPARE(m_gui->host.state(), ServerHost::State::Stopped);
        m_composer->setTarget(GuiFixture::alice(), m_phone.id);
        QTRY_VERIFY(m_composer->explanation()->headline().contains(QStringLiteral("not running")));
        m_composer->send();
        QTRY_VERIFY(m_composer->notice().contains(QStringLiteral("not running")));
    }

    void copiesTheSamePushAsALineForAShell()
    {
        ComposerForm &form = *m_composer->form();
        form.target()->setText(GuiFixture::alice().toString());
        form.body()->setPlainText(QStringLiteral("it's time"));
        form.ttl()->setValue(60);
        form.priority()->setCurrentIndex(form.priority()->findData(int(PushPriority::High)));
        m_composer->copyLine();
        QCOMPARE(QApplication::clipboard()->text(),
                 QStringLiteral("reveillectl push --ttl 60 --priority high sip:alice@lab.example 'it'\\''s time'"));
    }

    void quotesForTheShell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("plain") << QStringLiteral("text/plain") << QStringLiteral("text/plain");
        QTest::newRow("empty") << QString() << QStringLiteral("''");
        QTest::newRow("command") << QStringLiteral("$(x)") << QStringLiteral("'$(x)'");
        QTest::newRow("lines") << QStringLiteral("a\nb") << QStringLiteral("'a\nb'");
    }
    void quotesForTheShell()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        QCOMPARE(shellWord(text), word);
    }

    void keepsTextThatLooksLikeAnOptionApart()
    {
        PushRequest request;
        request.to.user = GuiFixture::alice();
        request.body = "--help";
        QCOMPARE(reveillectlLine(request), QStringLiteral("reveillectl push -- sip:alice@lab.example --help"));
    }
};

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
