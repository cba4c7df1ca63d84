// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/pap.h"

#include <QByteArray>

namespace reveille {

/// The document in UTF-8 with the document type of its version. What is not given and what is the default is left
/// out; wap-pap-ver is there where supportedVersions is not empty. parsePap() reads the same value back. Characters that
/// XML cannot carry are left out. Any thread.
QByteArray toPapBytes(const PapDocument &document);

/// What we write into wap-pap-ver: "2.1", "2.0", "1.*".
QStringList ownPapVersions();

} // namespace reveille
