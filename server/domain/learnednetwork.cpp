// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/learnednetwork.h"

namespace reveille {

const char *toText(PathTransport transport)
{
    return transport == PathTransport::Udp ? "udp" : "tcp";
}

const char *toText(PinholeSample::Source source)
{
    switch (source) {
    case PinholeSample::Source::Test:
        return "test";
    case PinholeSample::Source::Traffic:
        return "traffic";
    case PinholeSample::Source::Missed:
        return "missed";
    }
    return "";
}

} // namespace reveille
