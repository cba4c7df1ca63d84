// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientrequester.h"
#include "client/devicelink.h"
#include "client/digestsecret.h"
#include "client/pushclientsettings.h"
#include "client/sipregistration.h"

#include <QObject>
#include <QTimer>

namespace reveille {

/// What a registrar granted.
struct RegistrationGrant {
    int expires = 0; ///< seconds
    QString gruu;    ///< public one, empty where none was given
    QString temporaryGruu;
    int flowTimer = 0; ///< seconds of Flow-Timer, 0 = none
    Milliseconds refreshAfter{0};
    QByteArray
        mapped; ///< as mappedAddress(); where the registrar saw the request come from, empty = not told
};

/// Registers one device and keeps it registered (RFC 3261 section 10.2, RFC 5626, RFC 5627, RFC 8599): one
/// Call-ID and a rising CSeq for life, digest, 423, refresh after 90 % of the time granted. Lives in its
/// client's thread.
class ClientRegistration : public QObject {
    Q_OBJECT
public:
    /// `flow` is added to the reg-id of the settings.
    ClientRegistration(const PushClientSettings &settings, DigestSecret &secret, ClientRequester &requester,
                       int flow = 0, QObject *parent = nullptr);

    /// Applications of the settings that are not named when it registers.
    void setAsleep(const QStringList &applications) { m_asleep = applications; }
    /// Registers, now and again when the time comes, over `flow`, which must live until then or until
    /// pause(). `wake` is named as the wake route where it is set.
    void registerOver(ClientFlow *flow, const DeviceLink::WakeRoute &wake);
    /// Asks for removal; removed() follows, also where nothing answers. RFC 8599: without pn-prid.
    void removeOver(ClientFlow *flow);
    /// No refresh any more; what was granted is still believed in.
    void pause();
    /// The path it stood on is gone.
    void forget();
    /// Call-ID and tag, and a CSeq that none used is above of: some are set aside at a time.
    LinkMemory memory() const;
    /// Goes on with those.
    void resume(const LinkMemory &memory);
    int regId() const { return m_regId; } ///< 0 = none
    bool isRegistered() const { return m_registered && !m_validUntil.hasExpired(); }

    static constexpr int maxRounds = 6; ///< challenges and 423s taken in one go

    static constexpr quint32 cseqsAhead = 32; ///< set aside at a time

Q_SIGNALS:
    /// memory() has changed; from within, before the request that needs it is sent.
    void memoryChanged();
    void granted(const reveille::RegistrationGrant &grant, bool refreshed);
    /// Status 0: nothing came back. `retryAfter` 0 where not told.
    void failed(int status, const QByteArray &reason, reveille::Milliseconds retryAfter);
    void removed();

private:
    enum class Aim : quint8 { Register, Remove };
    void ask(ClientFlow *flow, Aim aim);
    void answered(ClientFlow *flow, Aim aim, const SipMessage *response);
    void take(const SipMessage &response);
    SipRegistration saying(const ClientFlow &flow, Aim aim) const; ///< without branch, CSeq and credentials
    QByteArray registrarUri() const;

    const PushClientSettings &m_settings;
    DigestSecret &m_secret;
    ClientRequester &m_requester;
    QByteArray m_callId, m_tag;
    quint32 m_cseq = 0;
    quint32 m_cseqsUntil = 0; ///< set aside
    int m_expires;
    int m_regId;
    int m_rounds = 0;
    DeviceLink::WakeRoute m_wake;
    QStringList m_asleep;
    bool m_registered = false;
    QDeadlineTimer m_validUntil;
    QTimer m_refresh;
    QPointer<ClientFlow> m_flow;
};

} // namespace reveille
