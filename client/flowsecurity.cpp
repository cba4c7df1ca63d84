// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/flowsecurity.h"

#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace reveille {

Result<FlowSecurity> flowSecurity(const PushClientSettings &settings)
{
    FlowSecurity security;
    security.tls = QSslConfiguration::defaultConfiguration();
    security.tls.setProtocol(QSsl::TlsV1_2OrLater);
    security.tls.setPeerVerifyMode(settings.tlsInsecure ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    if (!settings.tlsCaFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(settings.tlsCaFile);
        if (authorities.isEmpty())
            return Error{"client-settings", u"tls-ca"_s};
        security.tls.setCaCertificates(authorities);
    }
    security.serverName =
        settings.registrarName.isEmpty() ? settings.registrar.toString() : settings.registrarName;
    return security;
}

} // namespace reveille
