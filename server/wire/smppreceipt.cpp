// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smppreceipt.h"

#include <algorithm>
#include <array>

namespace reveille {

namespace {

constexpr qsizetype longestReceiptText = 512;

struct StateName {
    const char *text;
    SmppMessageState state;
};
constexpr std::array<StateName, 9> stateNames = {{
    {"deliv", SmppMessageState::Delivered},
    {"expir", SmppMessageState::Expired},
    {"delet", SmppMessageState::Deleted},
    {"undel", SmppMessageState::Undeliverable},
    {"accep", SmppMessageState::Accepted},
    {"unkno", SmppMessageState::Unknown},
    {"rejec", SmppMessageState::Rejected},
    {"enrou", SmppMessageState::EnRoute},
    {"en_ro", SmppMessageState::EnRoute},
}};

std::optional<SmppMessageState> stateOf(const QByteArray &word)
{
    for (const StateName &name : stateNames) {
        if (word.toLower().startsWith(name.text))
            return name.state;
    }
    return {};
}

/// The word behind "key:", up to a space; empty where there is none. `text` is in lower case for the search.
QByteArray wordAfter(const QByteArray &lower, const QByteArray &text, const char *key)
{
    qsizetype at = -1;
    do {
        at = lower.indexOf(key, at + 1);
    } while (at > 0 && lower[at - 1] != ' ');
    if (at < 0)
        return {};
    qsizetype from = at + qsizetype(qstrlen(key));
    while (from < text.size() && text[from] == ' ' && from < at + 40)
        ++from;
    qsizetype to = from;
    while (to < text.size() && text[to] != ' ' && text[to] != '\0')
        ++to;
    return text.mid(from, to - from);
}

QDateTime dateOf(const QByteArray &digits)
{
    const bool number =
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number || (digits.size() != 10 && digits.size() != 12))
        return {};
    const auto two = [&](int at) {
        return digits.mid(at, 2).toInt();
    };
    const QDate date(2000 + two(0), two(2), two(4));
    const QTime time(two(6), two(8), digits.size() == 12 ? two(10) : 0);
    return date.isValid() && time.isValid() ? QDateTime(date, time, Qt::UTC) : QDateTime();
}

/// Parts of the text in any order; id and state may be missing.
void readText(QByteArrayView view, SmppReceipt &receipt, bool &stateFound)
{
    QByteArray text = view.first(std::min(view.size(), longestReceiptText)).toByteArray();
    QByteArray lower = text.toLower();
    if (const qsizetype quoted = lower.indexOf(" text:"); quoted >= 0) {
        text.truncate(quoted);
        lower.truncate(quoted);
    }
    receipt.id = wordAfter(lower, text, "id:").left(64);
    receipt.error = wordAfter(lower, text, "err:").left(16);
    receipt.done = dateOf(wordAfter(lower, text, "done date:"));
    if (const auto state = stateOf(wordAfter(lower, text, "stat:"))) {
        receipt.state = *state;
        stateFound = true;
    }
}

bool allOf(const QByteArray &text, bool (*test)(char))
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), test);
}

QByteArray withoutZeros(QByteArray text)
{
    qsizetype zeros = 0;
    while (zeros + 1 < text.size() && text[zeros] == '0')
        ++zeros;
    return text.mid(zeros);
}

} // namespace

std::optional<SmppReceipt> readSmppReceiptText(QByteArrayView text)
{
    SmppReceipt receipt;
    bool stateFound = false;
    readText(text, receipt, stateFound);
    if (receipt.id.isEmpty() || !stateFound)
        return {};
    return receipt;
}

