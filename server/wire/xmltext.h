// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <string>

namespace reveille {

/// Appends what stands between the quotes of an XML attribute (XML 1.0 sections 2.2 and 2.3) in UTF-8: markup, quotes, tabs and
/// line ends as references, so that a reader gets them back as they are, and without characters that XML has no place for: other
/// controls, halves of surrogate pairs, U+FFFE and U+FFFF. For documents that are written for every push. Any thread.
void appendXml(std::string &out, QStringView text);

} // namespace reveille
