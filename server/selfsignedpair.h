// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QString>

namespace reveille {

/// A certificate of the server's own, for a laboratory that has none.
struct CertificatePair {
    QString certificateFile;
    QString keyFile;
};

/// tls.crt and tls.key (0600) of the data folder: an EC P-256 key and a self-signed certificate for `host` (a name or an
/// address; localhost is always in it), made at first use and again when it has run out. Start-up only. Error
/// tls-certificate (about: the file).
Result<CertificatePair> ensureSelfSignedPair(const QString &dataDir, const QString &host);

} // namespace reveille
