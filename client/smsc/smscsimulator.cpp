// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscsimulator.h"

#include "client/simulation/acceptagain.h"

#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr Milliseconds second{1000};

namespace Status { // SMPP 3.4 section 5.1.3
constexpr quint32 notBound = 0x04;
constexpr quint32 alreadyBound = 0x05;
constexpr quint32 wrongDestination = 0x0b;
constexpr quint32 wrongPassword = 0x0e;
constexpr quint32 wrongSystemId = 0x0f;
constexpr quint32 queueFull = 0x14;
constexpr quint32 throttled = 0x58;
} // namespace Status

SmscSession::Mode modeOf(SmppCommand command)
{
    switch (command) {
    case SmppCommand::BindTransmitter:
        return SmscSession::Mode::Transmitter;
    case SmppCommand::BindReceiver:
        return SmscSession::Mode::Receiver;
    default:
        return SmscSession::Mode::Transceiver;
    }
}

} // namespace

SmscSimulator::SmscSimulator(const SmscSettings &settings, quint64 seed, const SimulationClock &clock,
                             SimulationTimers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_network(settings, seed, clock, timers)
    , m_untilDrop(settings.dropAfter)
{
    connect(&m_server, &QTcpServer::newConnection, this, &SmscSimulator::accept);
    acceptAgainAfterFailures(m_server, m_timers, [this](const QString &reason) {
        tell("accept-failed", {{u"reason"_s, reason}});
    });
    connect(&m_network, &SmscNetwork::happened, this, &SmscSimulator::happened);
    connect(&m_network, &SmscNetwork::ended, this, &SmscSimulator::messageEnded);
    connect(&m_network, &SmscNetwork::vanished, this, [this] {
        ++m_counters.lost;
        --m_counters.messages;
    });
    enquire();
}

SmscSimulator::~SmscSimulator()
{
    m_timers.cancel(m_enquiring);
}

Result<Done> SmscSimulator::listen(const SimulationEndpoint &at)
{
    if (!m_server.listen(at.address, at.port))
        return Error{"listen-failed", at.toString() + u' ' + m_server.errorString()};
    return Done{};
}

SimulationEndpoint SmscSimulator::address() const
{
    return {m_server.serverAddress(), m_server.serverPort()};
}

void SmscSimulator::change(const SmscSettings &settings)
{
    const SmscSettings before = std::exchange(m_settings, settings);
    m_network.change(settings);
    if (settings.status != before.status || settings.failFirst != before.failFirst)
        m_failed = 0;
    if (settings.dropAfter != before.dropAfter)
        m_untilDrop = settings.dropAfter;
    if (settings.enquireEvery != before.enquireEvery) {
        m_timers.cancel(m_enquiring);
        enquire();
    }
    pump();
}

void SmscSimulator::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_counters.connections;
        const quint64 id = ++m_lastSession;
        auto session = std::make_unique<SmscSession>(id, std::unique_ptr<QTcpSocket>(socket), m_timers);
        SmscSession *made = session.get();
        const QJsonObject fields{{u"session"_s, qint64(id)}, {u"peer"_s, made->peer()}};
        if (m_counters.sessions >= m_settings.maxSessions) {
            made->drop();
            tell("connection-refused", fields);
            continue;
        }
        ++m_counters.sessions;
        connect(made, &SmscSession::received, this, [this, made](const SmppPdu &pdu) { handle(*made, pdu); });
        connect(made, &SmscSession::delivered, this, [this, id](quint32 status) {
            tell("delivery-answered", {{u"session"_s, qint64(id)}, {u"status"_s, qint64(status)}});
            pump();
        });
        connect(made, &SmscSession::broken, this, [this, id](const QByteArray &code) {
            ++m_counters.malformed;
            tell("malformed", {{u"session"_s, qint64(id)}, {u"reason"_s, QString::fromLatin1(code)}});
        });
        connect(made, &SmscSession::ended, this, [this, id] { sessionEnded(id); });
        m_sessions.emplace(id, std::move(session));
        tell("connected", fields);
    }
}

void SmscSimulator::handle(SmscSession &session, const SmppPdu &pdu)
{
    const QPointer<SmscSession> guard(&session);
    const qint64 id = qint64(session.id());
    switch (pdu.command) {
    case SmppCommand::BindReceiver:
    case SmppCommand::BindTransmitter:
    case SmppCommand::BindTransceiver:
        return bind(session, pdu);
    case SmppCommand::SubmitSm:
        return submitted(session, pdu);
    case SmppCommand::EnquireLink:
        tell("enquire-link", {{u"session"_s, id}});
        if (guard && m_settings.silence != SmscSilence::All)
            session.answer(pdu, SmppStatus::ok);
        return;
    case SmppCommand::Unbind:
        tell("unbound", {{u"session"_s, id}, {u"peer"_s, session.peer()}});
        if (!guard || m_settings.silence == SmscSilence::All)
            return;
        session.answer(pdu, SmppStatus::ok);
        return session.close();
    default: // deliver_sm goes the other way
        return session.answer(pdu, SmppStatus::invalidCommand);
    }
}

