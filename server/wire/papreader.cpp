// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papreader.h"

#include "domain/textscan.h"
#include "wire/papattributes.h"
#include "wire/papprolog.h"
#include "wire/papstatus.h"
#include "wire/paptags.h"

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

/// Counts before anything is read: nesting, and attributes of one tag.
std::optional<Error> boundTags(QStringView text)
{
    int depth = 0;
    for (qsizetype at = text.indexOf(u'<'); at >= 0; at = text.indexOf(u'<', at)) {
        const QStringView rest = text.sliced(at);
        const QChar second = rest.size() > 1 ? rest[1] : QChar();
        if (second == u'?' || (second == u'!' && (rest.startsWith("<!--"_L1) || rest.startsWith("<!["_L1)))) {
            const QLatin1StringView end = rest.startsWith("<!-"_L1) ? "-->"_L1 : rest.startsWith("<?"_L1) ? "?>"_L1 : "]]>"_L1;
            const qsizetype found = text.indexOf(end, at);
            if (found < 0)
                return Error{"pap-xml", {}};
            at = found;
            continue;
        }
        if (second == u'!')
            return Error{"pap-doctype", shortened(rest.first(std::min<qsizetype>(rest.size(), 64)))};
        const bool closes = second == u'/';
        int attributes = 0;
        for (++at; at < text.size() && text[at] != u'>'; ++at) {
            if (text[at] != u'"' && text[at] != u'\'')
                continue;
            if (++attributes > PapLimit::attributes)
                return Error{"pap-attributes-too-many", QString::number(PapLimit::attributes)};
            at = text.indexOf(text[at], at + 1);
            if (at < 0)
                return Error{"pap-xml", {}};
        }
        if (at >= text.size())
            return Error{"pap-xml", {}};
        depth += closes ? -1 : text[at - 1] == u'/' ? 0 : 1;
        if (depth > PapLimit::depth)
            return Error{"pap-too-deep", QString::number(PapLimit::depth)};
    }
    return std::nullopt;
}

/// Reads one document, element by element. After the first error nothing counts any more.
class DocumentReader {
public:
    DocumentReader(const QString &root, PapVersion version)
        : m_tags(root)
        , m_version(version)
    {
    }

    std::optional<Error> read(PapDocument &document)
    {
        if (nextChild({})) {
            if (m_tags.name() != "pap"_L1)
                fail("pap-element", m_tags.name().toString());
            document.productName = attributes().text("product-name"_L1);
            if (!nextChild(u"pap"))
                fail("pap-element-missing", u"pap"_s);
            else
                document.body = readBody(m_tags.name());
            if (!m_error && nextChild(u"pap"))
                fail("pap-element", u"pap/"_s + m_tags.name().toString());
            if (!m_error && m_tags.next() != PapTags::Token::Done)
                fail("pap-xml", u"pap"_s);
        } else {
            fail("pap-element-missing", u"pap"_s);
        }
        return m_error;
    }

private:
    void fail(const char *code, const QString &about)
    {
        if (!m_error)
            m_error = Error{code, shortened(about)};
    }
    PapAttributes attributes()
    {
        return PapAttributes(m_tags, m_version.major == 1, m_error);
    }
    /// Stands on the next child of `parent`, or has left it.
    bool nextChild(QStringView parent)
    {
        switch (m_error ? PapTags::Token::Done : m_tags.next()) {
        case PapTags::Token::Start:
            return true;
        case PapTags::Token::Text:
            fail("pap-text", parent.toString());
            break;
        case PapTags::Token::Wrong:
            fail("pap-xml", parent.toString());
            break;
        case PapTags::Token::End:
        case PapTags::Token::Done:
            break;
        }
        return false;
    }
    void readEmpty(QStringView element)
    {
        if (nextChild(element))
            fail("pap-element", element.toString() + u'/' + m_tags.name().toString());
    }
    template <typename Take>
    void readChildren(QStringView element, Take take)
    {
        while (nextChild(element)) {
            const QStringView child = m_tags.name();
            if (!take(child))
                fail("pap-element", element.toString() + u'/' + child.toString());
        }
    }

