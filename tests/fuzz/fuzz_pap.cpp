// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/clientprofile.h"
#include "wire/papaddress.h"
#include "wire/papreader.h"
#include "wire/papstatus.h"
#include "wire/papwriter.h"

using namespace reveille;

/// What is read reads back when it is written; what is refused names a status.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView octets = fuzzOctets(data, size);
    const auto address = PapAddress::parse(QString::fromUtf8(octets));
    FUZZ_CHECK(!address || !address->gateway.isEmpty());
    const auto profile = parseClientProfile(octets);
    FUZZ_CHECK(!profile || !profile->contentTypes.isEmpty() || profile->maxMessageSize >= 0);
    const auto document = parsePap(octets);
    if (!document) {
        const PapStatus *status = papStatus(document.error().status);
        FUZZ_CHECK(status && status->fits(PapPlace::BadMessage));
        return 0;
    }
    const QByteArray written = toPapBytes(*document);
    const auto again = parsePap(written);
    FUZZ_CHECK(again ? *again == *document : written.size() > PapLimit::octets);
    return 0;
}
