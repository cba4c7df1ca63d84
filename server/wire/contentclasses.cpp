// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/contentclasses.h"

#include "domain/textscan.h"
#include "wire/multipart.h"
#include "wire/octetfind.h"
#include "wire/sir.h"
#include "wire/wspmultipart.h"
#include "wire/wspnames.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView reportType("message/imdn+xml"); ///< the one message/* that carries nothing
constexpr QLatin1StringView httpType("application/http");   ///< a whole response, as OTA-HTTP wraps content in

QStringView nameOfType(QStringView contentType)
{
    const qsizetype parameters = contentType.indexOf(u';');
    return (parameters < 0 ? contentType : contentType.first(parameters)).trimmed();
}

struct Content {
    QString type, application, encoding;
    QByteArray body;
};

class Opener {
public:
    Result<Done> open(const Content &content, int level);
    QSet<ContentClass> found;

private:
    Result<Done> openMime(const Content &content, int level);
    Result<Done> openWsp(const Content &content, int level);
    /// What a part says of itself, if it does so once only. Error: why not.
    static Result<Content> contentOf(const BodyPart &part, QStringView container);
    static Result<Content> contentOf(const WspPush &part);

    static Error unreadable(const Content &content, const char *why)
    {
        return {"content-unreadable", shortened(nameOfType(content.type).toString() + u": "_s + QLatin1StringView(why))};
    }

    int m_partsLeft = ContentLimit::parts;
};

Result<Done> Opener::open(const Content &content, int level)
{
    if (const auto known = contentClassOf(content.type, content.application))
        found.insert(*known);
    if (!isContainer(content.type))
        return Done{};
    if (!content.encoding.isEmpty() && content.encoding.compare("identity"_L1, Qt::CaseInsensitive) != 0)
        return unreadable(content, "content-encoding");
    if (level >= ContentLimit::levels)
        return unreadable(content, "multipart-levels");
    const QStringView name = nameOfType(content.type);
    if (name.startsWith("multipart/"_L1, Qt::CaseInsensitive))
        return openMime(content, level);
    if (name.startsWith("message/"_L1, Qt::CaseInsensitive) || name.compare(httpType, Qt::CaseInsensitive) == 0)
        return unreadable(content, "media-type");
    return openWsp(content, level);
}

Result<Done> Opener::openMime(const Content &content, int level)
{
    const auto media = MediaType::parse(content.type.toLatin1());
    if (!media)
        return unreadable(content, media.error().code);
    // boundary*, boundary*0 (RFC 2231): another way to say it, which not everybody reads.
    const bool isSaidTwice = std::any_of(media->parameters.cbegin(), media->parameters.cend(), [](const auto &parameter) {
        return parameter.first.startsWith("boundary*");
    });
    const QByteArray boundary = isSaidTwice ? QByteArray() : media->parameter("boundary");
    const auto parts = parseMultipart(content.body, boundary, m_partsLeft);
    if (!parts)
        return unreadable(content, parts.error().code);
    qsizetype delimiters = 0;
    const QByteArray delimiter = "--" + boundary;
    for (qsizetype at = findOctets(content.body, delimiter); at >= 0; at = findOctets(content.body, delimiter, at + 1))
        ++delimiters;
    if (delimiters != parts->size() + 1)
        return unreadable(content, "multipart-delimiter");
    m_partsLeft -= int(parts->size());
    for (const BodyPart &part : *parts) {
        const auto inner = contentOf(part, nameOfType(content.type));
        if (!inner)
            return unreadable(content, inner.error().code);
        if (const auto opened = open(*inner, level + 1); !opened)
            return opened;
    }
    return Done{};
}

Result<Content> Opener::contentOf(const BodyPart &part, QStringView container)
{
    const HttpHeaders &headers = part.headers;
    if (headers.count("Content-Type") > 1 || headers.count("X-Wap-Application-Id") > 1
        || headers.count("Content-Transfer-Encoding") > 1 || headers.count("Content-Encoding") > 1)
        return Error{"multipart-header", {}};
    Content content;
    content.type = QString::fromLatin1(headers.value("Content-Type"));
    if (!headers.has("Content-Type")) { // RFC 2046 sections 5.1 and 5.1.5
        const bool isDigest = container.compare("multipart/digest"_L1, Qt::CaseInsensitive) == 0;
        content.type = isDigest ? u"message/rfc822"_s : u"text/plain"_s;
    }
    if (const auto media = MediaType::parse(content.type.toLatin1()); !media)
        return media.error();
    content.application = QString::fromLatin1(headers.value("X-Wap-Application-Id"));
    content.encoding = QString::fromLatin1(headers.value("Content-Encoding"));
    if (!isContainer(content.type))
        return content;
    const auto body = decodedBody(part);
    if (!body)
        return body.error();
    content.body = *body;
    return content;
}

Result<Done> Opener::openWsp(const Content &content, int level)
{
    const auto parts = parseWspMultipart(content.body, m_partsLeft);
    if (!parts)
        return unreadable(content, parts.error().code);
    m_partsLeft -= int(parts->size());
    for (const WspPush &part : *parts) {
        const auto inner = contentOf(part);
        if (!inner)
            return unreadable(content, inner.error().code);
        if (const auto opened = open(*inner, level + 1); !opened)
            return opened;
    }
    return Done{};
}

Result<Content> Opener::contentOf(const WspPush &part)
{
    Content content{part.contentType, part.applicationUri, {}, part.data};
    // A number that has no name here may have one at the receiver.
    if (const auto media = MediaType::parse(content.type.toLatin1()); !media)
        return media.error();
    // Some take it for text, others for the binary form.
    if (content.type.startsWith("multipart/"_L1, Qt::CaseInsensitive))
        return Error{"media-type", {}};
    if (part.applicationId) {
        content.application = wellKnownApplicationName(*part.applicationId);
        if (content.application.isEmpty())
            return Error{"wsp-header", {}};
    }
    for (const WspHeader &header : part.otherHeaders) {
        if (header.name.compare("Content-Type"_L1, Qt::CaseInsensitive) == 0
            || header.name.compare("X-Wap-Application-Id"_L1, Qt::CaseInsensitive) == 0)
            return Error{"wsp-header", {}};
        if (header.name.compare("Content-Encoding"_L1, Qt::CaseInsensitive) == 0
            || header.name.compare("Content-Transfer-Encoding"_L1, Qt::CaseInsensitive) == 0)
            content.encoding = header.text.isEmpty() ? u"?"_s : header.text;
    }
    return content;
}

} // namespace

bool isContainer(QStringView contentType)
{
    const QStringView name = nameOfType(contentType);
    return name.startsWith("multipart/"_L1, Qt::CaseInsensitive)
        || name.startsWith("application/vnd.wap.multipart."_L1, Qt::CaseInsensitive)
        || name.compare(httpType, Qt::CaseInsensitive) == 0
        || (name.startsWith("message/"_L1, Qt::CaseInsensitive)
            && name.compare(reportType, Qt::CaseInsensitive) != 0);
}

Result<QSet<ContentClass>> contentClassesIn(const QString &contentType, const QString &application, const QString &encoding,
                                            QByteArrayView body)
{
    Opener opener;
    if (const auto opened = opener.open({contentType, application, encoding, body.toByteArray()}, 0); !opened)
        return opened.error();
    return opener.found;
}

} // namespace reveille
