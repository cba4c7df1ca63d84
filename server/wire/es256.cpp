// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/es256.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

namespace reveille {

namespace {

template <auto release>
struct Releaser {
    template <typename T>
    void operator()(T *thing) const
    {
        release(thing);
    }
};
template <typename T, auto release>
using Owned = std::unique_ptr<T, Releaser<release>>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

/// What the library notes about hostile octets is nobody else's error.
struct QuietErrors {
    QuietErrors() { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
    Q_DISABLE_COPY_MOVE(QuietErrors)
};

const unsigned char *octetsOf(QByteArrayView data)
{
    return reinterpret_cast<const unsigned char *>(data.data());
}

Key readKey(QByteArrayView key)
{
    if (key.size() != p256KeySize || key[0] != 4)
        return {};
    const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    QByteArray group("prime256v1"), point = key.toByteArray();
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), size_t(point.size())),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *made = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) <= 0)
        return {};
    Key read(made);
    const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> check(EVP_PKEY_CTX_new_from_pkey(nullptr, read.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) <= 0)
        return {};
    return read;
}

/// r and s as the library wants them; empty where it has no memory.
QByteArray toDer(QByteArrayView signature)
{
    const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(octetsOf(signature), es256SignatureSize / 2, nullptr);
    BIGNUM *s = BN_bin2bn(octetsOf(signature) + es256SignatureSize / 2, es256SignatureSize / 2, nullptr);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
    QByteArray der(qMax(size, 0), Qt::Uninitialized);
    auto *to = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(pair.get(), &to);
    return der;
}

} // namespace

bool isP256Key(QByteArrayView key)
{
    const QuietErrors quiet;
    return readKey(key) != nullptr;
}

Result<Done> verifyEs256(QByteArrayView key, QByteArrayView data, QByteArrayView signature)
{
    const QuietErrors quiet;
    const Key publicKey = readKey(key);
    if (!publicKey)
        return Error{"es256-key", {}};
    if (signature.size() != es256SignatureSize)
        return Error{"es256-signature", {}};
    const QByteArray der = toDer(signature);
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> digest(EVP_MD_CTX_new());
    const bool good = !der.isEmpty() && digest &&
                      EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, publicKey.get()) == 1 &&
                      EVP_DigestVerify(digest.get(), octetsOf(der), size_t(der.size()), octetsOf(data), size_t(data.size())) == 1;
    return good ? Result<Done>(Done{}) : Result<Done>(Error{"es256-signature", {}});
}

} // namespace reveille
