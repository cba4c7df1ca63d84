// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipexchange.h"
#include "connections/sip/sipsettings.h"
#include "wire/sipgruu.h"

namespace reveille {

/// The 200 to a REGISTER: every contact of the user with what is left of its time and its GRUUs, and what was
/// agreed on (RFC 3261 section 10.3, RFC 5626 section 6, RFC 5627 section 5, RFC 8599 section 5).
class SipRegisterAnswer {
public:
    SipRegisterAnswer(const SipSettings &settings, const SipGruu &gruu, const PublicUserId &user,
                      Timestamp now);
    SipResponse make(const SipExchange &exchange, const SipBindings::List &bindings) const;

    /// Option tags the registrar understands.
    static const QByteArrayList &extensions();

private:
    QByteArray contactValue(const SipBinding &binding, bool gruu) const;
    QByteArrayList pushServicesFor(const SipMessage &request) const;

    const SipSettings &m_settings;
    const SipGruu &m_gruu;
    const PublicUserId &m_user;
    Timestamp m_now;
};

} // namespace reveille
