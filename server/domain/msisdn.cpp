// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/msisdn.h"

#include "domain/textscan.h"

namespace reveille {

namespace {

/// Without "tel:" and the parameters of a tel URI (RFC 3966 section 3).
QStringView numberPart(QStringView text)
{
    constexpr QStringView scheme = u"tel:";
    if (!text.startsWith(scheme, Qt::CaseInsensitive))
        return text;
    text = text.sliced(scheme.size());
    const qsizetype parameters = text.indexOf(u';');
    return (parameters < 0 ? text : text.first(parameters)).trimmed();
}

} // namespace

Result<Msisdn> Msisdn::parse(QStringView text)
{
    text = numberPart(text.trimmed());
    if (text.isEmpty())
        return Error{"msisdn-empty", {}};

    const bool plus = text.startsWith(u'+');
    QString digits;
    for (qsizetype at = plus ? 1 : 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (isAsciiDigit(c)) {
            digits += c;
        } else if (c == u'(' && text.sliced(at).startsWith(u"(0)") && !digits.isEmpty()) {
            at += 2; // the trunk prefix people write for callers at home: +49 (0)170
        } else if (!QStringView(u" -.()/").contains(c)) {
            return Error{"msisdn-characters", shortened(text)};
        }
    }
    if (!plus && digits.startsWith(u"00"))
        digits.remove(0, 2);
    if (digits.startsWith(u'0'))
        return Error{"msisdn-national", shortened(text)};
    if (digits.size() < 5)
        return Error{"msisdn-too-short", shortened(text)};
    if (digits.size() > 15)
        return Error{"msisdn-too-long", shortened(text)};

    Msisdn result;
    result.m_digits = digits;
    return result;
}

} // namespace reveille
