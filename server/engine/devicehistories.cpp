// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devicehistories.h"

#include "engine/historyfromjournal.h"

#include <QHash>
#include <QPointer>

#include <algorithm>
#include <list>

namespace reveille {

namespace {

using Kind = HistoryMark::Kind;

constexpr Milliseconds oneMark{1000}; ///< packets this close share a mark
constexpr qint64 recordCost = 4;      ///< what a lifeline costs beside its marks, in marks
constexpr int lookedBack = 3;         ///< newest marks that a packet may be counted to

bool isHeard(LivenessEvent::Kind kind)
{
    return kind == LivenessEvent::Kind::Packet || kind == LivenessEvent::Kind::Proof
        || kind == LivenessEvent::Kind::KeepAlive || kind == LivenessEvent::Kind::Registered
        || kind == LivenessEvent::Kind::AddressChanged;
}

} // namespace

struct DeviceHistories::Private {
    struct Record {
        DeviceHistory history;
        LivenessState state = LivenessState::Lost; ///< of the last mark of a state
        LossReason reason = LossReason::None;
        bool reachesBack = false; ///< the journal was read for what was before, or there is nothing more to read
        std::list<DeviceId>::iterator use;
    };

    Limits limits;
    Clock &clock;
    WriteBehind &store;
    Registry &registry;
    Counters counters{};
    QHash<DeviceId, Record> records{};
    std::list<DeviceId> used{}; ///< the one of least recent use first
    qint64 marks = 0;

    Record *find(const DeviceId &id)
    {
        const auto found = records.find(id);
        return found == records.end() ? nullptr : &*found;
    }
    Record &make(const DeviceId &id)
    {
        if (Record *known = find(id)) {
            used.splice(used.end(), used, known->use);
            return *known;
        }
        Record &made = records[id];
        made.history.device = id;
        made.history.since = clock.now();
        made.use = used.insert(used.end(), id);
        marks += recordCost;
        keepBounds();
        return *find(id);
    }
    void drop(const DeviceId &id)
    {
        const auto found = records.find(id);
        if (found == records.end())
            return;
        marks -= recordCost + found->history.marks.size();
        used.erase(found->use);
        records.erase(found);
    }
    void keepBounds()
    {
        while (marks > limits.marksTotal && used.size() > 1)
            drop(used.front());
    }

    void mark(Record &record, HistoryMark mark)
    {
        QVector<HistoryMark> &list = record.history.marks;
        if (mark.kind == Kind::PacketIn || mark.kind == Kind::PacketOut) {
            const qsizetype first = std::max<qsizetype>(0, list.size() - lookedBack);
            for (qsizetype i = list.size() - 1; i >= first && list[i].kind != Kind::State; --i) {
                if (list[i].kind == mark.kind && mark.at - list[i].at < oneMark) {
                    ++list[i].count;
                    return;
                }
            }
        }
        list.append(std::move(mark));
        ++marks;
        if (list.size() > limits.marksPerDevice) {
            list.removeFirst();
            --marks;
            record.reachesBack = true;
            record.history.since = list.first().at;
        }
        used.splice(used.end(), used, record.use);
        keepBounds();
    }
    HistoryMark at(Kind kind, const QString &subject = {}) const
    {
        HistoryMark made;
        made.at = clock.now();
        made.kind = kind;
        made.subject = subject;
        return made;
    }
    void packet(const DeviceId &id, Kind kind)
    {
        if (Record *known = find(id))
            mark(*known, at(kind));
    }

