// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cpim.h"
#include "wire/inflate.h"

#include <QTest>

using namespace reveille;

/// Messages in messages, and octets that were made smaller: what a notification may come in.
class TestCpim : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheExampleOfTheStandard()
    {
        // In the manner of RFC 5438 section 7.1.1.3, with another prefix for the name space.
        const Result<Cpim> read = Cpim::parse("From: Alice <im:alice@lab.example>\r\nTo: Bob <im:bob@lab.example>\r\n"
                                              "NS: note <urn:ietf:params:imdn>\r\nNS: x <urn:x>\r\nnote.Message-ID: 34jk324j\r\n"
                                              "x.Message-ID: other\r\nDateTime: 2006-04-04T12:16:49-05:00\r\n"
                                              "note.Disposition-Notification: positive-delivery, negative-delivery\r\n"
                                              "\r\nContent-type: text/plain\r\nContent-length: 12\r\n\r\nHello World");
        QVERIFY(read.ok());
        QCOMPARE(read->from, QByteArray("im:alice@lab.example"));
        QCOMPARE(read->to, QByteArray("im:bob@lab.example"));
        QCOMPARE(read->messageId, QByteArray("34jk324j"));
        QCOMPARE(read->dispositions, QByteArray("positive-delivery, negative-delivery"));
        QCOMPARE(read->contentType, QByteArray("text/plain"));
        QCOMPARE(read->body, QByteArray("Hello World"));
    }
    void readsWhatItWrites()
    {
        Cpim message;
        message.from = "sip:reveille@lab.example";
        message.to = "sip:ann@lab.example";
        message.dateTime = "2026-11-28T20:00:00.000Z";
        message.messageId = "p-1";
        message.dispositions = "display";
        message.contentType = "application/octet-stream";
        message.contentEncoding = "aes128gcm";
        message.contentDisposition = "notification";
        message.body = QByteArray("\r\n\0\r\n\r\n", 7);
        const Result<Cpim> again = Cpim::parse(message.toBytes());
        QVERIFY(again.ok());
        QCOMPARE(*again, message);
    }
    void nobodyWritesAHeaderOfTheirOwn()
    {
        Cpim message;
        message.contentType = "text/plain";
        message.from = "sip:a@b>\r\nimdn.Message-ID: forged\r\nX: <";
        QVERIFY(Cpim::parse(message.toBytes())->messageId.isEmpty());
    }
    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("empty") << QByteArray() << QByteArray("cpim-head");
        QTest::newRow("one head") << QByteArray("From: <a:b>\r\n\r\n") << QByteArray("cpim-head");
        QTest::newRow("no name") << QByteArray(": x\r\n\r\nContent-Type: a/b\r\n\r\n") << QByteArray("cpim-head");
        QTest::newRow("no colon") << QByteArray("hello\r\n\r\nContent-Type: a/b\r\n\r\n") << QByteArray("cpim-head");
        QTest::newRow("no type") << QByteArray("From: <a:b>\r\n\r\nX: y\r\n\r\nbody") << QByteArray("cpim-content");
        QTest::newRow("endless") << "X: " + QByteArray(Cpim::longestHead, 'x') + "\r\n\r\nContent-Type: a/b\r\n\r\n" << QByteArray("cpim-head");
        QTest::newRow("many") << QByteArray("X: y\r\n").repeated(Cpim::mostHeaders) + "\r\nContent-Type: a/b\r\n\r\n" << QByteArray("cpim-head");
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, octets);
        const Result<Cpim> read = Cpim::parse(octets);
        QVERIFY(!read.ok());
        QTEST(QByteArray(read.error().code), "code");
    }
    void survivesEveryCut()
    {
        const QByteArray whole = Cpim{"a:b", "c:d", "now", "p-1", "display", "text/plain", {}, {}, "x"}.toBytes();
        for (qsizetype size = 0; size < whole.size(); ++size)
            (void)Cpim::parse(whole.first(size));
    }

    void inflatesWhatFits_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 999, 1000})
            QTest::addRow("%d", size) << size;
    }
    void inflatesWhatFits()
    {
        QFETCH(int, size);
        const QByteArray plain(size, 'x');
        const Result<QByteArray> inflated = reveille::inflated(qCompress(plain).mid(4), 1000);
        QVERIFY(inflated.ok());
        QCOMPARE(*inflated, plain);
    }
    void inflatesNothingElse()
    {
        const QByteArray good = qCompress(QByteArray(100, 'x')).mid(4);
        QVERIFY(inflated(qCompress(QByteArray(1001, 'x')).mid(4), 1000).error().is("deflate-too-large"));
        QVERIFY(inflated(qCompress(QByteArray(50'000'000, 0)).mid(4), 1000).error().is("deflate-too-large"));
        QVERIFY(inflated("", 1000).error().is("deflate-broken"));
        QVERIFY(inflated("hello", 1000).error().is("deflate-broken"));
        QVERIFY(inflated(good + "x", 1000).error().is("deflate-broken"));
        QVERIFY(inflated(good.chopped(1), 1000).error().is("deflate-broken"));
    }
};

QTEST_GUILESS_MAIN(TestCpim)
#include "tst_cpim.moc"
