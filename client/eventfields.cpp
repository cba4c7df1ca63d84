// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventfields.h"

#include "client/endpoint.h"

#include <QJsonArray>
#include <QStringConverter>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QString base64(const QByteArray &octets)
{
    return QString::fromLatin1(octets.toBase64());
}

} // namespace

QJsonObject startedFields(const PushClientSettings &settings, quint16 clientPort, quint16 callPort)
{
    QJsonObject fields{{u"user"_s, settings.user.toString()},
            {u"device"_s, settings.device.toString()},
            {u"name"_s, settings.deviceName},
            {u"registrar"_s, endpointText(settings.registrar, settings.registrarPort)},
            {u"connect"_s, QString::fromLatin1(toText(settings.connect))},
            {u"transport"_s, QString::fromLatin1(toText(settings.transport))},
            {u"client_port"_s, int(clientPort)}};
    if (callPort != 0)
        fields.insert(u"call_port"_s, int(callPort));
    if (settings.coapPort != 0)
        fields.insert(u"coap_port"_s, int(settings.coapPort));
    QJsonArray applications;
    for (const ClientApplication &application : settings.installed) {
        QJsonObject about{{u"application"_s, application.name}, {u"built_in"_s, application.isBuiltIn()}};
        if (application.port)
            about.insert(u"port"_s, int(*application.port));
        if (!application.session.isEmpty())
            about.insert(u"session"_s, application.session);
        applications.append(about);
    }
    if (!applications.isEmpty())
        fields.insert(u"applications"_s, applications);
    return fields;
}

QJsonObject registeredFields(const LinkGrant &grant)
{
    QJsonObject fields{{u"expires"_s, grant.expires},
                       {u"gruu"_s, grant.gruu},
                       {u"temp_gruu"_s, grant.temporaryGruu},
                       {u"refresh"_s, grant.refresh},
                       {u"local"_s, grant.local},
                       {u"keep_alive_ms"_s, qint64(grant.keepAlive.count())}};
    if (grant.regId != 0)
        fields.insert(u"reg_id"_s, grant.regId);
    if (!grant.session.isEmpty())
        fields.insert(u"session"_s, grant.session);
    return fields;
}

QJsonObject sirFields(const WakeDatagram &wake, const QString &peer)
{
    const SessionRequest &sir = wake.sir;
    return {{u"peer"_s, peer},
            {u"version"_s, sir.version},
            {u"device"_s, sir.device.toString()},
            {u"user"_s, sir.user.toString()},
            {u"application"_s, applicationsOf(sir).value(0)},
            {u"requests"_s, QJsonArray::fromStringList(toTexts(sir.requests))},
            {u"gateway"_s, sir.gateway},
            {u"signed"_s, !sir.authenticator.isEmpty()},
            {u"sir_time"_s, sir.time.toIso()},
            {u"bytes"_s, base64(wake.sirOctets)}};
}

QJsonObject pushFields(const ReceivedPush &push)
{
    QJsonObject fields{{u"push"_s, push.id},
                       {u"content_type"_s, push.contentType},
                       {u"application"_s, push.application},
                       {u"duplicate"_s, push.duplicate},
                       {u"answered"_s, push.answered}};
    if (!push.session.isEmpty())
        fields.insert(u"session"_s, push.session);
    if (push.confirm)
        fields.insert(u"confirm"_s, true);
    if (!push.over.isEmpty())
        fields.insert(u"over"_s, push.over);
    if (!push.peer.isEmpty())
        fields.insert(u"peer"_s, push.peer);
    if (!push.contentEncoding.isEmpty())
        fields.insert(u"content_encoding"_s, push.contentEncoding);
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(push.body);
    if (decoder.hasError() || push.body.contains('\0'))
        fields.insert(u"body_base64"_s, base64(push.body));
    else
        fields.insert(u"body"_s, text);
    return fields;
}

} // namespace reveille
