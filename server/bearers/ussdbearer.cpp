// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/ussdbearer.h"

#include "bearers/sirpush.h"

namespace reveille {

namespace {

constexpr quint16 processResponse = 17; // PSSR response: what ends a session
constexpr quint16 requestConfirm = 18;  // USSR confirm
constexpr quint16 notifyConfirm = 19;   // USSN confirm
constexpr quint16 endOfSession = 1;     // in its_session_info
constexpr quint16 mapUssdBusy = 72;     // MAP user error, 3GPP 29.002
constexpr quint8 gsmNetwork = 3;        // type in network_error_code

QByteArray numberOf(const WakeMessage &message)
{
    const Result<Msisdn> number = Msisdn::parse(message.route.address);
    return number ? number->digits().toLatin1() : QByteArray();
}

} // namespace

UssdBearer::UssdBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent)
    : SmscBearer(settings.smsc, clock, timers, parent)
    , m_settings(std::move(settings))
{
}

UssdBearer::~UssdBearer()
{
    for (Dialogue &dialogue : m_dialogues)
        timers().cancel(dialogue.timer);
}

BearerFacts UssdBearer::facts() const
{
    return {name(), QStringLiteral("ussd"), {QStringLiteral("ussd")}, isHealthy()};
}

QByteArray UssdBearer::encode(const WakeMessage &message) const
{
    return encodeUssdPush(encodeSirPush(message), m_settings.form);
}

WakeBudget UssdBearer::budget(const WakeMessage &message) const
{
    return {int(encode(message).size()), 1, ussdLimit(m_settings.form)};
}

SmppPdu UssdBearer::stringTo(const QByteArray &number, quint16 operation, const QByteArray &text) const
{
    SmppPdu pdu;
    pdu.command = SmppCommand::SubmitSm;
    SmppShortMessage message;
    message.serviceType = m_settings.serviceType;
    message.source = m_settings.source;
    message.destination = {1, 1, number};
    message.dataCoding = m_settings.dataCoding;
    message.text = text;
    pdu.message = message;
    pdu.addNumber(SmppTag::ussdServiceOp, 1, operation);
    return pdu;
}

Result<QVector<SmppPdu>> UssdBearer::requestsFor(const WakeMessage &message)
{
    const QByteArray text = encode(message);
    if (text.size() > ussdLimit(m_settings.form))
        return Error{"ussd-too-long", QString::number(text.size())};
    const QByteArray number = numberOf(message);
    if (m_dialogues.contains(number))
        return Error{"ussd-busy", {}};
    if (m_dialogues.size() >= m_settings.smsc.queue.limit)
        return Error{"queue-full", QString::number(m_dialogues.size())};
    Dialogue &dialogue = m_dialogues[number];
    SmppPdu pdu = stringTo(number, quint16(m_settings.operation), text);
    if (m_settings.sessionInfo) {
        dialogue.session = m_lastSession = quint8(m_lastSession + 1);
        pdu.addNumber(SmppTag::itsSessionInfo, 2, quint16(dialogue.session << 8));
    }
    return QVector<SmppPdu>{pdu};
}

void UssdBearer::accepted(Item item, const QVector<QByteArray> &ids)
{
    const QString id = ids.isEmpty() ? QString() : QString::fromLatin1(ids.constFirst());
    const QByteArray number = numberOf(item.message);
    const auto dialogue = m_dialogues.find(number);
    if (dialogue == m_dialogues.end())
        return item.receipt({WakeReceipt::Kind::Accepted, "sent", id});
    dialogue->receipt = item.receipt;
    dialogue->carrierId = id;
    dialogue->timer = timers().start(m_settings.answerTime, [this, number] {
        finish(number, {WakeReceipt::Kind::Failed, "ussd-unanswered", {}});
    });
    const std::optional<WakeReceipt> early = dialogue->early;
    item.receipt({WakeReceipt::Kind::Accepted, "sent", id});
    if (early)
        finish(number, *early);
}

void UssdBearer::givenUp(const Item &item)
{
    m_dialogues.remove(numberOf(item.message)); // its timer starts only once the SMSC took it
}

WakeReceipt UssdBearer::verdict(const SmppPdu &pdu) const
{
    const QByteArray network = pdu.tlv(SmppTag::networkErrorCode).value_or(QByteArray());
    if (network.size() == 3) {
        const auto error = quint16(quint8(network[1]) << 8 | quint8(network[2]));
        if (quint8(network[0]) == gsmNetwork && error == mapUssdBusy)
            return {WakeReceipt::Kind::Retry, "ussd-busy", {}};
        if (error != 0)
            return {WakeReceipt::Kind::Failed, "ussd-failed", QString::number(error)};
    }
    if (pdu.message->text.trimmed().toUpper().startsWith("NO"))
        return {WakeReceipt::Kind::Refused, "refused-by-device", {}};
    return {WakeReceipt::Kind::Received, "received", {}};
}

void UssdBearer::delivered(const SmppPdu &pdu)
{
    const quint16 operation = pdu.number(SmppTag::ussdServiceOp, 1).value_or(0);
    const QByteArray number = pdu.message->source.digits;
    const auto dialogue = m_dialogues.find(number.startsWith('+') ? number.mid(1) : number);
    if ((operation != requestConfirm && operation != notifyConfirm) || dialogue == m_dialogues.end())
        return; // nobody asked
    const std::optional<quint16> info = pdu.number(SmppTag::itsSessionInfo, 2);
    if (m_settings.sessionInfo && info && quint8(*info >> 8) != dialogue->session)
        return; // of another session
    const bool goesOn = operation == requestConfirm && !(info.value_or(0) & endOfSession);
    if (m_settings.endSessions && goesOn) {
        SmppPdu end = stringTo(dialogue.key(), processResponse, {});
        end.addNumber(SmppTag::itsSessionInfo, 2, quint16((info.value_or(0) & 0xff00) | endOfSession));
        submitAlone(std::move(end));
    }
    if (dialogue->receipt)
        finish(dialogue.key(), verdict(pdu));
    else
        dialogue->early = verdict(pdu);
}

void UssdBearer::finish(const QByteArray &number, const WakeReceipt &receipt)
{
    const auto found = m_dialogues.find(number);
    if (found == m_dialogues.end())
        return;
    Dialogue dialogue = std::move(*found);
    m_dialogues.erase(found);
    timers().cancel(dialogue.timer);
    if (receipt.kind == WakeReceipt::Kind::Received)
        countReceived();
    else
        countFailed();
    dialogue.receipt(
        {receipt.kind, receipt.code, receipt.carrierId.isEmpty() ? dialogue.carrierId : receipt.carrierId});
}

} // namespace reveille
