// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceidforms.h"

#include "domain/deviceid.h"
#include "domain/hostname.h"
#include "domain/publicuserid.h"
#include "domain/textscan.h"

#include <QList>

#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

bool isUriCharacter(QChar c)
{
    return isVisibleAscii(c) && !QStringView(u"<>\"{}|\\^`").contains(c);
}

/// Escapes with upper-case digits (RFC 3986 section 6.2.2.1); empty if one is broken or a character is not
/// allowed.
std::optional<QString> withCanonicalEscapes(QStringView text)
{
    QString result = text.toString();
    for (qsizetype at = 0; at < result.size(); ++at) {
        if (!isUriCharacter(result.at(at)))
            return std::nullopt;
        if (result.at(at) != u'%')
            continue;
        if (at + 2 >= result.size() || !isHexDigit(result.at(at + 1)) || !isHexDigit(result.at(at + 2)))
            return std::nullopt;
        result[at + 1] = result.at(at + 1).toUpper();
        result[at + 2] = result.at(at + 2).toUpper();
        at += 2;
    }
    return result;
}

qsizetype schemeLength(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon < 1 || !isAsciiLetter(text.front()))
        return -1;
    const bool good = allOf(text.first(colon), [](QChar c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == u'+' || c == u'-' || c == u'.';
    });
    return good ? colon : -1;
}

bool isSip(QStringView text)
{
    return text.startsWith(u"sip:", Qt::CaseInsensitive) || text.startsWith(u"sips:", Qt::CaseInsensitive);
}

/// The gr parameter of a SIP URI: without value "" (temporary GRUU), absent empty.
std::optional<QStringView> grParameter(QStringView uri)
{
    const qsizetype at = uri.indexOf(u'@');
    const qsizetype first = uri.indexOf(u';', qMax(at, qsizetype(0)));
    if (!isSip(uri) || at < 0 || first < 0)
        return std::nullopt;
    QStringView rest = uri.sliced(first + 1);
    if (const qsizetype headers = rest.indexOf(u'?'); headers >= 0)
        rest = rest.first(headers);
    for (QStringView parameter : rest.split(u';')) {
        if (parameter.compare(u"gr", Qt::CaseInsensitive) == 0)
            return QStringView(u"");
        if (parameter.startsWith(u"gr=", Qt::CaseInsensitive))
            return parameter.sliced(3);
    }
    return std::nullopt;
}

/// First character of the host and one past its last, of a URI with an authority or of a SIP or mail address.
std::pair<qsizetype, qsizetype> hostRange(QStringView uri, qsizetype colon)
{
    const auto endOf = [&](qsizetype from, QStringView delimiters) {
        while (from < uri.size() && !delimiters.contains(uri.at(from)))
            ++from;
        return from;
    };
    const bool authority = uri.sliced(colon + 1).startsWith(u"//");
    const qsizetype start = authority ? colon + 3 : colon + 1;
    const qsizetype end = authority ? endOf(start, u"/?#") : uri.size();
    const qsizetype at = uri.first(end).lastIndexOf(u'@');
    if (authority)
        return {qMax(start, at + 1), end};
    return at < start ? std::pair{start, start} : std::pair{at + 1, endOf(at + 1, u";?/")};
}

} // namespace

bool hasUriScheme(QStringView text)
{
    const qsizetype colon = schemeLength(text);
    return colon > 0 && colon + 1 < text.size();
}

bool isGruu(QStringView text)
{
    return grParameter(text).has_value();
}

Result<DeviceIdForm> uriForm(QStringView uri)
{
    const Error wrong{"device-characters", shortened(uri)};
    const std::optional<QString> escaped = withCanonicalEscapes(uri);
    const qsizetype colon = schemeLength(uri);
    if (!escaped || colon < 0 || colon + 1 == uri.size())
        return wrong;
    const auto [start, end] = hostRange(*escaped, colon);
    const QString text = escaped->first(colon).toLower() + escaped->sliced(colon, start - colon) +
                         escaped->sliced(start, end - start).toLower() + escaped->sliced(end);
    return DeviceIdForm{text, text};
}

Result<DeviceIdForm> urnForm(QStringView urn)
{
    const Error wrong{"device-urn", shortened(urn)};
    constexpr QStringView scheme = u"urn:";
    if (!urn.startsWith(scheme, Qt::CaseInsensitive))
        return wrong;
    QStringView rest = urn.sliced(scheme.size());
    for (QStringView component : {u"?+", u"?=", u"#"}) { // RFC 8141 section 3: no part of the comparison
        if (const qsizetype at = rest.indexOf(component); at >= 0)
            rest = rest.first(at);
    }
    const qsizetype colon = rest.indexOf(u':');
    if (colon < 2 || colon > 32 || colon + 1 == rest.size())
        return wrong;
    const QStringView nid = rest.first(colon);
    const bool goodNid = !nid.startsWith(u'-') && !nid.endsWith(u'-') &&
                         allOf(nid, [](QChar c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == u'-'; });
    const std::optional<QString> nss = withCanonicalEscapes(rest.sliced(colon + 1));
    if (!goodNid || !nss || nss->startsWith(u'/') || nss->contains(u'?') || nss->contains(u'[') ||
        nss->contains(u']'))
        return wrong;
    const QString text = scheme.toString() + nid.toString().toLower() + u':' + *nss;
    return DeviceIdForm{text, text};
}

Result<DeviceIdForm> gruuForm(QStringView uri)
{
    const Error wrong{"device-characters", shortened(uri)};
    const std::optional<QStringView> gr = grParameter(uri);
    const Result<PublicUserId> user = PublicUserId::parse(uri);
    if (!gr || !user)
        return wrong;
    if (gr->isEmpty()) {
        const QString text = user->toString() + u";gr"_s;
        return DeviceIdForm{text, text};
    }
    const std::optional<QString> value = withCanonicalEscapes(*gr);
    if (!value)
        return wrong;
    const QString text = user->toString() + u";gr="_s + *value;
    const Result<DeviceId> instance = DeviceId::parse(*value);
    const bool names = instance.ok() &&
                       (instance->kind() == DeviceId::Kind::Uuid || instance->kind() == DeviceId::Kind::Imei);
    return names ? DeviceIdForm{user->toString() + u";gr="_s + instance->toString(), instance->toString()}
                 : DeviceIdForm{text, text};
}

} // namespace reveille
