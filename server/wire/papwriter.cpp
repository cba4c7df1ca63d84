// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papwriter.h"

#include <QXmlStreamWriter>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

/// Without characters that XML 1.0 has no place for.
QString carried(const QString &text)
{
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            kept += c;
            kept += text[++i];
        } else if (!c.isSurrogate() && c != u'\xfffe' && c != u'\xffff' &&
                   (c >= u' ' || c == u'\t' || c == u'\n' || c == u'\r')) {
            kept += c;
        }
    }
    return kept;
}

class DocumentWriter {
public:
    explicit DocumentWriter(QByteArray &out)
        : m_xml(&out)
    {
    }

    void write(const PapDocument &document)
    {
        m_xml.writeStartDocument();
        m_xml.writeDTD(doctype(document));
        m_xml.writeCharacters(u"\n"_s);
        m_xml.writeStartElement(u"pap"_s);
        text("product-name"_L1, document.productName);
        std::visit([this](const auto &body) { write(body); }, document.body);
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    static QString doctype(const PapDocument &document)
    {
        const PapVersion &version = document.version;
        const QString number = QString::number(version.major) + u'.' + QString::number(version.minor);
        const QString place = version >= PapVersion{2, 1} ? u"http://www.openmobilealliance.org/tech/DTD/pap_"_s
                                                          : u"http://www.wapforum.org/DTD/pap_"_s;
        QString text = u"\n<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP "_s + number + u"//EN\" \""_s + place + number +
                       u".dtd\""_s;
        if (!document.supportedVersions.isEmpty()) {
            text += u" [<?wap-pap-ver supported-versions=\""_s + document.supportedVersions.join(u',') +
                    u"\"?>]"_s;
        }
        return text + u'>';
    }
    void text(QLatin1StringView name, const QString &value)
    {
        if (!value.isEmpty())
            m_xml.writeAttribute(name, carried(value));
    }
    void text(QLatin1StringView name, const char *value) { m_xml.writeAttribute(name, QLatin1StringView(value)); }
    void time(QLatin1StringView name, Timestamp time) { text(name, papTime(time)); }
    void flag(QLatin1StringView name, bool value)
    {
        if (value)
            text(name, "true");
    }
    void code(int code, const QString &desc)
    {
        text("code"_L1, QString::number(code));
        text("desc"_L1, desc);
    }
    void address(const QString &address)
    {
        m_xml.writeEmptyElement(u"address"_s);
        text("address-value"_L1, address);
    }
    void addresses(const QStringList &list)
    {
        for (const QString &one : list) {
            if (!one.isEmpty()) // would have no value, which it must
                address(one);
        }
    }
    void quality(const std::optional<PapQualityOfService> &quality)
    {
        if (!quality)
            return;
        m_xml.writeEmptyElement(u"quality-of-service"_s);
        if (quality->priority != PapPriority::Medium)
            text("priority"_L1, toText(quality->priority));
        if (quality->deliveryMethod != PapDeliveryMethod::NotSpecified)
            text("delivery-method"_L1, toText(quality->deliveryMethod));
        text("network"_L1, quality->network);
        flag("network-required"_L1, quality->networkRequired);
        text("bearer"_L1, quality->bearer);
        flag("bearer-required"_L1, quality->bearerRequired);
    }
    void start(const QString &element) { m_xml.writeStartElement(element); }
    void end() { m_xml.writeEndElement(); }

    void write(const PapPushMessage &message)
    {
        start(u"push-message"_s);
        text("push-id"_L1, message.pushId);
        text("replace-push-id"_L1, message.replacePushId);
        if (message.replaceMethod != PapReplaceMethod::All)
            text("replace-method"_L1, toText(message.replaceMethod));
        time("deliver-before-timestamp"_L1, message.deliverBefore);
        time("deliver-after-timestamp"_L1, message.deliverAfter);
        text("source-reference"_L1, message.sourceReference);
        text("ppg-notify-requested-to"_L1, message.notifyTo);
        flag("progress-notes-requested"_L1, message.progressNotes);
        addresses(message.addresses);
        quality(message.quality);
        end();
    }
    void write(const PapPushResponse &response)
    {
        start(u"push-response"_s);
        text("push-id"_L1, response.pushId);
        text("sender-address"_L1, response.senderAddress);
        text("sender-name"_L1, response.senderName);
        time("reply-time"_L1, response.replyTime);
        for (const PapProgressNote &note : response.notes) {
            m_xml.writeEmptyElement(u"progress-note"_s);
            text("stage"_L1, note.stage);
            text("note"_L1, note.note);
            time("time"_L1, note.time);
        }
        m_xml.writeEmptyElement(u"response-result"_s);
        code(response.code, response.desc);
        end();
    }
    void write(const PapCancelMessage &message)
    {
        start(u"cancel-message"_s);
        text("push-id"_L1, message.pushId);
        addresses(message.addresses);
        end();
    }
    void write(const PapCancelResponse &response)
    {
        start(u"cancel-response"_s);
        text("push-id"_L1, response.pushId);
        for (const PapCancelResult &result : response.results) {
            start(u"cancel-result"_s);
            code(result.code, result.desc);
            addresses(result.addresses);
            end();
        }
        end();
    }
    void write(const PapResultNotification &message)
    {
        start(u"resultnotification-message"_s);
        text("push-id"_L1, message.pushId);
        text("sender-address"_L1, message.senderAddress);
        text("sender-name"_L1, message.senderName);
        time("received-time"_L1, message.receivedTime);
        time("event-time"_L1, message.eventTime);
        text("message-state"_L1, toText(message.state));
        code(message.code, message.desc);
        address(message.address);
        quality(message.quality);
        end();
    }
    void write(const PapResultNotificationResponse &response)
    {
        start(u"resultnotification-response"_s);
        text("push-id"_L1, response.pushId);
        code(response.code, response.desc);
        address(response.address);
        end();
    }
    void write(const PapStatusQuery &message)
    {
        start(u"statusquery-message"_s);
        text("push-id"_L1, message.pushId);
        addresses(message.addresses);
        end();
    }
    void write(const PapStatusQueryResponse &response)
    {
        start(u"statusquery-response"_s);
        text("push-id"_L1, response.pushId);
        for (const PapStatusQueryResult &result : response.results) {
            start(u"statusquery-result"_s);
            time("event-time"_L1, result.eventTime);
            text("message-state"_L1, toText(result.state));
            code(result.code, result.desc);
            addresses(result.addresses);
            quality(result.quality);
            end();
        }
        end();
    }
    void write(const PapCcqMessage &message)
    {
        start(u"ccq-message"_s);
        text("query-id"_L1, message.queryId);
        text("app-id"_L1, message.appId);
        address(message.address);
        end();
    }
    void write(const PapCcqResponse &response)
    {
        start(u"ccq-response"_s);
        text("query-id"_L1, response.queryId);
        code(response.code, response.desc);
        address(response.address);
        end();
    }
    void write(const PapBadMessage &message)
    {
        m_xml.writeEmptyElement(u"badmessage-response"_s);
        code(message.code, message.desc);
        text("bad-message-fragment"_L1, message.fragment);
    }

    QXmlStreamWriter m_xml;
};

} // namespace

QByteArray toPapBytes(const PapDocument &document)
{
    QByteArray out;
    DocumentWriter(out).write(document);
    return out;
}

QStringList ownPapVersions()
{
    return {u"2.1"_s, u"2.0"_s, u"1.*"_s};
}

} // namespace reveille
