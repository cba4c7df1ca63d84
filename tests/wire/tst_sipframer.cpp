// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipframer.h"
#include "wire/sipmessage.h"

#include <QTest>

using namespace reveille;

class TestSipFramer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsAtEveryOctet_data();
    void cutsAtEveryOctet();
    void answersPings();
    void clientSeesPongs();
    void refuses_data();
    void refuses();
    void keepsItsBound();
    void staysFailed();
};

namespace {

const QByteArray message = "MESSAGE sip:a@b SIP/2.0\r\nVia: x\r\nContent-Length: 6\r\n\r\na\r\n\r\nb";
const QByteArray compact = "SIP/2.0 200 OK\r\nl\t:\r\n 3\r\nX: y\r\n\r\nxyz";

QByteArray trace(SipFramer &framer)
{
    QByteArray seen;
    for (SipFramer::Item item = framer.next(); item.event != SipFramer::Event::Incomplete;
         item = framer.next()) {
        switch (item.event) {
        case SipFramer::Event::Message:
            seen += '[' + item.bytes + ']';
            break;
        case SipFramer::Event::Ping:
            seen += "ping ";
            break;
        case SipFramer::Event::Pong:
            seen += "pong ";
            break;
        case SipFramer::Event::Failed:
            return seen + item.error.code;
        case SipFramer::Event::Incomplete:
            break;
        }
    }
    return seen;
}

} // namespace

void TestSipFramer::cutsAtEveryOctet_data()
{
    QTest::addColumn<qsizetype>("first");
    const qsizetype size = message.size() + compact.size() + 6;
    for (qsizetype first = 0; first <= size; ++first)
        QTest::addRow("first part of %d", int(first)) << first;
}

void TestSipFramer::cutsAtEveryOctet()
{
    QFETCH(qsizetype, first);
    const QByteArray stream = message + "\r\n\r\n" + compact + "\r\n";
    SipFramer framer(SipFramer::Role::Server);
    framer.append(stream.first(first));
    QByteArray seen = trace(framer);
    framer.append(stream.sliced(first));
    seen += trace(framer);
    QCOMPARE(seen, '[' + message + "]ping [" + compact + ']');

    SipFramer octets(SipFramer::Role::Server);
    QByteArray seenOctets;
    for (char octet : stream) {
        octets.append(QByteArrayView(&octet, 1));
        seenOctets += trace(octets);
    }
    QCOMPARE(seenOctets, seen);
}

void TestSipFramer::answersPings()
{
    SipFramer framer(SipFramer::Role::Server);
    framer.append("\r\n\r\n\r\n\r\n\r\n");
    QCOMPARE(trace(framer), QByteArray("ping ping "));
    framer.append(message);
    QCOMPARE(trace(framer), '[' + message + ']');
    QCOMPARE(framer.buffered(), 0);
}

void TestSipFramer::clientSeesPongs()
{
    SipFramer framer(SipFramer::Role::Client);
    framer.append("\r");
    QCOMPARE(trace(framer), QByteArray());
    framer.append("\n\r\n" + message + "\r\n");
    QCOMPARE(trace(framer), "pong pong [" + message + "]pong ");
}

void TestSipFramer::refuses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &line, const char *code) {
        QTest::newRow(name) << "MESSAGE sip:a@b SIP/2.0\r\n" + line + "\r\n\r\n" << QByteArray(code);
    };
    row("no length", "Via: x", "sip-frame-content-length");
    row("two lengths", "l: 1\r\nContent-Length: 2", "sip-frame-content-length");
    row("negative", "l: -1", "sip-frame-content-length");
    row("hexadecimal", "l: 0x10", "sip-frame-content-length");
    row("empty", "l:", "sip-frame-content-length");
    row("list", "l: 1, 1", "sip-frame-content-length");
    row("too long", "l: 65536", "sip-frame-too-long");
    row("huge", "l: 99999999999999999999999", "sip-frame-too-long");
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01", 3) << QByteArray("sip-frame-not-sip");
    QTest::newRow("lone carriage return") << QByteArray("\rX") << QByteArray("sip-frame-not-sip");
}

void TestSipFramer::refuses()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, code);
    SipFramer framer(SipFramer::Role::Server);
    framer.append(octets);
    QCOMPARE(trace(framer), code);
}

void TestSipFramer::keepsItsBound()
{
    SipFramer framer(SipFramer::Role::Server);
    const QByteArray part(1024, 'x');
    int parts = 0;
    SipFramer::Item item;
    while (item.event == SipFramer::Event::Incomplete && parts < 100) {
        framer.append(part);
        item = framer.next();
        ++parts;
    }
    QVERIFY(item.event == SipFramer::Event::Failed);
    QCOMPARE(QByteArray(item.error.code), QByteArray("sip-frame-headers"));
    QVERIFY(parts * part.size() <= SipLimit::message + 2 * part.size());
    QCOMPARE(framer.buffered(), 0);

    const QByteArray most = "M sip:a SIP/2.0\r\nl: 65500\r\n\r\n";
    SipFramer whole(SipFramer::Role::Server);
    whole.append(most + QByteArray(65500, 'x'));
    QVERIFY(whole.next().event == SipFramer::Event::Message);
}

void TestSipFramer::staysFailed()
{
    SipFramer framer(SipFramer::Role::Server);
    framer.append(QByteArray(1, '\0'));
    QVERIFY(framer.next().event == SipFramer::Event::Failed);
    framer.append(message);
    QVERIFY(framer.next().event == SipFramer::Event::Failed);
    QCOMPARE(framer.buffered(), 0);
}

QTEST_GUILESS_MAIN(TestSipFramer)
#include "tst_sipframer.moc"
