// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/tlsidentity.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace reveille {

namespace {

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

} // namespace

Result<QSslConfiguration> serverTls(const TlsIdentity &identity)
{
    if (!QSslSocket::supportsSsl())
        return Error{"tls-unsupported", {}};
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(identity.certificateFile, QSsl::Pem);
    if (chain.isEmpty())
        return Error{"tls-certificate", identity.certificateFile};
    QFile file(identity.keyFile);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"tls-key", identity.keyFile};
    const QSslKey key = readKey(file.readAll());
    if (key.isNull())
        return Error{"tls-key", identity.keyFile};
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return configuration;
}

} // namespace reveille
