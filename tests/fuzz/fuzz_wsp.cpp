// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/wsp.h"

using namespace reveille;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const QVector<DecodedField> fields = explainWspPush(octets);
    for (const DecodedField &field : fields)
        FUZZ_CHECK(field.offset >= 0 && field.length >= 0 && field.offset + field.length <= octets.size());

    const Result<WspPush> push = decodeWspPush(octets);
    if (!push)
        return 0;
    (void)deviceInHeader(*push);
    (void)deviceInParameter(*push);
    const Result<WspPush> again = decodeWspPush(encodeWspPush(*push));
    FUZZ_CHECK(again.ok());
    FUZZ_CHECK(*again == *push);
    return 0;
}
