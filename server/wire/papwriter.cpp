// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papwriter.h"

#include "wire/xmltext.h"

#include <string>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

std::string_view view(QLatin1StringView text)
{
    return {text.data(), size_t(text.size())};
}

class DocumentWriter {
public:
    explicit DocumentWriter(std::string &out)
        : m_out(out)
    {
    }

    void write(const PapDocument &document)
    {
        m_out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        doctype(document);
        start("pap"_L1);
        text("product-name"_L1, document.productName);
        std::visit([this](const auto &body) { write(body); }, document.body);
        end("pap"_L1);
        m_out.push_back('\n');
    }

private:
    void doctype(const PapDocument &document)
    {
        const PapVersion &version = document.version;
        const std::string number = std::to_string(version.major) + '.' + std::to_string(version.minor);
        const bool isOfOma = version >= PapVersion{2, 1};
        m_out.append("<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP ").append(number).append("//EN\" \"");
        m_out.append(isOfOma ? "http://www.openmobilealliance.org/tech/DTD/pap_" : "http://www.wapforum.org/DTD/pap_");
        m_out.append(number).append(".dtd\"");
        if (!document.supportedVersions.isEmpty())
            m_out.append(" [<?wap-pap-ver supported-versions=\"").append(document.supportedVersions.join(u',').toStdString()).append("\"?>]");
        m_out.append(">\n");
    }
    /// Attributes come next, then other elements.
    void start(QLatin1StringView element)
    {
        if (std::exchange(m_isInTag, true))
            m_out.push_back('>');
        m_out.append("<").append(view(element));
    }
    void end(QLatin1StringView element)
    {
        if (std::exchange(m_isInTag, false))
            m_out.append("/>");
        else
            m_out.append("</").append(view(element)).append(">");
    }
    void text(QLatin1StringView name, QStringView value)
    {
        if (value.isEmpty())
            return;
        m_out.append(" ").append(view(name)).append("=\"");
        appendXml(m_out, value);
        m_out.push_back('"');
    }
    void text(QLatin1StringView name, QLatin1StringView value)
    {
        m_out.append(" ").append(view(name)).append("=\"").append(view(value)).append("\"");
    }
    void text(QLatin1StringView name, const char *value) { text(name, QLatin1StringView(value)); }
    void time(QLatin1StringView name, Timestamp time) { text(name, papTime(time)); }
    void flag(QLatin1StringView name, bool value)
    {
        if (value)
            text(name, "true");
    }
    void code(int code, const QString &desc)
    {
        text("code"_L1, std::to_string(code).c_str());
        text("desc"_L1, desc);
    }
    void address(const QString &address)
    {
        start("address"_L1);
        text("address-value"_L1, address);
        end("address"_L1);
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
        start("quality-of-service"_L1);
        if (quality->priority != PapPriority::Medium)
            text("priority"_L1, toText(quality->priority));
        if (quality->deliveryMethod != PapDeliveryMethod::NotSpecified)
            text("delivery-method"_L1, toText(quality->deliveryMethod));
        text("network"_L1, quality->network);
        flag("network-required"_L1, quality->networkRequired);
        text("bearer"_L1, quality->bearer);
        flag("bearer-required"_L1, quality->bearerRequired);
        end("quality-of-service"_L1);
    }

    void write(const PapPushMessage &message)
    {
        start("push-message"_L1);
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
        end("push-message"_L1);
    }
    void write(const PapPushResponse &response)
    {
        start("push-response"_L1);
        text("push-id"_L1, response.pushId);
        text("sender-address"_L1, response.senderAddress);
        text("sender-name"_L1, response.senderName);
        time("reply-time"_L1, response.replyTime);
        for (const PapProgressNote &note : response.notes) {
            start("progress-note"_L1);
            text("stage"_L1, note.stage);
            text("note"_L1, note.note);
            time("time"_L1, note.time);
            end("progress-note"_L1);
        }
        start("response-result"_L1);
        code(response.code, response.desc);
        end("response-result"_L1);
        end("push-response"_L1);
    }
    void write(const PapCancelMessage &message)
    {
        start("cancel-message"_L1);
        text("push-id"_L1, message.pushId);
        addresses(message.addresses);
        end("cancel-message"_L1);
    }
    void write(const PapCancelResponse &response)
    {
        start("cancel-response"_L1);
        text("push-id"_L1, response.pushId);
        for (const PapCancelResult &result : response.results) {
            start("cancel-result"_L1);
            code(result.code, result.desc);
            addresses(result.addresses);
            end("cancel-result"_L1);
        }
        end("cancel-response"_L1);
    }
    void write(const PapResultNotification &message)
    {
        start("resultnotification-message"_L1);
        text("push-id"_L1, message.pushId);
        text("sender-address"_L1, message.senderAddress);
        text("sender-name"_L1, message.senderName);
        time("received-time"_L1, message.receivedTime);
        time("event-time"_L1, message.eventTime);
        text("message-state"_L1, toText(message.state));
        code(message.code, message.desc);
        address(message.address);
        quality(message.quality);
        end("resultnotification-message"_L1);
    }
    void write(const PapResultNotificationResponse &response)
    {
        start("resultnotification-response"_L1);
        text("push-id"_L1, response.pushId);
        code(response.code, response.desc);
        address(response.address);
        end("resultnotification-response"_L1);
    }
    void write(const PapStatusQuery &message)
    {
        start("statusquery-message"_L1);
        text("push-id"_L1, message.pushId);
        addresses(message.addresses);
        end("statusquery-message"_L1);
    }
    void write(const PapStatusQueryResponse &response)
    {
        start("statusquery-response"_L1);
        text("push-id"_L1, response.pushId);
        for (const PapStatusQueryResult &result : response.results) {
            start("statusquery-result"_L1);
            time("event-time"_L1, result.eventTime);
            text("message-state"_L1, toText(result.state));
            code(result.code, result.desc);
            addresses(result.addresses);
            quality(result.quality);
            end("statusquery-result"_L1);
        }
        end("statusquery-response"_L1);
    }
    void write(const PapCcqMessage &message)
    {
        start("ccq-message"_L1);
        text("query-id"_L1, message.queryId);
        text("app-id"_L1, message.appId);
        address(message.address);
        end("ccq-message"_L1);
    }
    void write(const PapCcqResponse &response)
    {
        start("ccq-response"_L1);
        text("query-id"_L1, response.queryId);
        code(response.code, response.desc);
        address(response.address);
        end("ccq-response"_L1);
    }
    void write(const PapBadMessage &message)
    {
        start("badmessage-response"_L1);
        code(message.code, message.desc);
        text("bad-message-fragment"_L1, message.fragment);
        end("badmessage-response"_L1);
    }

    std::string &m_out;
    bool m_isInTag = false; ///< its ">" or "/>" is still to come
};

} // namespace

QByteArray toPapBytes(const PapDocument &document)
{
    std::string out;
    out.reserve(768);
    DocumentWriter(out).write(document);
    return QByteArray::fromStdString(out);
}

QStringList ownPapVersions()
{
    return {u"2.1"_s, u"2.0"_s, u"1.*"_s};
}

} // namespace reveille
