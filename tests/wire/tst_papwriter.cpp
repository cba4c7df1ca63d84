// SPDX-License-Identifier: GPL-3.0-or-later
#include "papexamples.h"
#include "wire/papreader.h"
#include "wire/papwriter.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestPapWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBackWhatItWrites_data() { examples(); }
    void readsBackWhatItWrites();
    void writesWhatTheDocumentTypeAllows_data() { examples(); }
    void writesWhatTheDocumentTypeAllows();
    void theDocumentTypeRefusesOthers();
    void namesTheDocumentTypeOfItsVersion();
    void leavesOutWhatXmlCannotCarry();
    void leavesOutAddressesThatAreNone();

private:
    static void examples()
    {
        QTest::addColumn<PapDocument>("document");
        for (const auto &[name, document] : papExamples())
            QTest::newRow(name) << document;
    }
    /// What xmllint says of it; empty = valid.
    QByteArray complaints(const QByteArray &document)
    {
        QFile file(m_folder.filePath(u"document.xml"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(document) != document.size())
            return "cannot write";
        file.close();
        QProcess xmllint;
        xmllint.start(QStringLiteral(XMLLINT_PROGRAM),
                      {u"--nonet"_s, u"--noout"_s, u"--dtdvalid"_s, QStringLiteral(DTD_FILE), file.fileName()});
        if (!xmllint.waitForFinished())
            return "cannot run";
        const QByteArray said = xmllint.readAllStandardError();
        return xmllint.exitCode() == 0 ? QByteArray() : "exit " + QByteArray::number(xmllint.exitCode()) + ' ' + said;
    }

    QTemporaryDir m_folder;
};

void TestPapWriter::readsBackWhatItWrites()
{
    QFETCH(PapDocument, document);
    const QByteArray bytes = toPapBytes(document);
    const auto again = parsePap(bytes);
    QVERIFY2(again, again ? "" : qPrintable(QString::fromLatin1(again.error().error.code) + u' ' + again.error().error.about));
    QVERIFY2(*again == document, bytes.constData());
    QCOMPARE(toPapBytes(*again), bytes);
}

void TestPapWriter::writesWhatTheDocumentTypeAllows()
{
    QFETCH(PapDocument, document);
    const QByteArray bytes = toPapBytes(document);
    const QByteArray said = complaints(bytes);
    QVERIFY2(said.isEmpty(), QByteArray(bytes + '\n' + said).constData());
}

void TestPapWriter::theDocumentTypeRefusesOthers()
{
    PapDocument document{{}, {}, {}, PapCancelResponse{u"p"_s, {}}};
    QVERIFY(complaints(toPapBytes(document)).contains("exit 3"));
    document.body = PapPushMessage{u"p"_s, {}, PapReplaceMethod::All, {}, {}, {}, {}, false, {}, {}};
    QVERIFY(complaints(toPapBytes(document)).contains("exit 3"));
}

void TestPapWriter::namesTheDocumentTypeOfItsVersion()
{
    PapDocument document{{2, 1}, {}, {}, PapBadMessage{2000, {}, {}}};
    const QByteArray newest = "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 2.1//EN\" "
                              "\"http://www.openmobilealliance.org/tech/DTD/pap_2.1.dtd\">";
    QVERIFY(toPapBytes(document).contains(newest));
    document.version = {1, 0};
    document.supportedVersions = {u"2.0"_s, u"1.*"_s};
    const QByteArray first = "<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\" "
                             "\"http://www.wapforum.org/DTD/pap_1.0.dtd\" "
                             "[<?wap-pap-ver supported-versions=\"2.0,1.*\"?>]>";
    QVERIFY(toPapBytes(document).contains(first));
}

void TestPapWriter::leavesOutWhatXmlCannotCarry()
{
    const QString bad = QString::fromUtf16(u"a\u0001b\ufffe") + QChar(0xd800) + u"c\u001fd"_s;
    const PapDocument document{{}, {}, {}, PapBadMessage{2000, bad, bad}};
    const auto again = parsePap(toPapBytes(document));
    QVERIFY(again);
    QCOMPARE(std::get<PapBadMessage>(again->body).fragment, u"abcd"_s);
    QCOMPARE(complaints(toPapBytes(document)), QByteArray());
}

void TestPapWriter::leavesOutAddressesThatAreNone()
{
    const PapStatusQueryResponse response{u"p1"_s, {{{}, PapMessageState::Pending, 1000, u"OK"_s, {QString(), u"a"_s}, {}}}};
    const QByteArray bytes = toPapBytes({{2, 0}, {}, {}, response});
    QCOMPARE(bytes.count("<address"), 1);
    QVERIFY2(complaints(bytes).isEmpty(), complaints(bytes).constData());
}

QTEST_GUILESS_MAIN(TestPapWriter)
#include "tst_papwriter.moc"
