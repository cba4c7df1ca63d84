// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/uintvar.h"

namespace reveille {

int uintvarSize(quint32 value)
{
    int octets = 1;
    while (value >>= 7)
        ++octets;
    return octets;
}

void appendUintvar(QByteArray &to, quint32 value)
{
    for (int group = uintvarSize(value) - 1; group > 0; --group)
        to.append(char(0x80 | ((value >> (7 * group)) & 0x7f)));
    to.append(char(value & 0x7f));
}

} // namespace reveille
