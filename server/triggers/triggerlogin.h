// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/result.h"
#include "http/httpcall.h"

namespace reveille {

class Engine;

/// Who a request of the external interface is from: Bearer token, or the same as password of Basic. Server thread.
class TriggerLogin {
public:
    TriggerLogin(Engine &engine, bool needToken)
        : m_engine(engine)
        , m_needToken(needToken)
    {
    }
    /// Errors token-missing, token-wrong. Without need of a token, who shows none is the initiator "open".
    Result<InitiatorId> initiatorOf(const HttpCall &call) const;

private:
    Engine &m_engine;
    bool m_needToken;
};

} // namespace reveille
