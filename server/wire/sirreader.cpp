// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sirreader.h"

#include "domain/ipaddress.h"
#include "wire/utf8.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr quint8 acceptApplication = 0xb2;
constexpr quint8 quote = 0x7f;
constexpr qsizetype tagSize = 4;
constexpr qsizetype longestHash = 4;

QString hex(QByteArrayView octets)
{
    return QString::fromLatin1(octets.toByteArray().toHex());
}

QString describe(const ApplicationId &application)
{
    switch (application.kind) {
    case ApplicationId::Kind::Any:
        return u"*"_s;
    case ApplicationId::Kind::Number: {
        const QString name = wellKnownApplicationName(application.number);
        return name.isEmpty() ? QString::number(application.number) : name;
    }
    case ApplicationId::Kind::Uri:
        break;
    }
    return application.uri;
}

QString describeAddress(const QByteArray &address)
{
    const IpAddress ip = IpAddress::fromBytes(address);
    return ip.isNull() ? hex(address) : ip.toString();
}

} // namespace

std::optional<quint32> readWspInteger(ByteReader &reader)
{
    const std::optional<quint8> first = reader.peek();
    if (!first)
        return {};
    if (*first & 0x80) {
        reader.octet();
        return *first & 0x7fu;
    }
    if (*first < 1 || *first > 4 || reader.remaining() <= *first)
        return {};
    reader.octet();
    quint32 value = 0;
    for (int i = 0; i < *first; ++i)
        value = value << 8 | *reader.octet();
    return value;
}

SirReader::SirReader(QByteArrayView octets, QVector<DecodedField> *trace, qsizetype origin, int depth)
    : m_reader(octets, origin)
    , m_trace(trace)
    , m_origin(origin)
    , m_depth(depth)
    , m_size(octets.size())
{
}

Result<SessionRequest> SirReader::read()
{
    if (m_size == 0)
        fail("sir-empty", m_origin);
    else if (m_size > sirMaxSize)
        fail("sir-too-long", m_origin);
    else if (readFields())
        return m_sir;
    if (m_trace)
        note("error", m_reader.position(), m_reader.position(), 0, QString::fromLatin1(m_error.code));
    return m_error;
}

bool SirReader::fail(const char *code, qsizetype at)
{
    m_error = {code, QString::number(at)};
    return false;
}

void SirReader::note(const char *name, qsizetype from, qsizetype until, int nesting, const QString &value)
{
    if (m_trace)
        m_trace->append({QString::fromLatin1(name), value, int(from), int(until - from), m_depth + nesting});
}

bool SirReader::number(quint32 &value)
{
    auto fault = ByteReader::UintvarFault::None;
    value = m_reader.uintvar(fault);
    switch (fault) {
    case ByteReader::UintvarFault::None:
        return true;
    case ByteReader::UintvarFault::Truncated:
        return fail("sir-truncated", m_reader.position());
    case ByteReader::UintvarFault::Invalid:
        break;
    }
    return fail("sir-uintvar", m_reader.position());
}

/// A field with a length in front; `part` stays empty where the body legally ended before it.
bool SirReader::list(const char *name, std::optional<ByteReader> &part)
{
    part.reset();
    if (m_reader.atEnd())
        return true;
    const qsizetype from = m_reader.position();
    quint32 size = 0;
    if (!number(size))
        return false;
    const qsizetype content = m_reader.position();
    part = m_reader.part(size);
    if (!part)
        return fail("sir-truncated", from);
    note(name, from, content + size, 0, QString::number(size));
    return true;
}

bool SirReader::readFields()
{
    const qsizetype start = m_reader.position();
    m_sir.version = *m_reader.octet();
    note("version", start, m_reader.position(), 0, QString::number(m_sir.version));

    std::optional<ByteReader> part;
    if (!list("application_list", part) || (part && !readApplications(*part)))
        return false;
    if (!list("wsp_contact_points", part) || (part && !readPoints(*part, m_sir.wspPoints)))
        return false;
    if (m_sir.version == 0)
        return true;
    if (!list("contact_points", part) || (part && !readPoints(*part, m_sir.contactPoints)))
        return false;
    if (!list("protocol_options", part) || (part && !readOptions(*part)))
        return false;
    if (!list("prov_url", part))
        return false;
    if (part) {
        m_sir.provUrl = part->rest().toByteArray();
        if (m_trace && !m_sir.provUrl.isEmpty()) {
            m_trace->last().value =
                m_sir.provUrl.size() > longestHash ? readUtf8(m_sir.provUrl) : hex(m_sir.provUrl);
        }
    }
    return readTags() && (m_sir.version == 1 || readExtension());
}

