// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscnetwork.h"

#include "wire/ussdtext.h"

#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

// GSM causes (3GPP 29.002), as network_error_code has them.
constexpr int unknownSubscriber = 1;
constexpr int absentSubscriber = 27;
constexpr int ussdBusy = 72;
constexpr int systemFailure = 34;
constexpr quint16 pushPort = 2948;

} // namespace

SmscNetwork::SmscNetwork(const SmscSettings &settings, quint64 seed, const SimulationClock &clock,
                         SimulationTimers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_random(seed, 4)
    , m_clock(clock)
    , m_timers(timers)
    , m_assembler({settings.openMessages, settings.validity})
{
}

SmscNetwork::~SmscNetwork()
{
    for (auto &[id, waiting] : m_waiting)
        m_timers.cancel(waiting.expiry);
}

void SmscNetwork::change(const SmscSettings &settings)
{
    if (settings.openMessages != m_settings.openMessages || settings.validity != m_settings.validity)
        m_assembler = SmsAssembler({settings.openMessages, settings.validity});
    m_settings = settings;
}

bool SmscNetwork::setTerminal(const SmscTerminal &terminal)
{
    if (!knows(terminal.msisdn) && m_terminals.size() >= m_settings.maxTerminals)
        return false;
    m_terminals.insert(terminal.msisdn, terminal);
    if (terminal.reachable) {
        for (const SmscMessage &message : takeWaiting(terminal.msisdn))
            arrive(message);
    }
    return true;
}

bool SmscNetwork::removeTerminal(const QString &msisdn)
{
    if (m_terminals.remove(msisdn) == 0)
        return false;
    for (const SmscMessage &message : takeWaiting(msisdn))
        Q_EMIT ended(message, SmppMessageState::Undeliverable, unknownSubscriber);
    return true;
}

QVector<SmscTerminal> SmscNetwork::terminals() const
{
    QVector<SmscTerminal> list = m_terminals.values();
    std::sort(list.begin(), list.end(),
              [](const SmscTerminal &a, const SmscTerminal &b) { return a.msisdn < b.msisdn; });
    return list;
}

void SmscNetwork::take(const SmscMessage &message)
{
    const bool lost = m_random.hits(m_settings.lossPercent);
    const Milliseconds jitter(m_random.below(m_settings.deliveryJitter.count() + 1));
    if (message.isUssd() && !lost) {
        if (m_dialogues.contains(message.msisdn())) // one dialogue at a time
            return Q_EMIT ended(message, SmppMessageState::Undeliverable, ussdBusy);
        m_dialogues.insert(message.msisdn());
    }
    m_timers.start(m_settings.deliveryDelay + jitter, [guard = QPointer(this), message, lost] {
        if (!guard)
            return;
        if (lost) {
            guard->tell("message-lost",
                        {{u"message"_s, guard->named(message)}, {u"msisdn"_s, message.msisdn()}});
            Q_EMIT guard->vanished(message);
        } else if (message.isUssd()) {
            guard->arriveUssd(message);
        } else {
            guard->arrive(message);
        }
    });
}

void SmscNetwork::arrive(const SmscMessage &message)
{
    const auto terminal = m_terminals.constFind(message.msisdn());
    if (terminal == m_terminals.constEnd())
        Q_EMIT ended(message, SmppMessageState::Undeliverable, unknownSubscriber);
    else if (!terminal->reachable)
        wait(message);
    else
        hand(message, SmscTerminal(*terminal));
}

void SmscNetwork::arriveUssd(const SmscMessage &message)
{
    m_dialogues.remove(message.msisdn());
    const auto terminal = m_terminals.constFind(message.msisdn());
    int error = 0;
    if (terminal == m_terminals.constEnd())
        error = unknownSubscriber;
    else if (!terminal->reachable)
        error = absentSubscriber;
    else if (m_settings.ussd == SmscUssd::Busy)
        error = ussdBusy;
    if (!error) {
        const Result<QByteArray> push = decodeUssdPush(smscTextOf(message.request));
        if (!push || !send(message, SmscTerminal(*terminal), *push,
                           message.request.number(SmppTag::destinationPort, 2)))
            error = systemFailure;
    }
    Q_EMIT ended(message, error ? SmppMessageState::Undeliverable : SmppMessageState::Delivered, error);
}

void SmscNetwork::wait(const SmscMessage &message)
{
    const Milliseconds left = message.expires - m_clock.monotonic();
    if (left <= Milliseconds(0))
        return Q_EMIT ended(message, SmppMessageState::Expired, absentSubscriber);
    const quint64 id = message.id;
    m_waiting[id] = {message, m_timers.start(left, [this, id] { expire(id); })};
    tell("message-waiting", {{u"message"_s, named(message)},
                             {u"msisdn"_s, message.msisdn()},
                             {u"expires_in_ms"_s, qint64(left.count())}});
}

void SmscNetwork::expire(quint64 id)
{
    const auto node = m_waiting.extract(id);
    if (!node.empty())
        Q_EMIT ended(node.mapped().message, SmppMessageState::Expired, absentSubscriber);
}

QVector<SmscMessage> SmscNetwork::takeWaiting(const QString &msisdn)
{
    QVector<SmscMessage> taken;
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end();) {
        if (waiting->second.message.msisdn() != msisdn) {
            ++waiting;
            continue;
        }
        m_timers.cancel(waiting->second.expiry);
        taken.append(waiting->second.message);
        waiting = m_waiting.erase(waiting);
    }
    return taken;
}

void SmscNetwork::hand(const SmscMessage &message, const SmscTerminal &terminal)
{
    const Result<SmsUserData> data = smscUserDataOf(message.request);
    // No carrier has room for a longer part, and putting parts together keeps no more of each.
    const bool fits = data && (!data->concatenation || data->concatenation->total == 1 ||
                               data->payload.size() <= smsUserDataLimit);
    if (!fits)
        return Q_EMIT ended(message, SmppMessageState::Undeliverable, systemFailure);
    const QString between =
        message.msisdn() + u'/' + QString::fromLatin1(message.request.message->source.digits);
    const std::optional<SmsAssembler::Whole> whole = m_assembler.take(between, *data, m_clock.monotonic());
    bool sent = true;
    if (whole)
        sent = send(message, terminal, whole->payload,
                    whole->ports ? std::optional<quint16>(whole->ports->destination) : std::nullopt);
    Q_EMIT ended(message, sent ? SmppMessageState::Delivered : SmppMessageState::Undeliverable,
                 sent ? 0 : systemFailure);
}

bool SmscNetwork::send(const SmscMessage &message, const SmscTerminal &terminal, const QByteArray &octets,
                       std::optional<quint16> port)
{
    SimulationEndpoint place = terminal.place;
    if (place.port == 0)
        place.port = port.value_or(pushPort);
    const bool sent = m_socket.writeDatagram(octets, place.address, place.port) == octets.size();
    tell(sent ? "to-terminal" : "terminal-failed", {{u"message"_s, named(message)},
                                                    {u"msisdn"_s, message.msisdn()},
                                                    {u"place"_s, place.toString()},
                                                    {u"port"_s, port ? QJsonValue(*port) : QJsonValue()},
                                                    {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
    return sent;
}

QString SmscNetwork::named(const SmscMessage &message) const
{
    return QString::fromLatin1(smscIdText(message.id, m_settings.ids));
}

void SmscNetwork::tell(const char *code, QJsonObject fields)
{
    Q_EMIT happened(ClientEvent{m_clock.now(), QString::fromLatin1(code), std::move(fields)});
}

} // namespace reveille
