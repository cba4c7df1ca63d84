// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioactor.h"
#include "wire/httptarget.h"

#include <memory>

namespace reveille {

/// What the parts of ScenarioActor share; only for them.

/// Waits for several answers; the first error is told.
struct ScenarioCalls {
    int waiting = 1; ///< one for whoever hands out
    std::optional<Error> error;
    ScenarioActor::Then then;

    static std::shared_ptr<ScenarioCalls> of(ScenarioActor::Then then)
    {
        auto calls = std::make_shared<ScenarioCalls>();
        calls->then = std::move(then);
        return calls;
    }
    void settle(const std::optional<Error> &wrong)
    {
        if (wrong && !error)
            error = wrong;
        if (--waiting == 0)
            then(error);
    }
};

inline Error scenarioRefusal(const QString &what, const ScenarioApi::Answer &answer)
{
    return {"call-refused", what + QStringLiteral(": ") + answer.text()};
}

/// What an id is of stands at its head.
inline QByteArray scenarioPathOf(const QString &id)
{
    const QByteArray folder = id.startsWith(u"w-") ? "wakes" : id.startsWith(u"f-") ? "faults" : "pushes";
    return "/v1/" + folder + '/' + percentEncode(id);
}

} // namespace reveille
