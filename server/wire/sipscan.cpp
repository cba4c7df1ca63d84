// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipscan.h"

#include <algorithm>
#include <array>

namespace reveille::sipscan {

namespace {

constexpr std::array<bool, 256> tokenTable = [] {
    std::array<bool, 256> table{};
    for (char c = 'a'; c <= 'z'; ++c)
        table[quint8(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c)
        table[quint8(c)] = true;
    for (char c = '0'; c <= '9'; ++c)
        table[quint8(c)] = true;
    for (char c : {'-', '.', '!', '%', '*', '_', '+', '`', '\'', '~'})
        table[quint8(c)] = true;
    return table;
}();

} // namespace

bool isTokenCharacter(char c)
{
    return tokenTable[quint8(c)];
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

QByteArrayView trimmed(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

bool equals(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

qsizetype endOfQuoted(QByteArrayView text, qsizetype begin)
{
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return -1;
}

qsizetype findOutside(QByteArrayView text, qsizetype begin, char wanted)
{
    bool inAngles = false;
    for (qsizetype i = begin; i < text.size(); ++i) {
        const char c = text[i];
        if (inAngles) {
            inAngles = c != '>';
        } else if (c == wanted) {
            return i;
        } else if (c == '<') {
            inAngles = true;
        } else if (c == '"') {
            i = endOfQuoted(text, i);
            if (i < 0)
                return -1;
            --i;
        }
    }
    return inAngles ? -1 : text.size();
}

QByteArray unquoted(QByteArrayView text)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return text.toByteArray();
    text = text.sliced(1, text.size() - 2);
    if (text.indexOf('\\') < 0)
        return text.toByteArray();
    QByteArray plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        plain.append(text[i]);
    }
    return plain;
}

QByteArray quoted(QByteArrayView text)
{
    QByteArray result;
    result.reserve(text.size() + 2);
    result.append('"');
    for (char c : text) {
        if (c == '"' || c == '\\')
            result.append('\\');
        result.append(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    }
    result.append('"');
    return result;
}

bool readNumber(QByteArrayView text, quint32 cap, quint32 &number)
{
    if (text.isEmpty())
        return false;
    quint64 value = 0;
    for (char c : text) {
        if (!isDigit(c))
            return false;
        value = std::min<quint64>(value * 10 + quint64(c - '0'), quint64(cap) + 1);
    }
    number = quint32(std::min<quint64>(value, cap));
    return true;
}

bool readParameters(QByteArrayView text, SipParameters &parameters)
{
    text = trimmed(text);
    while (!text.isEmpty()) {
        if (text.front() != ';')
            return false;
        const qsizetype end = findOutside(text, 1, ';');
        if (end < 0)
            return false;
        const QByteArrayView one = text.sliced(1, end - 1);
        const qsizetype equal = one.indexOf('=');
        const QByteArrayView name = trimmed(equal < 0 ? one : one.first(equal));
        if (!isToken(name))
            return false;
        SipParameter parameter{name.toByteArray().toLower(), {}, equal >= 0};
        if (equal >= 0) {
            const QByteArrayView value = trimmed(one.sliced(equal + 1));
            if (value.isEmpty())
                return false;
            if (value.front() == '"' && endOfQuoted(value, 0) != value.size())
                return false;
            if (value.front() != '"' && std::any_of(value.begin(), value.end(), [](char c) {
                    return isSpace(c) || c == '"' || c == ',' || c == '<' || c == '>';
                }))
                return false;
            parameter.value = unquoted(value);
        }
        parameters.add(std::move(parameter));
        text = text.sliced(end);
    }
    return true;
}

bool isHost(QByteArrayView host)
{
    if (host.isEmpty() || host.size() > 255)
        return false;
    if (host.contains(':'))
        return std::all_of(host.begin(), host.end(), [](char c) { return isHex(c) || c == ':' || c == '.'; });
    if (host.front() == '.' || host.front() == '-')
        return false;
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return isAlpha(c) || isDigit(c) || c == '.' || c == '-' || c == '_'; });
}

} // namespace reveille::sipscan
