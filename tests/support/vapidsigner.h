// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/base64url.h"

#include <QByteArray>

#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <memory>

namespace reveille {

/// An application server with a VAPID key of its own. For tests that link OpenSSL::Crypto.
class VapidSigner
{
public:
    VapidSigner() : m_key(EVP_EC_gen("P-256"), EVP_PKEY_free) {}

    /// 65 octets.
    QByteArray key() const
    {
        unsigned char *point = nullptr;
        const size_t size = EVP_PKEY_get1_encoded_public_key(m_key.get(), &point);
        const QByteArray octets(reinterpret_cast<const char *>(point), qsizetype(size));
        OPENSSL_free(point);
        return octets;
    }
    /// r and s, 64 octets.
    QByteArray sign(const QByteArray &data) const
    {
        const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        QByteArray der(200, Qt::Uninitialized);
        size_t size = size_t(der.size());
        EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
        EVP_DigestSign(digest.get(), octets(der), &size, octets(data), size_t(data.size()));
        const unsigned char *at = octets(der);
        const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG *)> pair(d2i_ECDSA_SIG(nullptr, &at, long(size)), ECDSA_SIG_free);
        QByteArray raw(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), octets(raw), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), octets(raw) + 32, 32);
        return raw;
    }
    /// The whole token of these parts in JSON.
    QByteArray token(const QByteArray &claims, const QByteArray &header = R"({"typ":"JWT","alg":"ES256"})") const
    {
        const QByteArray content = toBase64Url(header) + '.' + toBase64Url(claims);
        return content + '.' + toBase64Url(sign(content));
    }
    /// The value of Authorization.
    QByteArray authorization(const QByteArray &claims) const
    {
        return "vapid t=" + token(claims) + ", k=" + toBase64Url(key());
    }
    static QByteArray claims(const QByteArray &audience, qint64 expiresAtSeconds, const QByteArray &subject = "mailto:ops@shop.example")
    {
        return R"({"aud":")" + audience + R"(","exp":)" + QByteArray::number(expiresAtSeconds) + R"(,"sub":")" + subject + R"("})";
    }

private:
    static unsigned char *octets(QByteArray &data) { return reinterpret_cast<unsigned char *>(data.data()); }
    static const unsigned char *octets(const QByteArray &data) { return reinterpret_cast<const unsigned char *>(data.constData()); }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY *)> m_key;
};

} // namespace reveille
