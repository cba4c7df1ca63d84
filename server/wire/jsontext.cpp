// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsontext.h"

#include <algorithm>

namespace reveille {

namespace {

bool isPlain(QChar c)
{
    return c >= u' ' && c < u'\x7f' && c != u'"' && c != u'\\';
}

void appendEscaped(QByteArray &out, char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    if (c == '"' || c == '\\')
        out.append('\\').append(c);
    else if (uchar(c) < 0x20)
        out.append("\\u00").append(digits[uchar(c) >> 4]).append(digits[uchar(c) & 15]);
    else
        out.append(c);
}

} // namespace

void appendJson(QByteArray &out, QStringView text)
{
    out.append('"');
    if (std::all_of(text.cbegin(), text.cend(), isPlain)) {
        const qsizetype size = out.size();
        out.resize(size + text.size());
        std::transform(text.cbegin(), text.cend(), out.data() + size, [](QChar c) { return c.toLatin1(); });
    } else {
        const QByteArray octets = text.toUtf8();
        for (const char c : octets)
            appendEscaped(out, c);
    }
    out.append('"');
}

} // namespace reveille
