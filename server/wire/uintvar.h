// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reveille {

/// Appends `value` as WSP uintvar (WAP-230 section 8.1.2): seven bits an octet, most significant group first,
/// bit 7 set on all but the last; 1 to 5 octets. Reading is ByteReader::uintvar. Any thread.
void appendUintvar(QByteArray &to, quint32 value);

/// Octets appendUintvar would write: 1 to 5.
int uintvarSize(quint32 value);

} // namespace reveille
