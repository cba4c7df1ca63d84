// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papentities.h"

namespace reveille {

namespace {

bool isXml(const MediaType &media)
{
    return media.type == "application/xml" || media.type == "text/xml";
}

Error wrong(const char *code, const QByteArray &about)
{
    return {code, QString::fromLatin1(about.left(64))};
}

} // namespace

Result<PapEntities> PapEntities::parse(QByteArrayView contentType, QByteArrayView body)
{
    const auto media = MediaType::parse(contentType);
    if (!media)
        return media.error();
    PapEntities entities;
    if (isXml(*media)) {
        entities.control = body.toByteArray();
        return entities;
    }
    if (media->type != "multipart/related")
        return wrong("pap-media-type", media->type);
    auto parts = parseMultipart(body, media->parameter("boundary"));
    if (!parts)
        return parts.error();
    if (parts->size() > 3)
        return wrong("pap-parts", QByteArray::number(parts->size()));
    QVector<QByteArray> bodies;
    for (const BodyPart &part : *parts) {
        auto decoded = decodedBody(part);
        if (!decoded)
            return decoded.error();
        bodies.append(std::move(*decoded));
    }
    const auto control = MediaType::parse(parts->first().headers.value("Content-Type"));
    if (!control || !isXml(*control))
        return wrong("pap-control-type", parts->first().headers.value("Content-Type"));
    entities.control = bodies.first();
    if (parts->size() > 1) {
        entities.content = std::move((*parts)[1]);
        entities.content->body = bodies[1];
        entities.content->headers.remove("Content-Transfer-Encoding");
        if (!MediaType::parse(entities.content->headers.value("Content-Type")))
            return wrong("pap-content-type", entities.content->headers.value("Content-Type"));
    }
    if (parts->size() > 2)
        entities.capabilities = bodies[2];
    return entities;
}

} // namespace reveille
