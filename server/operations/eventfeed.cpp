// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/eventfeed.h"

#include "http/eventstream.h"
#include "http/jsonbody.h"
#include "http/problem.h"
#include "operations/views.h"
#include "wire/jsonfault.h"
#include "wire/jsonjournal.h"
#include "wire/jsonpush.h"
#include "wire/jsonwake.h"

namespace reveille {

namespace {

QSet<QByteArray> typesOf(const HttpCall &call)
{
    QSet<QByteArray> types;
    const QByteArray text = call.target.item(u"types").toUtf8();
    for (const QByteArray &type : text.split(',')) {
        if (!type.trimmed().isEmpty())
            types.insert(type.trimmed());
    }
    return types;
}

} // namespace

EventFeed::EventFeed(Engine &engine)
    : m_engine(engine)
{
    connect(&engine.journal(), &Journal::added, this, [this](const JournalEntry &entry) {
        if (hasReaders())
            publish("journal", entry.id.number, toJson(entry));
    });
    const auto mark = [this](auto &set, const auto &id) {
        if (!hasReaders())
            return;
        set.insert(id);
        touch();
    };
    connect(&engine.registry(), &Registry::deviceChanged, this,
            [this, mark](const DeviceId &id) { mark(m_touched.devices, id); });
    connect(&engine.registry(), &Registry::deviceRemoved, this,
            [this, mark](const DeviceId &id) { mark(m_touched.devices, id); });
    connect(&engine.registry(), &Registry::userChanged, this,
            [this, mark](const PublicUserId &id) { mark(m_touched.users, id); });
    connect(&engine.registry(), &Registry::userRemoved, this,
            [this, mark](const PublicUserId &id) { mark(m_touched.users, id); });
    connect(&engine.pushes(), &PushDispatcher::pushChanged, this,
            [this, mark](const PushId &id) { mark(m_touched.pushes, id); });
    connect(&engine.wakes(), &WakeService::wakeChanged, this,
            [this, mark](const WakeId &id) { mark(m_touched.wakes, id); });
    connect(&engine.faults(), &FaultPlan::changed, this,
            [this, mark](const FaultId &id) { mark(m_touched.faults, id); });
}

EventFeed::~EventFeed()
{
    m_engine.timers().cancel(m_timer);
}

void EventFeed::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/events",
               [this](const HttpCall &call, const HttpReply &reply) { open(call, reply); });
}

bool EventFeed::hasReaders()
{
    m_readers.removeIf([](const Reader &reader) { return !reader.stream || !reader.stream->isOpen(); });
    return !m_readers.isEmpty();
}

void EventFeed::open(const HttpCall &call, const HttpReply &reply)
{
    if (hasReaders() && m_readers.size() >= maxStreams) {
        reply.sendProblem({"streams-too-many", QString::number(maxStreams)});
        return;
    }
    const auto after = lastEventOf(call);
    if (!after) {
        reply.sendProblem(after.error());
        return;
    }
    Reader reader{reply.openEvents(), typesOf(call), {}};
    if (!reader.stream)
        return;
    if (*after && reader.wants("journal"))
        reader.behind = JournalId{**after};
    m_readers.append(reader);
    whenDrained(reader.stream, this, m_readers, [this](Reader &drained) { catchUp(drained); });
    catchUp(m_readers.last());
}

void EventFeed::catchUp(Reader &reader)
{
    if (!reader.behind)
        return;
    bool complete = true;
    const QVector<JournalEntry> entries = m_engine.journal().since(*reader.behind, &complete);
    if (!complete) {
        const QJsonObject gap{{QStringLiteral("after"), qint64(reader.behind->number)}};
        reader.stream->send("gap", 0, toJsonBytes(gap));
    }
    for (const JournalEntry &entry : entries) {
        if (!reader.stream->hasRoom())
            return;
        reader.stream->send("journal", entry.id.number, toJsonBytes(toJson(entry)));
        reader.behind = entry.id;
    }
    reader.behind.reset();
}

void EventFeed::publish(const QByteArray &type, quint64 id, const QJsonObject &data)
{
    const QByteArray octets = toJsonBytes(data);
    for (const Reader &reader : std::as_const(m_readers)) {
        const bool later = reader.behind && type == "journal";
        if (reader.stream && reader.wants(type) && !later)
            reader.stream->send(type, id, octets);
    }
}

void EventFeed::touch()
{
    if (m_timer == 0)
        m_timer = m_engine.timers().start(interval, [this] { flush(); });
}

void EventFeed::flush()
{
    m_timer = 0;
    const Touched touched = std::exchange(m_touched, {});
    if (!hasReaders())
        return;
    for (const PublicUserId &id : touched.users) {
        if (const auto user = m_engine.userSnapshot(id))
            publish("user", 0, userView(*user));
        else
            publish("user_removed", 0, {{QStringLiteral("id"), id.toString()}});
    }
    for (const DeviceId &id : touched.devices) {
        if (const auto device = m_engine.deviceSnapshot(id))
            publish("device", 0, deviceView(*device));
        else
            publish("device_removed", 0, {{QStringLiteral("id"), id.toString()}});
    }
    for (const PushId &id : touched.pushes) {
        if (const auto push = m_engine.pushes().push(id))
            publish("push", 0, toJson(*push));
    }
    for (const WakeId &id : touched.wakes) {
        if (const auto wake = m_engine.wakes().wakeUp(id))
            publish("wake", 0, toJson(*wake));
    }
    for (const FaultId &id : touched.faults) {
        if (const auto fault = m_engine.faults().rule(id))
            publish("fault", 0, toJson(*fault));
        else
            publish("fault_removed", 0, {{QStringLiteral("id"), id.text()}});
    }
}

} // namespace reveille
