// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/smsassembler.h"
#include "wire/smsdissector.h"

using namespace reveille;

/// The input is user data; what it reads as is written and read again, and put together in a small assembler
/// that lives on from input to input.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static SmsAssembler assembler({4, Milliseconds(10)});
    static qint64 now = 0;
    const QByteArrayView octets = fuzzOctets(data, size);
    for (const auto &fields : {explainSms(octets), explainUssd(octets)}) {
        for (const DecodedField &field : fields)
            FUZZ_CHECK(field.offset >= 0 && field.length >= 0 &&
                       field.offset + field.length <= octets.size());
    }
    const Result<SmsUserData> read = decodeSmsUserData(octets);
    if (!read)
        return 0;
    const Result<SmsUserData> again = decodeSmsUserData(encodeSmsUserData(*read));
    FUZZ_CHECK(again.ok());
    FUZZ_CHECK(*again == *read);
    const auto whole = assembler.take(QStringLiteral("491"), *read, Milliseconds(++now));
    FUZZ_CHECK(!whole || whole->payload.size() <= std::max(qsizetype(255 * smsUserDataLimit), octets.size()));
    FUZZ_CHECK(assembler.open() <= 4);
    const Result<QVector<SmsUserData>> parts = splitSms(read->payload, {}, 1, size % 2 == 0);
    if (!parts)
        return 0;
    QByteArray joined;
    for (const SmsUserData &part : *parts) {
        FUZZ_CHECK(encodeSmsUserData(part).size() <= smsUserDataLimit);
        joined += part.payload;
    }
    FUZZ_CHECK(joined == read->payload);
    return 0;
}
