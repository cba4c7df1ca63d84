// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bearerspage.h"
#include "gui/guifixture.h"
#include "models/roles.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

namespace {

ServerChanges bearers()
{
    BearerHealth well;
    well.sent = 12;
    well.received = 9;
    well.peer = u"192.0.2.1:2775"_s;
    BearerHealth broken;
    broken.healthy = false;
    broken.code = "bind-refused";
    broken.detail = u"ESME_RINVPASWD"_s;
    ServerChanges changes;
    changes.bearers = {{{u"sms1"_s, u"smpp"_s, {u"sms"_s}, true}, well}, {{u"sms2"_s, u"smpp"_s, {u"sms"_s}, false}, broken}};
    return changes;
}

} // namespace

class TestBearersPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEmptyPageSaysHowBearersComeToBe()
    {
        GuiFixture f;
        BearersPage page(f.context);
        page.show();
        QVERIFY(!page.table()->isVisible());
        f.bearers.apply(bearers());
        QVERIFY(page.table()->isVisible());
        QVERIFY2(page.sentence().startsWith(u"sms1 (SMPP) works."_s), qPrintable(page.sentence()));
        f.bearers.clear();
        QVERIFY(!page.table()->isVisible());
    }

    void theChosenOneIsToldInSentencesWithWhatThePeerSays()
    {
        GuiFixture f;
        f.bearers.apply(bearers());
        BearersPage page(f.context);
        page.chooseBearer(u"sms2"_s);
        QVERIFY2(page.sentence().contains(u"the SMSC refuses the link"_s), qPrintable(page.sentence()));
        QVERIFY(page.sentence().contains(u"ESME_RINVPASWD"_s));
        QVERIFY(page.sentence().contains(u"pass it over"_s));
    }

    void aTestIsAskedOnceAndItsResultStandsInTheRow()
    {
        GuiFixture f;
        f.bearers.apply(bearers());
        BearersPage page(f.context);
        page.show();
        QSignalSpy wanted(&page, &BearersPage::testWanted);
        QTest::mouseClick(page.testButton(), Qt::LeftButton);
        QCOMPARE(wanted.value(0).value(0).toString(), u"sms1"_s);
        QVERIFY(!page.testButton()->isEnabled()); // while it runs
        page.test();
        QCOMPARE(wanted.count(), 1);
        BearerTest result;
        result.ok = true;
        result.code = "link-answers";
        page.showTest(u"sms1"_s, result);
        QVERIFY(page.testButton()->isEnabled());
        QCOMPARE(page.table()->model()->index(0, BearerColumn::Test).data().toString(), u"The other side answers"_s);
        QVERIFY(page.sentence().contains(u"The other side answers"_s));
        page.showTest(u"sms1"_s, Error{"server-stopping", {}});
        QCOMPARE(page.table()->model()->index(0, BearerColumn::Test).data().toString(), u"The server stops"_s);
    }

    void rowsAreCopiedWithAHeadAndCountsSortAsNumbers()
    {
        GuiFixture f;
        f.bearers.apply(bearers());
        BearersPage page(f.context);
        page.table()->sortByColumn(BearerColumn::Sent, Qt::DescendingOrder);
        QCOMPARE(page.table()->model()->index(0, BearerColumn::Name).data().toString(), u"sms1"_s);
        const QString text = page.rowsAsText(u'\t', false);
        QCOMPARE(text.count(u'\n'), 3);
        QVERIFY2(text.startsWith(u"Bearer\tHealth\tPeer\t"_s), qPrintable(text));
        QVERIFY(text.contains(u"\t12\t9\t0\t"_s));
        page.copyRows();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Bearer\t"_s));
    }
};

QTEST_MAIN(TestBearersPage)
#include "tst_bearerspage.moc"
