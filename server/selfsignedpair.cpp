// SPDX-License-Identifier: GPL-3.0-or-later
#include "selfsignedpair.h"

#include "domain/ipaddress.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QSslCertificate>
#include <QDateTime>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace reveille {

namespace {

template <auto free>
struct Freer {
    template <typename T>
    void operator()(T *object) const { free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

constexpr long validDays = 3650;

bool addExtension(X509 *certificate, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

QByteArray alternativeNames(const QString &host)
{
    QByteArray names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    if (const Result<IpAddress> address = IpAddress::parse(host); address && !address->isLoopback())
        names += ",IP:" + address->toString().toLatin1();
    else if (!address && !host.isEmpty() && host != u"localhost")
        names += ",DNS:" + host.toLatin1();
    return names;
}

Certificate makeCertificate(EVP_PKEY *key, const QString &host)
{
    Certificate certificate(X509_new());
    const QByteArray name = host.isEmpty() ? QByteArray("localhost") : host.toLatin1();
    quint64 serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    const bool made = X509_set_version(certificate.get(), 2) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1) == 1
        && X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600)
        && X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validDays * 24 * 3600)
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(name.constData()), int(name.size()), -1, 0) == 1
        && X509_set_issuer_name(certificate.get(), subject) == 1 && X509_set_pubkey(certificate.get(), key) == 1
        && addExtension(certificate.get(), NID_subject_alt_name, alternativeNames(host))
        && addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE")
        && X509_sign(certificate.get(), key, EVP_sha256()) > 0;
    return made ? std::move(certificate) : Certificate();
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return QByteArray(data, length);
}

bool write(const QString &path, const QByteArray &pem, QFile::Permissions permissions)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(permissions) && file.write(pem) == pem.size()
        && file.commit();
}

bool isGood(const CertificatePair &pair)
{
    const QList<QSslCertificate> known = QSslCertificate::fromPath(pair.certificateFile, QSsl::Pem);
    return !known.isEmpty() && known.first().expiryDate() > QDateTime::currentDateTimeUtc().addDays(1)
        && QFileInfo::exists(pair.keyFile);
}

} // namespace

Result<CertificatePair> ensureSelfSignedPair(const QString &dataDir, const QString &host)
{
    const CertificatePair pair{QDir(dataDir).filePath(QStringLiteral("tls.crt")),
                               QDir(dataDir).filePath(QStringLiteral("tls.key"))};
    if (isGood(pair))
        return pair;
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = key ? makeCertificate(key.get(), host) : Certificate();
    const Bio keyPem(BIO_new(BIO_s_mem())), certificatePem(BIO_new(BIO_s_mem()));
    const bool made = certificate && PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1
        && PEM_write_bio_X509(certificatePem.get(), certificate.get()) == 1
        && write(pair.keyFile, contents(keyPem.get()), QFile::ReadOwner | QFile::WriteOwner)
        && write(pair.certificateFile, contents(certificatePem.get()),
                 QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    if (!made)
        return Error{"tls-certificate", pair.certificateFile};
    return pair;
}

} // namespace reveille
