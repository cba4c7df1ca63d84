// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/pushfeed.h"

#include "engine/engine.h"
#include "engine/limitlog.h"
#include "http/eventstream.h"
#include "http/jsonbody.h"
#include "triggers/triggergate.h"
#include "wire/jsonpush.h"

#include <QLoggingCategory>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.triggers")

LimitLog maxStreams{log, "maxStreams"}, maxStreamsPerInitiator{log, "maxStreamsPerInitiator"};

} // namespace

PushFeed::PushFeed(Engine &engine, TriggerGate &gate)
    : m_engine(engine)
    , m_gate(gate)
    , m_number(quint64(engine.clock().now().ms) * 1000)
    , m_forgotten(m_number)
{
    connect(&engine.pushes(), &PushDispatcher::pushChanged, this, &PushFeed::changed);
    connect(&engine.pushes(), &PushDispatcher::pushLasts, this, &PushFeed::lasts);
}

PushFeed::~PushFeed()
{
    m_engine.timers().cancel(m_timer);
}

void PushFeed::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/pushes/events", [this](const HttpCall &call, const HttpReply &reply) { open(call, reply); },
               m_gate.terms());
}

void PushFeed::dropClosed()
{
    const Timestamp now = m_engine.clock().now();
    m_readers.removeIf([](const Reader &reader) { return !reader.stream || !reader.stream->isOpen(); });
    for (const Reader &reader : std::as_const(m_readers))
        m_kept[reader.initiator].lastStream = now;
    m_kept.removeIf([now](const auto &entry) { return now - entry.value().lastStream > keepTime; });
    if (m_kept.isEmpty() && !m_changes.empty()) {
        m_forgotten = m_number;
        m_changes.clear();
        m_keptOctets = 0;
    }
}

/// Changes of which nothing was kept may lie between what was numbered last and now: they have a number too.
PushFeed::Kept &PushFeed::keep(const InitiatorId &initiator)
{
    auto kept = m_kept.find(initiator);
    if (kept == m_kept.end())
        kept = m_kept.insert(initiator, {{}, ++m_number});
    kept->lastStream = m_engine.clock().now();
    return *kept;
}

void PushFeed::open(const HttpCall &call, const HttpReply &reply)
{
    const auto initiator = m_gate.initiatorOf(call);
    if (!initiator)
        return reply.sendProblem(initiator.error());
    const auto after = lastEventOf(call);
    if (!after)
        return reply.sendProblem(after.error());

    dropClosed();
    const auto own = std::count_if(m_readers.cbegin(), m_readers.cend(), [&](const Reader &reader) { return reader.initiator == *initiator; });
    if (m_readers.size() >= maxStreams || own >= maxStreamsPerInitiator) {
        (own >= maxStreamsPerInitiator ? reveille::maxStreamsPerInitiator : reveille::maxStreams).reached(initiator->text());
        return reply.sendProblem({"streams-too-many", QString::number(own >= maxStreamsPerInitiator ? maxStreamsPerInitiator : maxStreams)});
    }
    Reader reader{reply.openEvents(), *initiator, {}};
    if (!reader.stream)
        return;
    const Kept kept = keep(*initiator);
    reader.behind = *after;
    if (reader.behind && (*reader.behind < kept.since || *reader.behind < m_forgotten || *reader.behind > m_number)) {
        reader.stream->send("gap", m_number, "{}");
        reader.behind.reset();
    }
    m_readers.append(reader);
    whenDrained(reader.stream, this, m_readers, [this](Reader &drained) { catchUp(drained); });
    catchUp(m_readers.last());
}

void PushFeed::catchUp(Reader &reader)
{
    if (!reader.behind || !reader.stream)
        return;
    if (*reader.behind < m_forgotten) // it is slower than things happen
        reader.stream->send("gap", m_forgotten, "{}");
    auto next = std::upper_bound(m_changes.cbegin(), m_changes.cend(), *reader.behind,
                                 [](quint64 number, const Change &change) { return number < change.number; });
    for (; next != m_changes.cend(); ++next) {
        if (!reader.stream->hasRoom())
            return;
        if (next->initiator == reader.initiator)
            reader.stream->send("push", next->number, next->data);
        reader.behind = next->number;
    }
    reader.behind.reset();
}

void PushFeed::changed(const PushId &id)
{
    if (m_kept.isEmpty())
        return;
    const std::optional<Push> push = m_engine.pushes().push(id);
    if (!push || !m_kept.contains(push->request.initiator))
        return;
    if (isTerminal(push->state)) {
        m_touched.remove(id);
        return m_engine.writes().hurry();
    }
    m_touched.insert(id);
    if (m_timer == 0)
        m_timer = m_engine.timers().start(interval, [this] { flush(); });
}

void PushFeed::lasts(const PushId &id)
{
    const std::optional<Push> push = m_kept.isEmpty() ? std::nullopt : m_engine.pushes().push(id);
    if (push && m_kept.contains(push->request.initiator))
        publish(*push);
}

void PushFeed::publish(const Push &push)
{
    // Who lost its token meanwhile hears no more.
    const InitiatorId initiator = push.request.initiator;
    const bool mayHear = m_gate.isKnown(initiator);
    Change change{++m_number, initiator, toJsonBytes(toJson(push))};
    for (const Reader &reader : std::as_const(m_readers)) {
        if (!reader.stream || reader.initiator != initiator)
            continue;
        if (!mayHear)
            reader.stream->close();
        else if (!reader.behind)
            reader.stream->send("push", change.number, change.data);
    }
    m_keptOctets += change.data.size();
    m_changes.push_back(std::move(change));
    while (m_keptOctets > maxKeptOctets) {
        m_keptOctets -= m_changes.front().data.size();
        m_forgotten = m_changes.front().number;
        m_changes.pop_front();
    }
}

void PushFeed::flush()
{
    m_timer = 0;
    dropClosed();
    const QSet<PushId> touched = std::exchange(m_touched, {});
    for (const PushId &id : touched) {
        if (const auto push = m_engine.pushes().push(id); push && !isTerminal(push->state) && m_kept.contains(push->request.initiator))
            publish(*push);
    }
}

} // namespace reveille
