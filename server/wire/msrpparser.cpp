// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/msrpparser.h"

#include "wire/sipscan.h"

namespace reveille {

namespace {

using sipscan::equals;

constexpr qsizetype compactAt = 64 * 1024; ///< octets done with before the buffer is moved together
const QByteArray hyphens = QByteArrayLiteral("-------");

Error wrong(const char *code, QByteArrayView about)
{
    return {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 64)))};
}

std::optional<Error> readPath(QByteArrayView text, QByteArrayList &path)
{
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf(' ', at);
        if (end < 0)
            end = text.size();
        if (end > at) {
            const QByteArrayView one = text.sliced(at, end - at);
            const Result<MsrpUri> uri = MsrpUri::parse(one);
            if (!uri)
                return uri.error();
            if (path.size() >= MsrpLimit::path)
                return wrong("msrp-path-count", one);
            path.append(one.toByteArray());
        }
        at = end + 1;
    }
    if (path.isEmpty())
        return wrong("msrp-missing-path", text);
    return std::nullopt;
}

int threeDigits(QByteArrayView text)
{
    if (text.size() != 3 || !sipscan::isDigit(text[0]) || !sipscan::isDigit(text[1]) || !sipscan::isDigit(text[2]))
        return -1;
    return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

/// "MSRP tid METHOD" or "MSRP tid NNN[ comment]".
std::optional<Error> readStart(QByteArrayView line, MsrpHead &head)
{
    if (!line.startsWith("MSRP "))
        return wrong("msrp-start-line", line);
    QByteArrayView rest = line.sliced(5);
    const qsizetype space = rest.indexOf(' ');
    if (space < 0)
        return wrong("msrp-start-line", line);
    if (!isMsrpIdent(rest.first(space)))
        return wrong("msrp-transaction", rest.first(space));
    head.transaction = rest.first(space).toByteArray();
    rest = rest.sliced(space + 1);
    if (rest.isEmpty())
        return wrong("msrp-start-line", line);
    if (sipscan::isDigit(rest[0])) {
        const int status = rest.size() >= 3 ? threeDigits(rest.first(3)) : -1;
        if (status < 0 || (rest.size() > 3 && rest[3] != ' '))
            return wrong("msrp-status", rest);
        head.status = status;
        head.comment = rest.size() > 4 ? rest.sliced(4).toByteArray() : QByteArray();
        return std::nullopt;
    }
    for (const char c : rest) {
        if (c < 'A' || c > 'Z')
            return wrong("msrp-start-line", line);
    }
    head.method = rest.toByteArray();
    return std::nullopt;
}

/// Takes the headers in one by one.
class HeaderReader {
public:
    explicit HeaderReader(MsrpHead &head) : m_head(head) {}

    std::optional<Error> take(QByteArrayView line)
    {
        if (++m_count > MsrpLimit::headers)
            return wrong("msrp-header-count", line);
        const qsizetype colon = line.indexOf(':');
        if (colon < 1 || !sipscan::isToken(line.first(colon)))
            return wrong("msrp-header-line", line);
        const QByteArrayView name = line.first(colon), value = sipscan::trimmed(line.sliced(colon + 1));
        for (const char c : value) {
            if (static_cast<unsigned char>(c) < ' ' && c != '\t')
                return wrong("msrp-header-characters", name);
        }
        if (!m_head.contentType.isEmpty())
            return wrong("msrp-content-type", name); // it is the last one
        if (m_count == 1)
            return equals(name, "to-path") ? readPath(value, m_head.toPath) : wrong("msrp-missing-path", name);
        if (m_count == 2)
            return equals(name, "from-path") ? readPath(value, m_head.fromPath) : wrong("msrp-missing-path", name);
        return takeOther(name, value);
    }
    qsizetype count() const { return m_count; }

private:
    std::optional<Error> takeOther(QByteArrayView name, QByteArrayView value)
    {
        static constexpr const char *known[] = {"message-id", "byte-range", "success-report", "failure-report",
                                                "status", "content-type", "to-path", "from-path"};
        for (unsigned i = 0; i < std::size(known); ++i) {
            if (!equals(name, known[i]))
                continue;
            if (m_seen & (1U << i) || i >= 6)
                return wrong("msrp-repeated-header", name);
            m_seen |= 1U << i;
            return takeKnown(i, value);
        }
        m_head.others.append({name.toByteArray(), value.toByteArray()});
        return std::nullopt;
    }
    std::optional<Error> takeKnown(unsigned which, QByteArrayView value)
    {
        switch (which) {
        case 0:
            if (!isMsrpIdent(value))
                return wrong("msrp-message-id", value);
            m_head.messageId = value.toByteArray();
            return std::nullopt;
        case 1: {
            const Result<MsrpByteRange> range = MsrpByteRange::parse(value);
            if (!range)
                return range.error();
            m_head.byteRange = *range;
            return std::nullopt;
        }
        case 2:
            m_head.successReport = equals(value, "yes");
            if (!m_head.successReport && !equals(value, "no"))
                return wrong("msrp-report-value", value);
            return std::nullopt;
        case 3:
            if (equals(value, "yes"))
                m_head.failureReport = MsrpFailureReport::Yes;
            else if (equals(value, "no"))
                m_head.failureReport = MsrpFailureReport::No;
            else if (equals(value, "partial"))
                m_head.failureReport = MsrpFailureReport::Partial;
            else
                return wrong("msrp-report-value", value);
            return std::nullopt;
        case 4: {
            // namespace SP status-code [SP comment]; only namespace 000 is defined
            const int status = value.size() >= 7 && value.first(4) == "000 " ? threeDigits(value.sliced(4, 3)) : -1;
            if (status < 1 || (value.size() > 7 && value[7] != ' '))
                return wrong("msrp-status", value);
            m_head.reportStatus = status;
            return std::nullopt;
        }
        default:
            if (value.isEmpty())
                return wrong("msrp-content-type", value);
            m_head.contentType = value.toByteArray();
            return std::nullopt;
        }
    }

    MsrpHead &m_head;
    qsizetype m_count = 0;
    unsigned m_seen = 0;
};

} // namespace

