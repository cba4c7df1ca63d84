// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/imdn.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <optional>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 8;
const QString space = u"urn:ietf:params:xml:ns:imdn"_s;

struct StatusWord {
    const char *word;
    Imdn::Status status;
};
constexpr StatusWord statusWords[] = {
    {"delivered", Imdn::Status::Done}, {"displayed", Imdn::Status::Done},   {"processed", Imdn::Status::Under},
    {"stored", Imdn::Status::Under},   {"failed", Imdn::Status::Failed},    {"forbidden", Imdn::Status::Failed},
    {"error", Imdn::Status::Failed},
};

std::optional<Imdn::About> aboutOf(QStringView name)
{
    if (name == u"delivery-notification")
        return Imdn::About::Delivery;
    if (name == u"display-notification")
        return Imdn::About::Display;
    return name == u"processing-notification" ? std::optional(Imdn::About::Processing) : std::nullopt;
}

class ImdnReader
{
public:
    explicit ImdnReader(QByteArrayView document)
        : m_xml(QByteArray(document.data(), document.size()))
    {
    }

    Result<Imdn> read()
    {
        while (!m_xml.atEnd() && !m_wrong)
            take(m_xml.readNext());
        if (!m_wrong && m_xml.hasError())
            m_wrong = "imdn-xml";
        if (!m_wrong && m_imdn.messageId.isEmpty())
            m_wrong = "imdn-message-id";
        if (!m_wrong && (m_notifications != 1 || m_statuses != 1))
            m_wrong = "imdn-notification";
        if (m_wrong)
            return Error{m_wrong, {}};
        return m_imdn;
    }

private:
    void take(QXmlStreamReader::TokenType token)
    {
        switch (token) {
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
            m_wrong = "imdn-xml";
            break;
        case QXmlStreamReader::StartElement:
            begin();
            break;
        case QXmlStreamReader::EndElement:
            --m_depth;
            if (m_inId && m_depth == 1)
                endId();
            break;
        case QXmlStreamReader::Characters:
            if (m_inId)
                m_text += m_xml.text();
            if (m_text.size() > Imdn::longestId)
                m_wrong = "imdn-message-id";
            break;
        default:
            break;
        }
    }

    /// By depth: imdn, then message-id or a notification, then status, then its word.
    void begin()
    {
        if (++m_depth > deepest) {
            m_wrong = "imdn-xml";
            return;
        }
        const bool isOurs = m_xml.namespaceUri() == space;
        const QStringView name = m_xml.name();
        if (m_depth == 1 && (!isOurs || name != u"imdn"))
            m_wrong = "imdn-root";
        if (m_depth == 2) {
            const auto about = isOurs ? aboutOf(name) : std::nullopt;
            m_inNotification = about.has_value();
            m_notifications += m_inNotification;
            m_imdn.about = about.value_or(m_imdn.about);
            m_inId = isOurs && name == u"message-id";
        }
        if (m_depth == 3)
            m_inStatus = m_inNotification && isOurs && name == u"status";
        if (m_depth == 4 && m_inStatus && isOurs)
            takeStatus(name);
    }

    void takeStatus(QStringView name)
    {
        for (const StatusWord &word : statusWords) {
            if (name == QLatin1StringView(word.word)) {
                m_imdn.status = word.status;
                ++m_statuses;
            }
        }
    }

    void endId()
    {
        m_inId = false;
        if (!m_imdn.messageId.isEmpty())
            m_wrong = "imdn-message-id";
        m_imdn.messageId = std::exchange(m_text, {}).trimmed();
    }

    QXmlStreamReader m_xml;
    Imdn m_imdn;
    QString m_text;
    const char *m_wrong = nullptr;
    int m_depth = 0, m_notifications = 0, m_statuses = 0;
    bool m_inId = false, m_inNotification = false, m_inStatus = false;
};

} // namespace

Result<Imdn> Imdn::parse(QByteArrayView document)
{
    if (document.size() > largest)
        return Error{"imdn-too-large", QString::number(document.size())};
    return ImdnReader(document).read();
}

QByteArray Imdn::toBytes(const QByteArray &time) const
{
    static constexpr const char *notifications[] = {"delivery-notification", "display-notification", "processing-notification"};
    static constexpr const char *done[] = {"delivered", "displayed", "processed"};
    const char *word = status == Status::Failed ? "error" : status == Status::Under ? "stored" : done[int(about)];
    QByteArray document;
    QXmlStreamWriter xml(&document);
    xml.writeStartDocument();
    xml.writeStartElement(u"imdn"_s);
    xml.writeDefaultNamespace(space);
    xml.writeTextElement(u"message-id"_s, messageId);
    xml.writeTextElement(u"datetime"_s, QString::fromLatin1(time));
    xml.writeStartElement(QString::fromLatin1(notifications[int(about)]));
    xml.writeStartElement(u"status"_s);
    xml.writeEmptyElement(QString::fromLatin1(word));
    xml.writeEndDocument();
    return document;
}

} // namespace reveille
