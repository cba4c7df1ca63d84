// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/sessionrequest.h"

#include <QtTest>

using namespace reveille;

class SessionRequestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySetOfRequestsHasNamesAndComesBack()
    {
        for (int bits = 0; bits < 0x80; ++bits) {
            const SirRequests requests(bits);
            const QStringList names = toTexts(requests);
            QCOMPARE(names.size(), qsizetype(qPopulationCount(quint32(bits))));
            const Result<SirRequests> read = sirRequestsFromTexts(names);
            QVERIFY(read.ok());
            QCOMPARE(*read, requests);
        }
    }

    void namesAreThoseOfTheContract()
    {
        const QStringList all{QStringLiteral("capability"),        QStringLiteral("preferences"),
                              QStringLiteral("security"),          QStringLiteral("subscription"),
                              QStringLiteral("refusal"),           QStringLiteral("registration_message"),
                              QStringLiteral("capability_message")};
        QCOMPARE(toTexts(SirRequests(0x7f)), all);
        QCOMPARE(toTexts(SirRequests(0x80)), QStringList());
    }

    void orderAndRepetitionOfNamesDoNotMatter()
    {
        const auto read = sirRequestsFromTexts(
            {QStringLiteral("refusal"), QStringLiteral("capability"), QStringLiteral("refusal")});
        QCOMPARE(*read, SirRequests(SirRequest::Capability) | SirRequest::Refusal);
    }

    void unknownNameIsToldByItself()
    {
        for (const char *name : {"", "Capability", "capability ", "everything"}) {
            const auto read = sirRequestsFromTexts({QStringLiteral("capability"), QString::fromLatin1(name)});
            QVERIFY(!read.ok());
            QVERIFY(read.error().is("sir-request-unknown"));
            QCOMPARE(read.error().about, QString::fromLatin1(name));
        }
    }

    void wellKnownApplicationsHaveNumbers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("number"); // -1 = none
        const auto row = [](const char *name, int number) {
            QTest::newRow(*name ? name : "nothing") << QString::fromLatin1(name) << number;
        };
        row("x-wap-application:*", 0x00);
        row("x-wap-application:push.sia", 0x01);
        row("x-wap-application:wml.ua", 0x02);
        row("x-wap-application:wta.ua", 0x03);
        row("x-wap-application:mms.ua", 0x04);
        row("x-wap-application:push.syncml", 0x05);
        row("x-wap-application:loc.ua", 0x06);
        row("x-wap-application:syncml.dm", 0x07);
        row("x-wap-application:drm.ua", 0x08);
        row("x-wap-application:emn.ua", 0x09);
        row("x-wap-application:wv.ua", 0x0a);
        row("x-oma-application:ulp.ua", 0x10);
        row("x-oma-application:dlota.ua", 0x11);
        row("x-oma-application:java-ams", 0x12);
        row("x-oma-application:bcast.ua", 0x13);
        row("x-oma-application:dpe.ua", 0x14);
        row("x-oma-application:cpm.ua", 0x15);
        row("x-wap-microsoft:localcontent.ua", 0x8000);
        row("x-oma-nec:otaprov.ua", 0x9001);
        row("mms.ua", 0x04);
        row("MMS.UA", 0x04);
        row("X-Wap-Application:MMS.ua", 0x04);
        row("x-wap-application:ulp.ua", 0x10);
        row("", -1);
        row("mms", -1);
        row("mms.uax", -1);
        row("x-wap-application:", -1);
        row("x-lab-application:mms.ua", -1);
        row("https://lab.example/app", -1);
    }
    void wellKnownApplicationsHaveNumbers()
    {
        QFETCH(QString, name);
        QFETCH(int, number);
        const std::optional<quint32> found = wellKnownApplication(name);
        QCOMPARE(found ? int(*found) : -1, number);
        if (found)
            QCOMPARE(wellKnownApplication(wellKnownApplicationName(*found)), found);
    }

    void unknownNumbersHaveNoName()
    {
        for (quint32 number : {0x0bu, 0x0fu, 0x16u, 0x7fffu, 0x8001u, 0xffffffffu})
            QVERIFY(wellKnownApplicationName(number).isEmpty());
        QCOMPARE(wellKnownApplicationName(4), QStringLiteral("x-wap-application:mms.ua"));
    }
};

QTEST_GUILESS_MAIN(SessionRequestTest)
#include "tst_sessionrequest.moc"