void SmscSimulator::bind(SmscSession &session, const SmppPdu &pdu)
{
    const SmscSession::Mode mode = modeOf(pdu.command);
    const bool known = m_settings.systemId.isEmpty() || pdu.bind->systemId == m_settings.systemId.toUtf8();
    quint32 status = SmppStatus::ok;
    if (session.mode() != SmscSession::Mode::Unbound)
        status = Status::alreadyBound;
    else if (!known)
        status = Status::wrongSystemId;
    else if (!m_settings.systemId.isEmpty() && pdu.bind->password != m_settings.password.toUtf8())
        status = Status::wrongPassword;
    QJsonObject fields{{u"session"_s, qint64(session.id())},
                       {u"mode"_s, QLatin1StringView(smscModeText(mode))},
                       {u"system_id"_s, QString::fromUtf8(pdu.bind->systemId)}};
    if (status) {
        session.answer(pdu, status);
        fields.insert(u"status"_s, qint64(status));
        return tell("bind-refused", fields);
    }
    ++m_counters.binds;
    session.setBound(mode, pdu.bind->systemId);
    session.answer(pdu, status, "reveille-sim");
    fields.insert(u"interface_version"_s, pdu.bind->interfaceVersion);
    tell("bound", fields);
    pump();
}

bool SmscSimulator::isThrottled()
{
    if (m_settings.perSecond == 0)
        return false;
    const Milliseconds now = m_clock.monotonic();
    if (now - m_secondBegan >= second) {
        m_secondBegan = now;
        m_inSecond = 0;
    }
    return ++m_inSecond > m_settings.perSecond;
}

quint32 SmscSimulator::statusFor(const SmscSession &session, const SmppPdu &pdu)
{
    if (!session.submits())
        return Status::notBound;
    if (isThrottled())
        return Status::throttled;
    if (m_settings.status && (m_settings.failFirst == 0 || m_failed < m_settings.failFirst)) {
        ++m_failed;
        return quint32(m_settings.status);
    }
    if (m_settings.refusesUnknown && !m_network.knows(QString::fromLatin1(pdu.message->destination.digits)))
        return Status::wrongDestination;
    if (m_counters.messages >= m_settings.maxMessages)
        return Status::queueFull;
    return SmppStatus::ok;
}

void SmscSimulator::submitted(SmscSession &session, const SmppPdu &pdu)
{
    ++m_counters.submits;
    const QPointer<SmscSession> guard(&session);
    SmscMessage message;
    if (m_untilDrop > 0 && --m_untilDrop == 0) {
        tellSubmit(session, pdu, message, QJsonValue());
        tell("dropped", {{u"session"_s, qint64(session.id())}});
        if (guard)
            session.drop();
        return;
    }
    if (m_settings.silence != SmscSilence::Off)
        return tellSubmit(session, pdu, message, QJsonValue());
    const quint32 status = statusFor(session, pdu);
    ++m_counters.answers[status];
    if (status == SmppStatus::ok) {
        ++m_counters.accepted;
        ++m_counters.messages;
        message.id = ++m_lastMessage;
        message.request = pdu;
        message.systemId = session.systemId();
        message.session = session.id();
        message.accepted = m_clock.now();
        message.expires = m_clock.monotonic() + smscValidityOf(pdu.message->validity, m_settings.validity);
    }
    tellSubmit(session, pdu, message, qint64(status));
    if (message.id && m_settings.receipts == SmscReceipts::Before && !message.isUssd() &&
        message.wantsReceipt(true)) {
        message.isToldAlready = true;
        sendReceipt(message, SmppMessageState::Delivered, 0);
    }
    if (guard)
        answerLater(session, pdu, status, message);
}

void SmscSimulator::answerLater(SmscSession &session, const SmppPdu &pdu, quint32 status,
                                const SmscMessage &message)
{
    const auto answer = [guard = QPointer(this), to = QPointer(&session), pdu, status, message] {
        if (!guard)
            return;
        if (to)
            to->answer(pdu, status,
                       message.id ? smscIdText(message.id, guard->m_settings.ids) : QByteArray());
        if (message.id)
            guard->m_network.take(message);
    };
    if (m_settings.answerDelay == Milliseconds(0) || m_later >= m_settings.maxMessages)
        return answer();
    later(m_settings.answerDelay, answer);
}

void SmscSimulator::later(Milliseconds delay, std::function<void()> action)
{
    ++m_later;
    m_timers.start(delay, [guard = QPointer(this), action = std::move(action)] {
        if (!guard)
            return;
        --guard->m_later;
        action();
    });
}

void SmscSimulator::tellSubmit(const SmscSession &session, const SmppPdu &pdu, const SmscMessage &message,
                               const QJsonValue &status)
{
    QJsonObject fields = smscFieldsOf(pdu);
    fields.insert(u"session"_s, qint64(session.id()));
    fields.insert(u"message"_s, message.id ? QJsonValue(named(message)) : QJsonValue());
    fields.insert(u"status"_s, status);
    tell("submit", fields);
}

