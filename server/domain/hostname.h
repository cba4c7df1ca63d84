// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace reveille {

/// Whether `text` is a host name of RFC 1123: labels of letters, digits and inner hyphens, at most 63 characters each
/// and 253 together, the last one not starting with a digit. Any thread.
bool isHostName(QStringView text);

/// The host and port of a URI in one spelling. Any thread.
struct HostPort {
    QString host;     ///< lower-case name without a final dot, IPv4 address, or IPv6 address in brackets (RFC 5952)
    quint16 port = 0; ///< 0 = not given
    /// "Lab.Example:5060", "192.0.2.1", "[2001:DB8::1]:5060". Empty for anything else.
    static std::optional<HostPort> parse(QStringView text);
};

} // namespace reveille
