// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/initiator.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestInitiator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addressesWhomItsPatternsFit_data();
    void addressesWhomItsPatternsFit();
    void addressesEverybodyWithoutPatterns();
    void refusesRightsThatMakeNoSense_data();
    void refusesRightsThatMakeNoSense();
    void isNotHeldUpByManyStars();
    void knowsContentThatTakesARight_data();
    void knowsContentThatTakesARight();
    void maySendWhatItWasAllowed();
};

void TestInitiator::addressesWhomItsPatternsFit_data()
{
    QTest::addColumn<QStringList>("patterns");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("may");
    const auto row = [](const char *name, const QStringList &patterns, const QString &user, bool may) {
        QTest::newRow(name) << patterns << user << may;
    };
    const QString alice = u"sip:alice@lab.example"_s;
    row("itself", {alice}, alice, true);
    row("another", {u"sip:bob@lab.example"_s}, alice, false);
    row("a domain", {u"sip:*@lab.example"_s}, alice, true);
    row("a longer domain", {u"sip:*@lab.example"_s}, u"sip:alice@lab.example.org"_s, false);
    row("a domain that ends alike", {u"sip:*@lab.example"_s}, u"sip:alice@evil-lab.example"_s, false);
    row("letter case of a domain", {u"sip:*@LAB.example"_s}, alice, true);
    row("a number range", {u"tel:+49*"_s}, u"tel:+491701234567"_s, true);
    row("another number range", {u"tel:+49*"_s}, u"tel:+331701234567"_s, false);
    row("two stars", {u"sip:a*e@*.example"_s}, alice, true);
    row("a part twice needed", {u"sip:alice*alice@lab.example"_s}, alice, false);
    row("nothing for the star", {u"sip:alice*@lab.example"_s}, alice, true);
    row("all", {u"*"_s}, alice, true);
    row("the second", {u"tel:*"_s, u"sip:al*"_s}, alice, true);
    row("a start only", {u"sip:ali"_s}, alice, false);
}

void TestInitiator::addressesWhomItsPatternsFit()
{
    QFETCH(QStringList, patterns);
    QFETCH(QString, user);
    const auto id = PublicUserId::parse(user);
    QVERIFY(id);
    const InitiatorRights rights{patterns, 0, 0};
    QVERIFY(checkRights(rights));
    QTEST(rights.mayAddress(*id), "may");
}

void TestInitiator::addressesEverybodyWithoutPatterns()
{
    QVERIFY(InitiatorRights().mayAddress(*PublicUserId::parse(u"sip:alice@lab.example")));
}

void TestInitiator::refusesRightsThatMakeNoSense_data()
{
    QTest::addColumn<QStringList>("patterns");
    QTest::addColumn<int>("perSecond");
    QTest::addColumn<qint64>("perDay");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty pattern") << QStringList{QString()} << 0 << 0LL << u"initiator-target"_s;
    QTest::newRow("no scheme") << QStringList{u"alice@lab.example"_s} << 0 << 0LL << u"initiator-target"_s;
    QTest::newRow("a line end") << QStringList{u"sip:a\nb"_s} << 0 << 0LL << u"initiator-target"_s;
    QTest::newRow("too long") << QStringList{u"sip:"_s + QString(200, u'a')} << 0 << 0LL << u"initiator-target"_s;
    QTest::newRow("too many") << QStringList(101, u"sip:*"_s) << 0 << 0LL << u"initiator-targets-too-many"_s;
    QTest::newRow("less than none a second") << QStringList() << -1 << 0LL << u"initiator-limit"_s;
    QTest::newRow("less than none a day") << QStringList() << 0 << -1LL << u"initiator-limit"_s;
    QTest::newRow("beyond counting") << QStringList() << 0 << qint64(2e12) << u"initiator-limit"_s;
}

