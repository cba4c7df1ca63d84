// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// The key of a registration as it stands in a path: 64 bits in the 11 digits of base64url without padding (RFC 4648
/// section 5).
QByteArray textOfKey(quint64 key);
/// Reads what textOfKey() writes, and nothing else; 0 for anything else. Allocates nothing.
quint64 keyOfText(QByteArrayView text);

} // namespace reveille
