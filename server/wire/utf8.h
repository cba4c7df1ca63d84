// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace reveille {

/// UTF-8 as it stands: a byte order mark is a character like any other, so that reading what was written
/// always gives the same text. Octets that are no UTF-8 become U+FFFD. Any thread.
QString readUtf8(QByteArrayView octets);

/// The same, but nothing where octets are no UTF-8.
std::optional<QString> readUtf8Strictly(QByteArrayView octets);

} // namespace reveille
