// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/codewords.h"

namespace reveille {

using CodeText = CodeWords;

/// The translated words for a code; null if the table has none.
inline QString textOf(std::span<const CodeText> table, QStringView code)
{
    return wordsOf(table, code, [](const char *english) { return QCoreApplication::translate("reveille::Sentences", english); });
}

} // namespace reveille
