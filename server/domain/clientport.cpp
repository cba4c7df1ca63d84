// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clientport.h"

#include "domain/textscan.h"

namespace reveille {

Result<ClientPort> ClientPort::parse(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return Error{"port-empty", {}};
    if (!allOf(text, isAsciiDigit))
        return Error{"port-characters", shortened(text)};
    uint number = 0;
    for (QChar c : text) {
        number = number * 10 + uint(hexDigitValue(c));
        if (number > 65535)
            return Error{"port-range", shortened(text)};
    }
    if (number == 0)
        return Error{"port-range", shortened(text)};
    return ClientPort(quint16(number));
}

} // namespace reveille
