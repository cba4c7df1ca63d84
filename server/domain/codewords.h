// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QLatin1StringView>
#include <QStringList>

#include <span>

namespace reveille {

/// A stable code and its English words, marked with QT_TRANSLATE_NOOP in the context of Sentences.
struct CodeWords {
    const char *code;
    const char *text;
};

/// Makes shown text of English text; none leaves it as it is.
using Translate = QString (*)(const char *english);

inline QString shownText(const char *english, Translate translate)
{
    return translate ? translate(english) : QString::fromUtf8(english);
}

/// The words for a code; null if the table has none.
inline QString wordsOf(std::span<const CodeWords> table, QStringView code, Translate translate)
{
    for (const CodeWords &row : table) {
        if (code == QLatin1StringView(row.code))
            return shownText(row.text, translate);
    }
    return {};
}

inline QStringList codesOf(std::span<const CodeWords> table)
{
    QStringList codes;
    for (const CodeWords &row : table)
        codes.append(QLatin1StringView(row.code));
    return codes;
}

} // namespace reveille
