// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/smppreceipt.h"

using namespace reveille;

/// The input is a stream: PDUs are cut off its front as a link does it, read, written and read again. A
/// deliver_sm is taken for a receipt too, and so is the input itself as a text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    QByteArrayView stream = fuzzOctets(data, size);
    if (const auto receipt = readSmppReceiptText(stream)) {
        FUZZ_CHECK(!receipt->id.isEmpty() && receipt->id.size() <= 64);
        FUZZ_CHECK(!smppIdForms(receipt->id).isEmpty());
    }
    while (true) {
        const Result<qsizetype> length = smppPduLength(stream);
        if (!length || *length == 0)
            return 0;
        FUZZ_CHECK(*length >= smppHeaderSize && *length <= stream.size());
        const Result<SmppPdu> pdu = decodeSmpp(stream.first(*length));
        stream = stream.sliced(*length);
        if (!pdu)
            continue;
        const Result<QByteArray> written = encodeSmpp(*pdu);
        FUZZ_CHECK(written.ok());
        const Result<SmppPdu> again = decodeSmpp(*written);
        FUZZ_CHECK(again.ok());
        FUZZ_CHECK(*again == *pdu);
        (void)readSmppReceipt(*pdu);
        (void)smppStatusCode(pdu->status);
    }
}
