// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "connections/shared/tlsidentity.h"

namespace reveille {

/// What a listener at `address` proves itself with: the files it was given; without any, the server's own pair in the
/// data folder, one for all listeners, made when the first asks. Start-up only. Error tls-certificate (about: the file).
Result<TlsIdentity> tlsIdentityFor(const TlsFiles &files, const Config &config, const ListenAddress &address,
                                   const QString &dataDir);

} // namespace reveille