void MsrpParser::append(QByteArrayView octets)
{
    if (!m_error)
        m_buffer.append(octets);
}

void MsrpParser::drop(qsizetype octets)
{
    m_begin += octets;
    m_scanned = 0;
    if (m_begin == m_buffer.size()) {
        m_buffer.resize(0);
        m_begin = 0;
    } else if (m_begin >= compactAt) {
        m_buffer.remove(0, m_begin);
        m_begin = 0;
    }
}

MsrpParser::Item MsrpParser::fail(const Error &error)
{
    m_error = error;
    m_buffer.clear();
    m_begin = 0;
    Item item;
    item.event = Event::Failed;
    item.error = error;
    return item;
}

MsrpParser::Item MsrpParser::finish(qsizetype consumed, char flag)
{
    drop(consumed);
    m_stage = Stage::Head;
    Item item;
    item.event = Event::End;
    item.end = MsrpEnd(flag);
    return item;
}

MsrpParser::Item MsrpParser::next()
{
    if (m_error)
        return fail(*m_error);
    if (m_stage == Stage::Head)
        return readHead();
    return readContent();
}

MsrpParser::Item MsrpParser::readHead()
{
    const QByteArrayView all = QByteArrayView(m_buffer).sliced(m_begin);
    const QByteArrayView word("MSRP ");
    const qsizetype common = std::min(all.size(), word.size());
    if (all.first(common) != word.first(common))
        return fail(wrong("msrp-start-line", all));
    const qsizetype first = all.indexOf("\r\n");
    if (first < 0 ? all.size() > MsrpLimit::head + 1 : first > MsrpLimit::head)
        return fail(wrong("msrp-head-too-long", all));
    if (first < 0)
        return {};
    MsrpHead head;
    if (const auto error = readStart(all.first(first), head))
        return fail(*error);
    m_mark = hyphens + head.transaction;

    // The head ends with an empty line, or with the end line of a message without content.
    const qsizetype from = std::max(first, m_scanned);
    const qsizetype lookAhead = m_mark.size() + 4;
    const QByteArrayView near = all.first(std::min(all.size(), MsrpLimit::head + lookAhead + 1));
    const qsizetype blank = near.indexOf("\r\n\r\n", from), mark = near.indexOf("\r\n" + m_mark, from);
    const qsizetype stop = blank < 0 ? mark : mark < 0 ? blank : std::min(blank, mark);
    if (stop < 0 ? all.size() > MsrpLimit::head + lookAhead : stop > MsrpLimit::head)
        return fail(wrong("msrp-head-too-long", all));
    if (stop < 0) {
        m_scanned = std::max<qsizetype>(0, all.size() - lookAhead);
        return {};
    }
    HeaderReader headers(head);
    for (qsizetype at = first + 2; at < stop + 2;) {
        const qsizetype end = all.indexOf("\r\n", at);
        if (const auto error = headers.take(all.sliced(at, end - at)))
            return fail(*error);
        at = end + 2;
    }
    if (headers.count() < 2)
        return fail(wrong("msrp-missing-path", all.first(first)));
    const bool hasContent = stop == blank;
    if (hasContent != !head.contentType.isEmpty())
        return fail(wrong("msrp-content-type", all.first(first)));
    m_stage = hasContent ? Stage::Content : Stage::HeadDone;
    m_atStart = true;
    drop(stop + (hasContent ? 4 : 2));
    Item item;
    item.event = Event::Head;
    item.head = std::move(head);
    return item;
}

MsrpParser::Item MsrpParser::readContent()
{
    const QByteArrayView all = QByteArrayView(m_buffer).sliced(m_begin);
    const qsizetype tail = m_mark.size() + 3; // mark, flag, CR LF
    const auto isEnd = [&](qsizetype at) {
        const QByteArrayView line = all.sliced(at, tail);
        return line.startsWith(m_mark) && QByteArrayView("$+#").contains(line[tail - 3]) && line.endsWith("\r\n");
    };
    if (m_stage == Stage::HeadDone) {
        if (all.size() < tail)
            return {};
        return isEnd(0) ? finish(tail, all[tail - 3]) : fail(wrong("msrp-end-line", all));
    }
    // No content at all may be written without the line break that belongs to the end line.
    if (m_atStart && all.size() < tail && m_mark.startsWith(all.first(std::min(all.size(), m_mark.size()))))
        return {};
    if (m_atStart && all.size() >= tail && isEnd(0))
        return finish(tail, all[tail - 3]);

    qsizetype safe = all.size(); // octets that cannot be part of the end
    for (qsizetype at = all.indexOf('\r'); at >= 0; at = all.indexOf('\r', at + 1)) {
        const qsizetype left = all.size() - at;
        if (left >= tail + 2) {
            if (all[at + 1] != '\n' || !isEnd(at + 2))
                continue;
            if (at == 0)
                return finish(tail + 2, all[tail - 1]);
            safe = at;
            break;
        }
        const QByteArray begin = "\r\n" + m_mark;
        const qsizetype common = std::min(left, begin.size());
        if (!QByteArrayView(begin).startsWith(all.sliced(at, common)))
            continue;
        safe = at;
        break;
    }
    if (safe == 0)
        return {};
    Item item;
    item.event = Event::Content;
    item.content = all.first(safe).toByteArray();
    m_atStart = false;
    drop(safe);
    return item;
}

} // namespace reveille