void TestInitiator::refusesRightsThatMakeNoSense()
{
    QFETCH(QStringList, patterns);
    QFETCH(int, perSecond);
    QFETCH(qint64, perDay);
    QFETCH(QString, code);
    const Result<Done> result = checkRights({patterns, perSecond, perDay});
    QVERIFY(!result);
    QCOMPARE(QString::fromLatin1(result.error().code), code);
}

void TestInitiator::isNotHeldUpByManyStars()
{
    const InitiatorRights rights{{u"sip:"_s + u"a*"_s.repeated(90) + u"b"_s}, 0, 0};
    const auto user = PublicUserId::parse(u"sip:"_s + QString(200, u'a') + u"@lab.example"_s);
    QVERIFY(user);
    for (int i = 0; i < 10000; ++i)
        QVERIFY(!rights.mayAddress(*user)); // with backtracking this would not end
}

void TestInitiator::knowsContentThatTakesARight_data()
{
    QTest::addColumn<QString>("application");
    QTest::addColumn<QString>("content"); ///< empty: none
    const auto row = [](const char *type, const char *content, const char *application = "") {
        QTest::addRow("%s %s", type, application) << QString::fromLatin1(application) << QString::fromLatin1(content);
    };
    row("application/vnd.wap.connectivity-wbxml", "provisioning");
    row("text/vnd.wap.connectivity-xml", "provisioning");
    row("Application/VND.WAP.Connectivity-WBXML; SEC=1; MAC=00", "provisioning");
    row("application/x-wap-prov.browser-settings", "provisioning");
    row("application/vnd.syncml.notification", "provisioning");
    row("application/octet-stream", "provisioning", "x-wap-application:push.syncml");
    row("text/vnd.wap.sl", "service_loading");
    row("application/vnd.wap.slc", "service_loading");
    row("application/vnd.wap.coc", "service_loading");
    row("application/vnd.wap.sia", "session");
    row("application/vnd.wap.sia ;x=y", "session");
    row("text/plain", "session", "x-wap-application:push.sia");
    row("text/plain", "session", "Push.SIA");
    row("text/plain", "session", "1");
    row("text/plain", "session", "00000001");
    row("text/plain", "session", "0x01");
    row("text/plain", "session", "x-wap-application:push.sia;app-encoding=1");
    row("text/plain", "provisioning", "http://shop.example/app ; App-Encoding=05");
    row("text/plain", "provisioning", "x-oma-nec:otaprov.ua");
    row("text/plain", "provisioning", "9001");
    row("text/plain", "provisioning", "x-wap-microsoft:cfgmgr.ua");
    row("text/plain", "", "2");
    row("text/plain", "session", "000000001");
    row("text/plain", "", "app:1");
    row("text/plain", "", "x-wap-application:wml.ua;app-encoding=");
    row("text/vnd.wap.si", "");
    row("application/vnd.wap.sic", "");
    row("text/vnd.wap.slow", "");
    row("text/plain", "", "x-wap-application:wml.ua");
    row("text/plain", "");
    row("", "");
}

void TestInitiator::knowsContentThatTakesARight()
{
    QFETCH(QString, application);
    QFETCH(QString, content);
    const QString type = QString::fromLatin1(QTest::currentDataTag()).chopped(application.size() + 1);
    const auto found = contentClassOf(type, application);
    QCOMPARE(found ? QString::fromLatin1(toText(*found)) : QString(), content);
}

void TestInitiator::maySendWhatItWasAllowed()
{
    InitiatorRights rights;
    for (int i = 0; i < contentClasses; ++i)
        QVERIFY(!rights.maySend(ContentClass(i)));
    rights.allow(ContentClass::Session);
    rights.allow(ContentClass::Provisioning);
    QVERIFY(rights.maySend(ContentClass::Session));
    QVERIFY(!rights.maySend(ContentClass::ServiceLoading));
    QCOMPARE(rights.contentNames(), QStringList({u"provisioning"_s, u"session"_s}));
}

QTEST_GUILESS_MAIN(TestInitiator)
#include "tst_initiator.moc"
