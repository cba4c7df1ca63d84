// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/coapnames.h"

#include <algorithm>
#include <array>

namespace reveille {

namespace {

constexpr std::array shapes{
    CoapOptionShape{CoapOptionNumber::IfMatch, 0, 8, true},
    CoapOptionShape{CoapOptionNumber::UriHost, 1, 255, false},
    CoapOptionShape{CoapOptionNumber::ETag, 1, 8, true},
    CoapOptionShape{CoapOptionNumber::IfNoneMatch, 0, 0, false},
    CoapOptionShape{CoapOptionNumber::Observe, 0, 3, false},
    CoapOptionShape{CoapOptionNumber::UriPort, 0, 2, false},
    CoapOptionShape{CoapOptionNumber::LocationPath, 0, 255, true},
    CoapOptionShape{CoapOptionNumber::UriPath, 0, 255, true},
    CoapOptionShape{CoapOptionNumber::ContentFormat, 0, 2, false},
    CoapOptionShape{CoapOptionNumber::MaxAge, 0, 4, false},
    CoapOptionShape{CoapOptionNumber::UriQuery, 0, 255, true},
    CoapOptionShape{CoapOptionNumber::HopLimit, 1, 1, false},
    CoapOptionShape{CoapOptionNumber::Accept, 0, 2, false},
    CoapOptionShape{CoapOptionNumber::LocationQuery, 0, 255, true},
    CoapOptionShape{CoapOptionNumber::Block2, 0, 3, false},
    CoapOptionShape{CoapOptionNumber::Block1, 0, 3, false},
    CoapOptionShape{CoapOptionNumber::Size2, 0, 4, false},
    CoapOptionShape{CoapOptionNumber::ProxyUri, 1, 1034, false},
    CoapOptionShape{CoapOptionNumber::ProxyScheme, 1, 255, false},
    CoapOptionShape{CoapOptionNumber::Size1, 0, 4, false},
    CoapOptionShape{CoapOptionNumber::Echo, 1, 40, false},
    CoapOptionShape{CoapOptionNumber::NoResponse, 0, 1, false},
    CoapOptionShape{CoapOptionNumber::RequestTag, 0, 8, true},
};

struct Format {
    quint16 number;
    const char *type;
};

constexpr std::array formats{
    Format{0, "text/plain;charset=utf-8"},
    Format{40, "application/link-format"},
    Format{41, "application/xml"},
    Format{42, "application/octet-stream"},
    Format{47, "application/exi"},
    Format{50, "application/json"},
    Format{51, "application/json-patch+json"},
    Format{60, "application/cbor"},
    Format{110, "application/senml+json"},
    Format{112, "application/senml+cbor"},
    Format{11542, "application/vnd.oma.lwm2m+tlv"},
    Format{11543, "application/vnd.oma.lwm2m+json"},
    Format{11544, "application/vnd.oma.lwm2m+cbor"},
};

QByteArray squeezed(QByteArrayView text)
{
    QByteArray result;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '"')
            result.append(c >= 'A' && c <= 'Z' ? char(c + 32) : c);
    }
    return result;
}

} // namespace

QByteArray coapCodeText(quint8 code)
{
    const int detail = code & 0x1f;
    QByteArray text = QByteArray::number(code >> 5) + '.';
    if (detail < 10)
        text += '0';
    return text + QByteArray::number(detail);
}

QByteArray coapMethodText(quint8 code)
{
    static constexpr std::array names{"GET", "POST", "PUT", "DELETE", "FETCH", "PATCH", "iPATCH"};
    return code >= 1 && code <= names.size() ? QByteArray(names[code - 1]) : coapCodeText(code);
}

const CoapOptionShape *coapOptionShape(quint16 number)
{
    const auto found = std::lower_bound(shapes.begin(), shapes.end(), number,
                                        [](const CoapOptionShape &shape, quint16 n) { return shape.number < n; });
    return found != shapes.end() && found->number == number ? &*found : nullptr;
}

std::optional<quint16> coapContentFormat(QByteArrayView contentType)
{
    const QByteArray wanted = squeezed(contentType);
    if (wanted == "text/plain")
        return 0; // the content is kept in UTF-8 where nothing else is said
    for (const Format &format : formats) {
        if (wanted == format.type)
            return format.number;
    }
    return {};
}

QByteArray coapContentType(quint16 format)
{
    for (const Format &known : formats) {
        if (known.number == format)
            return known.type;
    }
    return {};
}

} // namespace reveille
