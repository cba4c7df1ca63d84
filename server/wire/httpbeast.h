// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httpmessage.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/fields.hpp>

namespace reveille {

/// Boost.Beast values as ours; included by the parsers only.
inline QByteArray toBytes(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

inline HttpHeaders toHeaders(const boost::beast::http::fields &fields)
{
    HttpHeaders headers;
    for (const auto &field : fields)
        headers.add(toBytes(field.name_string()), toBytes(field.value()));
    return headers;
}

} // namespace reveille
