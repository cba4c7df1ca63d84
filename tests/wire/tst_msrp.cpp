// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/msrpparser.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace reveille;

namespace {

QByteArray vectorMessage(const char *name)
{
    QFile file(testData(u"vectors/%1.msg").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Read {
    QVector<MsrpHead> heads;
    QByteArrayList contents;
    QByteArray ends;
    QByteArray error;
};

Read readInSteps(const QByteArray &octets, qsizetype step)
{
    Read read;
    MsrpParser parser;
    for (qsizetype at = 0; at < octets.size(); at += step) {
        parser.append(QByteArrayView(octets).sliced(at, std::min(step, octets.size() - at)));
        for (MsrpParser::Item item = parser.next(); item.event != MsrpParser::Event::Incomplete; item = parser.next()) {
            switch (item.event) {
            case MsrpParser::Event::Head:
                read.heads.append(item.head);
                read.contents.append(QByteArray());
                break;
            case MsrpParser::Event::Content:
                read.contents.last() += item.content;
                break;
            case MsrpParser::Event::End:
                read.ends += char(item.end);
                break;
            default:
                read.error = item.error.code;
                return read;
            }
        }
    }
    return read;
}

MsrpHead sendHead()
{
    MsrpHead head;
    head.transaction = "d93kswow";
    head.method = "SEND";
    head.toPath = {"msrp://192.0.2.50:49200/kjhd37s2s20w2a;tcp"};
    head.fromPath = {"msrp://192.0.2.10:2855/s111271;tcp"};
    head.messageId = "12339sdqwer";
    head.contentType = "application/octet-stream";
    return head;
}

const QByteArray paths = "To-Path: msrp://a:1/b;tcp\r\nFrom-Path: msrp://c:2/d;tcp\r\n";

} // namespace

class TestMsrp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsVectors_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("msrp-send-empty") << QByteArray("SEND") << QByteArray() << QByteArray("$");
        QTest::newRow("msrp-send-chunk1") << QByteArray("SEND") << QByteArray("ABCDEFGHIJKLMNOP") << QByteArray("+");
        QTest::newRow("msrp-send-chunk2") << QByteArray("SEND") << QByteArray("QRSTUVWXYZ012345") << QByteArray("$");
        QTest::newRow("msrp-send-abort") << QByteArray("SEND") << QByteArray("ABCDEFGHIJKLMNOP") << QByteArray("#");
        QTest::newRow("msrp-200") << QByteArray() << QByteArray() << QByteArray("$");
        QTest::newRow("msrp-report") << QByteArray("REPORT") << QByteArray() << QByteArray("$");
    }
    void readsVectors()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, end);
        const QByteArray octets = vectorMessage(QTest::currentDataTag());
        QVERIFY(!octets.isEmpty());
        for (qsizetype step = 1; step <= octets.size(); ++step) {
            const Read read = readInSteps(octets, step);
            QCOMPARE(read.error, QByteArray());
            QCOMPARE(read.heads.size(), 1);
            QCOMPARE(read.heads[0].method, method);
            QCOMPARE(read.contents[0], content);
            QCOMPARE(read.ends, end);
        }
    }

    void readsWhatAVectorSays()
    {
        const Read chunk = readInSteps(vectorMessage("msrp-send-chunk2"), 1000);
        const MsrpHead &head = chunk.heads.first();
        QCOMPARE(head.transaction, QByteArray("d93kswox"));
        QCOMPARE(head.messageId, QByteArray("12339sdqwer"));
        QCOMPARE(head.byteRange, (MsrpByteRange{17, 32, 32}));
        QVERIFY(head.successReport);
        QCOMPARE(head.failureReport, MsrpFailureReport::Yes);
        QCOMPARE(head.contentType, QByteArray("application/octet-stream"));
        QCOMPARE(head.to().session, QByteArray("kjhd37s2s20w2a"));
        QCOMPARE(head.from().port, quint16(2855));
        const Read answer = readInSteps(vectorMessage("msrp-200"), 1000);
        QCOMPARE(answer.heads.first().status, 200);
        QCOMPARE(answer.heads.first().comment, QByteArray("OK"));
        const Read report = readInSteps(vectorMessage("msrp-report"), 1000);
        QCOMPARE(report.heads.first().reportStatus, 200);
    }

    void writesVectors()
    {
        MsrpHead head = sendHead();
        head.byteRange = MsrpByteRange{1, 0, 0};
        head.contentType.clear();
        head.transaction = "a1b2c3d4";
        head.messageId = "bind0001";
        QCOMPARE(head.message({}, MsrpEnd::Complete), vectorMessage("msrp-send-empty"));
        const MsrpHead request = readInSteps(vectorMessage("msrp-send-chunk1"), 1000).heads.first();
        QCOMPARE(msrpResponse(request, request.to(), 200).message({}, MsrpEnd::Complete), vectorMessage("msrp-200"));
        MsrpHead report = msrpReport(request, request.to(), {1, 32, 32}, 200);
        report.transaction = "dkei38sd";
        QCOMPARE(report.message({}, MsrpEnd::Complete), vectorMessage("msrp-report"));
    }

    /// The end of a head is looked for within its limit only: else many short messages at once take time by their square.
    void manyMessagesAtOnceTakeTimeByTheirNumber()
    {
        MsrpHead request = sendHead();
        const QByteArray one = msrpResponse(request, request.to(), 200).message({}, MsrpEnd::Complete);
        const auto timeOf = [&one](int messages) {
            qint64 best = std::numeric_limits<qint64>::max();
            const QByteArray octets = one.repeated(messages);
            for (int i = 0; i < 3; ++i) {
                MsrpParser parser;
                QElapsedTimer timer;
                timer.start();
                parser.append(octets);
                int ends = 0;
                for (MsrpParser::Item item = parser.next(); item.event != MsrpParser::Event::Incomplete; item = parser.next())
                    ends += item.event == MsrpParser::Event::End;
                if (ends != messages)
                    return qint64(0);
                best = std::min(best, timer.nsecsElapsed());
            }
            return best;
        };
        const qint64 few = timeOf(2000), many = timeOf(16000);
        QVERIFY(few > 0 && many > 0);
        QVERIFY2(many < 24 * few, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(few).arg(many)));
    }

    void anyContentComesBackHoweverItArrives()
    {
        auto *random = QRandomGenerator::global();
        for (int round = 0; round < 300; ++round) {
            QByteArray content(random->bounded(200), Qt::Uninitialized);
            for (char &c : content)
                c = "\r\n-d93kswow$+#x"[random->bounded(15)];
            MsrpHead head = sendHead();
            head.transaction = newMsrpId();
            head.byteRange = MsrpByteRange{1, content.size(), content.size()};
            const QByteArray octets = head.message(content, MsrpEnd::More) + head.message(content, MsrpEnd::Complete);
            const Read read = readInSteps(octets, 1 + random->bounded(40));
            QCOMPARE(read.error, QByteArray());
            QCOMPARE(read.contents, (QByteArrayList{content, content}));
            QCOMPARE(read.ends, QByteArray("+$"));
            QCOMPARE(read.heads[1].bytes(), head.bytes());
        }
    }

    void contentThatLooksLikeAnEndIsContent()
    {
        const QByteArray content = "\r\n-------d93kswo\r\n-------d93kswow\r\n-------d93kswow$\n\r\n-------d93kswowx$\r\n";
        const Read read = readInSteps(sendHead().message(content, MsrpEnd::Complete), 1);
        QCOMPARE(read.contents, QByteArrayList{content});
        QCOMPARE(read.ends, QByteArray("$"));
    }

    void noContentMayLackItsLineBreak()
    {
        const QByteArray octets = "MSRP abcd SEND\r\n" + paths + "Content-Type: text/plain\r\n\r\n-------abcd$\r\n";
        const Read read = readInSteps(octets + octets, 3);
        QCOMPARE(read.error, QByteArray());
        QCOMPARE(read.ends, QByteArray("$$"));
        QCOMPARE(read.contents, (QByteArrayList{{}, {}}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("octets");
        const QByteArray end = "-------abcd$\r\n";
        const auto row = [](const char *code, const QByteArray &octets) { QTest::newRow(code) << octets; };
        row("msrp-start-line", "HTTP/1.1 200 OK\r\n");
        row("msrp-transaction", "MSRP abc SEND\r\n" + paths + end);
        row("msrp-status", "MSRP abcd 2000 OK\r\n" + paths + end);
        row("msrp-head-too-long", "MSRP abcd SEND\r\n" + paths + "X: " + QByteArray(MsrpLimit::head, 'x') + "\r\n" + end);
        row("msrp-header-line", "MSRP abcd SEND\r\n" + paths + "no colon\r\n" + end);
        row("msrp-header-count", "MSRP abcd SEND\r\n" + paths + QByteArray("X: y\r\n").repeated(31) + end);
        row("msrp-header-characters", "MSRP abcd SEND\r\n" + paths + "X: a\x01\r\n" + end);
        row("msrp-repeated-header", "MSRP abcd SEND\r\n" + paths + "Message-ID: aaaa\r\nMessage-ID: aaab\r\n" + end);
        row("msrp-missing-path", "MSRP abcd SEND\r\nFrom-Path: msrp://a:1/b;tcp\r\nTo-Path: msrp://a:1/b;tcp\r\n" + end);
        row("msrp-path-count", "MSRP abcd SEND\r\nTo-Path:" + QByteArray(" msrp://a:1/b;tcp").repeated(9) + "\r\n" + end);
        row("msrp-message-id", "MSRP abcd SEND\r\n" + paths + "Message-ID: <x>\r\n" + end);
        row("msrp-byte-range", "MSRP abcd SEND\r\n" + paths + "Byte-Range: 0-1/1\r\n" + end);
        row("msrp-report-value", "MSRP abcd SEND\r\n" + paths + "Success-Report: maybe\r\n" + end);
        row("msrp-content-type", "MSRP abcd SEND\r\n" + paths + "Content-Type: a/b\r\nX: y\r\n\r\nz\r\n" + end);
        row("msrp-end-line", "MSRP abcd SEND\r\n" + paths + "-------abcd!\r\n");
        row("msrp-uri-scheme", "MSRP abcd SEND\r\nTo-Path: sip:a\r\n" + end);
        row("msrp-uri-port", "MSRP abcd SEND\r\nTo-Path: msrp://a:70000/b;tcp\r\n" + end);
        row("msrp-uri-transport", "MSRP abcd SEND\r\nTo-Path: msrp://a:1/b\r\n" + end);
        row("msrp-uri-host", "MSRP abcd SEND\r\nTo-Path: msrp://:1/b;tcp\r\n" + end);
        row("msrp-uri-session", "MSRP abcd SEND\r\nTo-Path: msrp://a:1/;tcp\r\n" + end);
    }
    void refuses()
    {
        QFETCH(QByteArray, octets);
        QCOMPARE(readInSteps(octets, octets.size()).error, QByteArray(QTest::currentDataTag()));
        QCOMPARE(readInSteps(octets, 1).error, QByteArray(QTest::currentDataTag()));
    }

    void staysFailed()
    {
        MsrpParser parser;
        parser.append("GET / HTTP/1.1\r\n");
        QCOMPARE(parser.next().event, MsrpParser::Event::Failed);
        parser.append(vectorMessage("msrp-200"));
        QCOMPARE(parser.next().event, MsrpParser::Event::Failed);
        QCOMPARE(parser.buffered(), 0);
    }

    void keepsLittleOfABigMessage()
    {
        MsrpParser parser;
        parser.append(sendHead().bytes());
        QCOMPARE(parser.next().event, MsrpParser::Event::Head);
        qint64 seen = 0;
        for (int i = 0; i < 1000; ++i) {
            parser.append(QByteArray(10000, '\r'));
            for (MsrpParser::Item item = parser.next(); item.event == MsrpParser::Event::Content; item = parser.next())
                seen += item.content.size();
            QVERIFY(parser.buffered() < 64);
        }
        QCOMPARE(seen + parser.buffered(), 10000000);
    }

    void valuesStayInTheirLine()
    {
        MsrpHead head = sendHead();
        head.others = {{"X-Wap-Application-Id", "a\r\nByte-Range: 1-1/1"}};
        const Read read = readInSteps(head.message("x", MsrpEnd::Complete), 1000);
        QCOMPARE(read.heads.size(), 1);
        QVERIFY(!read.heads[0].byteRange);
        QCOMPARE(read.heads[0].other("x-wap-application-id"), QByteArray("a  Byte-Range: 1-1/1"));
    }

    void comparesUris()
    {
        const auto uri = [](const char *text) { return MsrpUri::parse(text).valueOr({}); };
        QCOMPARE(uri("msrp://Host.example:2855/aB;tcp"), uri("MSRP://host.EXAMPLE/aB;TCP;x=1"));
        QVERIFY(!(uri("msrp://h/aB;tcp") == uri("msrp://h/ab;tcp")));
        QVERIFY(!(uri("msrp://h/a;tcp") == uri("msrps://h/a;tcp")));
        QCOMPARE(uri("msrps://[2001:db8::1]:9/x;tcp").toText(), QByteArray("msrps://[2001:db8::1]:9/x;tcp"));
    }

    void readsByteRanges()
    {
        QCOMPARE(MsrpByteRange::parse("1-*/*").valueOr({9, {}, {}}), (MsrpByteRange{1, {}, {}}));
        QCOMPARE(MsrpByteRange::parse("1-0/0").valueOr({9, {}, {}}), (MsrpByteRange{1, 0, 0}));
        for (const char *bad : {"", "1", "1-2", "*-2/2", "3-1/9", "1-9/8", "10-*/8", "1-2/99999999999999999", "a-b/c", "1--1/2"})
            QVERIFY2(!MsrpByteRange::parse(bad), bad);
    }
};

QTEST_GUILESS_MAIN(TestMsrp)
#include "tst_msrp.moc"
