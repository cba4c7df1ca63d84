// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/sir.h"

using namespace reveille;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const QVector<DecodedField> fields = explainSir(octets);
    for (const DecodedField &field : fields)
        FUZZ_CHECK(field.offset >= 0 && field.length >= 0 && field.offset + field.length <= octets.size());

    const QByteArray key("secret");
    const Result<SessionRequest> sir = decodeSir(octets);
    if (!sir) {
        FUZZ_CHECK(!verifySir(octets, key));
        FUZZ_CHECK(fields.constLast().name == QLatin1StringView("error"));
        return 0;
    }
    const Result<SessionRequest> again = decodeSir(encodeSir(*sir));
    FUZZ_CHECK(again.ok());
    FUZZ_CHECK(*again == *sir);
    const QByteArray authentic = encodeSir(*sir, key);
    FUZZ_CHECK(verifySir(authentic, key) == (sir->version >= 2));
    FUZZ_CHECK(!verifySir(authentic, QByteArray("other")));
    return 0;
}
