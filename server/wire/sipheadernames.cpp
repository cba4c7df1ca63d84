// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipheadernames.h"

#include "wire/sipscan.h"

#include <array>

namespace reveille::sipheaders {

namespace {

constexpr std::array<QByteArrayView, KnownCount> names{
    QByteArrayView(), "via",     "from",           "to",           "call-id", "cseq",
    "max-forwards",   "contact", "content-length", "content-type", "expires", "record-route"};

/// Compact forms of RFC 3261 and of the registry of header names.
QByteArrayView ofCompact(char compact)
{
    switch (compact | 0x20) {
    case 'a':
        return "accept-contact";
    case 'b':
        return "referred-by";
    case 'c':
        return "content-type";
    case 'd':
        return "request-disposition";
    case 'e':
        return "content-encoding";
    case 'f':
        return "from";
    case 'i':
        return "call-id";
    case 'j':
        return "reject-contact";
    case 'k':
        return "supported";
    case 'l':
        return "content-length";
    case 'm':
        return "contact";
    case 'o':
        return "event";
    case 'r':
        return "refer-to";
    case 's':
        return "subject";
    case 't':
        return "to";
    case 'u':
        return "allow-events";
    case 'v':
        return "via";
    case 'x':
        return "session-expires";
    case 'y':
        return "identity";
    default:
        return {};
    }
}

} // namespace

QByteArrayView nameOf(Known header)
{
    return names[header];
}

Known knownOf(QByteArrayView name)
{
    name = longName(name);
    for (quint8 i = Via; i < KnownCount; ++i) {
        if (sipscan::equals(name, names[i]))
            return Known(i);
    }
    return Other;
}

QByteArrayView longName(QByteArrayView name)
{
    if (name.size() != 1)
        return name;
    const QByteArrayView full = ofCompact(name.front());
    return full.isEmpty() ? name : full;
}

bool mayRepeat(Known header)
{
    return header == Other || header == Via || header == Contact || header == RecordRoute;
}

} // namespace reveille::sipheaders
