// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariolibrary.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

const QString builtIn = u":/reveille/scenarios"_s;

QStringList folders()
{
    return QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"reveille/scenarios"_s,
                                     QStandardPaths::LocateDirectory) +
           QStringList{builtIn};
}

} // namespace

QStringList shippedScenarios()
{
    QStringList names;
    for (const QString &folder : folders()) {
        for (const QString &file : QDir(folder).entryList({u"*.yaml"_s}, QDir::Files))
            names.append(file.chopped(5));
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

QString shippedScenarioPath(const QString &name)
{
    if (name.contains(u'/'))
        return {};
    for (const QString &folder : folders()) {
        const QString path = folder + u'/' + name + u".yaml"_s;
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

QString scenarioPath(const QString &fileOrName)
{
    return QFileInfo(fileOrName).isFile() ? fileOrName : shippedScenarioPath(fileOrName);
}

} // namespace reveille
