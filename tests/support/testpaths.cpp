// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"

namespace reveille {

QString testData(QStringView name)
{
    return QStringLiteral(TEST_DATA_DIR "/") + name.toString();
}

QString builtProgram(QStringView name)
{
    return QStringLiteral(PROGRAM_DIR "/") + name.toString();
}

} // namespace reveille
