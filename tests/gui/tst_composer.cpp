// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/composerform.h"
#include "gui/copyline.h"
#include "gui/deliverytree.h"
#include "gui/explanationview.h"
#include "gui/guifixture.h"
#include "gui/pushlife.h"
#include "gui/targetfield.h"
#include "operations/operationstoken.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpSocket>
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

    void answersStandWholeHoweverNarrowTheirColumnIs()
    {
        m_composer->setTarget(GuiFixture::alice(), m_phone.id);
        QTreeWidget *tree = m_composer->explanation()->tree();
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        const auto needed = [&] {
            return tree->fontMetrics().boundingRect(0, 0, tree->columnWidth(1) - 6, 10000, Qt::TextWordWrap, answer(0)).height();
        };
        const int wide = tree->visualItemRect(tree->topLevelItem(0)).height();
        m_composer->resize(700, 600);
        QTRY_VERIFY(needed() > 2 * tree->fontMetrics().lineSpacing());
        QTRY_VERIFY2(tree->visualItemRect(tree->topLevelItem(0)).height() >= needed(), qPrintable(QString::number(needed())));
        m_composer->resize(1600, 600);
        QTRY_VERIFY(tree->visualItemRect(tree->topLevelItem(0)).height() <= wide);
    }

    void sendsWithCtrlEnterAndShowsTheLifeInTheSamePlace()
    {
        m_composer->setTarget(GuiFixture::alice(), m_tablet.id);
        m_composer->focusBody();
        QTest::keyClicks(m_composer->form()->body(), QStringLiteral("Wake up!"));
        QSignalSpy sent(m_composer.get(), &Composer::sent);
        QTest::keyClick(m_composer->form()->body(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(sent.count(), 1);
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

    void copiesTheSamePushAsARequestWithoutTheToken()
    {
        ComposerForm &form = *m_composer->form();
        form.target()->setText(GuiFixture::alice().toString());
        form.body()->setPlainText(QStringLiteral("it's ä"));
        const QString address = m_gui->host.boundAddresses().value(QStringLiteral("operations_http"));
        m_composer->copyAs(PushText::Curl);
        const QString curl = QApplication::clipboard()->text();
        QVERIFY2(curl.contains(QStringLiteral("\"Authorization: Bearer $REVEILLE_TOKEN\"")), qPrintable(curl));
        QVERIFY2(curl.contains(QStringLiteral("it'\\''s ä")), qPrintable(curl));
        QVERIFY2(curl.endsWith(QStringLiteral(" http://%1/v1/pushes").arg(address)), qPrintable(curl));

        m_composer->copyAs(PushText::Http);
        const QByteArray request = QApplication::clipboard()->text().toUtf8();
        const Result<QByteArray> token = readTokenFile(operationsTokenPath(m_gui->folder.path()));
        QVERIFY(token.ok());
        QVERIFY(!request.contains(*token) && !curl.toUtf8().contains(*token));
        // It is a request that the server takes once the token stands in it.
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, address.section(u':', -1).toUShort());
        QByteArray filled = request;
        socket.write(filled.replace("REVEILLE_TOKEN", *token));
        QTRY_VERIFY(socket.bytesAvailable() > 0 && socket.state() == QAbstractSocket::UnconnectedState);
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 202"), answer.constData());
        QTRY_COMPARE(m_gui->pushes.rowCount(), 1);
        QCOMPARE(m_gui->pushes.pushAt(0)->request.body, QByteArray("it's ä"));
    }

    void aPushToASessionIsNoLineOfReveillectl()
    {
        PushRequest request;
        request.to.session = QStringLiteral("s-1");
        QVERIFY(reveillectlLine(request).isEmpty());
        QVERIFY(httpRequest(request, QStringLiteral("127.0.0.1:1")).contains(QStringLiteral("\"session\":\"s-1\"")));
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
