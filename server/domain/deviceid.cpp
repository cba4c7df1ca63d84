// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceid.h"

#include "domain/deviceidforms.h"
#include "domain/textscan.h"

#include <array>

namespace reveille {

using Kind = DeviceId::Kind;

namespace {

constexpr qsizetype longest = 255;

/// One scheme prefix and the kind it tells. The first of a kind is the canonical one.
struct Scheme {
    QStringView prefix;
    Kind kind;
};
constexpr std::array schemes{
    Scheme{u"urn:uuid:", Kind::Uuid},
    Scheme{u"uuid:", Kind::Uuid},
    Scheme{u"urn:gsma:imei:", Kind::Imei},
    Scheme{u"imei:", Kind::Imei},
    Scheme{u"rfid:", Kind::Rfid},
    Scheme{u"esn:", Kind::Esn},
    Scheme{u"mac:", Kind::Mac},
    Scheme{u"fingerprint:", Kind::Fingerprint},
    Scheme{u"other:", Kind::Other},
};

const Scheme *schemeOf(QStringView text)
{
    for (const Scheme &scheme : schemes) {
        if (text.startsWith(scheme.prefix, Qt::CaseInsensitive))
            return &scheme;
    }
    return nullptr;
}

QStringView canonicalPrefix(Kind kind)
{
    for (const Scheme &scheme : schemes) {
        if (scheme.kind == kind)
            return scheme.prefix;
    }
    return {};
}

QStringView unwrapped(QStringView text)
{
    text = text.trimmed();
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.sliced(1, text.size() - 2).trimmed();
    if (text.size() >= 2 && text.startsWith(u'<') && text.endsWith(u'>'))
        text = text.sliced(1, text.size() - 2).trimmed();
    return text;
}

/// The kind that text without a scheme of ours tells by its shape.
Kind kindByShape(QStringView text)
{
    if (looksLikeUuid(text))
        return Kind::Uuid;
    if (looksLikeMac(text))
        return Kind::Mac;
    if (text.startsWith(u"urn:", Qt::CaseInsensitive))
        return Kind::Urn;
    if (isGruu(text))
        return Kind::Gruu;
    return hasUriScheme(text) ? Kind::Uri : Kind::Other;
}

Result<DeviceIdForm> formOf(Kind kind, QStringView text)
{
    switch (kind) {
    case Kind::Uuid:
        return uuidForm(text);
    case Kind::Imei:
        return imeiForm(text);
    case Kind::Rfid:
        return rfidForm(text);
    case Kind::Esn:
        return esnForm(text);
    case Kind::Mac:
        return macForm(text);
    case Kind::Fingerprint:
        return fingerprintForm(text);
    case Kind::Urn:
        return urnForm(text);
    case Kind::Gruu:
        return gruuForm(text);
    case Kind::Uri:
        return uriForm(text);
    case Kind::Other:
        return otherForm(text);
    case Kind::None:
        break;
    }
    return Error{"device-empty", {}};
}

const char *mismatchCode(Kind wanted)
{
    switch (wanted) {
    case Kind::Uuid:
        return "device-uuid";
    case Kind::Imei:
        return "device-imei";
    case Kind::Rfid:
        return "device-rfid";
    case Kind::Esn:
        return "device-esn";
    case Kind::Mac:
        return "device-mac";
    case Kind::Fingerprint:
        return "device-fingerprint";
    case Kind::Urn:
        return "device-urn";
    default:
        return "device-characters";
    }
}

} // namespace

Result<DeviceId> DeviceId::parse(QStringView text)
{
    return parse(Kind::None, text);
}

Result<DeviceId> DeviceId::parse(Kind kind, QStringView text)
{
    text = unwrapped(text);
    if (text.isEmpty())
        return Error{"device-empty", {}};
    if (text.size() > longest)
        return Error{"device-too-long", QString::number(text.size())};
    if (!allOf(text, [](QChar c) { return c.isPrint() || c.isSurrogate(); }))
        return Error{"device-characters", shortened(text)};

    const Scheme *scheme = schemeOf(text);
    const bool whole = kind == Kind::Urn || kind == Kind::Uri || kind == Kind::Gruu;
    Kind told = scheme ? scheme->kind : kind;
    if (!scheme && (kind == Kind::None || whole))
        told = kindByShape(text);
    if (kind == Kind::Other && told != Kind::Other) {
        told = Kind::Other; // any text may be the name of something else
        scheme = nullptr;
    }
    if (kind != Kind::None && told != kind)
        return Error{mismatchCode(kind), shortened(text)};

    const QStringView value = scheme ? text.sliced(scheme->prefix.size()).trimmed() : text;
    if (value.isEmpty())
        return Error{"device-empty", shortened(text)};
    const Result<DeviceIdForm> form = formOf(told, value);
    if (!form)
        return form.error();
    if (form->text.size() > longest)
        return Error{"device-too-long", QString::number(form->text.size())};

    DeviceId id;
    id.m_kind = told;
    id.m_text = form->text;
    id.m_key = form->key;
    return id;
}

QString DeviceId::value() const
{
    switch (m_kind) {
    case Kind::Imei:
        return m_key;
    case Kind::Gruu:
    case Kind::Uri:
    case Kind::Urn:
    case Kind::None:
        return m_text;
    default:
        return m_text.sliced(canonicalPrefix(m_kind).size());
    }
}

} // namespace reveille