    QString readAddress()
    {
        const QString value = attributes().required("address-value"_L1);
        readEmpty(u"address");
        return value;
    }
    bool takeAddress(QStringView child, QStringList &addresses)
    {
        if (!isNamed(child, "address"_L1))
            return false;
        addresses.append(readAddress());
        if (addresses.size() > PapLimit::addresses)
            fail("pap-addresses-too-many", QString::number(PapLimit::addresses));
        return true;
    }
    bool takeQuality(QStringView child, std::optional<PapQualityOfService> &quality)
    {
        if (!isNamed(child, "quality-of-service"_L1) || quality)
            return false;
        PapAttributes given = attributes();
        PapQualityOfService read;
        read.priority = given.named("priority"_L1, papPriorityFromText, PapPriority::Medium);
        read.deliveryMethod =
            given.named("delivery-method"_L1, papDeliveryMethodFromText, PapDeliveryMethod::NotSpecified);
        read.network = given.text("network"_L1);
        read.networkRequired = given.flag("network-required"_L1);
        read.bearer = given.text("bearer"_L1);
        read.bearerRequired = given.flag("bearer-required"_L1);
        quality = read;
        readEmpty(child);
        return true;
    }
    /// One address and nothing else.
    QString readOneAddress(QStringView element)
    {
        QStringList addresses;
        readChildren(element, [&](QStringView child) { return addresses.isEmpty() && takeAddress(child, addresses); });
        if (addresses.isEmpty())
            fail("pap-element-missing", element.toString() + u"/address"_s);
        return addresses.value(0);
    }
    QStringList readAddresses(QStringView element)
    {
        QStringList addresses;
        readChildren(element, [&](QStringView child) { return takeAddress(child, addresses); });
        return addresses;
    }