bool SirReader::readApplications(ByteReader list)
{
    while (!list.atEnd()) {
        const qsizetype from = list.position();
        if (m_sir.applications.size() >= sirMaxEntries)
            return fail("sir-too-many", from);
        if (list.octet() != acceptApplication)
            return fail("sir-application", from);
        ApplicationId application;
        if (list.peek() >= 0x20 && list.peek() < 0x80) {
            auto text = list.zeroTerminated();
            if (!text)
                return fail("sir-application", from);
            if (quint8(text->front()) == quote)
                text = text->sliced(1);
            application.uri = readUtf8(*text);
            if (application.uri.isEmpty())
                return fail("sir-application", from);
            application.kind = ApplicationId::Kind::Uri;
            if (const auto known = wellKnownApplication(application.uri))
                application = {ApplicationId::Kind::Number, *known, {}};
        } else {
            const std::optional<quint32> known = readWspInteger(list);
            if (!known)
                return fail("sir-application", from);
            application = {ApplicationId::Kind::Number, *known, {}};
        }
        if (application.kind == ApplicationId::Kind::Number && application.number == 0)
            application = {};
        if (m_trace)
            note("application", from, list.position(), 1, describe(application));
        m_sir.applications.append(application);
    }
    return true;
}

bool SirReader::readPoints(ByteReader list, QVector<ContactPoint> &points)
{
    while (!list.atEnd()) {
        const qsizetype from = list.position();
        if (points.size() >= sirMaxEntries)
            return fail("sir-too-many", from);
        ContactPoint point;
        if (!readPoint(list, point))
            return fail("sir-address", from);
        points.append(point);
    }
    return true;
}

bool SirReader::readPoint(ByteReader &list, ContactPoint &point)
{
    const qsizetype from = list.position();
    const quint8 flags = *list.octet();
    if (flags & 0x80) {
        point.bearer = list.octet();
        if (!point.bearer)
            return false;
    }
    if (flags & 0x40) {
        point.port = list.uint16();
        if (!point.port)
            return false;
    }
    const qsizetype addressAt = list.position();
    const auto address = list.octets(flags & 0x3f);
    if (!address)
        return false;
    point.address = address->toByteArray();
    if (!m_trace)
        return true;
    const QString text = describeAddress(point.address);
    note("contact_point", from, list.position(), 1, text);
    if (point.bearer)
        note("bearer", from + 1, from + 2, 2, QString::number(*point.bearer));
    if (point.port)
        note("port", addressAt - 2, addressAt, 2, QString::number(*point.port));
    note("address", addressAt, list.position(), 2, text);
    return true;
}

bool SirReader::readOptions(ByteReader list)
{
    while (!list.atEnd()) {
        const qsizetype from = list.position();
        if (m_sir.protocolOptions.size() >= sirMaxEntries)
            return fail("sir-too-many", from);
        auto fault = ByteReader::UintvarFault::None;
        const quint32 option = list.uintvar(fault);
        if (fault != ByteReader::UintvarFault::None)
            return fail("sir-uintvar", from);
        m_sir.protocolOptions.append(option);
        note("protocol_option", from, list.position(), 1, QString::number(option));
    }
    return true;
}

bool SirReader::readTags()
{
    if (m_reader.atEnd())
        return true;
    const qsizetype from = m_reader.position();
    quint32 count = 0;
    if (!number(count))
        return false;
    if (count > quint64(m_reader.remaining() / tagSize))
        return fail("sir-truncated", from);
    if (count > quint32(sirMaxEntries))
        return fail("sir-too-many", from);
    note("cpi_tags", from, m_reader.position() + count * tagSize, 0, QString::number(count));
    for (quint32 i = 0; i < count; ++i) {
        const qsizetype at = m_reader.position();
        m_sir.cpiTags.append(m_reader.octets(tagSize)->toByteArray());
        if (m_trace)
            note("cpi_tag", at, at + tagSize, 1, hex(m_sir.cpiTags.last()));
    }
    return true;
}

} // namespace reveille
