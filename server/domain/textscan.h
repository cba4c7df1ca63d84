// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace reveille {

/// Small questions about untrusted text. ASCII only on purpose: QChar::isDigit() and its like also say yes to the
/// digits of other scripts. Any thread.
constexpr bool isAsciiDigit(QChar c) { return c >= u'0' && c <= u'9'; }
constexpr bool isAsciiLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }
constexpr bool isHexDigit(QChar c)
{
    return isAsciiDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}
constexpr bool isVisibleAscii(QChar c) { return c > u' ' && c < u'\x7f'; }

/// The value of a hexadecimal digit; the caller has asked isHexDigit().
constexpr int hexDigitValue(QChar c)
{
    const int code = c.unicode();
    return code <= '9' ? code - '0' : (code | 0x20) - 'a' + 10;
}

template <typename Predicate>
bool allOf(QStringView text, Predicate predicate)
{
    for (QChar c : text) {
        if (!predicate(c))
            return false;
    }
    return true;
}

/// `text` fit to stand in Error::about: at most 64 characters, control characters replaced by '?'.
QString shortened(QStringView text);

/// `text` without the characters of `unwanted`.
QString without(QStringView text, QStringView unwanted);

} // namespace reveille
