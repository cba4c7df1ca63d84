// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/memory/clientmemory.h"

#include "client/pushclientsettings.h"
#include "client/pushinbox.h"
#include "wire/jsonreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr qsizetype longest = 1024; ///< characters of a text that a server has chosen
constexpr int mostRegistrations = 256;

QString bounded(const QString &text)
{
    return text.size() > longest ? QString() : text;
}

QString latin(const QByteArray &octets)
{
    return bounded(QString::fromLatin1(octets));
}

QJsonObject linkToJson(const LinkMemory &link)
{
    QJsonArray registrations;
    for (const LinkMemory::Registration &one : link.registrations) {
        if (one.location.size() <= longest && one.session.size() <= longest)
            registrations.append(QJsonObject{{u"session"_s, one.session},
                                             {u"location"_s, latin(one.location)},
                                             {u"port"_s, int(one.port)},
                                             {u"until_ms"_s, one.until.ms}});
    }
    return {{u"call_id"_s, latin(link.callId)},
            {u"tag"_s, latin(link.tag)},
            {u"cseq"_s, qint64(link.cseq)},
            {u"registrations"_s, registrations}};
}

/// Reads every object of a list by `read`; stops at the first thing wrong.
template <typename Read>
void readEach(JsonReader &reader, const QString &field, qsizetype most, Read read)
{
    const std::optional<QJsonArray> list = reader.array(field, most);
    for (qsizetype i = 0; list && i < list->size() && !reader.failed(); ++i) {
        const QString place = u"%1[%2]"_s.arg(field).arg(i);
        const QJsonObject object = list->at(i).toObject();
        if (!list->at(i).isObject())
            return reader.fail("json-field-type", place);
        JsonReader entry(object, place + u'.');
        read(entry);
        entry.finish();
        if (entry.failed())
            reader.adopt(entry.error());
    }
}

QByteArray octets(JsonReader &reader, const QString &field)
{
    QString text;
    reader.text(field, text, longest);
    return text.toLatin1();
}

qint64 number(JsonReader &reader, const QString &field, qint64 most)
{
    qint64 value = 0;
    reader.number(field, value, 0, most);
    return value;
}

/// Hexadecimal of at most `most` octets.
QByteArray hex(JsonReader &reader, const QString &field, const QString &text, qsizetype most)
{
    const QByteArray value = QByteArray::fromHex(text.toLatin1());
    if (value.size() * 2 != text.size() || value.size() > most)
        reader.fail("json-field-value", field);
    return value;
}

constexpr qint64 latestTime = 253402300799999; ///< the end of the year 9999
constexpr qsizetype longestNonce = 64;

LinkMemory readLink(JsonReader &reader)
{
    LinkMemory link;
    link.callId = octets(reader, u"call_id"_s);
    link.tag = octets(reader, u"tag"_s);
    link.cseq = quint32(number(reader, u"cseq"_s, ClientMemory::highestCseq));
    readEach(reader, u"registrations"_s, mostRegistrations, [&](JsonReader &entry) {
        LinkMemory::Registration one;
        entry.text(u"session"_s, one.session, longest);
        one.location = octets(entry, u"location"_s);
        one.port = quint16(number(entry, u"port"_s, 65535));
        one.until = Timestamp{number(entry, u"until_ms"_s, latestTime)};
        link.registrations.append(one);
    });
    return link;
}

} // namespace

QByteArray toJson(const ClientMemory &memory)
{
    QJsonArray links, pushes, sirs;
    for (const LinkMemory &link : memory.links)
        links.append(linkToJson(link));
    for (const QByteArray &push : memory.pushes)
        pushes.append(QString::fromLatin1(push.toHex()));
    for (const SirMemory::Seen &seen : memory.sirs)
        sirs.append(QJsonObject{{u"time_ms"_s, seen.time.ms}, {u"nonce"_s, QString::fromLatin1(seen.nonce.left(longestNonce).toHex())}});
    return toJsonBytes({{u"version"_s, ClientMemory::version},
                        {u"user"_s, memory.user.toString()},
                        {u"device"_s, memory.device.toString()},
                        {u"server"_s, bounded(memory.server)},
                        {u"gruu"_s, bounded(memory.gruu)},
                        {u"realm"_s, bounded(memory.realm)},
                        {u"keep_alive_ms"_s, qint64(memory.keepAlive.count())},
                        {u"links"_s, links},
                        {u"pushes"_s, pushes},
                        {u"sirs"_s, sirs},
                        {u"sirs_forgotten_until_ms"_s, memory.sirsForgottenUntil.ms},
                        {u"activated"_s, jsonTexts(memory.activated)}});
}

Result<ClientMemory> clientMemoryFromJson(const QByteArray &octets)
{
    if (octets.size() > ClientMemory::largest)
        return Error{"state-too-large", QString::number(octets.size())};
    const Result<QJsonObject> object = parseJsonObject(octets);
    if (!object)
        return object.error();
    const int version = object->value(u"version"_s).toInt(-1);
    if (version != ClientMemory::version)
        return Error{"state-version", QString::number(version)};
    ClientMemory memory;
    JsonReader reader(*object);
    number(reader, u"version"_s, ClientMemory::version);
    reader.require(u"user"_s);
    reader.value(u"user"_s, memory.user, [](const QString &text) { return PublicUserId::parse(text); });
    reader.require(u"device"_s);
    reader.value(u"device"_s, memory.device, [](const QString &text) { return DeviceId::parse(text); });
    reader.text(u"server"_s, memory.server, longest);
    reader.text(u"gruu"_s, memory.gruu, longest);
    reader.text(u"realm"_s, memory.realm, longest);
    memory.keepAlive = Milliseconds(number(reader, u"keep_alive_ms"_s, 86'400'000));
    readEach(reader, u"links"_s, PushClientSettings::maxFlows,
             [&](JsonReader &entry) { memory.links.append(readLink(entry)); });
    QStringList pushes;
    reader.texts(u"pushes"_s, pushes, PushInbox::maxPushes);
    for (const QString &push : std::as_const(pushes))
        memory.pushes.append(hex(reader, u"pushes"_s, push, PushInbox::keySize));
    readEach(reader, u"sirs"_s, qsizetype(SirMemory::maxNonces), [&](JsonReader &entry) {
        SirMemory::Seen seen;
        seen.time = Timestamp{number(entry, u"time_ms"_s, latestTime)};
        QString nonce;
        entry.text(u"nonce"_s, nonce, 2 * longestNonce);
        seen.nonce = hex(entry, u"nonce"_s, nonce, longestNonce);
        memory.sirs.push_back(seen);
    });
    memory.sirsForgottenUntil = Timestamp{number(reader, u"sirs_forgotten_until_ms"_s, latestTime)};
    reader.texts(u"activated"_s, memory.activated, ClientApplication::most);
    reader.finish();
    return reader.failed() ? Result<ClientMemory>(reader.error()) : memory;
}

} // namespace reveille
