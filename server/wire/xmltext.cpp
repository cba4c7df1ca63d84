// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/xmltext.h"

#include <QByteArray>

#include <algorithm>

namespace reveille {

namespace {

bool isPlain(QChar c)
{
    return c >= u' ' && c <= u'\x7f' && c != u'"' && c != u'&' && c != u'<' && c != u'>';
}

/// A character of ASCII.
void appendEscaped(std::string &out, char c)
{
    switch (c) {
    case '"':
        out.append("&quot;");
        break;
    case '&':
        out.append("&amp;");
        break;
    case '<':
        out.append("&lt;");
        break;
    case '>':
        out.append("&gt;");
        break;
    case '\t':
        out.append("&#9;");
        break;
    case '\n':
        out.append("&#10;");
        break;
    case '\r':
        out.append("&#13;");
        break;
    default:
        if (uchar(c) >= ' ')
            out.push_back(c);
    }
}

} // namespace

void appendXml(std::string &out, QStringView text)
{
    while (!text.isEmpty()) {
        const qsizetype plain = std::find_if_not(text.begin(), text.end(), isPlain) - text.begin();
        out.resize(out.size() + size_t(plain));
        std::transform(text.begin(), text.begin() + plain, out.end() - plain, [](QChar c) { return char(c.unicode()); });
        text = text.sliced(plain);
        if (text.isEmpty())
            return;
        const QChar c = text.front();
        qsizetype taken = 1;
        if (c.unicode() < 0x80)
            appendEscaped(out, char(c.unicode()));
        else if (c.isHighSurrogate() && text.size() > 1 && text[1].isLowSurrogate())
            out.append(text.first(taken = 2).toUtf8().toStdString());
        else if (!c.isSurrogate() && c < u'\xfffe')
            out.append(text.first(1).toUtf8().toStdString());
        text = text.sliced(taken);
    }
}

} // namespace reveille
