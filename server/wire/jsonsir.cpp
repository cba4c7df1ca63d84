// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonwake.h"

#include "domain/ipaddress.h"
#include "wire/utf8.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QString hex(const QByteArray &octets)
{
    return QString::fromLatin1(octets.toHex());
}

QJsonObject applicationToJson(const ApplicationId &application)
{
    switch (application.kind) {
    case ApplicationId::Kind::Any:
        break;
    case ApplicationId::Kind::Number:
        return {{u"number"_s, qint64(application.number)},
                {u"name"_s, jsonText(wellKnownApplicationName(application.number))}};
    case ApplicationId::Kind::Uri:
        return {{u"uri"_s, application.uri}};
    }
    return {{u"any"_s, true}};
}

QJsonArray pointsToJson(const QVector<ContactPoint> &points)
{
    QJsonArray list;
    for (const ContactPoint &point : points) {
        const IpAddress ip = IpAddress::fromBytes(point.address);
        list.append(QJsonObject{
            {u"bearer"_s, point.bearer ? QJsonValue(*point.bearer) : QJsonValue()},
            {u"port"_s, point.port ? QJsonValue(*point.port) : QJsonValue()},
            {u"address"_s, ip.isNull() ? hex(point.address) : ip.toString()},
        });
    }
    return list;
}

/// A ProvURL of 1 to 4 octets is the head of a hash, not text (wire-facts 1.2).
QString provUrlText(const QByteArray &provUrl)
{
    constexpr qsizetype longestHash = 4;
    return provUrl.size() > longestHash ? readUtf8(provUrl) : hex(provUrl);
}

} // namespace

QJsonObject toJson(const SessionRequest &sir)
{
    QJsonArray applications;
    for (const ApplicationId &application : sir.applications)
        applications.append(applicationToJson(application));
    QJsonArray options;
    for (quint32 option : sir.protocolOptions)
        options.append(qint64(option));
    QJsonArray tags;
    for (const QByteArray &tag : sir.cpiTags)
        tags.append(hex(tag));
    return {
        {u"version"_s, sir.version},
        {u"applications"_s, applications},
        {u"wsp_points"_s, pointsToJson(sir.wspPoints)},
        {u"contact_points"_s, pointsToJson(sir.contactPoints)},
        {u"protocol_options"_s, options},
        {u"prov_url"_s, jsonText(provUrlText(sir.provUrl))},
        {u"cpi_tags"_s, tags},
        {u"device"_s, jsonText(sir.device.toString())},
        {u"user"_s, jsonText(sir.user.toString())},
        {u"requests"_s, jsonTexts(toTexts(sir.requests))},
        {u"application_name"_s, jsonText(sir.applicationName)},
        {u"gateway"_s, jsonText(sir.gateway)},
        {u"time"_s, jsonTime(sir.time)},
        {u"nonce"_s, jsonText(hex(sir.nonce))},
        {u"signed"_s, !sir.authenticator.isEmpty()},
    };
}

} // namespace reveille
