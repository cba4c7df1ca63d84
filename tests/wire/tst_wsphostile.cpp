// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wsp.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString phone = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;

} // namespace

/// Datagrams nobody meant well, and datagrams nobody thought of.
class TestWspHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesHostileDatagrams_data();
    void refusesHostileDatagrams();
    void readsBackRandomPushes();
};

void TestWspHostile::refusesHostileDatagrams_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("empty") << ""_ba
                           << "wsp-empty"_ba;
    QTest::newRow("transaction only") << "2a"_ba
                                      << "wsp-truncated"_ba;
    QTest::newRow("no length") << "2a06"_ba
                               << "wsp-truncated"_ba;
    QTest::newRow("get") << "2a4003"_ba
                         << "wsp-not-push"_ba;
    QTest::newRow("confirmed push") << "2a0703b4af81"_ba
                                    << "wsp-not-push"_ba;
    QTest::newRow("length past the end") << "2a0604b4af81"_ba
                                         << "wsp-truncated"_ba;
    QTest::newRow("4 G of headers") << "2a068fffffff7fb4"_ba
                                    << "wsp-truncated"_ba;
    QTest::newRow("broken length") << "2a068001b4"_ba
                                   << "wsp-uintvar"_ba;
    QTest::newRow("no content type") << "2a0600"_ba
                                     << "wsp-content-type"_ba;
    QTest::newRow("text without end") << "2a06027461"_ba
                                      << "wsp-content-type"_ba;
    QTest::newRow("general form cut") << "2a060203b4"_ba
                                      << "wsp-content-type"_ba;
    QTest::newRow("empty general form") << "2a060100"_ba
                                        << "wsp-content-type"_ba;
    QTest::newRow("parameter without value") << "2a060302b481"_ba
                                             << "wsp-content-type"_ba;
    QTest::newRow("header without value") << "2a0602b4af"_ba
                                          << "wsp-header"_ba;
    QTest::newRow("token without end") << "2a0603b45841"_ba
                                       << "wsp-header"_ba;
    QTest::newRow("token without value") << "2a0604b4584100"_ba
                                         << "wsp-header"_ba;
    QTest::newRow("value past the end") << "2a0604b4921e00"_ba
                                        << "wsp-header"_ba;
    QTest::newRow("quoted length past the end") << "2a0608b4921f8fffffff7f"_ba
                                                << "wsp-header"_ba;
    QTest::newRow("name of zero octets") << "2a0602b400"_ba
                                         << "wsp-header"_ba;
    QTest::newRow("name with a space") << "2a0606b45820410081"_ba
                                       << "wsp-header"_ba;
}

void TestWspHostile::refusesHostileDatagrams()
{
    QFETCH(QByteArray, wire);
    QFETCH(QByteArray, code);
    const QByteArray raw = QByteArray::fromHex(wire);
    const Result<WspPush> push = decodeWspPush(raw);
    QVERIFY(!push.ok());
    QCOMPARE(QByteArray(push.error().code), code);
    QCOMPARE(explainWspPush(raw).constLast().value.toLatin1(), code);
}

void TestWspHostile::readsBackRandomPushes()
{
    QRandomGenerator random(20261120);
    const QStringList words{u"a"_s,  u"B-c"_s,  u"urn:uuid:x"_s, u"\"quoted"_s, u"\u00fcber"_s,   u""_s,
                            u" x"_s, u"\x7f"_s, phone,           u"0x34"_s,     QString(40, u'z')};
    const auto word = [&] {
        return words[random.bounded(words.size())];
    };
    for (int i = 0; i < 20000; ++i) {
        WspPush push;
        push.transactionId = quint8(random.bounded(256));
        push.contentType = QStringList{u"application/vnd.wap.sia"_s, u"text/x-own"_s, u"0x7e"_s,
                                       u"0x1234"_s}[random.bounded(4)];
        for (int n = random.bounded(3); n > 0; --n)
            push.contentTypeParameters.append({u"p"_s + QString::number(n), word()});
        if (random.bounded(2))
            push.contentTypeParameters.append(
                {u"charset"_s, QStringList{u"utf-8"_s, u"own"_s, u"2252"_s}[random.bounded(3)]});
        if (random.bounded(2))
            push.applicationId = random.generate() >> random.bounded(32);
        else if (random.bounded(2))
            push.applicationUri = u"urn:own:app"_s;
        if (random.bounded(2))
            push.pushFlag = quint8(random.bounded(128));
        for (int n = random.bounded(3); n > 0; --n)
            push.addHeader(u"X-"_s + QString::number(n), word());
        for (int n = random.bounded(50); n > 0; --n)
            push.data.append(char(random.bounded(256)));
        const QByteArray wire = encodeWspPush(push);
        const Result<WspPush> again = decodeWspPush(wire);
        QVERIFY2(again.ok(), wire.toHex().constData());
        QVERIFY2(*again == push, wire.toHex().constData());
    }
}

QTEST_APPLESS_MAIN(TestWspHostile)
#include "tst_wsphostile.moc"
