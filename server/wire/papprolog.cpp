// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papprolog.h"

#include "domain/textscan.h"
#include "wire/octetfind.h"
#include "wire/utf8.h"

#include <QRegularExpression>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

Error wrong(const char *code, QStringView about)
{
    return {code, shortened(about.first(std::min<qsizetype>(about.size(), 64)))};
}

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n';
}

Result<QString> decoded(QByteArrayView document)
{
    if (document.startsWith("\xef\xbb\xbf"))
        document = document.sliced(3);
    if (document.contains('\0') || document.startsWith("\xff\xfe") || document.startsWith("\xfe\xff"))
        return Error{"pap-encoding", {}};
    QByteArray encoding = "utf-8";
    if (document.startsWith("<?xml")) {
        static const QRegularExpression declared(
            uR"(\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["'])"_s);
        const qsizetype end = findOctets(document, "?>");
        const QByteArrayView head = document.first(std::clamp<qsizetype>(end, 0, 256));
        const auto match = findOctets(head, "encoding") < 0 ? QRegularExpressionMatch() : declared.match(QString::fromLatin1(head));
        if (match.hasMatch())
            encoding = match.captured(1).toLatin1().toLower();
    }
    if (encoding == "iso-8859-1" || encoding == "latin1")
        return QString::fromLatin1(document);
    if (encoding != "utf-8" && encoding != "us-ascii" && encoding != "utf8")
        return Error{"pap-encoding", QString::fromLatin1(encoding)};
    const auto text = readUtf8Strictly(document);
    return text ? Result<QString>(*text) : Error{"pap-encoding", QString::fromLatin1(encoding)};
}

/// Walks over the prolog.
class PrologReader {
public:
    PrologReader(QStringView text, PapProlog &prolog)
        : m_text(text)
        , m_prolog(prolog)
    {
    }

    std::optional<Error> read()
    {
        if (rest().startsWith("<?xml"_L1) && rest().size() > 5 && isSpace(rest()[5])) {
            if (!skipTo("?>"_L1))
                return wrong("pap-prolog", rest());
        }
        bool hasDoctype = false;
        for (;;) {
            skipSpace();
            if (rest().startsWith("<!--"_L1) || rest().startsWith("<?"_L1)) {
                if (!skipMarkup())
                    return wrong("pap-prolog", rest());
            } else if (rest().startsWith("<!DOCTYPE"_L1)) {
                if (hasDoctype)
                    return wrong("pap-doctype", rest());
                hasDoctype = true;
                if (const auto error = readDoctype())
                    return error;
            } else if (rest().startsWith(u'<') && !rest().startsWith("<!"_L1)) {
                break;
            } else {
                return wrong("pap-prolog", rest());
            }
        }
        if (!hasDoctype)
            return wrong("pap-doctype", {});
        m_prolog.root = rest().toString();
        return std::nullopt;
    }

private:
    QStringView rest() const { return m_text.sliced(m_at); }
    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }
    bool skipTo(QLatin1StringView end)
    {
        const QChar first = end.front();
        for (qsizetype at = m_text.indexOf(first, m_at); at >= 0; at = m_text.indexOf(first, at + 1)) {
            if (m_text.sliced(at).startsWith(end)) {
                m_at = at + end.size();
                return true;
            }
        }
        return false;
    }
    /// A comment or a processing instruction. A "--" inside a comment or a second XML declaration is none.
    bool skipMarkup()
    {
        if (rest().startsWith("<!--"_L1)) {
            m_at += 4;
            return skipTo("--"_L1) && rest().startsWith(u'>') && ++m_at;
        }
        if (rest().startsWith("<?xml"_L1, Qt::CaseInsensitive) && rest().size() > 5 && isSpace(rest()[5]))
            return false;
        return skipTo("?>"_L1);
    }
    /// This and the white space that has to follow it.
    bool takeWord(QLatin1StringView word)
    {
        if (!rest().startsWith(word) || rest().size() == word.size() || !isSpace(rest()[word.size()]))
            return false;
        m_at += word.size();
        skipSpace();
        return true;
    }
    /// A text in quotes.
    std::optional<QStringView> quoted()
    {
        skipSpace();
        if (rest().isEmpty() || (rest()[0] != u'"' && rest()[0] != u'\''))
            return std::nullopt;
        const qsizetype end = m_text.indexOf(m_text[m_at], m_at + 1);
        if (end < 0)
            return std::nullopt;
        const QStringView text = m_text.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        return text;
    }
    std::optional<Error> readDoctype()
    {
        const QStringView doctype = rest();
        for (const QLatin1StringView word : {"<!DOCTYPE"_L1, "pap"_L1, "PUBLIC"_L1}) {
            if (!takeWord(word))
                return wrong("pap-doctype", doctype);
        }
        const auto publicId = quoted();
        const auto systemId = quoted();
        if (!publicId || !systemId)
            return wrong("pap-doctype", rest());
        if (const auto error = readPublicId(*publicId))
            return error;
        skipSpace();
        if (rest().startsWith(u'[')) {
            ++m_at;
            if (const auto error = readSubset())
                return error;
            skipSpace();
        }
        if (!rest().startsWith(u'>'))
            return wrong("pap-doctype", rest());
        ++m_at;
        return std::nullopt;
    }
    std::optional<Error> readPublicId(QStringView id)
    {
        constexpr QLatin1StringView before("-//WAPFORUM//DTD PAP"), behind("//EN");
        const QString text = id.toString().simplified();
        if (!text.startsWith(before) || !text.endsWith(behind))
            return wrong("pap-doctype", id);
        const QStringView version = QStringView(text).sliced(before.size()).chopped(behind.size());
        if (version.isEmpty())
            return std::nullopt;
        const qsizetype dot = version.indexOf(u'.');
        const auto isNumber = [](QStringView part) { return !part.isEmpty() && part.size() <= 3 && allOf(part, isAsciiDigit); };
        if (!version.startsWith(u' ') || dot < 0 || !isNumber(version.first(dot).sliced(1)) || !isNumber(version.sliced(dot + 1)))
            return wrong("pap-doctype", id);
        m_prolog.version = {version.first(dot).sliced(1).toInt(), version.sliced(dot + 1).toInt()};
        return std::nullopt;
    }
    std::optional<Error> readSubset()
    {
        for (;;) {
            skipSpace();
            if (rest().startsWith(u']')) {
                ++m_at;
                return std::nullopt;
            }
            const qsizetype start = m_at;
            if ((!rest().startsWith("<!--"_L1) && !rest().startsWith("<?"_L1)) || !skipMarkup())
                return wrong(rest().isEmpty() ? "pap-prolog" : "pap-entity", rest());
            if (const auto error = readVersions(m_text.sliced(start, m_at - start)))
                return error;
        }
    }
    std::optional<Error> readVersions(QStringView instruction)
    {
        static const QRegularExpression form(
            uR"re(^<\?wap-pap-ver\s+supported-versions\s*=\s*(?:"([^"]*)"|'([^']*)')\s*\?>$)re"_s);
        static const QRegularExpression version(uR"(^[0-9]{1,3}\.(?:[0-9]{1,3}|\*)$)"_s);
        if (!instruction.startsWith("<?wap-pap-ver"_L1))
            return std::nullopt;
        const auto match = form.match(instruction.toString());
        if (!match.hasMatch() || !m_prolog.supportedVersions.isEmpty())
            return wrong("pap-version-list", instruction);
        const QString list = match.captured(match.hasCaptured(1) ? 1 : 2);
        for (const QString &one : list.split(u',')) {
            if (!version.match(one.trimmed()).hasMatch() ||
                m_prolog.supportedVersions.size() >= PapLimit::versions)
                return wrong("pap-version-list", list);
            m_prolog.supportedVersions.append(one.trimmed());
        }
        return std::nullopt;
    }

    QStringView m_text;
    PapProlog &m_prolog;
    qsizetype m_at = 0;
};

} // namespace

Result<PapProlog> PapProlog::parse(QByteArrayView document)
{
    if (document.size() > PapLimit::octets)
        return Error{"pap-too-long", QString::number(document.size())};
    const auto text = decoded(document);
    if (!text)
        return text.error();
    PapProlog prolog;
    if (const auto error = PrologReader(*text, prolog).read())
        return *error;
    return prolog;
}

} // namespace reveille
