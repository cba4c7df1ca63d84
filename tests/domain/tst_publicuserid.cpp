// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/publicuserid.h"

#include <QtTest>

using namespace reveille;

class PublicUserIdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasOneSpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char *text, const char *canonical) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(canonical);
        };
        row("sip:alice@lab.example", "sip:alice@lab.example");
        row("alice@lab.example", "sip:alice@lab.example");
        row("  sip:alice@lab.example ", "sip:alice@lab.example");
        row("<sip:alice@lab.example>", "sip:alice@lab.example");
        row("< sip:alice@lab.example >", "sip:alice@lab.example");
        row("SIP:alice@LAB.Example", "sip:alice@lab.example");
        row("sips:alice@lab.example", "sip:alice@lab.example");
        row("sip:Alice@lab.example", "sip:Alice@lab.example");
        row("sip:alice@lab.example.", "sip:alice@lab.example");
        row("sip:alice@lab.example:5060", "sip:alice@lab.example");
        row("sips:alice@lab.example:5061", "sip:alice@lab.example");
        row("alice@lab.example:5070", "sip:alice@lab.example:5070");
        row("sip:alice:secret@lab.example", "sip:alice@lab.example");
        row("sip:alice@lab.example;transport=tcp;lr", "sip:alice@lab.example");
        row("sip:alice@lab.example?subject=x", "sip:alice@lab.example");
        row("sip:alice@lab.example:5070;gr=urn:uuid:x?a=b", "sip:alice@lab.example:5070");
        row("sip:%61lice@lab.example", "sip:alice@lab.example");
        row("sip:%7ealice@lab.example", "sip:~alice@lab.example");
        row("sip:a%3bb@lab.example", "sip:a%3Bb@lab.example");
        row("sip:a%40b@lab.example", "sip:a%40b@lab.example");
        row("sip:j%c3%b6rg@lab.example", "sip:j%C3%B6rg@lab.example");
        row("sip:alice;day=tue?x@lab.example", "sip:alice;day=tue?x@lab.example");
        row("sip:+491701234567@lab.example;user=phone", "sip:+491701234567@lab.example");
        row("sip:-_.!~*'()&=+$,;?/@a", "sip:-_.!~*'()&=+$,;?/@a");
        row("sip:alice@192.0.2.1", "sip:alice@192.0.2.1");
        row("sip:alice@[2001:DB8::0:1]:5060", "sip:alice@[2001:db8::1]");
        row("sip:alice@[::ffff:192.0.2.1]", "sip:alice@192.0.2.1");
        row("tel:+491701234567", "tel:+491701234567");
        row("tel:+49-170-(123)-45.67", "tel:+491701234567");
        row("TEL:+49 170 1234567", "tel:+491701234567");
        row("tel:+491701234567;ext=12", "tel:+491701234567");
        row("tel:70-42;phone-context=Lab.Example", "tel:7042;phone-context=lab.example");
        row("tel:*a#7;x=1;phone-context=+49-170", "tel:*A#7;phone-context=+49170");
    }
    void hasOneSpelling()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const Result<PublicUserId> id = PublicUserId::parse(text);
        QVERIFY2(id.ok(), id.ok() ? "" : id.error().code);
        QCOMPARE(id->toString(), canonical);
        QCOMPARE(*PublicUserId::parse(canonical), *id);
        QVERIFY(!id->isEmpty());
        QCOMPARE(id->isTel(), canonical.startsWith(u"tel:"));
    }

    void refusesWhatIsNoUser_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *text, const char *code) {
            QTest::newRow(*text ? text : "nothing") << QString::fromUtf8(text) << QByteArray(code);
        };
        row("", "user-empty");
        row("   ", "user-empty");
        row("<  >", "user-empty");
        row("sip:@lab.example", "user-empty");
        row("sip::secret@lab.example", "user-empty");
        row("mailto:alice@lab.example", "user-scheme");
        row("http://lab.example", "user-scheme");
        row("urn:uuid:1", "user-scheme");
        row("sip:", "user-without-host");
        row("alice", "user-without-host");
        row("sip:alice", "user-without-host");
        row("sip:lab.example:5060", "user-without-host");
        row("sip:alice@", "user-without-host");
        row("sip:alice@;lr", "user-without-host");
        row("sip:alice@lab_1.example", "user-host");
        row("sip:alice@-lab.example", "user-host");
        row("sip:alice@1.2.3", "user-host");
        row("sip:alice@lab..example", "user-host");
        row("sip:alice@lab.example:0", "user-host");
        row("sip:alice@lab.example:99999", "user-host");
        row("sip:alice@lab.example:", "user-host");
        row("sip:alice@[::1", "user-host");
        row("sip:alice@::1", "user-host");
        row("sip:alice@bob@lab.example", "user-characters");
        row("sip:al ice@lab.example", "user-characters");
        row("sip:alice@lab.example\r\nVia: x", "user-characters");
        row("sip:j\xc3\xb6rg@lab.example", "user-characters");
        row("sip:a\"b@lab.example", "user-characters");
        row("sip:a<b@lab.example", "user-characters");
        row("sip:a%@lab.example", "user-characters");
        row("sip:a%4@lab.example", "user-characters");
        row("sip:a%zz@lab.example", "user-characters");
        row("sip:a%00b@lab.example", "user-characters");
        row("sip:a%0d%0ab@lab.example", "user-characters");
        row("tel:", "user-number");
        row("tel:+", "user-number");
        row("tel:+12", "user-number");
        row("tel:+1234567890123456", "user-number");
        row("tel:+49170x", "user-number");
        row("tel:7042", "user-number");
        row("tel:7042;phone-context=", "user-number");
        row("tel:7042;phone-context=+", "user-number");
        row("tel:7042;phone-context=a_b", "user-number");
        row("tel:70g;phone-context=lab.example", "user-number");
        QTest::newRow("too long") << QStringLiteral("sip:") + QString(300, u'a') + QStringLiteral("@b")
                                  << QByteArray("user-too-long");
        QTest::newRow("zero inside") << QStringLiteral("sip:a") + QChar(0) + QStringLiteral("@b")
                                     << QByteArray("user-characters");
    }
    void refusesWhatIsNoUser()
    {
        QFETCH(QString, text);
        const Result<PublicUserId> id = PublicUserId::parse(text);
        QVERIFY(!id.ok());
        QTEST(QByteArray(id.error().code), "code");
        QVERIFY(id.error().about.size() <= 64);
        for (QChar c : id.error().about)
            QVERIFY(c.isPrint());
    }

    void neverRepeatsAPassword_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("bad host") << QStringLiteral("sip:alice:hunter2@lab_1");
        QTest::newRow("no scheme") << QStringLiteral("alice:hunter2@lab.example");
        QTest::newRow("no host") << QStringLiteral("sip:alice:hunter2");
        QTest::newRow("empty host") << QStringLiteral("sip:alice:hunter2@");
        QTest::newRow("two at signs") << QStringLiteral("sip:alice:hunter2@b@c");
        QTest::newRow("odd character") << QStringLiteral("sip:alice:hunter2\"@c");
        QTest::newRow("too long") << QStringLiteral("sip:alice:hunter2") + QString(300, u'x');
    }
    void neverRepeatsAPassword()
    {
        QFETCH(QString, text);
        const Result<PublicUserId> id = PublicUserId::parse(text);
        QVERIFY(!(id.ok() ? id->toString() : id.error().about).contains(u"hunter2"));
    }

    void tellsItsParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("local");
        QTest::addColumn<QString>("host");
        QTest::newRow("sip") << QStringLiteral("sip:alice@lab.example") << QStringLiteral("alice")
                             << QStringLiteral("lab.example");
        QTest::newRow("port") << QStringLiteral("sip:alice@lab.example:99") << QStringLiteral("alice")
                              << QStringLiteral("lab.example");
        QTest::newRow("IPv6") << QStringLiteral("sip:a@[::1]:99") << QStringLiteral("a")
                              << QStringLiteral("[::1]");
        QTest::newRow("tel") << QStringLiteral("tel:+49170123") << QStringLiteral("+49170123") << QString();
        QTest::newRow("local tel") << QStringLiteral("tel:7042;phone-context=lab.example")
                                   << QStringLiteral("7042") << QString();
    }
    void tellsItsParts()
    {
        QFETCH(QString, text);
        const PublicUserId id = *PublicUserId::parse(text);
        QTEST(id.localPart(), "local");
        QTEST(id.host(), "host");
    }

    void emptyIdHasNoParts()
    {
        const PublicUserId id;
        QVERIFY(id.isEmpty());
        QVERIFY(id.localPart().isEmpty());
        QVERIFY(id.host().isEmpty());
        QVERIFY(!id.isTel());
    }

    void ordersAndHashesByText()
    {
        const PublicUserId a = *PublicUserId::parse(u"sip:a@x");
        const PublicUserId b = *PublicUserId::parse(u"sip:b@x");
        QVERIFY(a < b);
        QVERIFY(!(b < a));
        QVERIFY(a != b);
        QCOMPARE(qHash(a), qHash(*PublicUserId::parse(u"sips:a@X:5061")));
    }
};

QTEST_GUILESS_MAIN(PublicUserIdTest)
#include "tst_publicuserid.moc"
