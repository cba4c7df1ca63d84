// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>

namespace reveille {

/// The folder the server keeps its files in. Start-up only.

/// Makes the folder, readable by its owner only, where it is missing. Error data-dir (about: path and why).
Result<Done> ensureDataFolder(const QString &path);
/// 32 random octets kept in `file` of the folder (mode 0600), made at first use; keys of nonces and temporary GRUUs, so
/// that both outlive a restart. Error data-dir.
Result<QByteArray> serverKey(const QString &folder, const QString &file);

} // namespace reveille
