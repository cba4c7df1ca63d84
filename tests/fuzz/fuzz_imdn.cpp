// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/cpim.h"
#include "wire/imdn.h"
#include "wire/inflate.h"

using namespace reveille;

namespace {

void checkImdn(QByteArrayView octets)
{
    const Result<Imdn> imdn = Imdn::parse(octets);
    if (!imdn)
        return;
    FUZZ_CHECK(!imdn->messageId.isEmpty() && imdn->messageId.size() <= Imdn::longestId);
    const Result<Imdn> again = Imdn::parse(imdn->toBytes("2026-11-28T20:00:00Z"));
    FUZZ_CHECK(again.ok() && again->messageId.simplified() == imdn->messageId.simplified());
    FUZZ_CHECK(again->about == imdn->about && again->status == imdn->status);
}

} // namespace

/// A notification bare, in a message of its own, and deflated, as they come in a MESSAGE.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    checkImdn(octets);
    if (const Result<Cpim> message = Cpim::parse(octets); message) {
        checkImdn(message->body);
        FUZZ_CHECK(message->body.size() <= octets.size());
        const Result<Cpim> again = Cpim::parse(message->toBytes());
        FUZZ_CHECK(!again || again->body == message->body);
    }
    if (const Result<QByteArray> plain = inflated(octets, Imdn::largest); plain) {
        FUZZ_CHECK(plain->size() <= Imdn::largest);
        checkImdn(*plain);
    }
    return 0;
}
