// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipheadernames.h"
#include "wire/sipmessage.h"
#include "wire/sipscan.h"

#include <array>

namespace reveille {

using namespace sipheaders;

/// Walks over the octets once and fills a SipMessage; remembers the first thing wrong and reads on, so that
/// the answer can repeat what it has to.
class SipMessageReader {
public:
    explicit SipMessageReader(QByteArray octets) { m_message.m_parts.raw = std::move(octets); }

    Result<SipMessage, SipRejection> read()
    {
        skipEmptyLines();
        if (readBounds()) {
            readStartLine();
            readLines();
            readStructure();
            readBody();
        }
        SipAnswerParts &parts = m_message.m_parts;
        parts.answerable = m_message.m_method.length > 0 && m_message.isRequest() && !parts.vias.isEmpty() &&
                           m_message.method() != QByteArrayView("ACK") && !m_controlCharacters;
        if (m_error.code[0] == '\0')
            return std::move(m_message);
        SipRejection rejection{std::move(m_error), m_status, std::move(parts)};
        if (!rejection.request.answerable)
            rejection.status = 0;
        return rejection;
    }

private:
    QByteArrayView octets() const { return m_message.m_parts.raw; }

    QByteArrayView view(SipSlice slice) const { return m_message.m_parts.view(slice); }

    SipSlice slice(QByteArrayView part) const
    {
        return {quint32(part.data() - m_message.m_parts.raw.constData()), quint32(part.size())};
    }

