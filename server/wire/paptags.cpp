// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/paptags.h"

#include "domain/textscan.h"

#include <algorithm>
#include <utility>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n';
}

/// What XML 1.0 has a place for (section 2.2); halves of pairs are judged by those who made a text of the octets.
bool isCharacter(QChar c)
{
    return c >= u' ' ? c < u'\xfffe' : isSpace(c);
}

struct Range {
    char16_t first, last;
};

template <size_t Count>
bool isIn(const Range (&ranges)[Count], QChar c)
{
    return std::any_of(std::begin(ranges), std::end(ranges), [c](const Range &range) { return c >= range.first && c <= range.last; });
}

/// Section 2.3. Beyond ASCII a name is none that PAP knows, and only how it is refused depends on this.
bool isNameStart(QChar c)
{
    static constexpr Range others[] = {{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
                                       {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
                                       {0x3001, 0xdfff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}};
    return isAsciiLetter(c) || c == u'_' || (c >= u'\x80' && isIn(others, c));
}

bool isNameCharacter(QChar c)
{
    static constexpr Range others[] = {{0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}};
    return isNameStart(c) || isAsciiDigit(c) || c == u'-' || c == u'.' || (c >= u'\x80' && isIn(others, c));
}

bool standsForItself(QChar c)
{
    return c >= u' ' && c != u'&' && c != u'<' && c < u'\xfffe';
}

/// The character that "#38" or "#x26" names; 0 for none that XML has a place for.
char32_t numbered(QStringView text)
{
    const bool isHex = text.startsWith(u"#x");
    const QStringView digits = text.sliced(isHex ? 2 : 1);
    if (digits.isEmpty() || digits.size() > 10 || !allOf(digits, isHex ? isHexDigit : isAsciiDigit))
        return 0;
    const qulonglong number = digits.toULongLong(nullptr, isHex ? 16 : 10);
    const bool isOne = number <= 0xffff ? isCharacter(QChar(char16_t(number))) && !QChar::isSurrogate(char32_t(number)) : number <= 0x10ffff;
    return isOne ? char32_t(number) : 0;
}

} // namespace

PapTags::Token PapTags::wrong()
{
    m_isWrong = true;
    m_name = {};
    m_attributes.clear();
    return Token::Wrong;
}

PapTags::Token PapTags::next()
{
    if (m_isWrong)
        return Token::Wrong;
    if (std::exchange(m_isClosed, false)) {
        m_open.removeLast();
        m_isOver = m_open.isEmpty();
        return Token::End;
    }
    for (;;) {
        skipSpace();
        if (m_at >= m_text.size())
            return m_isOver ? Token::Done : wrong();
        if (m_text[m_at] != u'<')
            return readText();
        const QChar second = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
        if (second == u'/')
            return readEnd();
        if (second == u'!' && !rest().startsWith("<!--"_L1))
            return readText();
        if (second != u'!' && second != u'?')
            return readTag();
        if (second == u'!' ? !skipComment() : !skipInstruction())
            return wrong();
    }
}

/// Looks at the beginning only, since it ends the walk.
PapTags::Token PapTags::readText()
{
    constexpr QLatin1StringView section("<![CDATA[");
    QString character;
    const bool isText = m_text[m_at] == u'<'   ? rest().startsWith(section) && rest().indexOf("]]>"_L1) > 0
                        : m_text[m_at] == u'&' ? readReference(character)
                                               : isCharacter(m_text[m_at]);
    const bool hasPlace = !m_open.isEmpty();
    (void)wrong();
    return isText && hasPlace ? Token::Text : Token::Wrong;
}

PapTags::Token PapTags::readTag()
{
    ++m_at;
    m_name = takeName();
    if (m_name.isEmpty() || m_isOver || m_open.size() == PapLimit::depth || !readAttributes())
        return wrong();
    m_isClosed = m_text[m_at] == u'/';
    m_at += m_isClosed ? 2 : 1;
    m_open.append(m_name);
    return Token::Start;
}

PapTags::Token PapTags::readEnd()
{
    m_at += 2;
    m_name = takeName();
    skipSpace();
    if (m_open.isEmpty() || m_name != m_open.last() || !rest().startsWith(u'>'))
        return wrong();
    ++m_at;
    m_attributes.clear();
    m_open.removeLast();
    m_isOver = m_open.isEmpty();
    return Token::End;
}

/// Up to the ">" or "/>" of the tag.
bool PapTags::readAttributes()
{
    m_attributes.clear();
    for (;;) {
        const bool isApart = skipSpace();
        if (rest().startsWith(u'>') || rest().startsWith("/>"_L1))
            return true;
        if (!isApart || m_attributes.size() == PapLimit::attributes || !readAttribute())
            return false;
    }
}

bool PapTags::readAttribute()
{
    const QStringView name = takeName();
    const bool isKnown = std::any_of(m_attributes.cbegin(), m_attributes.cend(), [name](const Attribute &other) { return other.name == name; });
    skipSpace();
    if (name.isEmpty() || isKnown || !rest().startsWith(u'='))
        return false;
    ++m_at;
    skipSpace();
    if (!rest().startsWith(u'"') && !rest().startsWith(u'\''))
        return false;
    const QChar quote = m_text[m_at++];
    QString value;
    for (;;) {
        const QStringView left = rest();
        const auto end = std::find_if(left.begin(), left.end(), [quote](QChar c) { return c == quote || !standsForItself(c); });
        value.append(left.first(end - left.begin()));
        m_at += end - left.begin();
        if (m_at >= m_text.size())
            return false;
        const QChar c = m_text[m_at];
        if (c == quote)
            break;
        if (c == u'&') {
            if (!readReference(value))
                return false;
        } else if (isSpace(c)) {
            m_at += rest().startsWith("\r\n"_L1) ? 2 : 1;
            value.append(u' ');
        } else {
            return false;
        }
    }
    ++m_at;
    m_attributes.append({name, std::move(value)});
    return true;
}

/// Stands on "&". Appends what it stands for.
bool PapTags::readReference(QString &out)
{
    static constexpr std::pair<QLatin1StringView, QChar> entities[] = {
        {QLatin1StringView("amp"), u'&'},  {QLatin1StringView("lt"), u'<'},   {QLatin1StringView("gt"), u'>'},
        {QLatin1StringView("quot"), u'"'}, {QLatin1StringView("apos"), u'\''}};
    constexpr qsizetype longest = 16;
    const qsizetype end = rest().first(std::min(rest().size(), longest)).indexOf(u';');
    if (end < 0)
        return false;
    const QStringView name = rest().sliced(1, end - 1);
    m_at += end + 1;
    if (name.startsWith(u'#')) {
        const char32_t character = numbered(name);
        if (character != 0)
            out.append(QStringView(QChar::fromUcs4(character)));
        return character != 0;
    }
    const auto *entity = std::find_if(std::begin(entities), std::end(entities), [name](const auto &one) { return one.first == name; });
    if (entity == std::end(entities))
        return false;
    out.append(entity->second);
    return true;
}

/// With no "--" inside.
bool PapTags::skipComment()
{
    m_at += 4;
    if (!skipCharacters("--"_L1) || !rest().startsWith(u'>'))
        return false;
    ++m_at;
    return true;
}

/// One for "xml" is a declaration, which has its place before all else.
bool PapTags::skipInstruction()
{
    m_at += 2;
    const QStringView target = takeName();
    if (target.isEmpty() || target.contains(u':') || target.compare("xml"_L1, Qt::CaseInsensitive) == 0)
        return false;
    if (rest().startsWith("?>"_L1)) {
        m_at += 2;
        return true;
    }
    return skipSpace() && skipCharacters("?>"_L1);
}

/// Up to `end` and over it.
bool PapTags::skipCharacters(QLatin1StringView end)
{
    const qsizetype length = rest().indexOf(end);
    if (length < 0 || !allOf(rest().first(length), isCharacter))
        return false;
    m_at += length + end.size();
    return true;
}

bool PapTags::skipSpace()
{
    const qsizetype from = m_at;
    while (m_at < m_text.size() && isSpace(m_text[m_at]))
        ++m_at;
    return m_at > from;
}

/// Empty where there is none. One colon may stand between two parts (Namespaces in XML, section 4).
QStringView PapTags::takeName()
{
    const QStringView left = rest();
    qsizetype size = 0, colons = 0;
    for (; size < left.size(); ++size) {
        const bool begins = size == 0 || left[size - 1] == u':';
        const bool isColon = left[size] == u':';
        if (begins ? !isNameStart(left[size]) : !isColon && !isNameCharacter(left[size]))
            break;
        colons += isColon;
    }
    if (size == 0 || left[size - 1] == u':' || colons > 1)
        return {};
    m_at += size;
    return left.first(size);
}

} // namespace reveille
