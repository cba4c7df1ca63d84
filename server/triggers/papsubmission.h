// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/notice.h"
#include "domain/push.h"
#include "triggers/papsettings.h"
#include "triggers/papterms.h"
#include "wire/clientprofile.h"
#include "wire/papentities.h"

namespace reveille {

/// Why something asked for over PAP is not done: for the answer, and for the journal.
struct PapRefusal {
    int code = 0;
    Error error;
};

/// Why a push was refused by the engine, in PAP's codes. Unknown targets all look alike.
int papCodeOf(const Error &error);

/// What one push-message asks of the engine, before the engine is asked.
struct PapSubmission {
    QVector<PushRequest> requests; ///< one per recipient that can be read, in order
    QVector<PapTerms::Refused> refused;
    std::optional<ClientProfile> profile; ///< what the initiator assumes that each recipient can
    Timestamp deliverBefore;              ///< as asked; not set where the settings decide

    /// Refuses what cannot be honoured (wire-facts 6.3): content-missing (2000), those of parseClientProfile() (2000, 2006),
    /// network-required (3009), bearer-required (3010), pap-content-encoding (2000), deliver-times and deliver-too-far (2000),
    /// notify-url and notify-forbidden (2000, 2001), body-too-large (2000; content times recipients), address errors where no
    /// recipient is left (2002).
    static Result<PapSubmission, PapRefusal> plan(const PapDocument &document, const PapEntities &entities,
                                                  const InitiatorId &initiator, const PapSettings &settings,
                                                  Timestamp now);
    /// Takes away the recipients the engine would not take. Refused as a whole where none is left.
    std::optional<PapRefusal> sieve(const std::function<Result<Done>(const PushRequest &)> &check);
    /// One push for each user, under however many addresses: the first of them, with the others in its terms.
    void join(const std::function<PublicUserId(const PushRequest &)> &userOf);
    /// Lets the pushes end at deliverBefore whatever time was spent since plan(). Refused (deliver-times) where it is over.
    std::optional<PapRefusal> endAt(Timestamp now);
    /// Whether one of a recipient's devices can do all that the initiator assumes (`profile`, which there must be); true where
    /// there is no device. Error capabilities-mismatch (2005), about: something that the last of them cannot do.
    Result<Done> matches(const QVector<Device> &devices) const;
    /// What goes with the pushes: the refused recipients in the terms of the first.
    void settleTerms();
};

/// Whether notifications may go to this address.
bool mayNotify(const PapSettings &settings, const IpAddress &address);

} // namespace reveille