    void fail(const char *code, QByteArrayView about, int status = 400)
    {
        if (m_error.code[0] != '\0')
            return;
        m_error = {code, QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 80)))};
        m_status = status;
    }

    void fail(const Error &error, int status = 400)
    {
        if (m_error.code[0] == '\0') {
            m_error = error;
            m_status = status;
        }
    }

    void skipEmptyLines()
    {
        QByteArray &raw = m_message.m_parts.raw;
        qsizetype begin = 0;
        while (begin + 1 < raw.size() && raw[begin] == '\r' && raw[begin + 1] == '\n')
            begin += 2;
        if (begin > 0)
            raw.remove(0, begin);
    }

    bool readBounds()
    {
        QByteArray &raw = m_message.m_parts.raw;
        if (raw.isEmpty())
            fail("sip-empty", {});
        else if (raw.size() > SipLimit::message)
            fail("sip-too-long", {}, 513);
        else if (!sipscan::isTokenCharacter(raw.front()))
            fail("sip-not-sip", {});
        if (m_error.code[0] != '\0')
            return false;
        const qsizetype end = raw.indexOf("\r\n\r\n");
        if (end < 0) {
            fail("sip-truncated", {});
            return false;
        }
        m_headEnd = end + 2;
        // a folded line reads as one: its line break becomes white space, the length stays
        for (qsizetype i = octets().first(m_headEnd).indexOf("\r\n"); i >= 0 && i + 2 < m_headEnd;
             i = octets().first(m_headEnd).indexOf("\r\n", i + 2)) {
            if (sipscan::isSpace(octets()[i + 2]))
                raw[i] = raw[i + 1] = ' ';
        }
        return true;
    }

    QByteArrayView nextLine()
    {
        const qsizetype end = octets().indexOf("\r\n", m_at);
        const QByteArrayView line = octets().sliced(m_at, end - m_at);
        m_at = end + 2;
        return line;
    }

    void readStartLine()
    {
        const QByteArrayView line = nextLine();
        if (std::any_of(line.begin(), line.end(), [](char c) { return quint8(c) < 0x20 || c == 0x7f; }))
            return fail("sip-start-line", "start-line");
        if (line.size() > 4 && sipscan::equals(line.first(4), "SIP/"))
            return readStatusLine(line);
        const qsizetype first = line.indexOf(' ');
        const qsizetype last = line.lastIndexOf(' ');
        if (first <= 0 || !sipscan::isToken(line.first(first)))
            return fail("sip-start-line", "start-line");
        m_message.m_method = slice(line.first(first));
        if (last <= first)
            return fail("sip-start-line", "start-line");
        const QByteArrayView version = line.sliced(last + 1);
        const QByteArrayView uri = line.sliced(first + 1, last - first - 1);
        if (version.size() < 5 || !sipscan::equals(version.first(4), "SIP/"))
            return fail("sip-start-line", "start-line");
        if (version.sliced(4) != QByteArrayView("2.0"))
            return fail("sip-version", version, 505);
        Result<SipUri> parsed = SipUri::parse(uri);
        if (!parsed)
            return fail(parsed.error());
        m_message.m_requestUri = std::move(parsed).value();
        if (!m_message.m_requestUri.isSip() && m_message.m_requestUri.scheme != "tel")
            return fail("sip-uri-scheme", uri, 416);
        if (!m_message.m_requestUri.headers.isEmpty())
            return fail("sip-uri-syntax", uri);
    }

    void readStatusLine(QByteArrayView line)
    {
        const qsizetype space = line.indexOf(' ');
        m_message.m_status = 1; // a response, whatever else is wrong with it
        if (space < 0)
            return fail("sip-start-line", "start-line", 0);
        if (line.sliced(4, space - 4) != QByteArrayView("2.0"))
            return fail("sip-version", line.first(space), 0);
        QByteArrayView rest = line.sliced(space + 1);
        const qsizetype end = rest.indexOf(' ');
        const QByteArrayView code = end < 0 ? rest : rest.first(end);
        quint32 status = 0;
        if (code.size() != 3 || !sipscan::readNumber(code, 1000, status) || status < 100 || status > 699)
            return fail("sip-status", code, 0);
        m_message.m_status = int(status);
        m_message.m_reason = slice(end < 0 ? rest.sliced(rest.size()) : rest.sliced(end + 1));
    }

    void readLines()
    {
        while (m_at < m_headEnd) {
            const QByteArrayView line = nextLine();
            if (m_message.m_lines.size() >= SipLimit::headers)
                return fail("sip-header-count", {}, 513);
            const qsizetype colon = line.indexOf(':');
            const QByteArrayView name = colon < 0 ? line : sipscan::trimmed(line.first(colon));
            if (colon < 0 || !sipscan::isToken(name) || sipscan::isSpace(line.front())) {
                fail("sip-header-line", name);
                continue;
            }
            const QByteArrayView value = sipscan::trimmed(line.sliced(colon + 1));
            const SipMessage::Line entry{slice(name), slice(value), knownOf(name)};
            if (!hasPlainCharacters(value)) {
                m_controlCharacters = m_controlCharacters || (entry.known >= Via && entry.known <= Cseq);
                fail("sip-header-characters", name);
            }
            m_message.m_lines.append(entry);
            remember(entry);
        }
    }

    /// Control characters stand only behind a backslash in a quoted string.
    static bool hasPlainCharacters(QByteArrayView value)
    {
        bool inQuotes = false;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const char c = value[i];
            if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == '\\' && inQuotes) {
                ++i;
                if (i < value.size() && (value[i] == '\r' || value[i] == '\n'))
                    return false;
            } else if ((quint8(c) < 0x20 && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    void remember(const SipMessage::Line &line)
    {
        SipAnswerParts &parts = m_message.m_parts;
        if (!mayRepeat(line.known)) {
            if (m_seen[line.known])
                return fail("sip-repeated-header", nameOf(line.known));
            m_seen[line.known] = true;
            m_single[line.known] = line.value;
        }
        switch (line.known) {
        case Via:
            parts.vias.append(line.value);
            break;
        case RecordRoute:
            parts.recordRoutes.append(line.value);
            break;
        case From:
            parts.from = line.value;
            break;
        case To:
            parts.to = line.value;
            break;
        case CallId:
            parts.callId = line.value;
            break;
        case Cseq:
            parts.cseq = line.value;
            break;
        default:
            break;
        }
    }

    void readStructure()
    {
        for (Known known : {From, To, CallId, Cseq}) {
            if (!m_seen[known])
                fail("sip-missing-header", nameOf(known));
        }
        if (m_message.m_parts.vias.isEmpty())
            fail("sip-missing-header", nameOf(Via));
        // what an answer repeats comes first and is read whatever else is wrong
        readTo();
        if (m_error.code[0] != '\0')
            return;
        readVias();
        readAddress(From, m_message.m_from);
        readCseq();
        const QByteArrayView callId = m_message.callId();
        if (callId.isEmpty() ||
            std::any_of(callId.begin(), callId.end(), [](char c) { return c <= 0x20 || c >= 0x7f; }))
            fail("sip-call-id", callId);
        if (m_seen[MaxForwards]) {
            quint32 hops = 0;
            if (!sipscan::readNumber(view(m_single[MaxForwards]), 256, hops) || hops > 255)
                return fail("sip-max-forwards", view(m_single[MaxForwards]));
            m_message.m_maxForwards = int(hops);
        }
        quint32 seconds = 0;
        if (m_seen[Expires] && sipscan::readNumber(view(m_single[Expires]), 0xffffffff, seconds))
            m_message.m_expires = seconds;
        readContacts();
    }

    void readTo()
    {
        readAddress(To, m_message.m_to);
        m_message.m_parts.toHasTag = m_message.m_to.parameters.contains("tag");
    }

    void readAddress(Known header, SipAddress &address)
    {
        if (!m_seen[header])
            return;
        Result<SipAddress> parsed = SipAddress::parse(view(m_single[header]));
        if (!parsed)
            return fail({parsed.error().code, QString::fromLatin1(nameOf(header))});
        address = std::move(parsed).value();
        qsizetype tags = 0;
        for (const SipParameter &parameter : address.parameters.all())
            tags += parameter.name == "tag";
        if (tags > 1 || (tags == 1 && !sipscan::isToken(address.tag())))
            fail("sip-tag", nameOf(header));
    }

    void readVias()
    {
        bool top = true;
        for (const SipSlice line : m_message.m_parts.vias) {
            const QByteArrayView text = view(line);
            for (qsizetype begin = 0; begin <= text.size();) {
                const qsizetype end = sipscan::findOutside(text, begin, ',');
                if (end < 0)
                    return fail("sip-via-syntax", nameOf(Via));
                const QByteArrayView value = sipscan::trimmed(text.sliced(begin, end - begin));
                if (value.isEmpty())
                    return fail("sip-via-syntax", nameOf(Via));
                if (top) {
                    Result<SipVia> via = SipVia::parse(value);
                    if (!via)
                        return fail(via.error());
                    m_message.m_topVia = std::move(via).value();
                }
                top = false;
                begin = end + 1;
            }
        }
    }

    void readCseq()
    {
        const QByteArrayView text = view(m_single[Cseq]);
        qsizetype digits = 0;
        while (digits < text.size() && sipscan::isDigit(text[digits]))
            ++digits;
        quint32 number = 0;
        const QByteArrayView method = sipscan::trimmed(text.sliced(digits));
        if (!sipscan::readNumber(text.first(digits), 0x80000000, number) || number > 0x7fffffff ||
            digits == text.size() || !sipscan::isSpace(text[digits]) || !sipscan::isToken(method))
            return fail("sip-cseq", text);
        if (m_message.isRequest() && method != m_message.method())
            return fail("sip-cseq", text);
        m_message.m_cseq = number;
        m_message.m_cseqMethod = slice(method);
        if (m_message.isResponse())
            m_message.m_method = m_message.m_cseqMethod;
    }

    void readContacts()
    {
        for (const SipMessage::Line &line : m_message.m_lines) {
            if (line.known != Contact)
                continue;
            const QByteArrayView text = view(line.value);
            for (qsizetype begin = 0; begin <= text.size();) {
                const qsizetype end = sipscan::findOutside(text, begin, ',');
                if (end < 0)
                    return fail("sip-address-syntax", nameOf(Contact));
                Result<SipContact> contact = SipContact::parse(text.sliced(begin, end - begin));
                if (!contact)
                    return fail({contact.error().code, QString::fromLatin1(nameOf(Contact))});
                if (m_message.m_contacts.size() >= SipLimit::values)
                    return fail("sip-contact-count", nameOf(Contact), 513);
                m_message.m_contacts.append(std::move(contact).value());
                begin = end + 1;
            }
        }
        if (m_message.m_contacts.size() > 1 &&
            std::any_of(m_message.m_contacts.cbegin(), m_message.m_contacts.cend(),
                        [](const SipContact &contact) { return contact.star; }))
            fail("sip-contact-star", nameOf(Contact));
    }

    void readBody()
    {
        const qsizetype begin = m_headEnd + 2;
        const qsizetype available = octets().size() - begin;
        quint32 length = quint32(available);
        if (m_seen[ContentLength]) {
            const QByteArrayView text = view(m_single[ContentLength]);
            if (!sipscan::readNumber(text, 0xffffffff, length))
                return fail("sip-content-length", text);
            if (qsizetype(length) > available)
                return fail("sip-content-length", text);
        }
        m_message.m_body = {quint32(begin), length};
        if (qsizetype(length) < available)
            m_message.m_parts.raw.truncate(begin + qsizetype(length));
    }

    SipMessage m_message;
    Error m_error;
    int m_status = 0;
    qsizetype m_headEnd = 0; ///< behind the line break of the last header
    qsizetype m_at = 0;
    bool m_controlCharacters = false;
    std::array<bool, KnownCount> m_seen{};
    std::array<SipSlice, KnownCount> m_single{};
};

Result<SipMessage, SipRejection> SipMessage::parse(QByteArray octets)
{
    return SipMessageReader(std::move(octets)).read();
}

} // namespace reveille
