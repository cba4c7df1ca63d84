// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/base64url.h"
#include "wire/es256.h"
#include "wire/vapid.h"

using namespace reveille;

/// The value of an Authorization field. What is read says the same when it is written again; only what its key signed is believed.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const Result<Vapid> vapid = Vapid::parse(octets);
    if (!vapid)
        return 0;
    FUZZ_CHECK(octets.size() <= Vapid::longest);
    FUZZ_CHECK(isP256Key(vapid->key) && vapid->signature.size() == es256SignatureSize);
    FUZZ_CHECK(!vapid->audiences.isEmpty() && vapid->audiences.size() <= Vapid::mostAudiences);
    FUZZ_CHECK(vapid->subject.size() <= Vapid::longestSubject && vapid->expiresAt.isSet());
    const QByteArray again = "vapid t=" + vapid->signedPart + '.' + toBase64Url(vapid->signature) + ", k=" + toBase64Url(vapid->key);
    const Result<Vapid> same = Vapid::parse(again);
    FUZZ_CHECK(same.ok() && *same == *vapid);
    const Result<Done> judged = vapid->judge(vapid->audiences, vapid->expiresAt - Milliseconds(1));
    FUZZ_CHECK(judged.ok() == verifyEs256(vapid->key, vapid->signedPart, vapid->signature).ok());
    FUZZ_CHECK(!vapid->judge(vapid->audiences, vapid->expiresAt));
    return 0;
}
