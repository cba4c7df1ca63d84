// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fielddecoder.h"
#include "models/fieldtreemodel.h"
#include "support/testpaths.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QByteArray vector(const QString &name)
{
    QFile file(testData(u"vectors/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no vector %s", qPrintable(name));
    const QByteArray content = file.readAll();
    if (!name.endsWith(u".hex"_s))
        return content;
    QByteArray digits;
    for (const QByteArray &line : content.split('\n'))
        digits += line.split('#').first();
    return QByteArray::fromHex(digits);
}

QStringList names(const FieldTreeModel &model, const QModelIndex &parent = {})
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        result << index.data(Role::Raw).toString() << names(model, index);
    }
    return result;
}

} // namespace

class TestFieldTreeModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aShortMessageOpensToTheSirInIt()
    {
        FieldTreeModel model;
        model.setMessage(u"sms"_s, vector(u"sms-ud-sir.hex"_s)); // ports 2948 and 9200, then a WSP push
        const QStringList all = names(model);
        QVERIFY2(all.contains(u"user_data_header"_s) && all.contains(u"destination_port"_s) && all.contains(u"version"_s),
                 qPrintable(all.join(u' ')));
        QCOMPARE(model.indexAt(3).data(Role::Raw).toString(), u"destination_port"_s);
        QCOMPARE(model.indexAt(3).siblingAtColumn(FieldColumn::Value).data().toString(), u"2948"_s);
    }

    void fieldsStandAsATree()
    {
        FieldTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFields({{u"version"_s, u"1"_s, 0, 1, 0},
                         {u"contact_points"_s, u""_s, 1, 8, 0},
                         {u"contact_point"_s, u"a"_s, 2, 4, 1},
                         {u"port"_s, u"7"_s, 3, 2, 2},
                         {u"contact_point"_s, u"b"_s, 6, 3, 1},
                         {u"cpi_tags"_s, u"0"_s, 9, 1, 0}});
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex points = model.index(1, 0);
        QCOMPARE(model.rowCount(points), 2);
        QCOMPARE(points.data().toString(), u"Contact points"_s);
        QCOMPARE(model.rowCount(model.index(0, 0, points)), 1);
        QCOMPARE(model.rangeOf(points).length, 8);
        QCOMPARE(model.indexAt(3).data(Role::Raw).toString(), u"port"_s);
        QCOMPARE(model.indexAt(2).data(Role::Raw).toString(), u"contact_point"_s);
        QCOMPARE(model.indexAt(1), points);
        QVERIFY(!model.indexAt(10).isValid());
        QVERIFY(!model.indexAt(-1).isValid());
        model.setFields({});
        QCOMPARE(model.rowCount(), 0);
    }

    void depthsThatJumpAreTaken()
    {
        FieldTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFields({{u"a"_s, {}, 0, 1, 5}, {u"b"_s, {}, 1, 1, 9}, {u"c"_s, {}, 2, 1, -3}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    }

    void messagesAreDecoded_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("field"); ///< that must be there
        QTest::newRow("sir") << u"sir-v1.hex"_s << u"sir"_s << u"version"_s;
        QTest::newRow("wsp") << u"wsp-push-sir.hex"_s << u"wsp"_s << u"contact_points"_s;
        QTest::newRow("sip") << u"sip-register-pn.msg"_s << u"sip"_s << u"Contact"_s;
        QTest::newRow("sip, not told") << u"sip-200-register.msg"_s << u""_s << u"start_line"_s;
        QTest::newRow("http, not told") << u"otahttp-options-auth.msg"_s << u""_s << u"start_line"_s;
        QTest::newRow("sip with a sir") << u"sip-message-sir.msg"_s << u"sip"_s << u"contact_points"_s;
        QTest::newRow("not known") << u"coap-ping.hex"_s << u""_s << u"octets"_s;
    }
    void messagesAreDecoded()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(QString, field);
        const QByteArray octets = vector(file);
        QVERIFY(!octets.isEmpty());
        FieldTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMessage(format, octets);
        QVERIFY2(names(model).contains(field), qPrintable(names(model).join(u' ')));
        QVERIFY(!names(model).contains(u"error"_s));
        QCOMPARE(model.octets(), octets);
        QVERIFY(model.indexAt(0).isValid());
    }

    void headersAreFoldedIntoOneField()
    {
        const QByteArray octets = "OPTIONS sip:a SIP/2.0\r\nSubject: one\r\n two\r\nbroken line\r\n\r\nbody\r\n";
        const QVector<DecodedField> fields = decodeTextMessage(octets);
        QCOMPARE(fields.size(), 4);
        QCOMPARE(fields[1].name, u"Subject"_s);
        QCOMPARE(fields[1].value, u"one two"_s);
        QCOMPARE(fields[2].name, u"error"_s);
        QCOMPARE(fields[3].name, u"body"_s);
        QCOMPARE(fields[3].offset + fields[3].length, octets.size());
    }

    void rubbishStaysInsideItsOctets()
    {
        QRandomGenerator random(3);
        const QVector<QByteArray> seeds{vector(u"sir-v1-full.hex"_s), vector(u"wsp-push-sir.hex"_s),
                                        vector(u"sip-message-sir.msg"_s), vector(u"sip-register-pn.msg"_s)};
        for (int round = 0; round < 4000; ++round) {
            QByteArray octets = seeds[round % 4];
            for (int i = random.bounded(8); i > 0; --i)
                octets[random.bounded(int(octets.size()))] = char(random.bounded(256));
            octets.truncate(random.bounded(int(octets.size()) + 1));
            for (const QString &format : {u"sir"_s, u"wsp"_s, u"sip"_s, u""_s}) {
                int depth = -1;
                for (const DecodedField &field : decodeFields(format, octets)) {
                    QVERIFY(field.offset >= 0 && field.length >= 0);
                    QVERIFY(field.offset + field.length <= octets.size());
                    QVERIFY(field.depth >= 0 && field.depth <= depth + 1);
                    depth = field.depth;
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFieldTreeModel)
#include "tst_fieldtreemodel.moc"
