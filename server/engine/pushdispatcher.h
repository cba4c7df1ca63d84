// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"
#include "domain/push.h"
#include "domain/pushconfirmation.h"
#include "engine/clock.h"
#include "engine/faultplan.h"
#include "engine/journal.h"
#include "engine/pushload.h"
#include "engine/registry.h"
#include "engine/writebehind.h"

#include <QObject>

#include <functional>
#include <memory>

namespace reveille {

class WakeService;

/// The way of one push (design): submit -> commit -> accepted -> select -> send or wake -> deliver -> final state.
/// Triggers, console and reveillectl all enter at submit(). Server thread.
///
/// A delivery that failed is tried again later and later, so that a device in trouble has hours before its attempts are used
/// up, and others of that device go first meanwhile; less than a minute is not waited for once it came back. What failed
/// through our own doing is no attempt: where there was no room to send it, where the store was behind, or where the device
/// registered anew while it was under way (three times). A push for now or never waits for nothing of this.
class PushDispatcher : public QObject
{
    Q_OBJECT
public:
    struct Limits {
        int pendingPerDevice = 1000; ///< waiting for one device; also those of one user that wait for their time
        int pendingTotal = 1000000;
        qint64 pendingOctets = 1024LL * 1024 * 1024; ///< of the bodies of all that wait
        int pendingPerInitiator = 250000;            ///< of one application server, so that none can have all; staff: no limit
        qint64 pendingOctetsPerInitiator = 256LL * 1024 * 1024;
        int awaitedTotal = 100000;   ///< delivered and not yet confirmed; beyond that the oldest is waited for no more
        qint64 awaitedOctets = 64LL * 1024 * 1024;   ///< of their bodies; the same
        qint64 bodySize = 1024 * 1024;
        int attempts = 10;         ///< times one delivery is handed to a connection in vain
        Milliseconds busyRetry{5000}; ///< after the device said later, doubled each time up to an hour
        Milliseconds retry{30000};    ///< after it did not answer a second time, doubled each time up to an hour
        Milliseconds retryUnreachable{0}; ///< after a wake-up that reached nobody; doubled up to an hour; 0 = never
    };

    PushDispatcher(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, Registry &registry,
                   WakeService &wakes, FaultPlan &faults, Limits limits, QObject *parent = nullptr);
    ~PushDispatcher() override;

    /// `accepted` gets the id once the push is durable, or why it is not: target-missing, target-ambiguous, user-unknown,
    /// device-unknown, msisdn-unknown, session-unknown, device-of-other-user, body-too-large, content-type-invalid,
    /// ttl-invalid, confirm-needs-ttl, queue-full, initiator-queue-full (only that initiator's), device-queue-full (only that device's or user's), or
    /// an error of the store (answer 503: nothing was kept). `peer`: where the request came from, for the journal.
    void submit(const PushRequest &request, std::function<void(Result<PushId>)> accepted, const QString &peer = {});
    /// Whether submit() would take it now; same errors, but for the store's. `planned`: what is to be taken before, to which
    /// it is added where it would be.
    Result<Done> check(const PushRequest &request, PushLoad *planned = nullptr) const;
    /// Several pushes and what else is owed for them, durable together or not at all. Errors of the first that cannot be
    /// taken. The ids are in the order of the requests. Those of `replaced` that replace() would take are replaced together
    /// with it or not at all; until it is durable none of them is sent.
    void submitTogether(const QVector<PushRequest> &requests, const QVector<Notice> &notices,
                        std::function<void(Result<QVector<PushId>>)> accepted, const QString &peer = {},
                        const QVector<PushId> &replaced = {});
    /// Whose devices a request is for. Same errors as submit.
    Result<PublicUserId> userOf(const PushRequest &request) const;
    /// Who would get it, over what, and why; nothing is done. Same errors as submit.
    Result<Explanation> explain(const PushRequest &request) const;
    /// The explanation as it was when the push was accepted, with what came of it; kept while the push is in memory. Not
    /// complete where the server was started since.
    std::optional<Explanation> explanation(const PushId &id) const;
    /// Pending pushes and the last few thousand finished ones; older ones are in the store. The newest state there is: a
    /// final one may not be durable yet, see pushLasts() and makeLasting().
    std::optional<Push> push(const PushId &id) const;
    QVector<Push> recent(int limit) const; ///< newest first
    /// Errors push-unknown, push-finished (too late); push-sending (a device may have it already). `reason`: what its
    /// deliveries say, "by-hand" for staff.
    Result<Done> cancel(const PushId &id, const QByteArray &reason = "by-hand");
    /// A newer push takes its place. Errors push-unknown, push-finished; push-sending (it may have arrived).
    Result<Done> replace(const PushId &id);
    /// Whether replace() would do it; same errors.
    Result<Done> canReplace(const PushId &id) const;
    /// A device says that its application has a push. `done` gets a value once that is durable, also where it had been
    /// said before; otherwise the error of judgeConfirmation(), and nothing changed, or of the store.
    void confirm(const PushConfirmation &word, std::function<void(Result<Done>)> done);
    /// Before somebody outside is told how these stand: `done`, at once or later, when what is final will stay so over any
    /// end of the process. Errors of the store.
    void makeLasting(const QVector<PushId> &pushes, std::function<void(Result<Done>)> done);
    int pendingFor(const DeviceId &device) const;
    QVector<Push> queueOf(const DeviceId &device) const; ///< what waits for it, in order of sending
    qint64 pendingTotal() const;
    qint64 awaitedTotal() const; ///< ended, and waiting for being confirmed

