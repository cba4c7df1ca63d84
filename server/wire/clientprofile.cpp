// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/clientprofile.h"

#include "domain/textscan.h"

#include <QXmlStreamReader>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 32;
constexpr qsizetype mostTypes = 200;
constexpr qsizetype longestType = 200;

const QString rdf = u"http://www.w3.org/1999/02/22-rdf-syntax-ns#"_s;

/// Profiles name the schema of their time: its namespace ends with ccppschema- and a date.
bool isUaProf(QStringView uri)
{
    return uri.contains(u"/ccppschema-");
}

class ProfileReader
{
public:
    explicit ProfileReader(QByteArrayView document)
        : m_xml(QByteArray(document.data(), document.size()))
    {
    }

    Result<ClientProfile> read()
    {
        while (!m_xml.atEnd() && m_refused.isEmpty()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::DTD:
                refuse(u"DOCTYPE"_s);
                break;
            case QXmlStreamReader::EntityReference:
                refuse(u"entity"_s);
                break;
            case QXmlStreamReader::StartElement:
                begin();
                break;
            case QXmlStreamReader::Characters:
                if (m_wanted)
                    m_text += m_xml.text();
                if (m_text.size() > longestType)
                    refuse(m_text.left(40));
                break;
            case QXmlStreamReader::EndElement:
                end();
                break;
            default:
                break;
            }
        }
        if (m_refused.isEmpty() && m_xml.hasError())
            refuse(m_xml.errorString());
        if (!m_refused.isEmpty())
            return Error{"capabilities-unreadable", m_refused.left(100)};
        if (!m_found)
            return Error{"capabilities-unsupported", {}};
        return m_profile;
    }

private:
    void refuse(const QString &why) { m_refused = why.isEmpty() ? u"XML"_s : why; }
    bool isNamed(QLatin1StringView name) const { return isUaProf(m_xml.namespaceUri()) && m_xml.name() == name; }

    void begin()
    {
        if (++m_depth > deepest)
            return refuse(u"depth"_s);
        if (m_depth == 1 && (m_xml.namespaceUri() != rdf || m_xml.name() != "RDF"_L1))
            return refuse(m_xml.name().toString());
        m_inAccept |= isNamed("Push-Accept"_L1);
        m_found |= m_inAccept || isNamed("Push-MsgSize"_L1);
        m_wanted = isNamed("Push-MsgSize"_L1) || (m_inAccept && m_xml.namespaceUri() == rdf && m_xml.name() == "li"_L1);
        m_text.clear();
    }

    void end()
    {
        --m_depth;
        if (isNamed("Push-MsgSize"_L1)) {
            const QString digits = m_text.trimmed();
            bool isNumber = false;
            m_profile.maxMessageSize = digits.toLongLong(&isNumber);
            if (!isNumber || !allOf(digits, isAsciiDigit))
                return refuse(u"Push-MsgSize"_s);
        } else if (m_wanted) {
            const QString type = m_text.trimmed().toLower();
            if (type.isEmpty() || m_profile.contentTypes.size() >= mostTypes)
                return refuse(u"Push-Accept"_s);
            m_profile.contentTypes.append(type);
        }
        if (isNamed("Push-Accept"_L1))
            m_inAccept = false;
        m_wanted = false;
        m_text.clear();
    }

    QXmlStreamReader m_xml;
    ClientProfile m_profile;
    QString m_refused, m_text;
    int m_depth = 0;
    bool m_inAccept = false, m_wanted = false, m_found = false;
};

} // namespace

Result<ClientProfile> parseClientProfile(QByteArrayView document)
{
    return ProfileReader(document).read();
}

} // namespace reveille