    PapBody readBody(QStringView element)
    {
        if (isNamed(element, "push-message"_L1))
            return readPushMessage(element);
        if (isNamed(element, "push-response"_L1))
            return readPushResponse(element);
        if (isNamed(element, "cancel-message"_L1)) {
            PapCancelMessage message{attributes().pushId(), {}};
            message.addresses = readAddresses(element);
            return message;
        }
        if (isNamed(element, "cancel-response"_L1))
            return readCancelResponse(element);
        if (isNamed(element, "resultnotification-message"_L1))
            return readNotification(element);
        if (isNamed(element, "statusquery-message"_L1)) {
            PapStatusQuery message{attributes().pushId(), {}};
            message.addresses = readAddresses(element);
            return message;
        }
        if (isNamed(element, "statusquery-response"_L1))
            return readStatusQueryResponse(element);
        return readSmallBody(element);
    }
    PapBody readSmallBody(QStringView element)
    {
        PapAttributes given = attributes();
        if (isNamed(element, "resultnotification-response"_L1)) {
            PapResultNotificationResponse response{given.pushId(), given.code(), given.freeText("desc"_L1), {}};
            response.address = readOneAddress(element);
            return response;
        }
        if (isNamed(element, "ccq-message"_L1)) {
            PapCcqMessage message{given.text("query-id"_L1), given.text("app-id"_L1), {}};
            message.address = readOneAddress(element);
            return message;
        }
        if (isNamed(element, "ccq-response"_L1)) {
            PapCcqResponse response{given.text("query-id"_L1), given.code(), given.freeText("desc"_L1), {}};
            response.address = readOneAddress(element);
            return response;
        }
        if (isNamed(element, "badmessage-response"_L1)) {
            PapBadMessage message{given.code(), given.freeText("desc"_L1), given.freeText("bad-message-fragment"_L1)};
            readEmpty(element);
            return message;
        }
        fail("pap-element", u"pap/"_s + element.toString());
        return {};
    }
    PapBody readPushMessage(QStringView element)
    {
        PapAttributes given = attributes();
        PapPushMessage message;
        message.pushId = given.pushId();
        message.replacePushId = given.text("replace-push-id"_L1);
        message.replaceMethod =
            given.named("replace-method"_L1, papReplaceMethodFromText, PapReplaceMethod::All);
        message.deliverBefore = given.time("deliver-before-timestamp"_L1);
        message.deliverAfter = given.time("deliver-after-timestamp"_L1);
        message.sourceReference = given.text("source-reference"_L1);
        message.notifyTo = given.text("ppg-notify-requested-to"_L1);
        message.progressNotes = given.flag("progress-notes-requested"_L1);
        given.finish();
        readChildren(element, [&](QStringView child) {
            return (!message.quality && takeAddress(child, message.addresses)) ||
                   (!message.addresses.isEmpty() && takeQuality(child, message.quality));
        });
        if (message.addresses.isEmpty())
            fail("pap-element-missing", element.toString() + u"/address"_s);
        return message;
    }
    PapBody readPushResponse(QStringView element)
    {
        PapAttributes given = attributes();
        PapPushResponse response{given.pushId(),        given.text("sender-address"_L1), given.text("sender-name"_L1),
                                 given.time("reply-time"_L1), {}, 0, {}};
        given.finish();
        readChildren(element, [&](QStringView child) {
            if (response.code != 0)
                return false;
            PapAttributes inner = attributes();
            if (isNamed(child, "progress-note"_L1)) {
                response.notes.append({inner.required("stage"_L1), inner.freeText("note"_L1), inner.time("time"_L1)});
                bound(response.notes.size());
            } else if (isNamed(child, "response-result"_L1)) {
                response.code = inner.code();
                response.desc = inner.freeText("desc"_L1);
            } else {
                return false;
            }
            inner.finish();
            readEmpty(child);
            return true;
        });
        if (response.code == 0)
            fail("pap-element-missing", element.toString() + u"/response-result"_s);
        return response;
    }
    PapBody readCancelResponse(QStringView element)
    {
        PapCancelResponse response{attributes().pushId(), {}};
        readChildren(element, [&](QStringView child) {
            if (!isNamed(child, "cancel-result"_L1))
                return false;
            PapAttributes given = attributes();
            PapCancelResult result{given.code(), given.freeText("desc"_L1), {}};
            given.finish();
            result.addresses = readAddresses(child);
            response.results.append(result);
            bound(response.results.size());
            return true;
        });
        if (response.results.isEmpty())
            fail("pap-element-missing", element.toString() + u"/cancel-result"_s);
        return response;
    }
    PapBody readNotification(QStringView element)
    {
        PapAttributes given = attributes();
        PapResultNotification message;
        message.pushId = given.pushId();
        message.senderAddress = given.text("sender-address"_L1);
        message.senderName = given.text("sender-name"_L1);
        message.receivedTime = given.time("received-time"_L1);
        message.eventTime = given.time("event-time"_L1);
        message.state = given.state();
        message.code = given.code();
        message.desc = given.freeText("desc"_L1);
        given.finish();
        QStringList addresses;
        readChildren(element, [&](QStringView child) {
            return (addresses.isEmpty() && takeAddress(child, addresses)) ||
                   (!addresses.isEmpty() && takeQuality(child, message.quality));
        });
        if (addresses.isEmpty())
            fail("pap-element-missing", element.toString() + u"/address"_s);
        message.address = addresses.value(0);
        return message;
    }
    PapBody readStatusQueryResponse(QStringView element)
    {
        PapStatusQueryResponse response{attributes().pushId(), {}};
        readChildren(element, [&](QStringView child) {
            if (!isNamed(child, "statusquery-result"_L1))
                return false;
            PapAttributes given = attributes();
            PapStatusQueryResult result{given.time("event-time"_L1), given.state(), given.code(), given.freeText("desc"_L1), {}, {}};
            given.finish();
            readChildren(child, [&](QStringView inner) {
                return (!result.quality && takeAddress(inner, result.addresses)) ||
                       takeQuality(inner, result.quality);
            });
            response.results.append(result);
            bound(response.results.size());
            return true;
        });
        if (response.results.isEmpty())
            fail("pap-element-missing", element.toString() + u"/statusquery-result"_s);
        return response;
    }
    void bound(qsizetype results)
    {
        if (results > PapLimit::results)
            fail("pap-results-too-many", QString::number(PapLimit::results));
    }

    PapTags m_tags;
    PapVersion m_version;
    std::optional<Error> m_error;
};

/// The newest of ours that the sender says it knows, or 1.0.
PapVersion commonVersion(const QStringList &supported)
{
    for (const QString &one : supported) {
        const int major = one.section(u'.', 0, 0).toInt();
        if (major == 2)
            return {2, 0};
        if (major == 1)
            return {1, 0};
    }
    return {1, 0};
}

} // namespace

Result<PapDocument, PapFault> parsePap(QByteArrayView bytes)
{
    auto prolog = PapProlog::parse(bytes);
    if (!prolog)
        return PapFault{prolog.error(), {}, PapCode::badRequest};
    PapDocument document;
    document.version = prolog->version;
    document.supportedVersions = prolog->supportedVersions;
    if (document.version.major != 1 && document.version.major != 2) {
        const QString version = QString::number(document.version.major) + u'.' + QString::number(document.version.minor);
        return PapFault{{"pap-version", version}, commonVersion(document.supportedVersions), PapCode::versionNotSupported};
    }
    auto error = boundTags(prolog->root);
    if (!error)
        error = DocumentReader(prolog->root, document.version).read(document);
    if (error)
        return PapFault{*error, document.version, PapCode::badRequest};
    return document;
}

} // namespace reveille