    void noteState(const PathNote &note)
    {
        const std::optional<Liveness> liveness = registry.liveness(note.device);
        if (!liveness || isRoutineDoubt(*liveness))
            return;
        Record *known = find(note.device);
        const bool nothingSpecial = note.isNew || (liveness->state() == LivenessState::Up && note.change.before == LivenessState::Suspect);
        if (!known && nothingSpecial)
            return;
        const bool same = known && known->state == liveness->state() && known->reason == liveness->reason()
            && std::any_of(known->history.marks.cbegin(), known->history.marks.cend(),
                           [](const HistoryMark &made) { return made.kind == Kind::State; });
        if (same)
            return;
        Record &record = make(note.device);
        record.state = liveness->state();
        record.reason = liveness->reason();
        HistoryMark made = at(Kind::State, QString::fromLatin1(toText(liveness->evidence().rule)));
        made.state = record.state;
        made.reason = record.reason;
        mark(record, made);
    }
    void note(const PathNote &note)
    {
        using Event = LivenessEvent::Kind;
        if (note.change.changed) {
            noteState(note);
        } else if (note.event.kind == Event::AddressChanged) {
            Record &record = make(note.device);
            ++record.history.addressChanges;
            ++counters.addressChanges;
            mark(record, at(Kind::AddressChanged, note.event.subject));
        }
        if (note.event.kind == Event::WakeStarted) {
            Record &record = make(note.device);
            ++record.history.wakes;
            mark(record, at(Kind::Wake, note.event.subject));
        }
        if (isHeard(note.event.kind))
            packet(note.device, Kind::PacketIn);
    }
    void sent(const PathExchange &exchange)
    {
        if (exchange.what == PathExchange::What::Push) {
            mark(make(exchange.device), at(Kind::PacketOut));
            return;
        }
        ++counters.probesSent;
        if (Record *known = find(exchange.device)) {
            ++known->history.probesSent;
            mark(*known, at(Kind::PacketOut));
        }
    }
    void answered(const PathExchange &exchange)
    {
        const bool isProbe = exchange.what == PathExchange::What::Probe;
        if (exchange.answered()) {
            counters.probesAnswered += isProbe;
            if (Record *known = find(exchange.device))
                known->history.probesAnswered += isProbe;
            return;
        }
        if (!exchange.unanswered())
            return;
        Record &record = make(exchange.device);
        if (isProbe) {
            if (record.history.probesSent == 0)
                record.history.probesSent = 1; // the one that made this lifeline worth having
            ++record.history.probesLost;
            ++counters.probesLost;
        } else {
            ++record.history.pushesMissed;
            ++counters.pushesMissed;
        }
        mark(record, at(isProbe ? Kind::ProbeLost : Kind::PushMissed, exchange.request));
    }

    void reachBack(const DeviceId &id, const QVector<JournalEntry> &rows)
    {
        Record &record = make(id);
        if (record.reachesBack)
            return;
        record.reachesBack = true;
        const Timestamp from = clock.now() - limits.rebuilt;
        QVector<HistoryMark> &list = record.history.marks;
        const Timestamp until = list.isEmpty() ? clock.now() + Milliseconds(1) : list.first().at;
        QVector<HistoryMark> older = historyFromJournal(rows, until);
        const qsizetype room = limits.marksPerDevice - list.size();
        const bool all = older.size() <= room;
        if (!all)
            older.remove(0, older.size() - room);
        marks += older.size();
        list = older + list;
        record.history.since = all || list.isEmpty() ? from : list.first().at;
        for (qsizetype i = list.size() - 1; i >= 0; --i) {
            if (list[i].kind == Kind::State) {
                record.state = list[i].state;
                record.reason = list[i].reason;
                break;
            }
        }
        keepBounds();
    }
};

DeviceHistories::DeviceHistories(Limits limits, Clock &clock, WriteBehind &store, Registry &registry, QObject *parent)
    : QObject(parent), d(new Private{limits, clock, store, registry})
{
    connect(&registry, &Registry::noted, this, [this](const PathNote &note) { d->note(note); });
    connect(&registry, &Registry::sent, this, [this](const PathExchange &exchange) { d->sent(exchange); });
    connect(&registry, &Registry::answered, this, [this](const PathExchange &exchange) { d->answered(exchange); });
    connect(&registry, &Registry::deviceRemoved, this, [this](const DeviceId &id) { d->drop(id); });
}

DeviceHistories::~DeviceHistories() = default;

void DeviceHistories::history(const DeviceId &id, std::function<void(Result<DeviceHistory>)> answer)
{
    if (!d->registry.device(id))
        return answer(Error{"device-unknown", id.toString()});
    if (const Private::Record *known = d->find(id); known && known->reachesBack)
        return answer(d->make(id).history);

    JournalQuery query;
    query.kind = JournalKind::Connection;
    query.device = id.toString();
    query.from = d->clock.now() - d->limits.rebuilt;
    query.limit = d->limits.marksPerDevice;
    // What was staged before is in the journal by then.
    d->store.commit([this, guard = QPointer<DeviceHistories>(this), id, query, answer](const Result<Done> &done) {
        if (!guard)
            return;
        const auto fail = [this, id, answer](const Error &error) {
            // What memory has is worth showing while the store is in trouble.
            if (const Private::Record *known = d->find(id))
                answer(known->history);
            else
                answer(error);
        };
        if (!done)
            return fail(done.error());
        d->store.store().readJournal(query, [this, guard, id, answer, fail](const Result<QVector<JournalEntry>> &rows) {
            if (!guard)
                return;
            if (!rows)
                return fail(rows.error());
            if (!d->registry.device(id))
                return answer(Error{"device-unknown", id.toString()});
            d->reachBack(id, *rows);
            answer(d->make(id).history);
        });
    });
}

const DeviceHistories::Counters &DeviceHistories::counters() const
{
    return d->counters;
}

qint64 DeviceHistories::marks() const
{
    return d->marks - recordCost * d->records.size();
}

qint64 DeviceHistories::devices() const
{
    return d->records.size();
}

} // namespace reveille
