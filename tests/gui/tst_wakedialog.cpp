// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/checktree.h"
#include "gui/copyline.h"
#include "gui/guifixture.h"
#include "gui/wakedialog.h"
#include "gui/wakelife.h"
#include "gui/wakepreviewpane.h"
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>
#include <QUdpSocket>

#include <memory>

using namespace reveille;
using namespace reveille::test;

class TestWakeDialog : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<QUdpSocket> m_terminal; ///< the device's client port
    std::unique_ptr<WakeDialog> m_dialog;
    Device m_phone;

    QByteArray heard()
    {
        if (!QTest::qWaitFor([this] { return m_terminal->hasPendingDatagrams(); }, 5000))
            return {};
        QByteArray datagram(m_terminal->pendingDatagramSize(), '\0');
        m_terminal->readDatagram(datagram.data(), datagram.size());
        return datagram;
    }
    /// What the device reads; without what is made anew every time.
    static SessionRequest lasting(const QByteArray &wire)
    {
        const Result<WspPush> push = decodeWspPush(wire);
        const Result<SessionRequest> sir = push ? decodeSir(push->data) : Result<SessionRequest>(push.error());
        SessionRequest value = sir.valueOr({});
        value.time = {};
        value.nonce.clear();
        value.authenticator.clear();
        return value;
    }
    void open()
    {
        m_dialog = std::make_unique<WakeDialog>(m_gui->context, m_phone.id);
        m_dialog->show();
    }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        m_terminal = std::make_unique<QUdpSocket>();
        QVERIFY(m_terminal->bind(QHostAddress(QHostAddress::LocalHost), 0));
        m_phone = GuiFixture::device(QStringLiteral("phone"), 1, m_terminal->localPort());
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
        QVERIFY(m_gui->provision({m_phone, GuiFixture::device(QStringLiteral("tablet"), 2, 0)}));
        QTRY_VERIFY(m_gui->bearers.rowCount() > 0);
    }
    void cleanup()
    {
        m_dialog.reset();
        m_terminal.reset();
        m_gui.reset();
    }

    void sendsWhatThePreviewShows()
    {
        open();
        m_dialog->application()->setText(QStringLiteral("x-wap-application:mms.ua"));
        m_dialog->request(SirRequest::Capability)->setChecked(true);
        QTRY_VERIFY(lasting(m_dialog->preview()->octets()).requests.testFlag(SirRequest::Capability));
        const QByteArray shown = m_dialog->preview()->octets();
        QVERIFY(m_dialog->preview()->headline().contains(QStringLiteral("WSP/UDP to 127.0.0.1")));
        QVERIFY(m_dialog->preview()->checks()->topLevelItemCount() > 0);

        m_dialog->send();
        const QByteArray sent = heard();
        QCOMPARE(sent.size(), shown.size());
        QCOMPARE(lasting(sent), lasting(shown));
        QCOMPARE(lasting(sent).device, m_phone.id);
        QCOMPARE(lasting(sent).applications.size(), 1);
    }

    void previewsPlainSirToTheOctet()
    {
        m_phone.capabilities.sirVersion = 1; // no time and no nonce inside
        QVERIFY(answerOf(m_gui->host.putDevice(m_phone)).ok());
        open();
        QTRY_VERIFY(!m_dialog->preview()->octets().isEmpty());
        const QByteArray shown = m_dialog->preview()->octets();
        m_dialog->send();
        QCOMPARE(heard().mid(1), shown.mid(1)); // the transaction id is the first octet
    }

    void previewsAnEmptyMessageToTheOctet()
    {
        open();
        QTRY_VERIFY(!m_dialog->preview()->octets().isEmpty());
        const QByteArray withSir = m_dialog->preview()->octets();
        m_dialog->empty()->setChecked(true);
        QVERIFY(!m_dialog->application()->isEnabled());
        QTRY_VERIFY(m_dialog->preview()->octets() != withSir);
        const QByteArray shown = m_dialog->preview()->octets();
        m_dialog->send();
        QCOMPARE(heard().mid(1), shown.mid(1));
    }

    void showsEachStepWithItsTimeAndCancels()
    {
        open();
        QTRY_VERIFY(!m_dialog->preview()->octets().isEmpty());
        m_dialog->send();
        WakeLife *life = m_dialog->life();
        QTRY_VERIFY(life->isVisible());
        QTRY_COMPARE(life->state(), std::optional(WakeState::Active));
        const QTreeWidgetItem *submitted = life->steps()->topLevelItem(int(WakeStep::Submitted));
        QTRY_VERIFY(submitted->text(1).contains(u':'));
        QTest::mouseClick(life->cancelButton(), Qt::LeftButton);
        QTRY_COMPARE(life->state(), std::optional(WakeState::Cancelled));
        QVERIFY(!life->cancelButton()->isEnabled());
    }

    void offersEveryBearerAndRemembersTheChoice()
    {
        open();
        QCOMPARE(m_dialog->bearer()->count(), 1 + m_gui->bearers.rowCount());
        m_dialog->bearer()->setCurrentIndex(1);
        QCOMPARE(m_dialog->order().bearer, QStringLiteral("wsp"));
        QTRY_VERIFY(m_dialog->preview()->headline().contains(QStringLiteral("“wsp”")));
        QCOMPARE(reveillectlLine(m_phone.id, m_dialog->order()),
                 QStringLiteral("reveillectl wake --bearer wsp %1").arg(m_phone.id.toString()));
    }

    void showsTheBudgetBesideWhatItIsAbout()
    {
        WakePreviewPane pane;
        WakePreview preview;
        preview.bearer = QStringLiteral("sms1");
        preview.sirBytes = preview.wireBytes = QByteArray(96, 's');
        preview.budget = {96, 1, 140};
        pane.setPreview(preview);
        QCOMPARE(pane.budget(), QStringLiteral("96 of 140 octets: fits into one message."));
        preview.budget = {211, 2, 140};
        pane.setPreview(preview);
        QVERIFY2(pane.budget().contains(QStringLiteral("needs 2 message")), qPrintable(pane.budget()));
        pane.setNotice(QStringLiteral("nothing"));
        QVERIFY(pane.budget().isEmpty());
    }

    void saysBesideTheFieldWhatIsWrongWithIt()
    {
        open();
        QTRY_VERIFY(m_dialog->sendButton()->isEnabled());
        m_dialog->application()->setText(QStringLiteral("two words"));
        QVERIFY(!m_dialog->errorOfApplication().isEmpty());
        QTRY_VERIFY(!m_dialog->sendButton()->isEnabled());
        m_dialog->empty()->setChecked(true); // carries no application
        QVERIFY(m_dialog->errorOfApplication().isEmpty());
        QTRY_VERIFY(m_dialog->sendButton()->isEnabled());

        m_dialog->bearer()->setCurrentIndex(m_dialog->bearer()->findData(QStringLiteral("ota_http")));
        QTRY_VERIFY(!m_dialog->errorOfBearer().isEmpty()); // the phone has no such route
        QVERIFY(!m_dialog->sendButton()->isEnabled());
        QVERIFY(m_dialog->bearer()->currentText().contains(QStringLiteral("no route")));
        m_dialog->bearer()->setCurrentIndex(0);
        QTRY_VERIFY(m_dialog->errorOfBearer().isEmpty());
    }

    void saysThatAnOldSirHasNoRoomForRequests()
    {
        m_phone.capabilities.sirVersion = 1;
        QVERIFY(answerOf(m_gui->host.putDevice(m_phone)).ok());
        open();
        m_dialog->request(SirRequest::Capability)->setChecked(true);
        QTRY_VERIFY(m_dialog->noteOfRequests().contains(QStringLiteral("version 1")));
        m_phone.capabilities.sirVersion = 2;
        QVERIFY(answerOf(m_gui->host.putDevice(m_phone)).ok());
        QTRY_VERIFY(m_dialog->noteOfRequests().isEmpty()); // without a touch
    }

    void saysWhyNothingCanBeSent()
    {
        m_phone.provisionedRoutes.clear();
        QVERIFY(answerOf(m_gui->host.putDevice(m_phone)).ok());
        open();
        QTRY_VERIFY2(m_dialog->preview()->headline().contains(QStringLiteral("No wake-up route")),
                     qPrintable(m_dialog->preview()->headline()));
        m_dialog->send();
        QTRY_VERIFY(m_dialog->notice().contains(QStringLiteral("No wake-up route")));
    }
};

QTEST_MAIN(TestWakeDialog)
#include "tst_wakedialog.moc"
