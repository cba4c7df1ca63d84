// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace reveille {

/// How octets are written down to be taken elsewhere.
enum class OctetText : quint8 {
    Hex,    ///< "01 06 26", for people and for most tools
    Base64, ///< RFC 4648, section 4, in one line
    CArray, ///< an initializer of C and C++, twelve octets a line
};

/// `name` is what a C array is called; characters that no identifier has become "_". Any thread.
QString octetsAs(OctetText how, QByteArrayView octets, const QString &name = {});

} // namespace reveille
