// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smppbearer.h"

#include "domain/msisdn.h"

namespace reveille {

namespace {

constexpr size_t mostEarly = 1000;
constexpr Milliseconds earlyTime{60'000};
constexpr qsizetype knownDigits = 7; // an SMSC may write the rest of a number in its own way

/// Relative form "YYMMDDhhmmss000R" (SMPP 3.4 section 7.1.1.2).
QByteArray relativeTime(Milliseconds time)
{
    const qint64 seconds = time.count() / 1000;
    if (seconds <= 0)
        return {};
    const qint64 days = std::min<qint64>(seconds / 86400, 30);
    const auto two = [](qint64 value) {
        return QByteArray::number(value).rightJustified(2, '0');
    };
    return "0000" + two(days) + two(seconds / 3600 % 24) + two(seconds / 60 % 60) + two(seconds % 60) +
           "000R";
}

bool sameNumber(const QByteArray &a, const QByteArray &b)
{
    return a.isEmpty() || b.isEmpty() || a.right(knownDigits) == b.right(knownDigits);
}

QByteArray failureCode(SmppMessageState state)
{
    switch (state) {
    case SmppMessageState::Expired:
        return "sms-expired";
    case SmppMessageState::Deleted:
        return "sms-deleted";
    case SmppMessageState::Undeliverable:
        return "sms-undeliverable";
    case SmppMessageState::Rejected:
        return "sms-rejected";
    default:
        return "sms-state-unknown";
    }
}

} // namespace

SmppBearer::SmppBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent)
    : SmscBearer(settings.smsc, clock, timers, parent)
    , m_settings(std::move(settings))
{
}

BearerFacts SmppBearer::facts() const
{
    return {name(), QStringLiteral("smpp"), {QStringLiteral("sms")}, isHealthy()};
}

QByteArray SmppBearer::encode(const WakeMessage &message) const
{
    return m_settings.form.octetsOf(message);
}

WakeBudget SmppBearer::budget(const WakeMessage &message) const
{
    return m_settings.form.budgetOf(message);
}

Result<QVector<SmppPdu>> SmppBearer::requestsFor(const WakeMessage &message)
{
    const Result<QVector<SmsUserData>> parts = m_settings.form.partsOf(message);
    if (!parts)
        return parts.error();
    QVector<SmppPdu> requests;
    for (const SmsUserData &part : *parts) {
        SmppPdu pdu;
        pdu.command = SmppCommand::SubmitSm;
        SmppShortMessage sms;
        sms.serviceType = m_settings.serviceType;
        sms.source = m_settings.source;
        sms.destination = {1, 1, Msisdn::parse(message.route.address)->digits().toLatin1()};
        sms.validity = relativeTime(m_settings.validity);
        sms.registeredDelivery = m_settings.receipts ? 1 : 0;
        sms.dataCoding = m_settings.dataCoding;
        if (m_settings.portsInParameters) {
            sms.text = part.payload;
            pdu.addNumber(SmppTag::sourcePort, 2, part.ports->originator);
            pdu.addNumber(SmppTag::destinationPort, 2, part.ports->destination);
            if (part.concatenation) {
                pdu.addNumber(SmppTag::sarReference, 2, part.concatenation->reference);
                pdu.addNumber(SmppTag::sarTotal, 1, part.concatenation->total);
                pdu.addNumber(SmppTag::sarSequence, 1, part.concatenation->sequence);
            }
        } else {
            sms.esmClass = smppEsmUserDataHeader;
            sms.text = encodeSmsUserData(part);
        }
        pdu.message = sms;
        requests.append(pdu);
    }
    return requests;
}

void SmppBearer::accepted(Item item, const QVector<QByteArray> &ids)
{
    item.receipt({WakeReceipt::Kind::Accepted, "sent", QString::fromLatin1(ids.join(',').left(200))});
    if (!m_settings.receipts)
        return;
    auto sent = std::make_shared<Sent>();
    sent->number = Msisdn::parse(item.message.route.address)->digits().toLatin1();
    sent->item = std::move(item);
    sent->open = int(ids.size());
    for (const QByteArray &id : ids)
        await(id, sent);
    const std::deque<Early> early = std::exchange(m_early, {});
    for (const Early &one : early) {
        if (!judge(one.receipt, one.number) && clock().monotonic() - one.at < earlyTime)
            m_early.push_back(one);
    }
}

void SmppBearer::await(const QByteArray &id, const std::shared_ptr<Sent> &sent)
{
    if (id.isEmpty())
        return; // then there is nothing to know it by
    const QByteArray form = smppIdForms(id).constFirst();
    m_awaited.insert(form, sent);
    m_order.emplace_back(clock().monotonic(), form);
    forgetOld();
}

void SmppBearer::forgetOld()
{
    const Milliseconds now = clock().monotonic();
    while (!m_order.empty()) {
        const bool answered = !m_awaited.contains(m_order.front().second);
        const bool tooMany =
            m_awaited.size() > m_settings.receiptLimit ||
            qint64(m_order.size()) > 4 * qint64(m_settings.receiptLimit); // most of them answered
        if (!answered && !tooMany && now - m_order.front().first < m_settings.receiptTime)
            return;
        m_awaited.remove(m_order.front().second);
        m_order.pop_front();
    }
}

void SmppBearer::delivered(const SmppPdu &pdu)
{
    const std::optional<SmppReceipt> receipt = readSmppReceipt(pdu);
    if (!receipt)
        return; // a message from a terminal, which nobody here waits for
    const QByteArray number = pdu.message->source.digits;
    if (judge(*receipt, number))
        return;
    if (health().inFlight > 0) {
        m_early.push_back({*receipt, number, clock().monotonic()});
        if (m_early.size() > mostEarly)
            m_early.pop_front();
    }
}

/// Whether the receipt is for one of ours.
bool SmppBearer::judge(const SmppReceipt &receipt, const QByteArray &number)
{
    const QList<QByteArray> forms = smppIdForms(receipt.id);
    auto found = m_awaited.end();
    for (int fit = 2; fit > 0 && found == m_awaited.end();
         --fit) { // first with the right number, then the id as issued
        for (qsizetype i = 0; i < (fit == 2 ? forms.size() : 1) && found == m_awaited.end(); ++i) {
            found = m_awaited.find(forms[i]);
            if (fit == 2 && found != m_awaited.end() && !sameNumber(number, (*found)->number))
                found = m_awaited.end();
        }
    }
    if (found == m_awaited.end())
        return false;
    if (receipt.state == SmppMessageState::EnRoute || receipt.state == SmppMessageState::Accepted)
        return true;
    const std::shared_ptr<Sent> sent = *found;
    m_awaited.erase(found);
    forgetOld();
    if (sent->over)
        return true;
    if (receipt.state != SmppMessageState::Delivered) {
        sent->over = true;
        countFailed();
        sent->item.receipt(
            {WakeReceipt::Kind::Failed, failureCode(receipt.state), QString::fromLatin1(receipt.id)});
    } else if (--sent->open <= 0) {
        sent->over = true;
        countReceived();
        sent->item.receipt({WakeReceipt::Kind::Received, "received", QString::fromLatin1(receipt.id)});
    }
    return true;
}

} // namespace reveille
