// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/eventreader.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What reveillectl prints and reads, without a process.
class TestCtlText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void alignsColumns();
    void letsNoTextMoveTheCursor();
    void saysWhyAPushWasNotTaken();
    void readsEventsHoweverTheyAreCut();
    void boundsAnEvent();
};

void TestCtlText::alignsColumns()
{
    CtlTable table({u"A"_s, u"LONG"_s, u"C"_s});
    table.add({u"first"_s, u"x"_s, u"y"_s});
    table.add({u"z"_s, u""_s, u""_s});
    QCOMPARE(table.toString(), u"A      LONG  C\nfirst  x     y\nz\n"_s);
}

void TestCtlText::letsNoTextMoveTheCursor()
{
    QCOMPARE(plainText(u"a\x1b[2Jb\nc\u202e"_s), u"a\ufffd[2Jb\ufffdc\ufffd"_s);
    QVERIFY(!failureSentence({u"user-unknown"_s, u"\x1b]0;x\a"_s}).contains(u'\x1b'));
    QVERIFY(!journalLine({{u"event"_s, u"a\nb"_s}}).contains(u'\n'));
}

void TestCtlText::saysWhyAPushWasNotTaken()
{
    QCOMPARE(deliveryReason({{u"reason"_s, u"refused-415"_s}}), u"refused by the device: 415, it does not take this content type"_s);
    QCOMPARE(deliveryReason({{u"reason"_s, u"brand-new"_s}}), u"brand-new"_s);
    QCOMPARE(deliveryReason({{u"reason"_s, QJsonValue()}}), QString());
}

void TestCtlText::readsEventsHoweverTheyAreCut()
{
    const QByteArray octets = ": reveille\n\nevent: journal\nid: 7\ndata: {\"a\":1}\n\n: still "
                              "here\n\nevent: push\r\ndata: {}\r\n\r\n";
    for (qsizetype at = 0; at <= octets.size(); ++at) {
        EventReader reader;
        QVector<EventReader::Event> events = reader.feed(octets.first(at));
        events += reader.feed(octets.sliced(at));
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[0].type, QByteArray("journal"));
        QCOMPARE(events[0].id, 7u);
        QCOMPARE(events[0].data, QByteArray("{\"a\":1}"));
        QCOMPARE(events[1].type, QByteArray("push"));
        QCOMPARE(events[1].id, 0u);
    }
}

void TestCtlText::boundsAnEvent()
{
    EventReader reader;
    reader.feed("data: ");
    for (int i = 0; i < 5 && !reader.failed(); ++i)
        reader.feed(QByteArray(1024 * 1024, 'x'));
    QVERIFY(reader.failed());
}

QTEST_GUILESS_MAIN(TestCtlText)
#include "tst_ctltext.moc"