    /// Start-up: pushes of the store to which something may still happen. Deliveries that were being sent are sent again
    /// (same id). `last`: the highest id the store has.
    void load(const QVector<Push> &pushes, const PushId &last = {});
    /// After the registry and the connections are there: takes pending deliveries up again.
    void resume();

    struct Counters {
        qint64 accepted = 0, delivered = 0, failed = 0;
        qint64 confirmed = 0; ///< of those delivered
    };
    static constexpr int ignoredPerMinute = 60; ///< journal rows of confirmations that change nothing
    Counters counters() const;

Q_SIGNALS:
    void pushChanged(const reveille::PushId &id);
    /// Once for each push, when its last delivery has ended and that is durable. What its initiator is owed is owed now.
    void pushEnded(const reveille::PushId &id);
    void pushLasts(const reveille::PushId &id); ///< its final state is durable; again where it was confirmed after its end
    void delivered(const reveille::PushId &push, const reveille::DeviceId &device, const reveille::WakeId &wake);

private:
    struct Entry;
    struct State;
    Explanation choose(const PushRequest &request, const PublicUserId &user, const QVector<Delivery> &tried = {}) const;
    Result<Done> hasRoom(const PushLoad::Part &part, const PushLoad &planned) const;
    PushLoad::Part partOf(const PushRequest &request, const PublicUserId &user) const;
    void accept(const Push &push, const QString &peer);
    void hold(Entry &entry);
    void replacedOrNot(const Push &ended, bool isReplaced);
    void end(Entry &entry, PushState state, const QByteArray &reason);
    void start(Entry &entry);
    void settle(Entry &entry, Delivery &delivery);
    void seekDevice(Entry &entry, Delivery &delivery);
    void enqueue(const Entry &entry, const DeviceId &device);
    void fail(Entry &entry, const DeviceId &device, const QByteArray &reason, PushState state = PushState::Undeliverable);
    void notTaken(Entry &entry, const DeviceId &device, ConnectionId over, const SendOutcome &outcome);
    void endNowOrNever(const DeviceId &device, const QByteArray &reason);
    bool isOnItsWay(const PushId &id, const Delivery &delivery) const;
    bool isLasting(const PushId &id) const;
    void awaitLasting(Entry &entry);
    void becameLasting(const PushId &id);
    void retireIfDone(Entry &entry);
    DeviceId takeNext(Entry &entry);
    void endOthers(Entry &entry, const DeviceId &delivered);
    void retryLater(const DeviceId &device);
    void endRetries(const DeviceId &device);
    /// Whether it is to be tried again; until then it rests.
    bool rest(Entry &entry, Delivery &delivery, ConnectionId over, const SendOutcome &outcome);
    bool isOwnDoing(const Entry &entry, const DeviceId &device, ConnectionId over, const SendOutcome &outcome);
    void restFor(const PushId &id, const DeviceId &device, Milliseconds time, bool isBusy);
    void returned(const DeviceId &device);
    void endRest(const PushId &id, const DeviceId &device);
    void giveTurn(Entry &entry, const DeviceId &failed);
    void wakeRefused(const DeviceId &device);
    void wakeThoseRefused();
    Timestamp quietUntil(const Entry &entry, const DeviceId &device) const;
    void awaitDay(const DeviceId &device, Timestamp until);
    void endQuiet(const DeviceId &device);
    void settleDevice(DeviceId device);
    Entry *nextFor(const DeviceId &device, Connection **connection, ConnectionId *id);
    void pump(DeviceId device);
    void noteFault(Entry &entry, const Delivery &delivery, const FaultRule &fault);
    void hand(const PushId &id, const DeviceId &device, ConnectionId connection, const std::optional<FaultRule> &fault);
    void handLater(const PushId &id, const DeviceId &device, ConnectionId connection);
    void dropHeld(const PushId &id, const DeviceId &device);
    void answered(const PushId &id, const DeviceId &device, ConnectionId connection, const SendOutcome &outcome);
    void setState(Entry &entry, Delivery &delivery, PushState state, const QByteArray &reason = {},
                  const QVector<std::pair<QString, QString>> &fields = {});
    void setDelivered(Entry &entry, Delivery &delivery);
    void publish(Entry &entry);
    void finishIfDone(Entry &entry);
    void finish(Entry &entry);
    void expire(const PushId &id);
    void noteIgnored(const PushConfirmation &word, const char *reason);
    void awaitConfirmation(Entry &entry);
    void endAwaiting(Entry &entry);
    void trimAwaited();
    void giveUpConfirmation(Entry &entry);
    void noteUnconfirmed(const Entry &entry);
    void wakeFailed(const WakeId &wake, const DeviceId &device);
    void note(const Entry &entry, const QString &event, const Delivery *delivery,
              const QVector<std::pair<QString, QString>> &fields = {}, const QByteArray &bytes = {});

    std::unique_ptr<State> d;
};

} // namespace reveille
