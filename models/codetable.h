// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QLatin1StringView>
#include <QStringList>

#include <span>

namespace reveille {

/// A stable code and the words for it, marked with QT_TRANSLATE_NOOP in the context of Sentences.
struct CodeText {
    const char *code;
    const char *text;
};

/// The translated words for a code; null if the table has none.
inline QString textOf(std::span<const CodeText> table, QStringView code)
{
    for (const CodeText &row : table) {
        if (code == QLatin1StringView(row.code))
            return QCoreApplication::translate("reveille::Sentences", row.text);
    }
    return {};
}

inline QStringList codesOf(std::span<const CodeText> table)
{
    QStringList codes;
    for (const CodeText &row : table)
        codes.append(QLatin1StringView(row.code));
    return codes;
}

} // namespace reveille
