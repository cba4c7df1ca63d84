// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QString>

namespace reveille {

/// DATA_DIR/operations.token.
QString operationsTokenPath(const QString &dataDir);

/// Reads the token of staff, or makes one (32 random octets as base64url, file mode 0600) where there is
/// none. A file that others may read is brought back to 0600. Blocks; called at start-up. Error token-file,
/// about = the path: it cannot be read or written, or holds less than 32 characters.
Result<QByteArray> ensureTokenFile(const QString &dataDir);

/// Reads it only. Errors token-file-missing, token-file.
Result<QByteArray> readTokenFile(const QString &path);

} // namespace reveille
