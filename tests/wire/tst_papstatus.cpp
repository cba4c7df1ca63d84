// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papstatus.h"

#include <QTest>

using namespace reveille;

/// Every status code of the table in wire-facts 6.4, in each place it may and may not stand.
class TestPapStatus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsEveryCode_data();
    void knowsEveryCode();
    void hasNoOtherCodes();
    void takesUnknownCodesForTheirClass();
    void tellsWhyTheClientAborted();
};

void TestPapStatus::knowsEveryCode_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("places"); // RR CR RN NR SQ CQ BM
    QTest::addColumn<QString>("name");
    const auto row = [](int code, const char *places, const char *name) {
        QTest::addRow("%d", code) << code << QString::fromLatin1(places) << QString::fromLatin1(name);
    };
    row(1000, "-xxxxx-", "OK");
    row(1001, "x------", "Accepted for processing");
    row(2000, "xx-xxxx", "Bad request");
    row(2001, "xxx-xx-", "Forbidden");
    row(2002, "xxx-xx-", "Address error");
    row(2003, "-x--x--", "Address not found");
    row(2004, "xx--x--", "Push ID not found");
    row(2005, "x-x----", "Capabilities mismatch");
    row(2006, "x-x----", "Required capabilities not supported");
    row(2007, "x------", "Duplicate push ID");
    row(2008, "xxx----", "Cancellation not possible");
    row(3000, "xx--xx-", "Internal server error");
    row(3001, "-x--xx-", "Not implemented");
    row(3002, "------x", "Version not supported");
    row(3003, "-x--x--", "Not possible");
    row(3004, "x------", "Capability matching not supported");
    row(3005, "xx--x--", "Multiple addresses not supported");
    row(3006, "x-x-x--", "Transformation failure");
    row(3007, "x-x-x--", "Specified delivery method not possible");
    row(3008, "-----x-", "Capabilities not available");
    row(3009, "x-x-x--", "Required network not available");
    row(3010, "x-x-x--", "Required bearer not available");
    row(3011, "x------", "Replacement not supported");
    row(4000, "--x-x--", "Service failure");
    row(4001, "--x-x--", "Service unavailable");
    row(5000, "--x-x--", "Client aborted");
}

void TestPapStatus::knowsEveryCode()
{
    QFETCH(int, code);
    QFETCH(QString, places);
    QFETCH(QString, name);
    const PapStatus *status = papStatus(code);
    QVERIFY(status);
    QCOMPARE(status->code, code);
    QCOMPARE(papStatusText(code), name);
    constexpr PapPlace order[] = {PapPlace::PushResponse,       PapPlace::CancelResult,
                                  PapPlace::ResultNotification, PapPlace::ResultNotificationResponse,
                                  PapPlace::StatusQueryResult,  PapPlace::CcqResponse,
                                  PapPlace::BadMessage};
    for (qsizetype i = 0; i < places.size(); ++i)
        QCOMPARE(status->fits(order[i]), places[i] == u'x');
}

void TestPapStatus::hasNoOtherCodes()
{
    QCOMPARE(papStatuses().size(), size_t(26));
    for (size_t i = 1; i < papStatuses().size(); ++i)
        QVERIFY(papStatuses()[i - 1].code < papStatuses()[i].code);
}

void TestPapStatus::takesUnknownCodesForTheirClass()
{
    QCOMPARE(papStatus(2500)->code, 2000);
    QCOMPARE(papStatus(1999)->code, 1000);
    QCOMPARE(papStatus(5236)->code, 5000);
    for (int code : {-1, 0, 999, 6000, 100000})
        QVERIFY(!papStatus(code));
    QCOMPARE(papStatusText(6000), QString());
}

void TestPapStatus::tellsWhyTheClientAborted()
{
    QCOMPARE(papAbortStatus(236), 5236);
    QCOMPARE(papAbortStatus(256), 5256);
    QCOMPARE(papAbortStatus(0), 5000);
    QCOMPARE(papAbortStatus(1000), 5000);
    QCOMPARE(papStatusText(5236), QStringLiteral("Client aborted: USERPND"));
    QCOMPARE(papStatusText(5256), QStringLiteral("Client aborted"));
}

QTEST_GUILESS_MAIN(TestPapStatus)
#include "tst_papstatus.moc"
