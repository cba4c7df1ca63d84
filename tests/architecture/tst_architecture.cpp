// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/houserules.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class ArchitectureTest : public QObject {
    Q_OBJECT

    const HouseRules m_rules{qtModulesOfHeaders()};
    const QDir m_root{QStringLiteral(SOURCE_DIR)};

    static QString source(const QString &body)
    {
        return u"// SPDX-License-Identifier: GPL-3.0-or-later\n#pragma once\n"_s + body;
    }

    /// Paths relative to the tree of all files with one of these names below the folders of the house.
    QStringList filesNamed(const QStringList &patterns) const
    {
        QStringList paths;
        for (const char *top : {"server", "client", "models", "gui", "tests"}) {
            QDirIterator walk(m_root.filePath(QLatin1StringView(top)), patterns, QDir::Files,
                              QDirIterator::Subdirectories);
            while (walk.hasNext())
                paths.append(m_root.relativeFilePath(walk.next()));
        }
        paths.sort();
        return paths;
    }

    QString read(const QString &path)
    {
        QFile file(m_root.filePath(path));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:
    void sourcesKeepTheRules()
    {
        const QStringList paths = filesNamed({u"*.h"_s, u"*.cpp"_s});
        QVERIFY2(paths.size() > 100, "the tree was not found");
        QStringList complaints;
        for (const QString &path : paths)
            complaints += m_rules.complaintsAboutSource(path, read(path));
        QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
    }

    void limitsOfTheDeviceSideAreListed()
    {
        const QString list = read(u"docs/limits.md"_s);
        const QRegularExpression limit(u"\\b(?:int|qint64|qsizetype)\\s+(max[A-Z]\\w*)"_s);
        int found = 0;
        for (const QString &path : filesNamed({u"*settings.h"_s})) {
            if (!path.startsWith(u"server/connections/"_s))
                continue;
            const QString text = read(path);
            for (auto match = limit.globalMatch(text); match.hasNext(); ++found) {
                const QString name = match.next().captured(1);
                const bool isListed = list.contains(u'`' + name + u'`');
                QVERIFY2(isListed || name == u"maxExpires"_s || name == u"maxRetransmit"_s, qPrintable(path + u' ' + name));
            }
        }
        QVERIFY(found > 20);
    }

    /// docs/limits.md: every row has a key that is documented, or is fixed, and a test of its name where it says.
    void limitsHaveASettingAndATest()
    {
        const QStringList lines = read(u"docs/limits.md"_s).split(u'\n');
        const QString keys = read(u"resources/default.conf"_s);
        const QRegularExpression tests(u"^## .*, tests `"_s), test(u"`(tst_\\w+)`"_s), row(u"^\\| `(\\w+)` \\|[^|]*\\| (?:`(\\w+)/(\\w+)`|fixed) \\|"_s);
        QString source;
        int rows = 0;
        for (const QString &line : lines) {
            if (tests.match(line).hasMatch()) {
                source.clear();
                for (auto named = test.globalMatch(line); named.hasNext();) {
                    for (const QString &path : filesNamed({named.next().captured(1) + u".cpp"_s}))
                        source += read(path);
                }
                QVERIFY2(!source.isEmpty(), qPrintable(line));
            }
            if (!line.startsWith(u"| `"))
                continue;
            const auto limit = row.match(line);
            QVERIFY2(limit.hasMatch(), qPrintable(line));
            const QString name = limit.captured(1);
            const QString pattern = uR"(void %1\(\)|newRow\("%1"\))"_s;
            QVERIFY2(source.contains(QRegularExpression(pattern.arg(name))), qPrintable(u"no test: "_s + line));
            if (!limit.captured(2).isEmpty()) {
                const qsizetype section = keys.indexOf(u"\n["_s + limit.captured(2) + u"]\n"_s);
                QVERIFY2(section >= 0, qPrintable(line));
                const QString body = keys.mid(section + 1, keys.indexOf(u"\n["_s, section + 1) - section);
                QVERIFY2(body.contains(u'\n' + limit.captured(3) + u'='), qPrintable(u"no key: "_s + line));
            }
            ++rows;
        }
        QVERIFY(rows > 60);
    }

    void targetsLinkInOneDirection()
    {
        const QStringList paths = filesNamed({u"CMakeLists.txt"_s});
        QVERIFY2(paths.contains(u"server/domain/CMakeLists.txt"_s), "the tree was not found");
        QStringList complaints;
        for (const QString &path : paths)
            complaints += m_rules.complaintsAboutBuild(path, read(path));
        QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
    }

    void includesAreJudged_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("header");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *path, const char *header, bool allowed) {
            QTest::addRow("%s: %s", path, header)
                << QString::fromLatin1(path) << QString::fromLatin1(header) << allowed;
        };
        row("server/domain/x.h", "\"domain/device.h\"", true);
        row("server/domain/x.h", "\"wire/sir.h\"", false);
        row("server/domain/x.h", "\"config.h\"", false);
        row("server/domain/x.h", "<QString>", true);
        row("server/domain/x.h", "<QtCore/QString>", true);
        row("server/domain/x.h", "<QTcpSocket>", false);
        row("server/domain/x.h", "<QtNetwork/QTcpSocket>", false);
        row("server/domain/x.h", "<QHostAddress>", false);
        row("server/domain/x.h", "<QSqlQuery>", false);
        row("server/domain/x.h", "<QThread>", false);
        row("server/domain/x.h", "<QtCore/QThread>", false);
        row("server/domain/x.h", "<QTimer>", false);
        row("server/domain/x.h", "<mutex>", false);
        row("server/domain/x.h", "<sys/socket.h>", false);
        row("server/domain/x.h", "<algorithm>", true);
        row("server/wire/x.cpp", "\"domain/device.h\"", true);
        row("server/wire/x.cpp", "\"engine/clock.h\"", false);
        row("server/wire/x.cpp", "<osipparser2/osip_parser.h>", true);
        row("server/wire/x.cpp", "<QTcpSocket>", false);
        row("server/wire/x.cpp", "<thread>", false);
        row("server/engine/x.cpp", "\"wire/sir.h\"", true);
        row("server/engine/x.cpp", "\"store/sqlstore.h\"", false);
        row("server/engine/x.cpp", "\"connections/sip/sipserver.h\"", false);
        row("server/engine/x.cpp", "<QTimer>", true);
        row("server/engine/x.cpp", "<QUdpSocket>", false);
        row("server/http/x.cpp", "\"operations/y.h\"", false);
        row("server/http/x.cpp", "<QTcpServer>", true);
        row("server/store/x.cpp", "<QSqlQuery>", true);
        row("server/store/x.cpp", "<QTcpServer>", false);
        row("server/store/x.cpp", "\"http/httpserver.h\"", false);
        row("server/connections/sip/x.cpp", "\"connections/sip/y.h\"", true);
        row("server/connections/sip/x.cpp", "\"bearers/y.h\"", false);
        row("server/connections/sip/x.cpp", "<QSqlQuery>", false);
        row("server/triggers/x.cpp", "\"http/httpserver.h\"", true);
        row("server/triggers/x.cpp", "\"operations/y.h\"", false);
        row("server/operations/ctl/x.cpp", "\"operations/ctl/y.h\"", true);
        row("server/bearers/x.cpp", "\"http/httpserver.h\"", true);
        row("server/bearers/x.cpp", "\"connections/sip/y.h\"", false);
        row("server/pushserver.cpp", "\"operations/y.h\"", true);
        row("server/pushserver.cpp", "\"config.h\"", true);
        row("server/pushserver.cpp", "\"models/y.h\"", false);
        row("server/pushserver.cpp", "\"gui/y.h\"", false);
        row("server/pushserver.cpp", "\"client/y.h\"", false);
        row("server/pushserver.cpp", "<QColor>", false);
        row("client/x.cpp", "\"wire/sir.h\"", true);
        row("client/x.cpp", "\"engine/clock.h\"", false);
        row("client/x.cpp", "\"models/y.h\"", false);
        row("client/x.cpp", "<QUdpSocket>", true);
        row("client/x.cpp", "<QSqlQuery>", false);
        row("client/x.cpp", "\"client/scenario/y.h\"", false);
        row("client/scenario/x.cpp", "\"client/scenario/y.h\"", true);
        row("client/scenario/x.cpp", "\"client/pushclient.h\"", true);
        row("client/scenario/x.cpp", "\"engine/clock.h\"", false);
        row("client/scenario/x.cpp", "\"operations/y.h\"", false);
        row("server/operations/ctl/x.cpp", "\"client/scenario/y.h\"", true);
        row("server/operations/ctl/x.cpp", "\"client/pushclient.h\"", false);
        row("server/operations/x.cpp", "\"client/scenario/y.h\"", false);
        row("gui/x.cpp", "\"client/scenario/y.h\"", true);
        row("models/x.cpp", "\"engine/snapshots.h\"", true);
        row("models/x.cpp", "\"engine/registry.h\"", false);
        row("models/x.cpp", "\"store/journalreader.h\"", true);
        row("models/x.cpp", "\"serverhost.h\"", true);
        row("models/x.cpp", "\"gui/y.h\"", false);
        row("models/x.cpp", "\"client/y.h\"", false);
        row("models/x.cpp", "<QColor>", true);
        row("models/x.cpp", "<QWidget>", false);
        row("models/x.cpp", "<QTcpSocket>", false);
        row("gui/x.cpp", "<QWidget>", true);
        row("gui/x.cpp", "\"models/y.h\"", true);
        row("gui/x.cpp", "\"engine/registry.h\"", false);
        row("gui/x.cpp", "\"connections/sip/y.h\"", false);
        row("gui/x.cpp", "<QSqlQuery>", false);
        row("tests/gui/tst_x.cpp", "<QWidget>", true);
        row("tests/gui/tst_x.cpp", "\"gui/y.h\"", true);
        row("tests/models/tst_x.cpp", "<QWidget>", false);
        row("tests/models/tst_x.cpp", "<QtWidgets/QWidget>", false);
        row("tests/models/tst_x.cpp", "\"gui/y.h\"", false);
        row("tests/engine/tst_x.cpp", "\"support/fakeclock.h\"", true);
    }
    void includesAreJudged()
    {
        QFETCH(QString, path);
        QFETCH(QString, header);
        QFETCH(bool, allowed);
        const QStringList complaints =
            m_rules.complaintsAboutSource(path, source(u"#include "_s + header + u'\n'));
        QCOMPARE(complaints.isEmpty(), allowed);
        if (!allowed)
            QVERIFY2(complaints.constFirst().startsWith(path + u":3: "_s),
                     qPrintable(complaints.constFirst()));
    }

    void linksAreJudged_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("link");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *folder, const char *link, bool allowed) {
            QTest::addRow("%s: %s", folder, link)
                << QString::fromLatin1(folder) << QString::fromLatin1(link) << allowed;
        };
        row("server/domain", "Qt6::Core", true);
        row("server/domain", "Qt6::Network", false);
        row("server/domain", "Reveille::wire", false);
        row("server/wire", "Reveille::domain", true);
        row("server/wire", "Boost::headers", true);
        row("server/wire", "Reveille::engine", false);
        row("server/engine", "Qt6::Network", false);
        row("server/store", "Qt6::Sql", true);
        row("server/store", "Reveille::http", false);
        row("server/operations", "Reveille::ctl", true);
        row("server/triggers", "Reveille::operations", false);
        row("client", "Reveille::engine", false);
        row("models", "Qt6::Widgets", false);
        row("models", "Reveille::gui", false);
        row("gui", "Reveille::server", true);
        row("gui", "Reveille::connections", false);
    }
    void linksAreJudged()
    {
        QFETCH(QString, folder);
        QFETCH(QString, link);
        const QString text =
            u"reveille_add_library(reveille_x\n    SOURCES\n        a.cpp\n    PUBLIC Qt6::Core\n    PRIVATE %1)\n"_s;
        QTEST(m_rules.complaintsAboutBuild(folder + u"/CMakeLists.txt"_s, text.arg(link)).isEmpty(),
              "allowed");
    }

    void filesStartWithTheLicence()
    {
        QVERIFY(m_rules.complaintsAboutSource(u"client/x.cpp"_s, source({})).isEmpty());
        QCOMPARE(m_rules.complaintsAboutSource(u"client/x.cpp"_s, u"#include <QString>\n"_s).size(), 1);
        QCOMPARE(m_rules.complaintsAboutSource(u"client/x.cpp"_s, QString()).size(), 1);
        QCOMPARE(m_rules.complaintsAboutSource(u"client/x.cpp"_s, u'\n' + source({})).size(), 1);
    }

    void headersGuardThemselves()
    {
        const QString text = source({}).remove(u"#pragma once\n"_s);
        QCOMPARE(m_rules.complaintsAboutSource(u"client/x.h"_s, text).size(), 1);
        QVERIFY(m_rules.complaintsAboutSource(u"client/x.cpp"_s, text).isEmpty());
    }

    void filesStayShort()
    {
        const QString longest = source(u"\n"_s.repeated(HouseRules::longestFile - 2));
        QVERIFY(m_rules.complaintsAboutSource(u"client/x.cpp"_s, longest).isEmpty());
        QCOMPARE(m_rules.complaintsAboutSource(u"client/x.cpp"_s, longest + u'\n').size(), 1);
    }

    void pureFoldersReadNoClock()
    {
        const QString body = source(u"auto now = QDateTime::currentDateTimeUtc();\n"_s);
        QCOMPARE(m_rules.complaintsAboutSource(u"server/domain/x.h"_s, body).size(), 1);
        QCOMPARE(m_rules.complaintsAboutSource(u"server/wire/x.h"_s, body).size(), 1);
        QVERIFY(m_rules.complaintsAboutSource(u"server/engine/x.h"_s, body).isEmpty());
    }

    void unfinishedWorkIsTold()
    {
        for (const char *mark : {"TO"
                                 "DO",
                                 "FIX"
                                 "ME",
                                 "Q"
                                 "SKIP"}) {
            const QString body = source(u"// "_s + QString::fromLatin1(mark) + u'\n');
            QCOMPARE(m_rules.complaintsAboutSource(u"client/x.cpp"_s, body).size(), 1);
        }
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
