// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/historyfromjournal.h"

#include <QMap>

#include <algorithm>
#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

struct PathState {
    LivenessState state = LivenessState::Lost;
    LossReason reason = LossReason::None;
    friend bool operator==(const PathState &, const PathState &) = default;
};

QString field(const JournalEntry &row, QLatin1StringView name)
{
    for (const auto &[key, value] : row.fields) {
        if (key == name)
            return value;
    }
    return {};
}

/// The state a path is in after this row; none where the row is about something else.
std::optional<PathState> stateOf(const JournalEntry &row)
{
    if (row.event == "registered"_L1 || row.event == "restored"_L1 || row.event == "up"_L1)
        return PathState{LivenessState::Up, LossReason::None};
    if (row.event == "expired"_L1)
        return PathState{LivenessState::Lost, LossReason::Expired};
    if (row.event == "unregistered"_L1)
        return PathState{LivenessState::Lost, LossReason::ClosedByPeer};
    for (LivenessState state : {LivenessState::Suspect, LivenessState::Lost, LivenessState::Waking, LivenessState::Unreachable}) {
        if (row.event == QLatin1StringView(toText(state)))
            return PathState{state, lossReasonFromText(field(row, "reason"_L1))};
    }
    return std::nullopt;
}

int rank(const PathState &path)
{
    static constexpr LivenessState order[] = {LivenessState::Up, LivenessState::Suspect, LivenessState::Waking,
                                              LivenessState::Lost, LivenessState::Unreachable};
    return int(std::find(std::begin(order), std::end(order), path.state) - std::begin(order));
}

} // namespace

QVector<HistoryMark> historyFromJournal(const QVector<JournalEntry> &rows, Timestamp until)
{
    QVector<HistoryMark> marks;
    QMap<QString, PathState> paths; ///< by transport: a device seldom has two of one
    std::optional<PathState> shown;
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        if (row->time >= until)
            break;
        HistoryMark mark;
        mark.at = row->time;
        if (row->event == "address-changed"_L1) {
            mark.kind = HistoryMark::Kind::AddressChanged;
            mark.subject = field(*row, "before"_L1) + u" > "_s + field(*row, "after"_L1);
            marks.append(mark);
            continue;
        }
        const std::optional<PathState> state = stateOf(*row);
        if (!state)
            continue;
        paths[field(*row, "transport"_L1)] = *state;
        const PathState best = *std::min_element(paths.cbegin(), paths.cend(), [](const PathState &a, const PathState &b) {
            return rank(a) < rank(b);
        });
        if (shown != best) {
            shown = best;
            mark.state = best.state;
            mark.reason = best.reason;
            mark.subject = field(*row, "rule"_L1);
            marks.append(mark);
        }
        if (state->state == LivenessState::Waking) {
            mark.kind = HistoryMark::Kind::Wake;
            mark.state = LivenessState::Lost;
            mark.reason = LossReason::None;
            mark.subject = field(*row, "subject"_L1);
            marks.append(mark);
        }
    }
    return marks;
}

} // namespace reveille
