// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/clientprofile.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Client profiles that application servers send with a push.
class TestClientProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItSaysOfPushes();
    void skipsTheOtherComponents();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();

private:
    static QByteArray rdf(const QByteArray &inside, const QByteArray &before = {})
    {
        return before + R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="http://www.wapforum.org/profiles/UAPROF/ccppschema-20010430#">)"
            + inside + "</r:RDF>";
    }
};

void TestClientProfile::readsWhatItSaysOfPushes()
{
    const auto profile = parseClientProfile(
        rdf("<r:Description><p:Push-Accept><r:Bag><r:li> text/PLAIN </r:li><r:li>image/*</r:li></r:Bag></p:Push-Accept>"
            "<p:Push-MsgSize>1400</p:Push-MsgSize></r:Description>"));
    QVERIFY2(profile, profile ? "" : qPrintable(profile.error().about));
    QCOMPARE(profile->contentTypes, (QStringList{u"text/plain"_s, u"image/*"_s}));
    QCOMPARE(profile->maxMessageSize, 1400);
}

void TestClientProfile::skipsTheOtherComponents()
{
    const auto profile = parseClientProfile(
        rdf("<p:component><p:CcppAccept><r:Bag><r:li>audio/amr</r:li></r:Bag></p:CcppAccept><p:ScreenSize>96x65</p:ScreenSize></p:component>"
            "<x:Push-MsgSize xmlns:x='urn:other'>7</x:Push-MsgSize><p:Push-MsgSize>9</p:Push-MsgSize>"));
    QVERIFY(profile);
    QVERIFY(profile->contentTypes.isEmpty());
    QCOMPARE(profile->maxMessageSize, 9);
}

void TestClientProfile::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("code");
    const QByteArray unreadable("capabilities-unreadable"), size("<p:Push-MsgSize>9</p:Push-MsgSize>");
    QTest::newRow("nothing") << QByteArray() << unreadable;
    QTest::newRow("no XML") << QByteArray("text/plain, image/png") << unreadable;
    QTest::newRow("no RDF") << QByteArray("<html/>") << unreadable;
    QTest::newRow("half of it") << rdf(size).chopped(5) << unreadable;
    QTest::newRow("entity bomb") << rdf("<p:Push-MsgSize>&b;</p:Push-MsgSize>", R"(<!DOCTYPE r [<!ENTITY a "11111111"><!ENTITY b "&a;&a;&a;">]>)") << unreadable;
    QTest::newRow("external entity") << rdf(size, R"(<!DOCTYPE r SYSTEM "file:///etc/passwd">)") << unreadable;
    QTest::newRow("deep") << rdf(QByteArray("<a>").repeated(40) + QByteArray("</a>").repeated(40) + size) << unreadable;
    QTest::newRow("many types") << rdf("<p:Push-Accept><r:Bag>" + QByteArray("<r:li>a/b</r:li>").repeated(201) + "</r:Bag></p:Push-Accept>") << unreadable;
    QTest::newRow("long type") << rdf("<p:Push-Accept><r:Bag><r:li>" + QByteArray(300, 'a') + "</r:li></r:Bag></p:Push-Accept>") << unreadable;
    QTest::newRow("empty type") << rdf("<p:Push-Accept><r:Bag><r:li/></r:Bag></p:Push-Accept>") << unreadable;
    QTest::newRow("no number") << rdf("<p:Push-MsgSize>1e3</p:Push-MsgSize>") << unreadable;
    QTest::newRow("number too large") << rdf("<p:Push-MsgSize>99999999999999999999</p:Push-MsgSize>") << unreadable;
    QTest::newRow("negative") << rdf("<p:Push-MsgSize>-1</p:Push-MsgSize>") << unreadable;
    QTest::newRow("nothing we know") << rdf("<p:ScreenSize>96x65</p:ScreenSize>") << QByteArray("capabilities-unsupported");
}

void TestClientProfile::refusesWhatItCannotRead()
{
    QFETCH(QByteArray, document);
    const auto profile = parseClientProfile(document);
    QVERIFY(!profile);
    QTEST(QByteArray(profile.error().code), "code");
    QVERIFY(profile.error().about.size() <= 100);
}

QTEST_GUILESS_MAIN(TestClientProfile)
#include "tst_clientprofile.moc"
