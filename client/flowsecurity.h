// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushclientsettings.h"
#include "domain/result.h"

#include <QSslConfiguration>

namespace reveille {

/// What a TLS connection to a server goes by. Any thread.
struct FlowSecurity {
    QSslConfiguration tls;
    QString serverName; ///< what the certificate must be for: a host name, or an address as text
};

/// TLS 1.2 or later; the server's certificate must lead to `tlsCaFile` or, where that is empty, to the
/// system's authorities, and be for the host the registrar was named by; `tlsInsecure` takes any. Error
/// client-settings (about: tls-ca) where the file holds no certificate.
Result<FlowSecurity> flowSecurity(const PushClientSettings &settings);

} // namespace reveille
