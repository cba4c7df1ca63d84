// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldview.h"
#include "gui/hexview.h"
#include "models/roles.h"
#include "wire/sir.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QByteArray signedSir()
{
    SessionRequest sir;
    sir.version = 2;
    sir.gateway = u"sip:192.0.2.10:5060"_s;
    sir.device = DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6").value();
    sir.time = Timestamp{1800000000000};
    return encodeSir(sir, "key");
}

QModelIndex fieldNamed(const QTreeView &tree, const QString &code, const QModelIndex &parent = {})
{
    for (int row = 0; row < tree.model()->rowCount(parent); ++row) {
        const QModelIndex index = tree.model()->index(row, FieldColumn::Name, parent);
        if (index.data(Role::Raw).toString() == code)
            return index;
        if (const QModelIndex below = fieldNamed(tree, code, index); below.isValid())
            return below;
    }
    return {};
}

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

class TestFieldView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFieldMarksItsOctetsAndOctetsChooseTheirField()
    {
        FieldView view;
        view.resize(900, 240);
        view.show();
        const QByteArray sir = signedSir();
        view.setMessage(u"sir"_s, sir);
        const QModelIndex device = fieldNamed(*view.tree(), u"device"_s);
        QVERIFY(device.isValid());
        view.tree()->setCurrentIndex(device);
        const QByteArray octets = view.chosen();
        QVERIFY(octets.size() >= 16 && octets.size() < sir.size());
        QVERIFY2(view.place().contains(QString::number(octets.size())), qPrintable(view.place()));

        const int at = int(sir.indexOf(octets));
        view.tree()->setCurrentIndex({});
        view.hex()->choose(at + 5, at + 5);
        QCOMPARE(view.tree()->currentIndex().data(Role::Raw).toString(), u"device"_s);
        QCOMPARE(view.chosen(), octets);
    }

    void manyOctetsChooseTheInnermostFieldThatHoldsThemAll()
    {
        FieldView view;
        view.setMessage({}, "SIP/2.0 200 OK\r\nContent-Type: application/vnd.wap.sia\r\n\r\n" + signedSir());
        const QModelIndex body = fieldNamed(*view.tree(), u"body"_s);
        view.tree()->setCurrentIndex(body);
        const QByteArray wholeBody = view.chosen();
        QCOMPARE(wholeBody, signedSir());
        const int at = int(view.octets().size() - wholeBody.size());
        view.hex()->choose(at, at + int(wholeBody.size()) - 1);
        QCOMPARE(view.tree()->currentIndex().data(Role::Raw).toString(), u"body"_s);
        view.hex()->choose(0, int(view.octets().size()) - 1);
        QVERIFY(!view.tree()->currentIndex().isValid()); // no field holds everything
        QCOMPARE(view.chosen(), view.octets());
    }

    void keysMoveAndShiftExtends()
    {
        HexView hex;
        hex.resize(700, 200);
        hex.setOctets(QByteArray(100, 'x'));
        hex.show();
        QTest::keyClick(&hex, Qt::Key_Down);
        QCOMPARE(hex.cursor(), hex.perRow());
        QTest::keyClick(&hex, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&hex, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(hex.chosenOffset(), hex.perRow());
        QCOMPARE(hex.chosenLength(), 3);
        QTest::keyClick(&hex, Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(hex.chosenLength(), 1);
        QTest::keyClick(&hex, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(hex.chosenLength(), 100);
        hex.setOctets({});
        QTest::keyClick(&hex, Qt::Key_Right);
        QCOMPARE(hex.chosenLength(), 0);
    }

    void aNarrowViewShowsFewerOctetsARow()
    {
        HexView hex;
        hex.setOctets(QByteArray(64, 'x'));
        hex.resize(hex.widthFor(16) + 20, 120);
        hex.show();
        QCOMPARE(hex.perRow(), 16);
        hex.resize(hex.widthFor(8) + 20, 120);
        QCOMPARE(hex.perRow(), 8);
        hex.resize(60, 120);
        QCOMPARE(hex.perRow(), 4);
    }

    void whatIsChosenIsCopiedInThreeForms()
    {
        FieldView view;
        view.setMessage(u"sir"_s, signedSir());
        view.hex()->choose(1, 3);
        view.copy(OctetText::Hex);
        QCOMPARE(QByteArray::fromHex(clipboard().toLatin1()), signedSir().mid(1, 3));
        view.copy(OctetText::Base64);
        QCOMPARE(QByteArray::fromBase64(clipboard().toLatin1()), signedSir().mid(1, 3));
        view.copy(OctetText::CArray);
        QVERIFY2(clipboard().contains(u"sir[3]"_s), qPrintable(clipboard()));
    }

    void theSameMessageAgainKeepsWhatIsChosen()
    {
        FieldView view;
        view.setMessage(u"sir"_s, signedSir());
        view.hex()->choose(2, 4);
        view.setMessage(u"sir"_s, signedSir());
        QCOMPARE(view.hex()->chosenLength(), 3);
        view.setMessage(u"sir"_s, signedSir().first(5));
        QCOMPARE(view.hex()->chosenLength(), 1);
    }
};

QTEST_MAIN(TestFieldView)
#include "tst_fieldview.moc"
