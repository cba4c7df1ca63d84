// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <string_view>

namespace reveille {

/// Where `what`, which is not empty, stands in `octets` at or after `from`; -1 where it does not. For line ends and delimiters,
/// which QByteArrayView::indexOf() looks for octet by octet. Any thread.
inline qsizetype findOctets(QByteArrayView octets, QByteArrayView what, qsizetype from = 0)
{
    const size_t found = std::string_view(octets.data(), size_t(octets.size()))
                             .find(std::string_view(what.data(), size_t(what.size())), size_t(from));
    return found == std::string_view::npos ? -1 : qsizetype(found);
}

} // namespace reveille
