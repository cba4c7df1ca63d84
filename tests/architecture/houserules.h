// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace reveille {

/// Which Qt module each public Qt header belongs to ("QTcpSocket" -> "Network"), read from the installed
/// headers.
QHash<QString, QString> qtModulesOfHeaders();

/// The house of the project as rules: who may include and link whom, which Qt modules and system facilities a
/// folder may use, how long a file may be and how it starts. Reads text only; the caller walks the tree.
class HouseRules {
public:
    static constexpr qsizetype longestFile = 600; ///< lines

    explicit HouseRules(QHash<QString, QString> qtModules)
        : m_qtModules(std::move(qtModules))
    {
    }

    /// What is wrong with a .h or .cpp file, one sentence each with the line; `path` is relative to the
    /// source tree.
    QStringList complaintsAboutSource(const QString &path, const QString &text) const;
    /// What is wrong with the link lists of a CMakeLists.txt.
    QStringList complaintsAboutBuild(const QString &path, const QString &text) const;

private:
    QString complaintAboutInclude(const QString &path, const QString &header) const;

    QHash<QString, QString> m_qtModules;
};

} // namespace reveille
