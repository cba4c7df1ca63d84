// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/bcd.h"
#include "wire/sirreader.h"
#include "wire/uintvar.h"
#include "wire/utf8.h"

#include <QtEndian>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype uuidSize = 16;
constexpr qsizetype nonceSize = 4;
constexpr quint8 knownRequests = 0x7f;
constexpr quint8 telephone = 0x01;
const QLatin1StringView telPrefix("tel:+");

QByteArray digitsOf(const DeviceId &device)
{
    return device.value().remove(u'-').toLatin1();
}

QByteArray encodeDevice(const DeviceId &device)
{
    QByteArray value(1, char(device.kind()));
    switch (device.kind()) {
    case DeviceId::Kind::Uuid:
    case DeviceId::Kind::Mac:
        return value + QByteArray::fromHex(digitsOf(device));
    case DeviceId::Kind::Imei:
        return value + toBcd(device.value());
    default:
        break;
    }
    const Result<DeviceId> again = DeviceId::parse(device.kind(), device.value());
    const bool enough = again.ok() && *again == device;
    return value + (enough ? device.value() : device.toString()).toUtf8();
}

Result<DeviceId> decodeDevice(DeviceId::Kind kind, QByteArrayView value)
{
    switch (kind) {
    case DeviceId::Kind::Uuid: {
        QString text = QString::fromLatin1(value.toByteArray().toHex());
        if (value.size() == uuidSize) {
            for (int at : {20, 16, 12, 8})
                text.insert(at, u'-');
        }
        return DeviceId::parse(kind, text);
    }
    case DeviceId::Kind::Mac:
        return DeviceId::parse(kind, QString::fromLatin1(value.toByteArray().toHex()));
    case DeviceId::Kind::Imei:
        return DeviceId::parse(kind, fromBcd(value).value_or(QString()));
    default:
        return DeviceId::parse(kind, readUtf8(value));
    }
}

bool isDigits(QStringView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QByteArray encodeUser(const PublicUserId &user)
{
    const QString &uri = user.toString();
    if (uri.startsWith(telPrefix) && isDigits(QStringView(uri).sliced(telPrefix.size())))
        return QByteArray(1, char(telephone)) + toBcd(QStringView(uri).sliced(telPrefix.size()));
    return uri.toUtf8();
}

QByteArray encodeName(const QString &name)
{
    const std::optional<quint32> number = wellKnownApplication(name);
    if (number && wellKnownApplicationName(*number) == name)
        return encodeApplicationNumber(*number);
    return name.toUtf8();
}

QByteArray encodeTime(const SessionRequest &sir)
{
    char seconds[4];
    qToBigEndian<quint32>(quint32(qBound(qint64(0), sir.time.ms / 1000, qint64(0xffffffff))), seconds);
    QByteArray value(seconds, sizeof seconds);
    if (!sir.nonce.isEmpty())
        value.append(sir.nonce.leftJustified(nonceSize, '\0', true));
    return value;
}

void appendRecord(QByteArray &to, SirTag tag, const QByteArray &value)
{
    to.append(char(tag));
    appendUintvar(to, quint32(value.size()));
    to.append(value);
}

/// UTF-8 without control characters, at least one character.
std::optional<QString> readText(ByteReader &value)
{
    std::optional<QString> text = readUtf8Strictly(value.rest());
    const auto isControl = [](QChar c) {
        return c.unicode() < 0x20 || c.unicode() == 0x7f;
    };
    if (!text || text->isEmpty() || std::any_of(text->cbegin(), text->cend(), isControl))
        return {};
    return text;
}

} // namespace

QByteArray encodeSirExtension(const SessionRequest &sir)
{
    QByteArray records;
    if (!sir.device.isEmpty())
        appendRecord(records, SirTag::Device, encodeDevice(sir.device));
    if (!sir.user.isEmpty())
        appendRecord(records, SirTag::User, encodeUser(sir.user));
    if (sir.requests)
        appendRecord(records, SirTag::Requests, QByteArray(1, char(sir.requests.toInt() & knownRequests)));
    if (!sir.applicationName.isEmpty())
        appendRecord(records, SirTag::ApplicationName, encodeName(sir.applicationName));
    if (!sir.gateway.isEmpty())
        appendRecord(records, SirTag::Gateway, sir.gateway.toUtf8());
    if (sir.time.isSet() || !sir.nonce.isEmpty())
        appendRecord(records, SirTag::TimeAndNonce, encodeTime(sir));
    return records;
}

