// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/csv.h"

#include "wire/utf8.h"

namespace reveille {

namespace {

constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf";

/// A spreadsheet would calculate with it; the wide forms of = + - @ too.
bool needsGuard(QChar first)
{
    return QStringView(u"'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20").contains(first);
}

QString unguarded(QString text)
{
    if (text.size() >= 2 && text[0] == u'\'' && needsGuard(text[1]))
        text.remove(0, 1);
    return text;
}

char separatorOf(QByteArrayView octets)
{
    qsizetype end = octets.indexOf('\n');
    const QByteArrayView line = octets.first(end < 0 ? octets.size() : end);
    if (line.contains(','))
        return ',';
    if (line.contains(';'))
        return ';';
    return line.contains('\t') ? '\t' : ',';
}

} // namespace

CsvReader::CsvReader(QByteArrayView octets, CsvLimits limits)
    : m_octets(octets)
    , m_limits(limits)
{
    if (m_octets.startsWith(byteOrderMark))
        m_octets = m_octets.sliced(byteOrderMark.size());
    m_separator = separatorOf(m_octets);
}

bool CsvReader::atLineEnd() const
{
    if (m_at >= m_octets.size() || m_octets[m_at] == '\n')
        return true;
    return m_octets[m_at] == '\r' && (m_at + 1 == m_octets.size() || m_octets[m_at + 1] == '\n');
}

void CsvReader::skipLineEnd()
{
    if (m_at < m_octets.size() && m_octets[m_at] == '\r')
        ++m_at;
    if (m_at < m_octets.size()) {
        ++m_at;
        ++m_next;
    }
}

void CsvReader::skipLine()
{
    const qsizetype end = m_octets.indexOf('\n', m_at);
    m_at = end < 0 ? m_octets.size() : end;
    skipLineEnd();
}

CsvReader::State CsvReader::bad(const char *code)
{
    m_error = {code, {}};
    skipLine();
    return State::Bad;
}

CsvReader::State CsvReader::next()
{
    m_cells.clear();
    m_column = 0;
    while (!m_failed && m_at < m_octets.size() && atLineEnd())
        skipLineEnd();
    if (m_failed || m_at >= m_octets.size())
        return State::End;
    m_line = m_next;
    for (;;) {
        m_column = int(m_cells.size()) + 1;
        if (m_column > m_limits.columns)
            return bad("csv-columns");
        bool fatal = false;
        if (!readCell(fatal)) {
            m_failed = fatal;
            if (fatal)
                return State::Failed;
            skipLine();
            return State::Bad;
        }
        if (atLineEnd())
            break;
        ++m_at; // the separator
    }
    skipLineEnd();
    return State::Row;
}

bool CsvReader::readCell(bool &fatal)
{
    QByteArray octets;
    qsizetype start = m_at;
    while (start < m_octets.size() && m_octets[start] == ' ')
        ++start;
    const bool quoted = start < m_octets.size() && m_octets[start] == '"';
    if (quoted)
        m_at = start;
    if (quoted ? !readQuoted(octets, fatal) : !readPlain(octets))
        return false;
    std::optional<QString> text = readUtf8Strictly(octets);
    if (!text) {
        m_error = {"csv-encoding", {}};
        return false;
    }
    m_cells.append(unguarded(std::move(*text)));
    return true;
}

bool CsvReader::readQuoted(QByteArray &octets, bool &fatal)
{
    ++m_at;
    for (; m_at < m_octets.size(); ++m_at) {
        const char c = m_octets[m_at];
        if (c == '"') {
            ++m_at;
            if (m_at >= m_octets.size() || m_octets[m_at] != '"') {
                if (atLineEnd() || m_octets[m_at] == m_separator)
                    return true;
                m_error = {"csv-quote", {}};
                return false;
            }
        } else if (c == '\n') {
            ++m_next;
        }
        if (octets.size() >= m_limits.cell) {
            m_error = {"csv-cell-too-long", {}};
            fatal = true;
            return false;
        }
        octets.append(c);
    }
    m_error = {"csv-unterminated", {}};
    fatal = true;
    return false;
}

bool CsvReader::readPlain(QByteArray &octets)
{
    const qsizetype start = m_at;
    while (!atLineEnd() && m_octets[m_at] != m_separator) {
        if (m_octets[m_at] == '"') {
            m_error = {"csv-quote", {}};
            return false;
        }
        ++m_at;
    }
    if (m_at - start > m_limits.cell) {
        m_error = {"csv-cell-too-long", {}};
        return false;
    }
    QByteArrayView plain = m_octets.sliced(start, m_at - start);
    while (plain.startsWith(' '))
        plain = plain.sliced(1);
    while (plain.endsWith(' '))
        plain.chop(1);
    octets = plain.toByteArray();
    return true;
}

QByteArray csvCell(QStringView text, char separator)
{
    QByteArray octets = text.toUtf8();
    if (!text.isEmpty() && needsGuard(text.front()))
        octets.prepend('\'');
    const bool quotes = octets.contains(separator) || octets.contains('"') || octets.contains('\n') || octets.contains('\r')
        || octets.startsWith(' ') || octets.endsWith(' ');
    if (!quotes)
        return octets;
    octets.replace('"', "\"\"");
    return '"' + octets + '"';
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArray line;
    for (const QString &cell : cells) {
        if (&cell != &cells.first())
            line += ',';
        line += csvCell(cell);
    }
    return line + "\r\n";
}

} // namespace reveille
