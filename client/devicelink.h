// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/memory/clientmemory.h"
#include "client/pushclientsettings.h"
#include "client/pushinbox.h"
#include "client/sirgate.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QJsonObject>
#include <QObject>

#include <memory>

namespace reveille {

class DigestSecret;
class HttpChannel;
struct HttpRequest;

/// What a server granted, in the words of every protocol.
struct LinkGrant {
    int expires = 0; ///< seconds; 0 where the protocol knows no end
    QString gruu;    ///< SIP: public one, empty where none was given
    QString temporaryGruu;
    QString session;           ///< datagram: the application instance this is about
    int regId = 0;             ///< SIP, where it was asked for
    QString local;             ///< own address and port of the path
    Milliseconds keepAlive{0}; ///< the interval the server handed out, 0 = none
    bool refresh = false;      ///< the registration stood before
};

/// One way of a device to be connected to its server: a SIP flow, registrations over CoAP, an OTA-HTTP
/// connection. Abstract; PushClient owns it, tries again when it is lost, and keeps for every kind what has
/// nothing to do with the path: wake listener, judgement of SIRs, memory of pushes, events. Lives in its
/// client's thread.
///
/// Implementations: open() to closed again any number of times; each open() is a fresh path (another local
/// port). Pushes go through the inbox, which says how each is to be answered. Once goSilent() was called
/// nothing is sent, nothing that arrives is seen and no signal comes, sockets stay open until close().
class DeviceLink : public QObject {
    Q_OBJECT
public:
    /// What the device names as its wake route when it registers; neither port nor URI: none.
    struct WakeRoute {
        QHostAddress address; ///< null: the local address of the path
        quint16 port = 0;
        QByteArray bearer{"wsp-udp"}; ///< type of the server's bearer
        QByteArray uri;               ///< SIP: instead of address and port
    };

    DeviceLink(const PushClientSettings &settings, PushInbox &inbox, QObject *parent = nullptr)
        : QObject(parent)
        , m_settings(settings)
        , m_inbox(inbox)
    {
    }

    /// Closes what is open, opens a path and registers over it. registering() follows, then registered(),
    /// failed() or lost(), which may come before this returns. An empty host in `gateway` means the own
    /// server of the settings; another one is where a SIR asked to go.
    virtual void open(const SirGateway &gateway) = 0;
    /// Closes the sockets without a word and forgets the registration. No signal.
    virtual void close() = 0;
    /// Registers again over the open path. Only while isOpen().
    virtual void registerNow() = 0;
    /// Asks for removal and keeps no path open by itself any more; removed() follows, also where nothing
    /// answers. Only while isOpen().
    virtual void unregister() = 0;
    virtual void goSilent() = 0;
    /// Asks for a session for large pushes, where this kind of link has such. Only while registered.
    virtual void openSession() {}
    /// The server opened a connection, and this is the first request over it; answers it and lives on that connection.
    /// False where this kind of link has no such thing; the channel is then gone.
    virtual bool takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &request);
    /// Tells the server what a SIR asked for ("returned") or a refusal ("refusal"): `body` is of type
    /// application/vnd.reveille.KIND+json. True where this link does it by itself, and givenBack() may follow.
    /// False: it is to be sent by SIP.
    virtual bool giveBack(const QByteArray &, const QByteArray &) { return false; }
    /// giveBack() is to be called before open(): the link cannot say anything by itself, only in an answer.
    virtual bool givesBackInAnswers() const { return false; }
    /// Tells the server which applications there are when it registers, and again when that changes.
    virtual bool registersApplications() const { return true; }
    /// What this link would have to know to go on after a restart.
    virtual LinkMemory memory() const { return {}; }
    /// What it knew before one, of the same server; before open().
    virtual void resume(const LinkMemory &) {}
    /// Tells the server that the application of a push has it. True: confirmed() follows, unless the link closes. False:
    /// this link cannot say so now. From within pushReceived() too.
    virtual bool confirm(const ReceivedPush &) { return false; }
    virtual bool isOpen() const = 0;
    /// Also while silent: what was granted is believed in until it ends.
    virtual bool isRegistered() const = 0;

    /// Something came over this path not longer ago than settings().provenFor.
    bool isProven() const { return !m_proven.hasExpired(); }
    void setWakeRoute(const WakeRoute &route) { m_wakeRoute = route; }
    /// Where takeCall() may be called from, at the address of the wake route; 0 = nowhere.
    void setCallPort(quint16 port) { m_callPort = port; }
    /// Names of applications that are not to be registered, from the next registration on.
    void setAsleep(const QStringList &applications) { m_asleep = applications; }

Q_SIGNALS:
    /// The path stands, the registration is on its way. `server` is "address:port".
    void registering(const QString &server);
    void registered(const reveille::LinkGrant &grant);
    /// Status as in SIP, 0: nothing came back. `retryAfter` 0 where not told. PushClient opens again later.
    void failed(int status, const QByteArray &reason, reveille::Milliseconds retryAfter);
    void removed();
    /// What memory() says has changed, and what is sent next needs it to be kept.
    void memoryChanged();
    /// The path is gone and closed. PushClient opens again later.
    void lost(const QByteArray &reason);
    /// Status as in SIP, 0: nothing came back.
    void givenBack(const QByteArray &kind, int status);
    /// Status as in SIP, 0: nothing came back.
    void confirmed(const QString &push, int status);
    /// Read and judged by the inbox. It is confirmed once this returns: whoever is killed in between gets it again.
    void pushReceived(const reveille::ReceivedPush &push);
    /// A wake-up that came over this path, answered already. `octets`: as it came, to show where it cannot be read.
    void woken(const reveille::Result<reveille::WakeDatagram> &wake, const QByteArray &octets, const QString &peer);
    /// An event of this kind of link alone (clientevent.h).
    void happened(const QString &code, const QJsonObject &fields);

protected:
    const PushClientSettings &settings() const { return m_settings; }
    PushInbox &inbox() { return m_inbox; }
    const WakeRoute &wakeRoute() const { return m_wakeRoute; }
    quint16 callPort() const { return m_callPort; }
    const QStringList &asleep() const { return m_asleep; }
    /// To be called for whatever comes from the server.
    void noteHeard() { m_proven = QDeadlineTimer(m_settings.provenFor); }

private:
    const PushClientSettings &m_settings;
    PushInbox &m_inbox;
    WakeRoute m_wakeRoute;
    quint16 m_callPort = 0;
    QStringList m_asleep;
    QDeadlineTimer m_proven;
};

/// The link that `settings.connect` names. All arguments must live as long as it does. `flow` counts the
/// links of one device from 0: with SIP it is added to the reg-id (RFC 5626 section 4.2).
std::unique_ptr<DeviceLink> makeDeviceLink(const PushClientSettings &settings, DigestSecret &secret,
                                           PushInbox &inbox, int flow);

} // namespace reveille
