// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbindings.h"
#include "connections/sip/sipexchange.h"
#include "domain/wakeroute.h"
#include "engine/limitlog.h"

namespace reveille {

class Registry;

/// What is to be done with one contact of a REGISTER.
struct SipPlannedContact {
    SipBinding binding; ///< as it is to be; `connection` of the one it replaces, if any
    bool replaces = false;
    bool remove = false;
    QVector<WakeRoute> routes; ///< RFC 8599
    QStringList subscriptions; ///< +g.oma.pusheventapp
    QString displayName;
};

/// What is said to the log of REGISTER requests that are over a limit.
struct SipContactLogs {
    SipContactLogs();
    LimitLog maxContacts, maxBindings, manyDevices;
};

/// Judges all contacts of a REGISTER before any of them is touched, since it is done wholly or not at all
/// (RFC 3261 section 10.3). Rules: +sip.instance names the device, without it the Contact URI does; reg-id
/// counts only with an instance and Supported: outbound, and then the first hop has to keep flows (RFC 5626
/// section 6): that is this server, or the proxy that put a Path with `ob` in front; an instance without reg-id
/// has one contact, the newest; Call-ID and CSeq decide whether a request is out of date.
class SipContactPlan {
public:
    SipContactPlan(const SipSettings &settings, const Registry &registry, const PublicUserId &user,
                   const SipBindings::List &known, Timestamp now, SipContactLogs &logs);

    /// `path`: of the request, as far as who sent it may set one.
    Result<QVector<SipPlannedContact>, SipRefusal> make(const SipMessage &request, const SipFlow &flow,
                                                        const QByteArrayList &path) const;

private:
    Result<SipPlannedContact, SipRefusal> plan(const SipMessage &request, const SipContact &contact,
                                               const QByteArrayList &path) const;
    Result<QVector<SipPlannedContact>, SipRefusal> removeAll(const SipMessage &request) const;
    const SipBinding *match(const SipBinding &wanted, bool remove) const;
    void nameDevice(SipBinding &binding, const QByteArray &uri) const;
    bool isOutdated(const SipBinding &known, const SipMessage &request) const;

    const SipSettings &m_settings;
    const Registry &m_registry;
    const PublicUserId &m_user;
    const SipBindings::List &m_known;
    Timestamp m_now;
    SipContactLogs &m_logs;
};

} // namespace reveille
