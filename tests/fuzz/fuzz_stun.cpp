// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/stun.h"

using namespace reveille;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const Result<QByteArray> request = parseStunRequest(octets);
    const Result<StunResponse> response = parseStunResponse(octets);
    FUZZ_CHECK(isStun(octets) || (!request.ok() && !response.ok()));
    FUZZ_CHECK(!request.ok() || !response.ok());
    if (request.ok()) {
        const Result<QByteArray> again = parseStunRequest(encodeStunRequest(*request));
        FUZZ_CHECK(again.ok() && *again == *request);
    }
    if (response.ok()) {
        const Result<StunResponse> again =
            parseStunResponse(encodeStunResponse(response->transaction, response->mapped, response->port));
        FUZZ_CHECK(again.ok() && again->transaction == response->transaction);
        FUZZ_CHECK(again->mapped == response->mapped && again->port == response->port);
    }
    return 0;
}
