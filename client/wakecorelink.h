// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/digestsecret.h"
#include "client/siplink.h"

#include <QTimer>

namespace reveille {

/// A device's registration at the SIP core of somebody else, kept so that a SIR can come through it while there is no
/// registration at the server (requirement S12; RFC 3428). It is tried again when it fails, kept open by OPTIONS, and
/// has nothing to do with silence and retries of the links to the server. Lives in its client's thread.
class WakeCoreLink : public QObject {
    Q_OBJECT
public:
    /// `device`: whose `core` says where; only needed for this call. `inbox` must live as long as this does.
    WakeCoreLink(const PushClientSettings &device, PushInbox &inbox, QObject *parent = nullptr);
    ~WakeCoreLink() override;

    void open();
    /// Without a word to the core.
    void close();
    /// Asks for removal; removed() follows. Only while registered.
    void unregister();
    /// Deaf: what comes is neither heard nor answered. Its end is a new registration over a fresh path.
    void setDeaf(bool deaf);
    bool isRegistered() const { return !m_deaf && m_link.isOpen() && m_link.isRegistered(); }
    /// Those of the registration at the core: its user is the address of record there.
    const PushClientSettings &settings() const { return m_settings; }

Q_SIGNALS:
    /// core-registered, core-failed (clientevent.h).
    void happened(const QString &code, const QJsonObject &fields);
    void woken(const reveille::Result<reveille::WakeDatagram> &wake, const QByteArray &octets, const QString &peer);
    /// A core may bring pushes too (requirement S18).
    void pushReceived(const reveille::ReceivedPush &push);
    void removed();

private:
    void retry(int status, const QByteArray &reason, Milliseconds atLeast);
    QString place() const;

    PushClientSettings m_settings;
    DigestSecret m_secret;
    SipLink m_link;
    QTimer m_retry;
    int m_retryFactor = 1;
    bool m_wanted = false; ///< between open() and close() or unregister()
    bool m_deaf = false;
};

} // namespace reveille
