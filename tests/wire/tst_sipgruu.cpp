// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipgruu.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestSipGruu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publicOnesNameUserAndInstance_data();
    void publicOnesNameUserAndInstance();
    void temporaryOnesLeadBack();
    void temporaryOnesHideWhatTheyName();
    void forgedOnesAreUnknown();
    void uriWithoutGrIsNone();
};

namespace {

const QByteArray key(32, 'k');

PublicUserId user(const QString &text = u"sip:alice@lab.example"_s)
{
    return PublicUserId::parse(text).valueOr({});
}

DeviceId device(const QString &text = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s)
{
    return DeviceId::parse(text).valueOr({});
}

} // namespace

void TestSipGruu::publicOnesNameUserAndInstance_data()
{
    QTest::addColumn<QString>("instance");
    QTest::addColumn<QByteArray>("gruu");
    QTest::newRow("UUID") << u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s
                          << QByteArray(
                                 "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    QTest::newRow("IMEI") << u"urn:gsma:imei:35209900-176148-0"_s
                          << QByteArray("sip:alice@lab.example;gr=urn:gsma:imei:35209900-176148-0");
    QTest::newRow("MAC") << u"mac:00a0c91e6bf6"_s << QByteArray("sip:alice@lab.example;gr=mac:00a0c91e6bf6");
}

void TestSipGruu::publicOnesNameUserAndInstance()
{
    QFETCH(QString, instance);
    QFETCH(QByteArray, gruu);
    const QByteArray made = SipGruu::publicGruu(user(), device(instance));
    QCOMPARE(made, gruu);
    const auto target = SipGruu(key).resolve(*SipUri::parse(made));
    QVERIFY(target.ok());
    QCOMPARE(target->user, user());
    QCOMPARE(target->instance, device(instance));
    QVERIFY(!target->temporary);
}

void TestSipGruu::temporaryOnesLeadBack()
{
    const SipGruu gruus(key);
    const QByteArray first = gruus.temporaryGruu(user(), device(), 1),
                     second = gruus.temporaryGruu(user(), device(), 2);
    QVERIFY(first != second);
    QVERIFY(first.endsWith("@lab.example;gr"));
    for (const auto &[text, serial] : {std::pair(first, quint64(1)), std::pair(second, quint64(2))}) {
        const auto uri = SipUri::parse(text);
        QVERIFY(uri.ok());
        const auto target = SipGruu(key).resolve(*uri); // another object with the same key: nothing is stored
        QVERIFY(target.ok());
        QVERIFY(target->temporary);
        QCOMPARE(target->user, user());
        QCOMPARE(target->instance, device());
        QCOMPARE(target->serial, serial);
    }
}

void TestSipGruu::temporaryOnesHideWhatTheyName()
{
    const QByteArray text = SipGruu(key).temporaryGruu(user(), device(), 1);
    const QByteArray token = text.sliced(text.indexOf('.') + 1, text.indexOf('@') - text.indexOf('.') - 1);
    const QByteArray octets = QByteArray::fromBase64(token, QByteArray::Base64UrlEncoding);
    QVERIFY(!octets.contains("alice"));
    QVERIFY(!octets.contains("f81d4fae"));
}

void TestSipGruu::forgedOnesAreUnknown()
{
    const SipGruu gruus(key);
    const QByteArray text = gruus.temporaryGruu(user(), device(), 1);
    QVERIFY(SipGruu(QByteArray(32, 'x')).resolve(*SipUri::parse(text)).error().is("sip-gruu-unknown"));
    const qsizetype begin = text.indexOf('.') + 1, end = text.indexOf('@');
    for (qsizetype i = begin; i < end - 1; ++i) {
        QByteArray forged = text;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        QVERIFY(!gruus.resolve(*SipUri::parse(forged)).ok());
    }
    QVERIFY(!gruus.resolve(*SipUri::parse("sip:tgruu.@lab.example;gr")).ok());
    QVERIFY(!gruus.resolve(*SipUri::parse("sip:tgruu.AAAA@lab.example;gr")).ok());
    QVERIFY(!gruus.resolve(*SipUri::parse("sip:alice@lab.example;gr")).ok());
    QVERIFY(!gruus.resolve(*SipUri::parse("sip:alice@lab.example;gr=%00")).ok());
}

void TestSipGruu::uriWithoutGrIsNone()
{
    QVERIFY(SipGruu(key).resolve(*SipUri::parse("sip:alice@lab.example")).error().is("sip-gruu-none"));
    QVERIFY(SipGruu(key).resolve(*SipUri::parse("tel:+491701234567;gr=x")).error().is("sip-gruu-none"));
    QVERIFY(SipGruu::publicGruu(user(u"tel:+491701234567"_s), device()).isEmpty());
}

QTEST_GUILESS_MAIN(TestSipGruu)
#include "tst_sipgruu.moc"
