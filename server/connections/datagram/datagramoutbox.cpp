// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramoutbox.h"

#include "connections/datagram/datagramconnection.h"
#include "engine/registry.h"

namespace reveille {

using Kind = SendOutcome::Kind;

DatagramOutbox::DatagramOutbox(CoapEndpoint &endpoint, RegistrationTable &table, Registry &registry, Timers &timers)
    : m_endpoint(endpoint), m_table(table), m_registry(registry), m_timers(timers)
{
}

DatagramOutbox::~DatagramOutbox()
{
    *m_alive = false;
    for (const auto &[id, job] : m_jobs)
        m_endpoint.forget(job.exchange);
}

quint64 DatagramOutbox::add(const DatagramConnection &from, Finished done)
{
    const quint64 id = ++m_last;
    Job job;
    job.owner = &from;
    job.key = from.key();
    job.peer = from.peer();
    job.done = std::move(done);
    m_jobs.emplace(id, std::move(job));
    m_byOwner.insert(&from, id);
    return id;
}

void DatagramOutbox::push(const DatagramConnection &from, const PushMessage &message, Finished done)
{
    const quint64 id = add(from, std::move(done));
    Job &job = m_jobs.at(id);
    job.push = std::make_unique<CoapPush>(message, from.session());
    if (!job.push->canBeSent())
        return finishLater(id, Kind::Refused, "content-type");
    askNext(id);
}

void DatagramOutbox::ping(const DatagramConnection &from, Finished done)
{
    askNext(add(from, std::move(done)));
}

void DatagramOutbox::askNext(quint64 id)
{
    Job &job = m_jobs.at(id);
    const auto done = [this, id](const CoapAnswer &answer) { answered(id, answer); };
    if (!job.push) {
        job.exchange = m_endpoint.ping(job.peer, done);
    } else {
        job.exchange = m_endpoint.ask(
            job.peer,
            [this, id](quint16 messageId, QByteArrayView token) {
                Job &writing = m_jobs.at(id);
                const QByteArray bytes = writing.push->write(messageId, token);
                writing.token = token.toByteArray();
                if (writing.head.isEmpty()) {
                    // Without the body: for the journal.
                    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(bytes);
                    writing.head = message ? bytes.left(bytes.size() - message->payload().size()) : QByteArray();
                    if (message && !message->payload().isEmpty())
                        writing.head.chop(1);
                }
                return bytes;
            },
            done, job.token);
    }
    if (job.exchange == 0)
        finishLater(id, job.push ? Kind::Busy : Kind::Unanswered, "too-many");
}

void DatagramOutbox::answered(quint64 id, const CoapAnswer &answer)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    Job &job = found->second;
    job.exchange = 0;
    switch (answer.kind) {
    case CoapAnswer::Kind::Response: {
        const QByteArray code = coapCodeText(answer.response->code());
        const std::optional<Kind> kind = job.push ? job.push->judge(*answer.response) : Kind::Delivered;
        if (!kind)
            return askNext(id);
        const bool gone = job.push && answer.response->code() == CoapCode::NotFound;
        const quint64 key = job.key;
        finish(id, {*kind, code, {}, {}});
        const auto entry = gone ? m_table.find(key) : std::nullopt;
        if (entry)
            m_registry.observe(entry->connection, {LivenessEvent::Kind::Closed, QStringLiteral("4.04"), 0, {}});
        return;
    }
    case CoapAnswer::Kind::Reset:
        return finish(id, {job.push ? Kind::Broken : Kind::Delivered, "rst", {}, {}});
    case CoapAnswer::Kind::Timeout:
        return finish(id, {Kind::Unanswered, "timeout", {}, {}});
    case CoapAnswer::Kind::Unreachable:
        return finish(id, {Kind::Broken, "icmp", {}, {}});
    case CoapAnswer::Kind::Dropped:
        return finish(id, {Kind::Broken, "closed", {}, {}});
    }
}

void DatagramOutbox::finishLater(quint64 id, Kind kind, const QByteArray &code)
{
    m_timers.start(Milliseconds(0), [this, alive = m_alive, id, kind, code] {
        if (*alive)
            finish(id, {kind, code, {}, {}});
    });
}

void DatagramOutbox::finish(quint64 id, SendOutcome outcome)
{
    auto node = m_jobs.extract(id);
    if (node.empty())
        return;
    Job &job = node.mapped();
    m_byOwner.remove(job.owner, id);
    m_endpoint.forget(job.exchange);
    outcome.bytes = job.head;
    outcome.request = job.push ? QStringLiteral("POST") : QStringLiteral("ping");
    job.done(outcome); // may end the connection it came from
}

void DatagramOutbox::closed(const DatagramConnection &connection)
{
    m_table.remove(connection.key());
    const QList<quint64> jobs = m_byOwner.values(&connection);
    for (const quint64 id : jobs)
        finish(id, {Kind::Broken, "closed", {}, {}});
}

void DatagramOutbox::drop(const DatagramConnection *connection)
{
    const QList<quint64> jobs = m_byOwner.values(connection);
    for (const quint64 id : jobs) {
        auto node = m_jobs.extract(id);
        if (!node.empty())
            m_endpoint.forget(node.mapped().exchange);
    }
    m_byOwner.remove(connection);
}

} // namespace reveille
