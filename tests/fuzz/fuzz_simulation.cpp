// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natsettings.h"
#include "client/simulation/simulationjson.h"
#include "client/smsc/smscmessage.h"
#include "client/smsc/smscsettings.h"
#include "fuzz/fuzz.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

void readCommands(QByteArrayView line)
{
    if (const Result<NatCommand> command = natCommandFromJson(line, {})) {
        const Result<NatSettings> again = natSettingsFromJson(toJson(command->settings), {});
        FUZZ_CHECK(again.ok() && *again == command->settings);
    }
    if (const Result<SmscCommand> command = smscCommandFromJson(line, {})) {
        SmscSettings secret;
        secret.password = command->settings.password; // the one thing that is not shown
        const Result<SmscSettings> again = smscSettingsFromJson(toJson(command->settings), secret);
        FUZZ_CHECK(again.ok() && *again == command->settings);
        FUZZ_CHECK(command->terminal.msisdn.size() <= 15);
    }
    const QString text = QString::fromUtf8(line);
    (void)settingsFromTexts(text.split(u'\n'));
    (void)SmscTerminal::parse(text);
    if (const Result<SimulationEndpoint> endpoint = SimulationEndpoint::parse(text)) {
        const Result<SimulationEndpoint> again = SimulationEndpoint::parse(endpoint->toString());
        FUZZ_CHECK(again.ok() && *again == *endpoint);
    }
}

/// What the SMSC makes of a submit_sm, and that it can say what it makes of it.
void readSubmit(QByteArrayView octets)
{
    const Result<SmppPdu> pdu = decodeSmpp(octets);
    if (!pdu || pdu->command != SmppCommand::SubmitSm)
        return;
    SmscMessage message;
    message.id = 0x4f8a1200;
    message.request = *pdu;
    (void)smscFieldsOf(*pdu);
    FUZZ_CHECK(smscValidityOf(pdu->message->validity, Milliseconds(5000)) <= Milliseconds(5000));
    SmscSettings settings;
    settings.receiptForm = SmscReceiptForm::Both;
    FUZZ_CHECK(encodeSmpp(smscReceipt(message, settings, SmppMessageState::Expired, 27, {})).ok());
    FUZZ_CHECK(encodeSmpp(smscUssdAnswer(message, settings, 72)).ok());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] == 0) // the first octet of every PDU there is
        readSubmit(fuzzOctets(data, size));
    else
        readCommands(fuzzOctets(data, size));
    return 0;
}