void SmscSimulator::messageEnded(const SmscMessage &message, SmppMessageState state, int error)
{
    const bool delivered = state == SmppMessageState::Delivered;
    ++(delivered ? m_counters.delivered : m_counters.undelivered);
    --m_counters.messages;
    tell("message-ended", {{u"message"_s, named(message)},
                           {u"msisdn"_s, message.msisdn()},
                           {u"state"_s, QString::fromLatin1(smscStateText(state))},
                           {u"error"_s, error}});
    if (message.isUssd()) {
        if (m_settings.ussd != SmscUssd::None)
            deliver(message, smscUssdAnswer(message, m_settings, error));
        return;
    }
    const bool wanted = m_settings.receipts != SmscReceipts::None && message.wantsReceipt(delivered);
    if (!wanted || message.isToldAlready)
        return;
    const auto send = [guard = QPointer(this), message, state, error] {
        if (guard)
            guard->sendReceipt(message, state, error);
    };
    for (int i = 0; i < (m_settings.receipts == SmscReceipts::Twice ? 2 : 1); ++i) {
        if (m_settings.receiptDelay == Milliseconds(0) || m_later >= m_settings.maxMessages)
            send();
        else
            later(m_settings.receiptDelay, send);
    }
}

void SmscSimulator::sendReceipt(const SmscMessage &message, SmppMessageState state, int error)
{
    deliver(message, smscReceipt(message, m_settings, state, error, m_clock.now()));
}

void SmscSimulator::deliver(const SmscMessage &message, const SmppPdu &pdu)
{
    if (const auto gone = m_outbox.put({message.systemId, message.session, pdu}, m_settings.maxDeliveries)) {
        ++m_counters.deliveriesDropped;
        tell("delivery-dropped", {{u"system_id"_s, QString::fromUtf8(gone->systemId)}});
    }
    pump();
}

void SmscSimulator::pump()
{
    m_outbox.pump(m_sessions, m_settings.window, [this](const SmscSession &session, const SmppPdu &pdu) {
        ++m_counters.receipts;
        tell("delivery-sent", {{u"session"_s, qint64(session.id())},
                               {u"msisdn"_s, QString::fromLatin1(pdu.message->source.digits)},
                               {u"service_type"_s, QString::fromLatin1(pdu.message->serviceType)},
                               {u"text"_s, QString::fromLatin1(pdu.message->text)}});
    });
}

void SmscSimulator::sessionEnded(quint64 id)
{
    auto node = m_sessions.extract(id);
    if (node.empty())
        return;
    SmscSession *session = node.mapped().release();
    session->setParent(this); // it needs the timers, which are only sure to outlive this
    session->deleteLater();
    --m_counters.sessions;
    const QVector<SmppPdu> unanswered = session->takeInFlight();
    m_outbox.putBack(session->systemId(), unanswered);
    tell("disconnected", {{u"session"_s, qint64(id)},
                          {u"peer"_s, session->peer()},
                          {u"unanswered"_s, int(unanswered.size())}});
    pump();
}

QVector<quint64> SmscSimulator::sessionIds() const
{
    QVector<quint64> ids;
    for (const auto &[id, session] : m_sessions)
        ids.append(id);
    return ids;
}

void SmscSimulator::dropAll()
{
    for (const quint64 id : sessionIds()) {
        tell("dropped", {{u"session"_s, qint64(id)}});
        if (const auto session = m_sessions.find(id); session != m_sessions.end())
            session->second->drop();
    }
}

void SmscSimulator::unbindAll()
{
    for (const quint64 id : sessionIds()) {
        if (const auto session = m_sessions.find(id); session != m_sessions.end())
            session->second->unbind();
    }
}

void SmscSimulator::enquire()
{
    m_enquiring = 0;
    if (m_settings.enquireEvery <= Milliseconds(0))
        return;
    SmppPdu question;
    question.command = SmppCommand::EnquireLink;
    for (const quint64 id : sessionIds()) {
        const auto session = m_sessions.find(id);
        if (session != m_sessions.end() && session->second->mode() != SmscSession::Mode::Unbound)
            session->second->request(question);
    }
    m_enquiring = m_timers.start(m_settings.enquireEvery, [this] { enquire(); });
}

SmscCounters SmscSimulator::counters() const
{
    SmscCounters counters = m_counters;
    counters.deliveries = m_outbox.size();
    return counters;
}

QString SmscSimulator::named(const SmscMessage &message) const
{
    return QString::fromLatin1(smscIdText(message.id, m_settings.ids));
}

void SmscSimulator::tell(const char *code, QJsonObject fields)
{
    Q_EMIT happened(ClientEvent{m_clock.now(), QString::fromLatin1(code), std::move(fields)});
}

} // namespace reveille
