// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/publicuserid.h"

#include "domain/hostname.h"
#include "domain/textscan.h"

#include <QList>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 255;
constexpr QStringView sipScheme = u"sip:";
constexpr QStringView sipsScheme = u"sips:";
constexpr QStringView telScheme = u"tel:";

bool takePrefix(QStringView &text, QStringView prefix)
{
    if (!text.startsWith(prefix, Qt::CaseInsensitive))
        return false;
    text = text.sliced(prefix.size());
    return true;
}

QStringView until(QStringView text, QStringView delimiters)
{
    return text.first(std::find_first_of(text.begin(), text.end(), delimiters.begin(), delimiters.end()) - text.begin());
}

bool isUnreserved(QChar c)
{
    return isAsciiLetter(c) || isAsciiDigit(c) || QStringView(u"-_.!~*'()").contains(c);
}

/// The user part of RFC 3261 section 25.1 with escapes in one spelling: those of unreserved characters
/// resolved (section 19.1.4), the others with upper-case digits.
Result<QString> canonicalUser(QStringView user)
{
    const auto standsForItself = [](QChar c) { return isUnreserved(c) || QStringView(u"&=+$,;?/").contains(c); };
    QString result;
    result.reserve(user.size());
    for (qsizetype at = 0; at < user.size(); ++at) {
        const QStringView rest = user.sliced(at);
        const qsizetype plain = std::find_if_not(rest.begin(), rest.end(), standsForItself) - rest.begin();
        result += rest.first(plain);
        at += plain;
        if (at == user.size())
            break;
        const bool escape =
            user.at(at) == u'%' && at + 2 < user.size() && isHexDigit(user.at(at + 1)) && isHexDigit(user.at(at + 2));
        if (!escape)
            return Error{"user-characters", shortened(user.sliced(at, 1))};
        const QChar meant(char16_t(hexDigitValue(user.at(at + 1)) * 16 + hexDigitValue(user.at(at + 2))));
        if (meant < u' ' || meant == u'\x7f')
            return Error{"user-characters", user.sliced(at, 3).toString()};
        result += isUnreserved(meant) ? QString(meant) : user.sliced(at, 3).toString().toUpper();
        at += 2;
    }
    return result;
}

Result<QString> canonicalSip(QStringView rest)
{
    const qsizetype at = rest.indexOf(u'@');
    if (at < 0)
        return Error{"user-without-host", shortened(until(rest, u":;?"))};
    if (rest.indexOf(u'@', at + 1) >= 0)
        return Error{"user-characters", u"@"_s};
    const QStringView user = until(rest.first(at), u":"); // what follows a colon is a password
    if (user.isEmpty())
        return Error{"user-empty", {}};
    const Result<QString> userText = canonicalUser(user);
    if (!userText)
        return userText.error();

    const QStringView hostPort = until(rest.sliced(at + 1), u";?");
    if (hostPort.isEmpty())
        return Error{"user-without-host", *userText};
    const std::optional<HostPort> host = HostPort::parse(hostPort);
    if (!host)
        return Error{"user-host", shortened(hostPort)};
    // Both schemes are folded into one, so the default port of either says nothing.
    const bool sayPort = host->port != 0 && host->port != 5060 && host->port != 5061;
    QString text;
    text.reserve(sipScheme.size() + userText->size() + host->host.size() + 7);
    text.append(sipScheme).append(*userText).append(u'@').append(host->host);
    if (sayPort)
        text.append(u':').append(QString::number(host->port));
    return text;
}

/// RFC 3966: a global number by its digits; a local one only with the context that makes it unique.
Result<QString> canonicalTel(QStringView rest)
{
    constexpr QStringView separators = u"-.() ";
    const QStringView numberText = until(rest, u";");
    const QString number = without(numberText, separators);
    const Error wrong{"user-number", shortened(numberText)};
    if (number.startsWith(u'+')) {
        const QStringView digits = QStringView(number).sliced(1);
        const bool good = digits.size() >= 3 && digits.size() <= 15 && allOf(digits, isAsciiDigit);
        return good ? Result<QString>(telScheme.toString() + number) : Result<QString>(wrong);
    }
    const bool local =
        !number.isEmpty() && allOf(number, [](QChar c) { return isHexDigit(c) || c == u'*' || c == u'#'; });
    if (!local)
        return wrong;
    constexpr QStringView contextName = u"phone-context=";
    for (QStringView parameter : rest.sliced(numberText.size()).split(u';')) {
        if (!takePrefix(parameter, contextName))
            continue;
        QString context = parameter.toString().toLower();
        const bool global = context.startsWith(u'+');
        if (global)
            context = without(context, separators);
        const bool good = global ? context.size() > 1 && allOf(QStringView(context).sliced(1), isAsciiDigit)
                                 : isHostName(context);
        if (!good)
            return wrong;
        return QString(telScheme.toString() + number.toUpper() + u';' + contextName.toString() + context);
    }
    return wrong;
}

Result<QString> canonical(QStringView text)
{
    if (takePrefix(text, sipScheme) || takePrefix(text, sipsScheme))
        return canonicalSip(text);
    if (takePrefix(text, telScheme))
        return canonicalTel(text);
    const QStringView beforeColon = until(text, u":");
    if (beforeColon.size() < text.size() && !beforeColon.contains(u'@'))
        return Error{"user-scheme", shortened(beforeColon)};
    return canonicalSip(text);
}

} // namespace

Result<PublicUserId> PublicUserId::parse(QStringView text)
{
    text = text.trimmed();
    if (text.size() > 2 && text.startsWith(u'<') && text.endsWith(u'>'))
        text = text.sliced(1, text.size() - 2).trimmed();
    if (text.isEmpty())
        return Error{"user-empty", {}};
    if (text.size() > longest)
        return Error{"user-too-long", QString::number(text.size())};
    for (QChar c : text) {
        if (!isVisibleAscii(c) && !(c == u' ' && text.startsWith(telScheme, Qt::CaseInsensitive)))
            return Error{"user-characters", shortened(QStringView(&c, 1))};
    }
    const Result<QString> uri = canonical(text);
    if (!uri)
        return uri.error();
    PublicUserId id;
    id.m_uri = *uri;
    return id;
}

QString PublicUserId::localPart() const
{
    const QStringView uri(m_uri);
    if (isTel())
        return until(uri.sliced(telScheme.size()), u";").toString();
    return isEmpty() ? QString() : until(uri.sliced(sipScheme.size()), u"@").toString();
}

QString PublicUserId::host() const
{
    const qsizetype at = m_uri.indexOf(u'@');
    if (at < 0)
        return {};
    const std::optional<HostPort> host = HostPort::parse(QStringView(m_uri).sliced(at + 1));
    return host ? host->host : QString();
}

bool PublicUserId::isTel() const
{
    return m_uri.startsWith(telScheme);
}

} // namespace reveille
