// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/operationsfixture.h"
#include "support/testpaths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace reveille {

/// reveillectl itself, as its own process, against a listener over an engine in this one.
class CtlFixture : public OperationsFixture {
public:
    struct Outcome {
        int status = -1;
        QString out;
        QString err;
    };
    CtlFixture()
    {
        QFile file(m_dir.filePath(QStringLiteral("operations.token")));
        if (file.open(QIODevice::WriteOnly))
            file.write(OperationsFixture::token + '\n');
    }
    std::unique_ptr<QProcess> start(const QStringList &words, const QMap<QString, QString> &environment = {})
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(QStringLiteral("HOME"), m_dir.path());
        all.insert(QStringLiteral("REVEILLE_URL"), QStringLiteral("http://127.0.0.1:%1").arg(port));
        all.remove(QStringLiteral("REVEILLE_TOKEN"));
        for (auto it = environment.begin(); it != environment.end(); ++it)
            all.insert(it.key(), it.value());
        process->setProcessEnvironment(all);
        const bool ownToken = words.contains(QStringLiteral("--data-dir")) || environment.contains(QStringLiteral("REVEILLE_TOKEN"));
        process->start(builtProgram(u"reveillectl"),
                       ownToken ? words : words + QStringList{QStringLiteral("--data-dir"), m_dir.path()});
        return process;
    }
    Outcome finish(QProcess &process)
    {
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000))
            process.kill();
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    Outcome run(const QStringList &words) { return finish(*start(words)); }
    static QString idOf(int n) { return deviceId(n).toString(); }
    QString dataDir() const { return m_dir.path(); }
    QString dataFile(const QString &name) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
};

} // namespace reveille
