// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/sipbuilder.h"

#include <QDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Messages with the faults and oddities of RFC 4475 and RFC 5118, one file each. "bad-" is refused with an
/// answer, "drop-" is refused without one, everything else is good.
class TestSipTorture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodIsToldFromBad_data();
    void goodIsToldFromBad();
    void refusalNamesItsStatus_data();
    void refusalNamesItsStatus();
    void everyPrefixIsRefusedOrRead_data() { goodIsToldFromBad_data(); }
    void everyPrefixIsRefusedOrRead();
    void oddSpacingIsRead();
    void escapesStayAsTheyStood();
    void secondMessageOfADatagramIsDropped();
};

namespace {

QByteArray torture(const QString &name)
{
    QFile file(testData(u"sip-torture/%1.msg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

SipMessage good(const QString &name)
{
    auto message = SipMessage::parse(torture(name));
    return message ? std::move(message).value() : SipMessage();
}

} // namespace

void TestSipTorture::goodIsToldFromBad_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files =
        QDir(testData(u"sip-torture")).entryList({u"*.msg"_s}, QDir::Files);
    QVERIFY(files.size() >= 48);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

void TestSipTorture::goodIsToldFromBad()
{
    QFETCH(QString, name);
    const auto message = SipMessage::parse(torture(name));
    const bool isBad = name.startsWith(u"bad-"), isDropped = name.startsWith(u"drop-");
    QVERIFY2(message.ok() == !(isBad || isDropped), message.ok() ? "accepted" : message.error().error.code);
    if (message) {
        if (message->isRequest()) {
            const QByteArray answer =
                SipResponse(*message, 200).toTag("t").source("192.0.2.99", 4711).bytes();
            const auto read = SipMessage::parse(answer);
            QVERIFY2(read.ok(), read.ok() ? "" : read.error().error.code);
            QCOMPARE(read->callId(), message->callId());
            QCOMPARE(read->cseq(), message->cseq());
        }
        return;
    }
    QCOMPARE(message.error().request.answerable, isBad);
    QCOMPARE(message.error().status >= 400, isBad);
    if (isBad)
        QVERIFY(SipResponse(message.error().request, message.error().status).bytes().startsWith("SIP/2.0 "));
}

void TestSipTorture::refusalNamesItsStatus_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown version") << u"bad-badvers"_s << QByteArray("sip-version") << 505;
    QTest::newRow("unknown scheme") << u"bad-unkscm"_s << QByteArray("sip-uri-scheme") << 416;
    QTest::newRow("scheme of another protocol") << u"bad-novelsc"_s << QByteArray("sip-uri-scheme") << 416;
    QTest::newRow("negative length") << u"bad-ncl"_s << QByteArray("sip-content-length") << 400;
    QTest::newRow("length beyond the datagram") << u"bad-clerr"_s << QByteArray("sip-content-length") << 400;
    QTest::newRow("two lengths") << u"bad-mcl01"_s << QByteArray("sip-repeated-header") << 400;
    QTest::newRow("huge numbers") << u"bad-scalar02"_s << QByteArray("sip-cseq") << 400;
    QTest::newRow("methods differ") << u"bad-mismatch01"_s << QByteArray("sip-cseq") << 400;
    QTest::newRow("NUL") << u"bad-nul"_s << QByteArray("sip-header-characters") << 400;
    QTest::newRow("star and more") << u"bad-starandmore"_s << QByteArray("sip-contact-star") << 400;
    QTest::newRow("headers missing") << u"bad-insuf"_s << QByteArray("sip-missing-header") << 400;
    QTest::newRow("backslash at the end of a quote")
        << u"bad-backslash"_s << QByteArray("sip-address-syntax") << 400;
}

void TestSipTorture::refusalNamesItsStatus()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, code);
    QFETCH(int, status);
    const auto message = SipMessage::parse(torture(name));
    QVERIFY(!message);
    QCOMPARE(QByteArray(message.error().error.code), code);
    QCOMPARE(message.error().status, status);
}

void TestSipTorture::everyPrefixIsRefusedOrRead()
{
    QFETCH(QString, name);
    const QByteArray whole = torture(name);
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const auto message = SipMessage::parse(whole.first(length));
        if (!message)
            QVERIFY(message.error().error.code[0] != '\0');
    }
}

void TestSipTorture::oddSpacingIsRead()
{
    const SipMessage message = good(u"wsinv"_s);
    QCOMPARE(message.method(), QByteArrayView("INVITE"));
    QCOMPARE(message.maxForwards(), 68);
    QCOMPARE(message.cseq(), 9u);
    QCOMPARE(message.toTag(), QByteArray("1918181833n"));
    QCOMPARE(message.fromTag(), QByteArray("98asjd8"));
    QCOMPARE(message.from().displayName, QByteArray("J Rosenberg \\\""));
    QCOMPARE(message.topVia().transport, QByteArray("UDP"));
    QCOMPARE(message.topVia().host, QByteArray("192.0.2.2"));
    QCOMPARE(message.values("via").size(), 3);
    QCOMPARE(message.contacts().size(), 1);
    QCOMPARE(message.contacts().first().q, 330);
    QCOMPARE(message.contacts().first().parameters().value("newparam"), QByteArray("newvalue"));
    QCOMPARE(message.header("subject"), QByteArrayView(""));
    QVERIFY(message.hasHeader("subject"));
}

void TestSipTorture::escapesStayAsTheyStood()
{
    const SipMessage message = good(u"escnull"_s);
    QCOMPARE(message.from().uri.user, QByteArray("null-%00-null"));
    QCOMPARE(message.contacts().size(), 2);
    QCOMPARE(message.contacts().at(1).address.uri.user, QByteArray("%00%00"));
    const SipMessage escaped = good(u"esc01"_s);
    QCOMPARE(escaped.requestUri().user, QByteArray("sips%3Auser%40example.com"));
    QCOMPARE(escaped.requestUri().host, QByteArray("example.net"));
    const SipMessage semicolon = good(u"semiuri"_s);
    QCOMPARE(semicolon.requestUri().user, QByteArray("user;par=u%40example.net"));
    QCOMPARE(semicolon.requestUri().host, QByteArray("example.com"));
    QCOMPARE(good(u"ipv6"_s).topVia().host, QByteArray("2001:db8::9:1"));
    QCOMPARE(good(u"ipv6"_s).contacts().first().address.uri.port, quint16(5070));
}

void TestSipTorture::secondMessageOfADatagramIsDropped()
{
    const SipMessage message = good(u"dblreq"_s);
    QCOMPARE(message.method(), QByteArrayView("REGISTER"));
    QVERIFY(!message.bytes().contains("INVITE"));
    QVERIFY(message.body().isEmpty());
}

QTEST_GUILESS_MAIN(TestSipTorture)
#include "tst_siptorture.moc"
