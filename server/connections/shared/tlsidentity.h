// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QSslConfiguration>

namespace reveille {

/// What a listener proves itself with over TLS. PEM files; the certificate file may hold the chain. Any thread.
struct TlsIdentity {
    QString certificateFile;
    QString keyFile;
};

/// Server side of TLS 1.2 and later, no client certificate asked for. Errors tls-certificate, tls-key (about: the file),
/// tls-unsupported (this Qt has no TLS).
Result<QSslConfiguration> serverTls(const TlsIdentity &identity);

} // namespace reveille
