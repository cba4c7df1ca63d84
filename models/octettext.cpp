// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/octettext.h"

#include <QByteArray>
#include <QStringList>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype perLine = 12;

QString identifier(const QString &name)
{
    QString made;
    for (const QChar c : name) {
        const bool fits = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_');
        made.append(fits ? c.toLower() : u'_');
    }
    if (made.isEmpty() || made.front().isDigit())
        made.prepend(u"octets_"_s);
    return made.left(made.endsWith(u'_') && made.size() > 1 ? made.size() - 1 : made.size());
}

QString cArray(QByteArrayView octets, const QString &name)
{
    QString text = u"static const unsigned char %1[%2] = {\n"_s.arg(identifier(name)).arg(octets.size());
    for (qsizetype at = 0; at < octets.size(); at += perLine) {
        QStringList line;
        for (const char c : octets.sliced(at, std::min(perLine, octets.size() - at)))
            line.append(u"0x%1"_s.arg(uchar(c), 2, 16, QLatin1Char('0')));
        text += u"    "_s + line.join(u", "_s) + u",\n"_s;
    }
    return text + u"};\n"_s;
}

} // namespace

QString octetsAs(OctetText how, QByteArrayView octets, const QString &name)
{
    const QByteArray copy = octets.toByteArray();
    switch (how) {
    case OctetText::Hex: return QString::fromLatin1(copy.toHex(' '));
    case OctetText::Base64: return QString::fromLatin1(copy.toBase64());
    case OctetText::CArray: return cArray(octets, name);
    }
    return {};
}

} // namespace reveille
