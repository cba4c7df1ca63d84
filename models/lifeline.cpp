// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lifeline.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;
using Kind = HistoryMark::Kind;

namespace {

constexpr qint64 second = 1000;

int badness(LivenessState state)
{
    switch (state) {
    case LivenessState::Up: return 0;
    case LivenessState::Suspect: return 1;
    case LivenessState::Waking: return 2;
    case LivenessState::Lost: return 3;
    case LivenessState::Unreachable: return 4;
    }
    return 0;
}

bool isSame(const HistoryMark &a, const HistoryMark &b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == Kind::PacketIn || a.kind == Kind::PacketOut)
        return a.at.ms / second == b.at.ms / second;
    return b.at.ms - a.at.ms < second && a.kind != Kind::State && (a.subject == b.subject || a.subject.isEmpty() || b.subject.isEmpty());
}

qint64 pixel(Timestamp time, Timestamp from, double perPixel)
{
    return qint64(double((time - from).count()) / perPixel);
}

} // namespace

QVector<HistoryMark> mergedMarks(QVector<HistoryMark> marks, int keep)
{
    std::stable_sort(marks.begin(), marks.end(), [](const HistoryMark &a, const HistoryMark &b) { return a.at < b.at; });
    QVector<HistoryMark> merged;
    merged.reserve(marks.size());
    qsizetype latest[8] = {-1, -1, -1, -1, -1, -1, -1, -1}; // of each kind
    for (const HistoryMark &mark : std::as_const(marks)) {
        qsizetype &last = latest[std::size_t(mark.kind)];
        if (last >= 0) {
            HistoryMark &known = merged[last];
            if (mark.kind == Kind::State ? known.state == mark.state && known.reason == mark.reason : isSame(known, mark)) {
                known.count = std::max(known.count, mark.count);
                if (known.subject.isEmpty())
                    known.subject = mark.subject;
                continue;
            }
        }
        last = merged.size();
        merged.append(mark);
    }
    if (merged.size() > keep)
        merged.remove(0, merged.size() - keep);
    return merged;
}

QVector<LifelineBand> bandsOf(const QVector<HistoryMark> &marks)
{
    QVector<LifelineBand> bands;
    for (const HistoryMark &mark : marks) {
        if (mark.kind != Kind::State)
            continue;
        if (!bands.isEmpty()) {
            if (bands.last().state == mark.state && bands.last().reason == mark.reason)
                continue;
            bands.last().until = mark.at;
        }
        bands.append({mark.at, {}, mark.state, mark.reason, mark.subject});
    }
    return bands;
}

QVector<LifelineSegment> segmentsOf(const QVector<LifelineBand> &bands, Timestamp from, Timestamp until, Timestamp now,
                                    int width)
{
    if (width <= 0 || until <= from)
        return {};
    const double perPixel = double((until - from).count()) / width;
    QVector<qsizetype> worst(width, -1);
    for (qsizetype i = 0; i < bands.size(); ++i) {
        const LifelineBand &band = bands[i];
        const Timestamp end = std::min(band.until.isSet() ? band.until : now, until);
        if (end < from || band.from >= until || band.from > now)
            continue;
        const qint64 first = std::max<qint64>(0, band.from < from ? 0 : pixel(band.from, from, perPixel));
        const qint64 last = std::min<qint64>(width, std::max(first + 1, pixel(end, from, perPixel)));
        for (qint64 x = first; x < last; ++x) {
            if (worst[x] < 0 || badness(bands[worst[x]].state) < badness(band.state))
                worst[x] = i;
        }
    }
    QVector<LifelineSegment> segments;
    for (int x = 0; x < width; ++x) {
        if (worst[x] < 0)
            continue;
        const LifelineBand &band = bands[worst[x]];
        if (!segments.isEmpty() && segments.last().until == x && segments.last().state == band.state
            && segments.last().reason == band.reason)
            ++segments.last().until;
        else
            segments.append({x, x + 1, band.state, band.reason});
    }
    return segments;
}

QVector<LifelineBin> binsOf(const QVector<HistoryMark> &marks, Timestamp from, Timestamp until, int width)
{
    if (width <= 0 || until <= from)
        return {};
    QVector<LifelineBin> bins(width);
    const double perPixel = double((until - from).count()) / width;
    auto mark = std::lower_bound(marks.begin(), marks.end(), from,
                                 [](const HistoryMark &a, Timestamp time) { return a.at < time; });
    for (; mark != marks.end() && mark->at < until; ++mark) {
        LifelineBin &bin = bins[std::min<qint64>(width - 1, pixel(mark->at, from, perPixel))];
        bin.kinds |= quint8(1U << unsigned(mark->kind));
        if (mark->kind == Kind::PacketIn)
            bin.in += mark->count;
        else if (mark->kind == Kind::PacketOut)
            bin.out += mark->count;
    }
    return bins;
}