std::optional<SmppReceipt> readSmppReceipt(const SmppPdu &deliver)
{
    if (!deliver.message || !(deliver.message->esmClass & smppEsmReceipt))
        return {};
    QByteArray text = deliver.message->text;
    if (text.isEmpty())
        text = deliver.tlv(SmppTag::messagePayload).value_or(QByteArray());
    SmppReceipt receipt;
    bool stateFound = false;
    readText(text, receipt, stateFound);
    if (const auto id = deliver.tlv(SmppTag::receiptedMessageId)) {
        const QByteArray named = id->left(id->indexOf('\0')).left(64);
        receipt.id = named.isEmpty() ? receipt.id : named;
    }
    const auto state = deliver.number(SmppTag::messageState, 1);
    if (state && *state >= 1 && *state <= 8) {
        receipt.state = SmppMessageState(*state);
        stateFound = true;
    }
    const auto network = deliver.tlv(SmppTag::networkErrorCode);
    if (receipt.error.isEmpty() && network && network->size() == 3)
        receipt.error = QByteArray::number(quint8(network->at(1)) << 8 | quint8(network->at(2)));
    if (receipt.id.isEmpty() || !stateFound)
        return {};
    return receipt;
}

QList<QByteArray> smppIdForms(const QByteArray &id)
{
    const QByteArray own = withoutZeros(id.toLower());
    QList<QByteArray> forms{own};
    bool ok = false;
    if (allOf(own, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); })) {
        const quint64 value = own.toULongLong(&ok, 16);
        if (ok)
            forms.append(QByteArray::number(value));
    }
    if (allOf(own, [](char c) { return c >= '0' && c <= '9'; })) {
        const quint64 value = own.toULongLong(&ok, 10);
        if (ok)
            forms.append(QByteArray::number(value, 16));
    }
    return forms;
}

namespace {

struct StatusRow {
    quint32 status;
    SmppReaction reaction;
    const char *code;
};
constexpr std::array<StatusRow, 26> statusRows = {{
    {0x00, SmppReaction::Done, "sent"},
    {0x01, SmppReaction::Permanent, "message-refused"},
    {0x02, SmppReaction::Rebind, "smsc-protocol"},
    {0x03, SmppReaction::Rebind, "smsc-protocol"},
    {0x04, SmppReaction::Rebind, "smsc-not-bound"},
    {0x05, SmppReaction::Rebind, "smsc-already-bound"},
    {0x08, SmppReaction::Retry, "smsc-system-error"},
    {0x0a, SmppReaction::Permanent, "source-refused"},
    {0x0b, SmppReaction::Permanent, "number-refused"},
    {0x0d, SmppReaction::Configuration, "bind-refused"},
    {0x0e, SmppReaction::Configuration, "bind-password"},
    {0x0f, SmppReaction::Configuration, "bind-system-id"},
    {0x14, SmppReaction::Throttle, "smsc-queue-full"},
    {0x15, SmppReaction::Permanent, "service-type-refused"},
    {0x43, SmppReaction::Permanent, "message-refused"},
    {0x45, SmppReaction::Retry, "smsc-submit-failed"},
    {0x48, SmppReaction::Permanent, "source-refused"},
    {0x49, SmppReaction::Permanent, "source-refused"},
    {0x50, SmppReaction::Permanent, "number-refused"},
    {0x51, SmppReaction::Permanent, "number-refused"},
    {0x53, SmppReaction::Configuration, "bind-system-type"},
    {0x58, SmppReaction::Throttle, "throttled"},
    {0x61, SmppReaction::Permanent, "message-refused"},
    {0x62, SmppReaction::Permanent, "message-refused"},
    {0x64, SmppReaction::Retry, "smsc-submit-failed"},
    {0xff, SmppReaction::Retry, "smsc-unknown-error"},
}};

const StatusRow *rowOf(quint32 status)
{
    const auto row = std::find_if(statusRows.begin(), statusRows.end(),
                                  [&](const StatusRow &candidate) { return candidate.status == status; });
    return row == statusRows.end() ? nullptr : &*row;
}

} // namespace

SmppReaction smppReaction(quint32 status)
{
    if (const StatusRow *row = rowOf(status))
        return row->reaction;
    return status >= 0x100 ? SmppReaction::Retry
                           : SmppReaction::Permanent; // an SMSC's own codes are rarely for ever
}

const char *smppStatusCode(quint32 status)
{
    if (const StatusRow *row = rowOf(status))
        return row->code;
    return status >= 0x100 ? "smsc-own-error" : "message-refused";
}

} // namespace reveille
