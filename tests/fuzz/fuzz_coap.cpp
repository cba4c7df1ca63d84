// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

using namespace reveille;

namespace {

/// What was read is written and read again: the same message, and octets that stay as they are from then on.
QByteArray written(const CoapMessage &message)
{
    CoapBuilder builder(message.type(), message.code(), message.messageId(), message.token());
    for (const CoapOption &option : message.options())
        builder.add(option.number, option.value);
    return builder.payload(message.payload()).bytes();
}

void checkMessage(QByteArrayView octets)
{
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    if (!message) {
        FUZZ_CHECK(!message.error().answerReset || octets.size() >= coapHeaderSize);
        return;
    }
    qsizetype optionOctets = 0;
    for (const CoapOption &option : message->options())
        optionOctets += option.value.size();
    FUZZ_CHECK(optionOctets + message->payload().size() <= octets.size());
    message->badCriticalOption({CoapOptionNumber::UriPath});
    FUZZ_CHECK(message->path().contains('/') || message->isAt(message->path()));
    message->childOf("rd");
    message->query("ep");

    const QByteArray once = written(*message);
    const Result<CoapMessage, CoapFault> again = CoapMessage::parse(once);
    FUZZ_CHECK(again.ok() && written(*again) == once);
    FUZZ_CHECK(once.size() <= octets.size());
    FUZZ_CHECK(again->token() == message->token() && again->payload() == message->payload());
}

void checkValues(QByteArrayView octets)
{
    if (const auto number = coapNumber(octets))
        FUZZ_CHECK(coapNumber(coapNumber(*number)) == number);
    if (const Result<CoapBlock> block = CoapBlock::parse(octets); block.ok())
        FUZZ_CHECK(*CoapBlock::parse(coapNumber(block->toNumber())) == *block);
    if (const Result<CoapBase> base = CoapBase::parse(octets); base.ok())
        FUZZ_CHECK(*CoapBase::parse(base->toText()) == *base);
    if (const Result<CoapRegistrationAnswer> answer = CoapRegistrationAnswer::parse(octets); answer.ok())
        FUZZ_CHECK(*CoapRegistrationAnswer::parse(answer->toText()) == *answer);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    checkMessage(fuzzOctets(data, size));
    checkValues(fuzzOctets(data, size));
    return 0;
}