namespace {

QString field(const JournalEntry &row, QLatin1StringView name)
{
    for (const auto &[key, value] : row.fields) {
        if (key == name)
            return value;
    }
    return {};
}

struct PathState {
    LivenessState state = LivenessState::Up;
    LossReason reason = LossReason::None;
    QString subject;
    friend bool operator==(const PathState &a, const PathState &b) { return a.state == b.state && a.reason == b.reason; }
};

/// The state a row of the connection kind puts its path into; nothing where it tells none.
std::optional<PathState> stateOf(const JournalEntry &row)
{
    const auto told = [&](LivenessState state) {
        return PathState{state, lossReasonFromText(field(row, "reason"_L1)), field(row, "subject"_L1)};
    };
    if (row.event == "registered"_L1 || row.event == "refreshed"_L1 || row.event == "restored"_L1 || row.event == "up"_L1)
        return PathState{LivenessState::Up, LossReason::None, field(row, "subject"_L1)};
    if (row.event == "suspect"_L1)
        return told(LivenessState::Suspect);
    if (row.event == "waking"_L1)
        return told(LivenessState::Waking);
    if (row.event == "unreachable"_L1)
        return told(LivenessState::Unreachable);
    if (row.event == "lost"_L1 || row.event == "deregistered"_L1)
        return told(LivenessState::Lost);
    if (row.event == "expired"_L1)
        return PathState{LivenessState::Lost, LossReason::Expired, {}};
    if (row.event == "unregistered"_L1)
        return PathState{LivenessState::Lost, LossReason::ClosedByPeer, {}};
    return std::nullopt;
}

/// What else happened, beside the state.
void appendEvents(const JournalEntry &row, QVector<HistoryMark> *marks)
{
    const auto add = [&](Kind kind, const QString &subject) {
        HistoryMark mark;
        mark.at = row.time;
        mark.kind = kind;
        mark.subject = subject;
        marks->append(mark);
    };
    const QString subject = field(row, "subject"_L1);
    switch (row.kind) {
    case JournalKind::Connection:
        switch (evidenceRuleFromText(field(row, "rule"_L1))) {
        case EvidenceRule::ProbeLost: add(Kind::ProbeLost, subject); break;
        case EvidenceRule::RequestUnanswered: add(Kind::PushMissed, subject); break;
        case EvidenceRule::Registered:
        case EvidenceRule::PacketReceived:
        case EvidenceRule::ProofReceived:
        case EvidenceRule::Restored: add(Kind::PacketIn, {}); break;
        default: break;
        }
        if (row.event == "address-changed"_L1) {
            const QString before = field(row, "before"_L1);
            add(Kind::AddressChanged, before.isEmpty() ? subject : before + u" > "_s + field(row, "after"_L1));
        }
        break;
    case JournalKind::Sir:
        if (row.event != "sir-receipt"_L1)
            add(Kind::Wake, field(row, "bearer"_L1));
        break;
    case JournalKind::Push:
        if (row.event == "push-sending"_L1)
            add(Kind::PacketOut, {});
        else if (row.event == "push-answered"_L1 || row.event == "push-delivered"_L1 || row.event == "push-confirmed"_L1)
            add(Kind::PacketIn, {});
        break;
    case JournalKind::Wake:
    case JournalKind::Trigger: break;
    }
}

} // namespace

QVector<HistoryMark> marksOfJournal(const QVector<JournalEntry> &rows)
{
    QVector<HistoryMark> marks;
    QHash<QString, PathState> paths;
    std::optional<PathState> shown;
    for (const JournalEntry &row : rows) {
        if (row.kind == JournalKind::Connection) {
            const QString path = field(row, "transport"_L1) + u' ' + field(row, "peer"_L1);
            if (const auto state = stateOf(row)) {
                // A path that works takes the place of those that do not: the device is the same.
                if (state->state == LivenessState::Up)
                    paths.removeIf([](const auto &known) { return badness(known.value().state) > 1; });
                paths.insert(path, *state);
            } else if (row.event == "replaced"_L1) {
                paths.remove(path);
            }
            const auto best = std::min_element(paths.cbegin(), paths.cend(), [](const PathState &a, const PathState &b) {
                return badness(a.state) < badness(b.state);
            });
            if (best != paths.cend() && shown != *best) {
                shown = *best;
                HistoryMark mark;
                mark.at = row.time;
                mark.state = best->state;
                mark.reason = best->reason;
                mark.subject = best->subject;
                marks.append(mark);
            }
        }
        appendEvents(row, &marks);
    }
    return marks;
}

Milliseconds axisStep(Milliseconds atLeast)
{
    constexpr qint64 minute = 60 * second, hour = 60 * minute, day = 24 * hour;
    for (const qint64 step : {second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second, minute, 2 * minute,
                              5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour,
                              12 * hour, day, 2 * day, 7 * day}) {
        if (step >= atLeast.count())
            return Milliseconds(step);
    }
    return Milliseconds(28 * day);
}

QVector<Timestamp> axisTimes(Timestamp from, Timestamp until, Milliseconds step, Milliseconds offset)
{
    QVector<Timestamp> times;
    if (step.count() <= 0)
        return times;
    const qint64 shifted = from.ms + offset.count();
    for (qint64 at = (shifted + step.count() - 1) / step.count() * step.count(); at < until.ms + offset.count();
         at += step.count())
        times.append(Timestamp{at - offset.count()});
    return times;
}

} // namespace reveille
