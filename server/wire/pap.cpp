// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/pap.h"

#include "domain/enumtext.h"
#include "domain/textscan.h"
#include "wire/utctime.h"

namespace reveille {

namespace {

constexpr EnumNames<2> replaceMethods{"pending-only", "all"};
constexpr EnumNames<3> priorities{"high", "medium", "low"};
constexpr EnumNames<4> deliveryMethods{"confirmed", "preferconfirmed", "unconfirmed", "notspecified"};
constexpr EnumNames<9> messageStates{"rejected", "pending", "delivered", "undeliverable", "expired",
                                     "aborted",  "timeout", "cancelled", "unknown"};
constexpr QLatin1StringView timeShape("0000-00-00T00:00:00Z");

} // namespace

const char *toText(PapReplaceMethod method)
{
    return nameOf(replaceMethods, method);
}

const char *toText(PapPriority priority)
{
    return nameOf(priorities, priority);
}

const char *toText(PapDeliveryMethod method)
{
    return nameOf(deliveryMethods, method);
}

const char *toText(PapMessageState state)
{
    return nameOf(messageStates, state);
}

std::optional<PapReplaceMethod> papReplaceMethodFromText(QStringView text)
{
    return valueOf<PapReplaceMethod>(replaceMethods, text);
}

std::optional<PapPriority> papPriorityFromText(QStringView text)
{
    return valueOf<PapPriority>(priorities, text);
}

std::optional<PapDeliveryMethod> papDeliveryMethodFromText(QStringView text)
{
    return valueOf<PapDeliveryMethod>(deliveryMethods, text);
}

std::optional<PapMessageState> papMessageStateFromText(QStringView text)
{
    return valueOf<PapMessageState>(messageStates, text);
}

QString papTime(Timestamp time)
{
    return QString::fromLatin1(utcTime(time));
}

std::optional<Timestamp> papTimeFromText(QStringView text)
{
    if (text.size() != timeShape.size())
        return std::nullopt;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool digit = timeShape[i] == u'0';
        if (digit ? !isAsciiDigit(text[i]) : text[i] != timeShape[i])
            return std::nullopt;
    }
    const QDateTime time = QDateTime::fromString(text.toString(), Qt::ISODate);
    if (!time.isValid() || time.toMSecsSinceEpoch() == 0)
        return std::nullopt;
    return Timestamp{time.toMSecsSinceEpoch()};
}

} // namespace reveille
