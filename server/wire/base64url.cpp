// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/base64url.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr auto form = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

bool isBase64UrlCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

QByteArray toBase64Url(const QByteArray &octets)
{
    return octets.toBase64(form);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    if (!std::all_of(text.begin(), text.end(), isBase64UrlCharacter))
        return std::nullopt;
    QByteArray octets = QByteArray::fromBase64(text.toByteArray(), form);
    if (QByteArrayView(toBase64Url(octets)) != text)
        return std::nullopt;
    return octets;
}

} // namespace reveille
