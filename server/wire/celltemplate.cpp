// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/celltemplate.h"

#include "domain/textscan.h"

#include <QUuid>

namespace reveille {

namespace {

constexpr qsizetype mostDigits = 18;

bool isNumber(QStringView text)
{
    return !text.isEmpty() && text.size() <= mostDigits && allOf(text, isAsciiDigit);
}

bool isUuid(QStringView text)
{
    return text.size() == 36 && !QUuid::fromString(text).isNull();
}

} // namespace

Result<CellTemplate> CellTemplate::parse(QStringView cell)
{
    CellTemplate made;
    qsizetype at = 0;
    while (at < cell.size()) {
        const qsizetype brace = cell.sliced(at).indexOf(u'{') < 0 ? cell.size() : at + cell.sliced(at).indexOf(u'{');
        QString plain = cell.sliced(at, brace - at).toString();
        made.addText(plain.replace(QStringLiteral("}}"), QStringLiteral("}")));
        at = brace;
        if (at >= cell.size())
            break;
        if (cell.sliced(at).startsWith(u"{{")) {
            made.addText(u"{");
            at += 2;
            continue;
        }
        const qsizetype length = cell.sliced(at).indexOf(u'}');
        if (length < 0)
            return Error{"template-unclosed", shortened(cell.sliced(at))};
        const QStringView inside = cell.sliced(at + 1, length - 1);
        at += length + 1;
        if (isUuid(inside)) {
            made.addText(u'{' + inside.toString() + u'}');
            continue;
        }
        const Result<Part> part = made.special(inside);
        if (!part)
            return part.error();
        made.m_parts.append(*part);
    }
    return made;
}

Result<CellTemplate::Part> CellTemplate::special(QStringView inside)
{
    Part part;
    if (inside == u"n") {
        part.kind = Part::Kind::Number;
        m_needsNumber = true;
        return part;
    }
    if (inside == u"uuid") {
        part.kind = Part::Kind::Uuid;
        m_needsUuid = true;
        return part;
    }
    const qsizetype dots = inside.indexOf(u"..");
    if (dots < 0)
        return Error{"template-unknown", shortened(inside)};
    const QStringView first = inside.first(dots);
    const QStringView last = inside.sliced(dots + 2);
    if (!isNumber(first) || !isNumber(last) || last.toLongLong() < first.toLongLong())
        return Error{"template-range", shortened(inside)};
    const qint64 count = last.toLongLong() - first.toLongLong() + 1;
    if (m_count != 0 && m_count != count)
        return Error{"template-lengths", shortened(inside)};
    m_count = count;
    part.kind = Part::Kind::Range;
    part.first = first.toLongLong();
    part.width = int(first.size());
    return part;
}

void CellTemplate::addText(QStringView text)
{
    if (text.isEmpty())
        return;
    if (m_parts.isEmpty() || m_parts.last().kind != Part::Kind::Text)
        m_parts.append(Part{});
    m_parts.last().text += text;
}

QString CellTemplate::counted(const Part &range, qint64 index)
{
    return QString::number(range.first + index).rightJustified(range.width, u'0');
}

QString CellTemplate::number(qint64 index) const
{
    for (const Part &part : m_parts) {
        if (part.kind == Part::Kind::Range)
            return counted(part, index);
    }
    return {};
}

QString CellTemplate::text(qint64 index, QStringView number, QStringView uuid) const
{
    QString text;
    for (const Part &part : m_parts) {
        switch (part.kind) {
        case Part::Kind::Text:
            text += part.text;
            break;
        case Part::Kind::Range:
            text += counted(part, index);
            break;
        case Part::Kind::Number:
            text += number;
            break;
        case Part::Kind::Uuid:
            text += uuid;
            break;
        }
    }
    return text;
}

QString templateText(QString text)
{
    return text.replace(u'{', QStringLiteral("{{")).replace(u'}', QStringLiteral("}}"));
}

} // namespace reveille
