// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipexchange.h"
#include "wire/imdn.h"

#include <memory>

namespace reveille {

class Engine;

/// Disposition notifications of devices (RFC 5438): a MESSAGE to the server itself with message/imdn+xml, bare as Linphone
/// sends it or in message/cpim as the RFC wants it, perhaps deflated. It speaks for a device of its sender that is registered
/// on the flow it comes over, and for no other. Server thread.
///
/// Answers: 200 once a confirmation is kept, and for what changes nothing because nobody asked for it, because it comes too late,
/// or because it says less than that somebody has it; 404 where that device got no such push; 403 where the sender has nothing registered on
/// this flow; 400 and 415 for what cannot be read.
class SipNotifications {
public:
    SipNotifications(Engine &engine, const SipBindings &bindings)
        : m_engine(engine)
        , m_bindings(bindings)
    {
    }
    ~SipNotifications() { *m_alive = false; }

    /// Whether a MESSAGE to the server is one, by its type.
    static bool isOne(const SipMessage &request);
    /// Who sends it has been judged as for any other MESSAGE.
    void take(const SipExchange &exchange);

private:
    static Result<Imdn, SipRefusal> read(const SipMessage &request);
    DeviceId senderOf(const SipExchange &exchange, const PushId &push) const;

    Engine &m_engine;
    const SipBindings &m_bindings;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
