// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/sdp.h"

using namespace reveille;

/// What is read reads back when it is written.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const auto sdp = SdpMsrp::parse(fuzzOctets(data, size));
    if (!sdp)
        return 0;
    const auto again = SdpMsrp::parse(sdp->bytes());
    FUZZ_CHECK(again ? *again == *sdp : size + 64 > size_t(SdpLimit::octets));
    (void)sdp->accepts("text/plain;charset=utf-8");
    return 0;
}
