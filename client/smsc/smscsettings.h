// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/simulation/simulationendpoint.h"
#include "domain/timestamp.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

namespace reveille {

/// How message ids are written; SMSCs in the wild differ, and some write them differently in receipts.
enum class SmscIds : quint8 { Hex, Decimal };
/// Delivery receipts: none; after the response to submit_sm, as it should be; before it, whatever becomes of
/// the message; each twice; or for ids that were never given out.
enum class SmscReceipts : quint8 { After, None, Before, Twice, Foreign };
/// Where a receipt says what it says: in short_message (SMPP 3.4 appendix B), in optional parameters, or in
/// both.
enum class SmscReceiptForm : quint8 { Text, Parameters, Both };
/// To what it says nothing: no submit_sm, or nothing at all but binds.
enum class SmscSilence : quint8 { Off, Submit, All };
/// How a terminal answers a USSD string.
enum class SmscUssd : quint8 { Confirm, Refuse, Busy, None };

/// How the simulated SMSC behaves; all of it can change while it runs. Any thread.
struct SmscSettings {
    QString systemId = QStringLiteral("ppg1"); ///< who may bind; empty: anybody
    QString password = QStringLiteral("secret");
    SmscIds ids = SmscIds::Hex;
    SmscIds receiptIds = SmscIds::Hex;
    SmscReceipts receipts = SmscReceipts::After;
    SmscReceiptForm receiptForm = SmscReceiptForm::Text;
    Milliseconds receiptDelay{0};
    SmscSilence silence = SmscSilence::Off;
    Milliseconds answerDelay{0};   ///< of submit_sm_resp
    Milliseconds deliveryDelay{0}; ///< until a message reaches its terminal
    Milliseconds deliveryJitter{0};
    int lossPercent = 0; ///< of accepted messages: neither delivered nor told of
    int status = 0;      ///< of every submit_sm_resp: 8 is a system error, 20 a full queue
    int failFirst = 0;   ///< status only for so many; 0: for all
    int perSecond = 0;   ///< more submit_sm in a second are throttled (0x58); 0: as many as come
    /// At so many submit_sm more the connection is dropped, the last without an answer; 0: never.
    int dropAfter = 0;
    bool refusesUnknown = false; ///< numbers without a terminal; else they are accepted and undeliverable
    Milliseconds validity{86'400'000}; ///< the most a message waits for its terminal
    SmscUssd ussd = SmscUssd::Confirm;
    bool ussdEchoes = true;       ///< its_session_info comes back in the answer
    Milliseconds enquireEvery{0}; ///< enquire_link of its own; 0: never

    // Bounds.
    int maxSessions = 16; ///< at the limit a connection is closed
    int maxTerminals = 10'000;
    int maxMessages = 10'000;   ///< accepted and not finished; beyond it: queue full (0x14)
    int maxDeliveries = 10'000; ///< receipts and answers that wait; beyond it the oldest is dropped
    int window = 10;            ///< deliver_sm without a response, of each session
    int openMessages = 100;     ///< with parts missing
    friend bool operator==(const SmscSettings &, const SmscSettings &) = default;
};

/// A simulated phone: what is sent to its number goes to a UDP port, as from an adapter between SMSC and IP.
/// Any thread.
struct SmscTerminal {
    QString msisdn;           ///< digits
    SimulationEndpoint place; ///< port 0: the one the message names, else 2948
    bool reachable = true;    ///< otherwise messages wait
    friend bool operator==(const SmscTerminal &, const SmscTerminal &) = default;

    /// "491701234567=127.0.0.1:2948", "+49 170 1234567=127.0.0.1". Errors: terminal-form, those of Msisdn,
    /// endpoint-value.
    static Result<SmscTerminal> parse(const QString &text);
};
QJsonObject toJson(const SmscTerminal &terminal);

/// What can be told to an SMSC that runs.
struct SmscCommand {
    enum class Kind : quint8 { Set, Terminal, Remove, Terminals, Counters, Drop, Unbind, Quit };
    Kind kind = Kind::Counters;
    SmscSettings settings; ///< Set: all of them, changed or not
    SmscTerminal terminal; ///< Terminal; Remove has only the number
};

/// Without the password.
QJsonObject toJson(const SmscSettings &settings);
/// Fields that are not there keep the value of `current`. Errors as in wire/json.h.
Result<SmscSettings> smscSettingsFromJson(const QJsonObject &object, const SmscSettings &current);

/// {"do":"set", settings…} {"do":"terminal", "msisdn":…, "place":"ADDRESS[:PORT]", "reachable"?:true}
/// {"do":"remove", "msisdn":…} {"do":"terminals"} {"do":"counters"} {"do":"drop"} (every connection, without
/// a word) {"do":"unbind"} (the SMSC says good-bye) {"do":"quit"}. Errors as in wire/json.h, those of Msisdn,
/// endpoint-value.
Result<SmscCommand> smscCommandFromJson(QByteArrayView line, const SmscSettings &current);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::SmscSettings)
Q_DECLARE_METATYPE(reveille::SmscTerminal)
