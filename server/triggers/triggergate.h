// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/initiator.h"
#include "domain/push.h"
#include "domain/pushresource.h"
#include "engine/engine.h"
#include "engine/loggate.h"
#include "http/httprouter.h"
#include "triggers/initiatorguard.h"

#include <QSet>

namespace reveille {

/// The one door of the external interface: who asks, whether it may, and how much of it. Every protocol of the triggers
/// goes through here. Server thread.
///
/// What an initiator cannot learn: whether a user, device or session that it may not address exists (target-unknown, as
/// for one that does not), and by trying many (misses-too-many).
class TriggerGate
{
public:
    TriggerGate(Engine &engine, bool needToken, InitiatorGuard &guard)
        : m_engine(engine), m_needToken(needToken), m_guard(guard)
    {
    }

    /// For the routes of initiators: HttpCall::caller becomes who asks, or the request is refused by its head: token-missing,
    /// token-wrong, guesses-too-many. Without need of a token, who shows none is the initiator "open".
    HttpRouteTerms terms();
    /// Who asks, on a route of those terms. Error token-wrong: removed since its head came.
    Result<InitiatorId> initiatorOf(const HttpCall &call) const;
    /// Whether a signature for this resource is looked at, which costs something. Error guesses-too-many.
    Result<Done> maySign(const HttpCall &call, const PushResource &resource) const;
    /// It was, and is wrong.
    void signedWrong(const HttpCall &call, const PushResource &resource);
    /// Before anything is looked up for it. Error misses-too-many.
    Result<Done> mayLook(const InitiatorId &initiator) { return m_guard.mayLook(initiator, m_engine.clock().now()); }
    /// Whether it may send such content at all, with all that is packed into it (wire/contentclasses.h). Errors content-not-allowed
    /// (about: the class), content-unreadable; who has the right to everything may send what cannot be read.
    Result<Done> allowsContent(const PushRequest &request) const;
    /// Errors token-wrong (the initiator was removed meanwhile), content-not-allowed, content-unreadable,
    /// target-not-allowed, and those of PushDispatcher::submit for the target.
    Result<Done> allows(const PushRequest &request) const;
    /// Still: an initiator may be removed while something of it goes on.
    bool isKnown(const InitiatorId &initiator) const;
    bool mayAddress(const InitiatorId &initiator, const PublicUserId &user) const;
    /// Counts `pushes` of the initiator; give back what is not taken after all. Errors of InitiatorGuard::admit.
    Result<Done> admit(const InitiatorId &initiator, int pushes = 1);
    void giveBack(const InitiatorId &initiator, int pushes = 1) { m_guard.giveBack(initiator, pushes); }
    /// What the initiator is told of an error with a target; one that is not there, or not for it, is counted.
    Error told(const InitiatorId &initiator, const Error &error);

    /// Journals that a trigger was turned away; `initiator`: empty where nobody knows it. Of strangers, and of what initiators can
    /// have refused without end, 60 a minute each; the next entry says how many were left out.
    void noteRefusal(const InitiatorId &initiator, const QString &peer, const QString &target, const Error &error,
                     const PublicUserId &user = {}, const DeviceId &device = {});
    /// Cancels a push of the initiator's own, and journals who did. Errors of PushDispatcher::cancel.
    Result<Done> cancel(const PushId &push, const InitiatorId &initiator, const QString &peer);

    /// An initiator's own name of a push that is being taken, by whatever protocol: false where it is in use.
    bool claim(const InitiatorId &initiator, const QString &reference);
    void release(const InitiatorId &initiator, const QString &reference) { m_claimed.remove({initiator, reference}); }

private:
    /// Of the same errors as terms().
    Result<InitiatorId> judge(const HttpCall &call);

    QSet<std::pair<InitiatorId, QString>> m_claimed;
    Engine &m_engine;
    bool m_needToken;
    InitiatorGuard &m_guard;
    LogGate m_strangers{60}, m_initiators{60};
};

} // namespace reveille
