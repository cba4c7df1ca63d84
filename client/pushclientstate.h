// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/applications/applicationstarter.h"
#include "client/applications/pushtaker.h"
#include "client/calllistener.h"
#include "client/coaplistener.h"
#include "client/coappushreader.h"
#include "client/decision/userdecisions.h"
#include "client/devicelink.h"
#include "client/memory/memoryfile.h"
#include "client/digestsecret.h"
#include "client/pushclient.h"
#include "client/pushinbox.h"
#include "client/sirgate.h"
#include "client/wakecorelink.h"
#include "client/wakelistener.h"

#include <QJsonObject>
#include <QMap>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <vector>

namespace reveille {

/// What stands behind a PushClient: its parts and what each of them sets off in the others. Not for anybody
/// else.
struct PushClient::State {
    /// One link, and when it is tried again.
    struct Lane {
        std::unique_ptr<DeviceLink> link;
        QTimer retry;
        int retryFactor = 1;
    };
    /// A wake-up that is safe, meant for this device and not needless.
    struct WakeCase {
        SessionRequest sir; ///< empty for an empty wake-up
        SirGateway gateway; ///< empty host: the own server
        QString from;
        const char *because = "sir"; ///< or "wake"
    };

    State(PushClient *owner, PushClientSettings given);
    ~State();

    void tell(const char *code, QJsonObject fields = {});
    bool isRegistered() const;
    bool isConnected() const;
    bool isOpen() const;
    bool isRetrying() const;

    void addLane(int flow);
    void reconnect(const char *because, const SirGateway &gateway = {});
    void open(const SirGateway &gateway = {});
    void openLane(Lane &lane, const SirGateway &gateway = {});
    void closeLinks();
    void retryLater(Lane &lane, Milliseconds atLeast);
    void unregister(int others = 0); ///< `others`: registrations beside those of the lanes that go as well
    void finish();
    void conclude();

    void onRegistered(Lane &lane, const LinkGrant &grant);
    void onFailed(Lane &lane, int status, const QByteArray &reason, Milliseconds retryAfter);
    void onLost(Lane &lane, const QByteArray &reason);
    void onRemoved();
    void onPush(const ReceivedPush &push, DeviceLink *link);
    void hand(const ReceivedPush &push, DeviceLink *link);
    void confirmIfAsked(const ReceivedPush &push, DeviceLink *link);
    void onConfirmed(const QString &push, int status);
    void onHeard(const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from);
    void onSipWake(const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from);
    void onDatagram(const QByteArray &octets, const QString &from, const ClientApplication *through = nullptr);
    void takeWake(const WakeDatagram &wake, const QString &from, const QByteArray &octets);
    HttpResponse takePost(const HttpRequest &request, const QString &from);
    void takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &request);
    std::optional<CoapChannel::Reply> takeCoap(const CoapMessage &request, const CoapListener::Peer &peer);
    bool isOwnServer(const QHostAddress &address) const;
    void judge(const WakeDatagram &wake, const QString &from);
    void consider(const WakeCase &wake);
    void ask(const WakeCase &wake);
    void onDecided(const WakeCase &wake, UserDecisions::Decision decision);
    void follow(const WakeCase &wake);
    void connectFor(const WakeCase &wake);
    void onInformed();
    void waitNoLonger();
    void refuseSir(const WakeCase &wake, const SirRefusal &refusal);
    void returnWhatWasAsked(DeviceLink &link);
    void giveBack(DeviceLink &link, const QByteArray &kind, const SessionRequest &sir, const SirGateway &gateway,
                  const QJsonObject &content);
    void onGivenBack(const QByteArray &kind, int status);
    Result<Done> listenForApplications(const QHostAddress &address);
    void activateNamed(ClientApplication::Start when);
    QStringList namedApplications() const;
    void awakenNamed();
    bool isAskedForInformation() const;
    void returnOnceInformed(Lane &lane);
    void takeInformation(int run, const QJsonObject &said);
    void stopWaitingFor(int run);
    void ignore(const QByteArray &reason);
    SirGate::Rules rules() const;
    Result<Done> recall();
    void restore(const ClientMemory &memory);
    Result<Done> listenAt(WakeListener &listener, const QHostAddress &address, quint16 port, const QString &application = {});
    ClientMemory memory() const;
    void keep();
    void keepSoon();

    PushClient *q;
    PushClientSettings settings;
    DigestSecret secret;
    PushInbox inbox;
    WakeListener wakes;
    std::vector<std::unique_ptr<WakeListener>> applicationPorts; ///< null for those without one
    CallListener calls;
    CoapListener coap;
    CoapPushReader coapPushes;
    std::unique_ptr<WakeCoreLink> core; ///< null without one
    SirGate gate;
    UserDecisions decisions;
    ApplicationStarter starter;
    PushTaker taker;
    QStringList asleep;      ///< dormant applications that no SIR has activated yet
    QSet<int> awaited;       ///< runs that may say what the SIR asked for
    QJsonObject information; ///< what they said
    QTimer informationWait;
    std::optional<WakeCase> opening; ///< the path is opened once that is over
    Lane *answering = nullptr; ///< where the answer to the SIR goes while it waits
    bool activatesAfter = false; ///< applications of the SIR, once connected
    std::vector<std::unique_ptr<Lane>> lanes;
    QTimer farewell;
    QTimer ending; ///< of programs
    bool isEnding = false;
    std::vector<QPointer<QObject>> returns; ///< what is given back over paths of its own, under way
    int removing = 0; ///< links, and the core, whose removal is not answered yet
    bool silent = false;
    bool wanted = false; ///< it tries to be registered
    bool running = false;
    bool calledBack = false; ///< by a SIR, and not registered since
    SessionRequest asked; ///< the SIR it obeyed
    SirRequests unanswered; ///< of its requests
    SirGateway askedBy;
    QString askedFrom;
    QDeadlineTimer lockout;
    QString gruu;
    std::unique_ptr<MemoryFile> file; ///< null: nothing is kept
    QTimer keepLater;
    bool isForgetful = false; ///< it could not be kept, which was told
    QString learnedRealm;
    Milliseconds learnedKeepAlive{0};
    Milliseconds defaultInterval{0}; ///< in the place of which the kept one stands until something is granted; 0: none does
    QMap<QString, quint16> keptPorts; ///< as ClientMemory::ports
};

} // namespace reveille