bool SirReader::readExtension()
{
    while (!m_reader.atEnd()) {
        const qsizetype from = m_reader.position();
        if (m_authenticatorOffset >= 0)
            return fail("sir-extension", from);
        const quint8 tag = *m_reader.octet();
        quint32 size = 0;
        if (!number(size))
            return false;
        const std::optional<ByteReader> value = m_reader.part(size);
        if (!value)
            return fail("sir-truncated", from);
        const bool known = tag >= quint8(SirTag::Device) && tag <= quint8(SirTag::Authenticator);
        const bool first = known && !(m_seenTags & (1u << tag));
        if (!first) {
            note("unknown_record", from, m_reader.position(), 0, QString::number(tag));
            continue;
        }
        m_seenTags |= 1u << tag;
        if (!readRecord(tag, *value))
            return fail("sir-extension", from);
    }
    return true;
}

bool SirReader::readRecord(quint8 tag, ByteReader value)
{
    const qsizetype from = value.position();
    const qsizetype until = from + value.remaining();
    switch (SirTag(tag)) {
    case SirTag::Device:
        return readDevice(value);
    case SirTag::User:
        return readUser(value);
    case SirTag::Requests: {
        const std::optional<quint8> bits = value.octet();
        if (!bits)
            return false;
        m_sir.requests = SirRequests::fromInt(*bits & knownRequests);
        if (m_trace)
            note("requests", from, until, 0, toTexts(m_sir.requests).join(u", "));
        return true;
    }
    case SirTag::ApplicationName:
        return readApplicationName(value);
    case SirTag::Gateway: {
        const std::optional<QString> text = readText(value);
        if (!text)
            return false;
        m_sir.gateway = *text;
        note("gateway", from, until, 0, *text);
        return true;
    }
    case SirTag::TimeAndNonce:
        return readTime(value);
    case SirTag::Authenticator:
        break;
    }
    m_sir.authenticator = value.rest().toByteArray();
    m_authenticatorOffset = from - m_origin;
    note("authenticator", from, until, 0, QString::fromLatin1(m_sir.authenticator.toHex()));
    return !m_sir.authenticator.isEmpty();
}

bool SirReader::readDevice(ByteReader value)
{
    const qsizetype from = value.position();
    const std::optional<quint8> kind = value.octet();
    if (!kind || *kind == quint8(DeviceId::Kind::None) || *kind > quint8(DeviceId::Kind::Other))
        return false;
    const Result<DeviceId> device = decodeDevice(DeviceId::Kind(*kind), value.rest());
    if (!device)
        return false;
    m_sir.device = *device;
    note("device", from, value.position(), 0, device->toString());
    return true;
}

bool SirReader::readUser(ByteReader value)
{
    const qsizetype from = value.position();
    std::optional<QString> text;
    if (value.peek() == telephone) {
        value.octet();
        text = fromBcd(value.rest());
        if (text)
            text->prepend(telPrefix);
    } else {
        text = readText(value);
    }
    if (!text)
        return false;
    const Result<PublicUserId> user = PublicUserId::parse(*text);
    if (!user)
        return false;
    m_sir.user = *user;
    note("user", from, value.position(), 0, user->toString());
    return true;
}

bool SirReader::readApplicationName(ByteReader value)
{
    const qsizetype from = value.position();
    const qsizetype until = from + value.remaining();
    if (value.peek() && (*value.peek() <= 4 || (*value.peek() >= 0x80 && value.remaining() == 1))) {
        const std::optional<quint32> number = readWspInteger(value);
        if (!number || !value.atEnd())
            return false;
        const QString name = wellKnownApplicationName(*number);
        m_sir.applicationName = name.isEmpty() ? QString::number(*number) : name;
    } else {
        const std::optional<QString> text = readText(value);
        if (!text)
            return false;
        m_sir.applicationName = *text;
    }
    note("application_name", from, until, 0, m_sir.applicationName);
    return true;
}

bool SirReader::readTime(ByteReader value)
{
    const qsizetype from = value.position();
    const std::optional<quint32> seconds = value.uint32();
    if (!seconds || (value.remaining() != 0 && value.remaining() != nonceSize))
        return false;
    m_sir.time.ms = qint64(*seconds) * 1000;
    note("time", from, value.position(), 0, m_sir.time.toIso());
    if (!value.atEnd()) {
        const qsizetype at = value.position();
        m_sir.nonce = value.rest().toByteArray();
        note("nonce", at, value.position(), 0, QString::fromLatin1(m_sir.nonce.toHex()));
    }
    return true;
}

} // namespace reveille
