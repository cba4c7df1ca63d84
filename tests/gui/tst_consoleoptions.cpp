// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// The program `reveille` as a shell without a display meets it.
class TestConsoleOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void needsNoDisplayToSayWhatItIs_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("help") << QStringList{u"--help"_s} << 0 << QByteArray("--data-dir") << QByteArray();
        QTest::newRow("version") << QStringList{u"--version"_s} << 0 << QByteArray("reveille " REVEILLE_VERSION) << QByteArray();
        QTest::newRow("no display") << QStringList{} << 1 << QByteArray() << QByteArray("reveilled");
        QTest::newRow("help and an unknown option") << QStringList{u"--help"_s, u"--colour"_s} << 2 << QByteArray() << QByteArray("colour");
    }
    void needsNoDisplayToSayWhatItIs()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QByteArray, output);
        QFETCH(QByteArray, error);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QLatin1StringView(name));
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(reveille::builtProgram(u"reveille"), arguments);
        QVERIFY2(program.waitForFinished(), qPrintable(program.errorString()));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), status);
        QVERIFY(program.readAllStandardOutput().contains(output));
        QVERIFY(program.readAllStandardError().contains(error));
    }
};

QTEST_GUILESS_MAIN(TestConsoleOptions)
#include "tst_consoleoptions.moc"
