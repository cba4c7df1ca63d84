// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wspnames.h"

#include <array>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

struct Assigned {
    quint32 number;
    const char *name;
};

constexpr std::array contentTypes{
    Assigned{0x00, "*/*"},
    Assigned{0x01, "text/*"},
    Assigned{0x02, "text/html"},
    Assigned{0x03, "text/plain"},
    Assigned{0x08, "text/vnd.wap.wml"},
    Assigned{0x09, "text/vnd.wap.wmlscript"},
    Assigned{0x0c, "multipart/mixed"},
    Assigned{0x0f, "multipart/alternative"},
    Assigned{0x10, "application/*"},
    Assigned{0x14, "application/vnd.wap.wmlc"},
    Assigned{0x15, "application/vnd.wap.wmlscriptc"},
    Assigned{0x1c, "image/*"},
    Assigned{0x1d, "image/gif"},
    Assigned{0x1e, "image/jpeg"},
    Assigned{0x1f, "image/tiff"},
    Assigned{0x20, "image/png"},
    Assigned{0x21, "image/vnd.wap.wbmp"},
    Assigned{0x23, "application/vnd.wap.multipart.mixed"},
    Assigned{0x26, "application/vnd.wap.multipart.alternative"},
    Assigned{0x27, "application/xml"},
    Assigned{0x28, "text/xml"},
    Assigned{0x29, "application/vnd.wap.wbxml"},
    Assigned{0x2d, "text/vnd.wap.si"},
    Assigned{0x2e, "application/vnd.wap.sic"},
    Assigned{0x2f, "text/vnd.wap.sl"},
    Assigned{0x30, "application/vnd.wap.slc"},
    Assigned{0x31, "text/vnd.wap.co"},
    Assigned{0x32, "application/vnd.wap.coc"},
    Assigned{0x33, "application/vnd.wap.multipart.related"},
    Assigned{0x34, "application/vnd.wap.sia"},
    Assigned{0x35, "text/vnd.wap.connectivity-xml"},
    Assigned{0x36, "application/vnd.wap.connectivity-wbxml"},
    Assigned{0x3e, "application/vnd.wap.mms-message"},
    Assigned{0x44, "application/vnd.syncml.notification"},
};

constexpr std::array headers{
    Assigned{0x00, "Accept"},
    Assigned{0x08, "Cache-Control"},
    Assigned{0x0b, "Content-Encoding"},
    Assigned{0x0c, "Content-Language"},
    Assigned{0x0d, "Content-Length"},
    Assigned{0x0e, "Content-Location"},
    Assigned{0x11, "Content-Type"},
    Assigned{0x12, "Date"},
    Assigned{0x13, "Etag"},
    Assigned{0x14, "Expires"},
    Assigned{0x15, "From"},
    Assigned{0x16, "Host"},
    Assigned{0x1d, "Last-Modified"},
    Assigned{0x26, "Server"},
    Assigned{0x29, "User-Agent"},
    Assigned{0x2b, "Via"},
    Assigned{0x2c, "Warning"},
    Assigned{0x2f, "X-Wap-Application-Id"},
    Assigned{0x30, "X-Wap-Content-URI"},
    Assigned{0x31, "X-Wap-Initiator-URI"},
    Assigned{0x32, "Accept-Application"},
    Assigned{0x33, "Bearer-Indication"},
    Assigned{0x34, "Push-Flag"},
    Assigned{0x35, "Profile"},
    Assigned{0x43, "Encoding-Version"},
};

constexpr std::array parameters{
    Assigned{0x00, "q"},       Assigned{0x01, "charset"}, Assigned{0x02, "level"},
    Assigned{0x03, "type"},    Assigned{0x05, "name"},    Assigned{0x06, "filename"},
    Assigned{0x09, "type"},    Assigned{0x0a, "start"},   Assigned{0x0b, "start-info"},
    Assigned{0x0c, "comment"}, Assigned{0x17, "name"},    Assigned{0x18, "filename"},
};

/// The first of a number is the name written.
constexpr std::array charsets{
    Assigned{3, "us-ascii"},           Assigned{4, "iso-8859-1"},  Assigned{5, "iso-8859-2"},
    Assigned{12, "iso-8859-9"},        Assigned{17, "shift_jis"},  Assigned{106, "utf-8"},
    Assigned{1015, "utf-16"},          Assigned{1013, "utf-16be"}, Assigned{1014, "utf-16le"},
    Assigned{1000, "iso-10646-ucs-2"}, Assigned{2025, "gb2312"},   Assigned{2026, "big5"},
    Assigned{111, "iso-8859-15"},
};

template <typename Table>
std::optional<quint32> numberIn(const Table &table, QStringView name)
{
    for (const Assigned &entry : table) {
        if (name.compare(QLatin1StringView(entry.name), Qt::CaseInsensitive) == 0)
            return entry.number;
    }
    return {};
}

template <typename Table>
QString nameIn(const Table &table, quint32 number)
{
    for (const Assigned &entry : table) {
        if (entry.number == number)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

QString hexName(quint32 number)
{
    return "0x"_L1 + QString::number(number, 16).rightJustified(2, u'0');
}

QString orHex(const QString &name, quint32 number)
{
    return name.isEmpty() ? hexName(number) : name;
}

} // namespace

std::optional<quint32> wspContentTypeNumber(QStringView mediaType)
{
    if (const auto number = numberIn(contentTypes, mediaType))
        return number;
    bool isNumber = false;
    const quint32 number = mediaType.startsWith("0x"_L1) ? mediaType.sliced(2).toUInt(&isNumber, 16) : 0;
    if (isNumber && mediaType == hexName(number))
        return number;
    return {};
}

QString wspContentTypeName(quint32 number)
{
    return orHex(nameIn(contentTypes, number), number);
}

QString wspHeaderName(quint8 code)
{
    return orHex(nameIn(headers, code), code);
}

QString wspParameterName(quint8 code)
{
    return orHex(nameIn(parameters, code), code);
}

std::optional<quint32> charsetNumber(QStringView name)
{
    if (const auto number = numberIn(charsets, name))
        return number;
    bool isNumber = false;
    const quint32 number = name.toUInt(&isNumber);
    if (isNumber && name == QString::number(number))
        return number;
    return {};
}

QString charsetName(quint32 number)
{
    const QString name = nameIn(charsets, number);
    return name.isEmpty() ? QString::number(number) : name;
}

} // namespace reveille
