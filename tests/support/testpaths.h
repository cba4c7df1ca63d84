// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reveille {

/// A file of tests/data in the source tree. Where the tree lies is compiled into these two functions only, so that a
/// compiler cache knows a test again in another clone.
QString testData(QStringView name);
/// A program of this build.
QString builtProgram(QStringView name);

} // namespace reveille
