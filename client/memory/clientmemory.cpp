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
constexpr int mostPorts = ClientApplication::most + 1;
constexpr qint64 latestTime = 253402300799999; ///< the end of the year 9999
constexpr qint64 longestKeepAlive = 86'400'000;
constexpr qsizetype longestNonce = 64;

/// What the reader takes for a text.
bool isKeepable(const QString &text, qsizetype most = longest)
{
    return text.size() <= most && text.isValidUtf16() &&
           std::none_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

QString keepable(const QString &text)
{
    return isKeepable(text) ? text : QString();
}

bool isKeepable(Timestamp time)
{
    return time.ms >= 0 && time.ms <= latestTime;
}

bool isKeepable(const LinkMemory::Registration &registration)
{
    return isKeepable(registration.session) && isKeepable(QString::fromLatin1(registration.location)) &&
           isKeepable(registration.until);
}

QJsonArray registrationsToJson(const QVector<LinkMemory::Registration> &registrations)
{
    QJsonArray list;
    for (const LinkMemory::Registration &one : registrations) {
        if (isKeepable(one) && list.size() < mostRegistrations)
            list.append(QJsonObject{{u"session"_s, one.session},
                                    {u"location"_s, QString::fromLatin1(one.location)},
                                    {u"port"_s, int(one.port)},
                                    {u"until_ms"_s, one.until.ms}});
    }
    return list;
}

QJsonObject linkToJson(const LinkMemory &link, bool withRegistrations)
{
    return {{u"call_id"_s, keepable(QString::fromLatin1(link.callId))},
            {u"tag"_s, keepable(QString::fromLatin1(link.tag))},
            {u"cseq"_s, qint64(std::min(link.cseq, ClientMemory::highestCseq))},
            {u"registrations"_s, withRegistrations ? registrationsToJson(link.registrations) : QJsonArray()}};
}

/// The newest of them.
QJsonArray digestsToJson(const QVector<QByteArray> &digests, qsizetype most)
{
    QJsonArray list;
    for (const QByteArray &digest : digests.last(std::min(most, digests.size()))) {
        if (!digest.isEmpty() && digest.size() <= PushInbox::keySize)
            list.append(QString::fromLatin1(digest.toHex()));
    }
    return list;
}

QJsonArray sirsToJson(const std::deque<SirMemory::Seen> &sirs)
{
    QJsonArray list;
    const size_t most = SirMemory::maxNonces;
    for (size_t at = sirs.size() > most ? sirs.size() - most : 0; at < sirs.size(); ++at) {
        if (isKeepable(sirs[at].time))
            list.append(QJsonObject{{u"time_ms"_s, sirs[at].time.ms},
                                    {u"nonce"_s, QString::fromLatin1(sirs[at].nonce.left(longestNonce).toHex())}});
    }
    return list;
}

QJsonArray portsToJson(const QMap<QString, quint16> &ports)
{
    QJsonArray list;
    for (auto it = ports.begin(); it != ports.end(); ++it) {
        if (isKeepable(it.key(), ClientApplication::longestName) && it.value() != 0 && list.size() < mostPorts)
            list.append(QJsonObject{{u"application"_s, it.key()}, {u"port"_s, int(it.value())}});
    }
    return list;
}

QJsonArray namesToJson(const QStringList &names)
{
    QJsonArray list;
    for (const QString &name : names) {
        if (!name.isEmpty() && isKeepable(name, JsonReader::longestText) && list.size() < ClientApplication::most)
            list.append(name);
    }
    return list;
}

QByteArray writeJson(const ClientMemory &memory, bool withRegistrations)
{
    QJsonArray links;
    for (const LinkMemory &link : memory.links.first(std::min<qsizetype>(memory.links.size(), PushClientSettings::maxFlows)))
        links.append(linkToJson(link, withRegistrations));
    const qint64 forgottenUntil = std::clamp<qint64>(memory.sirsForgottenUntil.ms, 0, latestTime);
    return toJsonBytes({{u"version"_s, ClientMemory::version},
                        {u"user"_s, memory.user.toString()},
                        {u"device"_s, memory.device.toString()},
                        {u"server"_s, keepable(memory.server)},
                        {u"gruu"_s, keepable(memory.gruu)},
                        {u"realm"_s, keepable(memory.realm)},
                        {u"keep_alive_ms"_s, std::clamp<qint64>(memory.keepAlive.count(), 0, longestKeepAlive)},
                        {u"links"_s, links},
                        {u"ports"_s, portsToJson(memory.ports)},
                        {u"pushes"_s, digestsToJson(memory.pushes, PushInbox::maxPushes)},
                        {u"datagram_pushes"_s, digestsToJson(memory.datagramPushes, PushInbox::maxDatagramPushes)},
                        {u"sirs"_s, sirsToJson(memory.sirs)},
                        {u"sirs_forgotten_until_ms"_s, forgottenUntil},
                        {u"activated"_s, namesToJson(memory.activated)}});
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
        JsonReader entry(object, reader.path(place));
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

QVector<QByteArray> digests(JsonReader &reader, const QString &field, qsizetype most)
{
    QStringList texts;
    QVector<QByteArray> digests;
    reader.texts(field, texts, most);
    for (const QString &text : std::as_const(texts))
        digests.append(hex(reader, field, text, PushInbox::keySize));
    return digests;
}

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
    const QByteArray octets = writeJson(memory, true);
    return octets.size() <= ClientMemory::largest ? octets : writeJson(memory, false);
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
    memory.keepAlive = Milliseconds(number(reader, u"keep_alive_ms"_s, longestKeepAlive));
    readEach(reader, u"links"_s, PushClientSettings::maxFlows,
             [&](JsonReader &entry) { memory.links.append(readLink(entry)); });
    readEach(reader, u"ports"_s, mostPorts, [&](JsonReader &entry) {
        QString application;
        entry.text(u"application"_s, application, ClientApplication::longestName);
        memory.ports.insert(application, quint16(number(entry, u"port"_s, 65535)));
    });
    memory.pushes = digests(reader, u"pushes"_s, PushInbox::maxPushes);
    memory.datagramPushes = digests(reader, u"datagram_pushes"_s, PushInbox::maxDatagramPushes);
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
