// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/devicehistory.h"

namespace reveille {

const char *toText(HistoryMark::Kind kind)
{
    switch (kind) {
    case HistoryMark::Kind::State:
        return "state";
    case HistoryMark::Kind::PacketIn:
        return "packet_in";
    case HistoryMark::Kind::PacketOut:
        return "packet_out";
    case HistoryMark::Kind::AddressChanged:
        return "address_changed";
    case HistoryMark::Kind::ProbeLost:
        return "probe_lost";
    case HistoryMark::Kind::PushMissed:
        return "push_missed";
    case HistoryMark::Kind::Wake:
        return "wake";
    }
    return "";
}

} // namespace reveille
