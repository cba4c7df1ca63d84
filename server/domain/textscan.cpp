// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textscan.h"

namespace reveille {

QString shortened(QStringView text)
{
    constexpr qsizetype most = 64;
    QString result = text.first(qMin(text.size(), most)).toString();
    for (QChar &c : result) {
        if (!c.isPrint())
            c = u'?';
    }
    return result;
}

QString without(QStringView text, QStringView unwanted)
{
    QString result;
    result.reserve(text.size());
    for (QChar c : text) {
        if (!unwanted.contains(c))
            result += c;
    }
    return result;
}

} // namespace reveille
