// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smpplink.h"

#include "bearers/smpplog.h"
#include "wire/smppreceipt.h"

namespace reveille {

Q_LOGGING_CATEGORY(smppLog, "reveille.smpp", QtInfoMsg)

namespace {

constexpr Milliseconds steady{30'000}; // bound for so long, the next pause is the first one again

SmppCommand bindCommand(SmppLink::Role role)
{
    switch (role) {
    case SmppLink::Role::Transmitter:
        return SmppCommand::BindTransmitter;
    case SmppLink::Role::Receiver:
        return SmppCommand::BindReceiver;
    case SmppLink::Role::Transceiver:
        break;
    }
    return SmppCommand::BindTransceiver;
}

SmppPdu pduOf(SmppCommand command, quint32 status = 0, quint32 sequence = 0)
{
    SmppPdu pdu;
    pdu.command = command;
    pdu.status = status;
    pdu.sequence = sequence;
    return pdu;
}

SmppCommand responseTo(SmppCommand request)
{
    return SmppCommand(quint32(request) | smppResponseBit);
}

QString hex(quint32 status)
{
    return QStringLiteral("0x%1").arg(status, 8, 16, QLatin1Char('0'));
}

/// What a peer calls itself, without anything that could upset a log line.
QString clean(const QByteArray &text)
{
    QString out;
    for (const char c : text.left(64))
        out += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
    return out;
}

} // namespace

SmppLink::SmppLink(Settings settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
    , m_connection(m_settings)
    , m_backoff(m_settings.firstPause, m_settings.longestPause)
{
    connect(&m_connection, &SmppConnection::opened, this, &SmppLink::connected);
    connect(&m_connection, &SmppConnection::failed, this, &SmppLink::drop);
    connect(&m_connection, &SmppConnection::pduRead, this, &SmppLink::handle);
    connect(&m_connection, &SmppConnection::drained, this, &SmppLink::drained);
}

SmppLink::~SmppLink()
{
    leave();
    m_connection.disconnect(this);
}

void SmppLink::leave()
{
    m_timers.cancel(m_pauseTimer);
    m_timers.cancel(m_deadlineTimer);
    m_timers.cancel(m_enquireTimer);
    if (m_state == State::Bound)
        m_connection.leave(nextSequence());
    m_state = State::Leaving;
}

void SmppLink::start()
{
    if (m_state == State::Idle)
        connectNow();
}

void SmppLink::retryNow()
{
    if (m_state == State::Pausing)
        connectNow();
}

void SmppLink::setState(State state, const QByteArray &code, const QString &detail)
{
    const bool told = m_code != code || (m_state == State::Bound) != (state == State::Bound);
    m_state = state;
    m_code = code;
    m_detail = detail;
    if (told)
        Q_EMIT stateChanged();
}

void SmppLink::connectNow()
{
    m_timers.cancel(m_pauseTimer);
    setState(State::Connecting, m_backoff.tries() == 0 ? QByteArray("connecting") : m_code, m_detail);
    m_timers.cancel(m_deadlineTimer);
    m_deadlineTimer = m_timers.start(m_settings.responseTime, [this] {
        m_deadlineTimer = 0;
        drop("no-answer", {});
    });
    m_connection.open();
}

void SmppLink::connected()
{
    m_timers.cancel(m_deadlineTimer);
    if (m_state != State::Connecting)
        return;
    m_heardAt = m_clock.monotonic();
    setState(State::Binding, m_code, m_detail);
    SmppPdu bind = pduOf(bindCommand(m_settings.role));
    bind.bind = m_settings.bind;
    request(std::move(bind), {});
}

void SmppLink::bound(quint32 status, const QString &system)
{
    if (status != SmppStatus::ok) {
        const bool ours = smppReaction(status) == SmppReaction::Configuration;
        return drop(ours ? smppStatusCode(status) : "bind-refused", hex(status));
    }
    m_boundAt = m_clock.monotonic();
    qCInfo(smppLog, "%s: bound to %s", qUtf8Printable(peer()), qUtf8Printable(system));
    setState(State::Bound, {}, system);
    armEnquire();
    pump();
}

void SmppLink::drop(const QByteArray &code, const QString &detail)
{
    if (m_state == State::Idle || m_state == State::Pausing || m_state == State::Leaving)
        return;
    if (m_state == State::Bound && m_clock.monotonic() - m_boundAt >= steady)
        m_backoff.reset();
    const Milliseconds pause = m_backoff.next();
    qCWarning(smppLog, "%s: %s %s, again in %lld ms", qUtf8Printable(peer()), code.constData(),
              qUtf8Printable(detail), static_cast<long long>(pause.count()));
    m_timers.cancel(m_deadlineTimer);
    m_timers.cancel(m_enquireTimer);
    m_state = State::Pausing;
    m_code = code;
    m_detail = detail;
    m_connection.abort();
    m_pauseTimer = m_timers.start(pause, [this] {
        m_pauseTimer = 0;
        connectNow();
    });
    const QPointer<SmppLink> alive(this);
    answerAll(code == "no-answer" ? code : QByteArray("link-lost"));
    if (alive)
        Q_EMIT stateChanged();
}

void SmppLink::answerAll(const QByteArray &code)
{
    const std::map<quint32, Pending> pending = std::exchange(m_pending, {});
    const std::deque<Backlog> backlog = std::exchange(m_backlog, {});
    m_submits = 0;
    for (const auto &[sequence, waiting] : pending) {
        if (waiting.done)
            waiting.done({std::nullopt, {}, code});
    }
    for (const Backlog &waiting : backlog)
        waiting.done({std::nullopt, {}, "link-lost"}); // of these it is sure that the peer has none
}

quint32 SmppLink::nextSequence()
{
    m_sequence = m_sequence >= 0x7fffffff ? 1 : m_sequence + 1;
    return m_sequence;
}

void SmppLink::request(SmppPdu pdu, std::function<void(Answer)> done)
{
    pdu.sequence = nextSequence();
    if (pdu.command == SmppCommand::SubmitSm)
        ++m_submits;
    m_pending.emplace(pdu.sequence,
                      Pending{pdu.command, m_clock.monotonic() + m_settings.responseTime, std::move(done)});
    m_connection.write(pdu);
    armDeadline();
}

void SmppLink::submit(SmppPdu pdu, std::function<void(Answer)> done)
{
    if (m_state != State::Bound) {
        m_timers.start(Milliseconds(0), [done = std::move(done)] { done({std::nullopt, {}, "link-lost"}); });
        return;
    }
    m_backlog.push_back({std::move(pdu), std::move(done)});
    pump();
}

void SmppLink::pump()
{
    while (m_state == State::Bound && !m_backlog.empty() && m_submits < m_settings.window) {
        Backlog next = std::move(m_backlog.front());
        m_backlog.pop_front();
        request(std::move(next.request), std::move(next.done));
    }
}

void SmppLink::enquire(std::function<void(bool)> done)
{
    if (m_state != State::Bound) {
        m_timers.start(Milliseconds(0), [done = std::move(done)] { done(false); });
        return;
    }
    request(pduOf(SmppCommand::EnquireLink),
            [done = std::move(done)](const Answer &answer) { done(answer.status.has_value()); });
}

/// One timer for all, and left to run when a response comes: at a thousand responses a second that is no matter.
void SmppLink::armDeadline()
{
    if (m_deadlineTimer || m_pending.empty())
        return;
    Milliseconds first = m_pending.begin()->second.deadline;
    for (const auto &[sequence, waiting] : m_pending)
        first = std::min(first, waiting.deadline);
    m_deadlineTimer = m_timers.start(std::max(Milliseconds(0), first - m_clock.monotonic()), [this] {
        m_deadlineTimer = 0;
        checkDeadlines();
    });
}

/// A late response to a bind or an enquire_link ends the link. One to a message is told, and the link is
/// asked whether it is there at all.
void SmppLink::checkDeadlines()
{
    const Milliseconds now = m_clock.monotonic();
    std::vector<std::function<void(Answer)>> late;
    bool isGone = false;
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (it->second.deadline > now) {
            ++it;
            continue;
        }
        if (it->second.command != SmppCommand::SubmitSm) {
            isGone = true;
            ++it;
            continue;
        }
        --m_submits;
        late.push_back(std::move(it->second.done));
        it = m_pending.erase(it);
    }
    const QPointer<SmppLink> alive(this);
    for (const auto &done : late)
        done({std::nullopt, {}, "no-answer"});
    if (alive && isGone)
        return drop("no-answer", {});
    if (!alive || m_state != State::Bound)
        return;
    if (!late.empty())
        request(pduOf(SmppCommand::EnquireLink), {});
    pump();
    armDeadline();
}

void SmppLink::armEnquire()
{
    m_timers.cancel(m_enquireTimer);
    const Milliseconds silent = m_clock.monotonic() - m_heardAt;
    m_enquireTimer = m_timers.start(std::max(Milliseconds(0), m_settings.enquireEvery - silent), [this] {
        m_enquireTimer = 0;
        if (m_clock.monotonic() - m_heardAt >= m_settings.enquireEvery) {
            m_heardAt = m_clock.monotonic();
            request(pduOf(SmppCommand::EnquireLink), {});
        }
        armEnquire();
    });
}

void SmppLink::drained()
{
    m_heardAt = m_clock.monotonic();
    Q_EMIT roomMade();
}

void SmppLink::handle(QByteArrayView octets)
{
    const SmppHeader header = smppHeader(octets);
    const Result<SmppPdu> pdu = decodeSmpp(octets);
    if (!pdu)
        return handleBroken(header, pdu.error().code);
    if (header.command & smppResponseBit)
        return handleResponse(pdu->command, pdu->status, pdu->sequence, pdu->id);
    handleRequest(*pdu);
}

void SmppLink::handleBroken(const SmppHeader &header, const char *code)
{
    qCInfo(smppLog, "%s: %s in command %s", qUtf8Printable(peer()), code,
           qUtf8Printable(hex(header.command)));
    if (header.command & smppResponseBit) // its status counts even where its body cannot be read
        return handleResponse(SmppCommand(header.command), header.status, header.sequence, {});
    if (SmppCommand(header.command) == SmppCommand::DeliverSm) // to be sent again it would not get better
        return m_connection.write(pduOf(SmppCommand::DeliverSmResp, 0x65, header.sequence));
    const bool unknown = qstrcmp(code, "smpp-command") == 0;
    m_connection.write(pduOf(SmppCommand::GenericNack, unknown ? SmppStatus::invalidCommand : SmppStatus::invalidLength,
                header.sequence));
}

void SmppLink::handleRequest(const SmppPdu &pdu)
{
    constexpr quint32 notBound = 0x04;
    switch (pdu.command) {
    case SmppCommand::EnquireLink:
        return m_connection.write(pduOf(SmppCommand::EnquireLinkResp, 0, pdu.sequence));
    case SmppCommand::DeliverSm:
        m_connection.write(pduOf(SmppCommand::DeliverSmResp, m_state == State::Bound ? 0 : notBound, pdu.sequence));
        if (m_state == State::Bound)
            Q_EMIT messageDelivered(pdu);
        return;
    case SmppCommand::Unbind:
        m_connection.write(pduOf(SmppCommand::UnbindResp, 0, pdu.sequence));
        m_connection.flush();
        return drop("smsc-unbound", {});
    default:
        m_connection.write(pduOf(SmppCommand::GenericNack, SmppStatus::invalidCommand, pdu.sequence));
    }
}

void SmppLink::handleResponse(SmppCommand command, quint32 status, quint32 sequence, const QByteArray &id)
{
    const auto found = m_pending.find(sequence);
    const bool nack = command == SmppCommand::GenericNack;
    if (found == m_pending.end() || (!nack && command != responseTo(found->second.command))) {
        qCInfo(smppLog, "%s: a response %s to nothing, %u", qUtf8Printable(peer()),
               qUtf8Printable(hex(quint32(command))), sequence);
        return;
    }
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (pending.command == bindCommand(m_settings.role))
        return bound(nack && status == 0 ? 0x0d : status, clean(id));
    if (pending.command == SmppCommand::SubmitSm)
        --m_submits;
    const QPointer<SmppLink> alive(this);
    if (pending.done)
        pending.done({nack && status == 0 ? 0xff : status, id, {}});
    if (!alive)
        return;
    if (smppReaction(status) == SmppReaction::Rebind)
        return drop(smppStatusCode(status), hex(status));
    pump();
}

} // namespace reveille
