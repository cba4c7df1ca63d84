// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakeup.h"
#include "engine/bearer.h"
#include "engine/clock.h"
#include "engine/faultplan.h"
#include "engine/journal.h"
#include "engine/registry.h"
#include "engine/snapshots.h"
#include "engine/writebehind.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace reveille {

struct ReturnedMessage;
struct WakePlan;
struct WakePlanInput;

/// Wake-up operations: one per device at a time, a second request joins it (design; requirements R5, S7 to S11).
/// Chooses mode and route, has the SIR encoded, hands it to a bearer, waits for the device, tries again or elsewhere.
/// Whoever is woken comes back and is to be written down: while the store is behind, wake-ups that nobody asked for by
/// hand begin one in `trickle`.
/// Server thread.
class WakeService : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        QStringList routes;                 ///< [wake] routes
        int attemptsPerRoute = 2;
        Milliseconds answerTimeout{20000};  ///< a device is given this long to come back after one message
        Milliseconds backoff{2000};         ///< before the next attempt, doubled each time, +-25 %
        SirMode mode = SirMode::Routed;
        IdentityPlacements placement = IdentityPlacement::Body;
        QHash<QString, IdentityPlacements> placementOver{}; ///< by the NAME of a bearer that has its own
        QString gateway;                    ///< URI put into the SIR
        bool sign = true;
        WakeRule policy = WakeRule::OnPush; ///< where neither the device nor its user says
        int activeLimit = 500;              ///< wake-ups that are sending at a time; the rest waits, users in turn
        int queueLimit = 100000;            ///< wake-ups that wait
        Milliseconds startPatience{10000};  ///< that bearers have to get ready after the start, before they count as down
    };

    static constexpr Milliseconds trickle{100};

    WakeService(Clock &clock, Timers &timers, Journal &journal, WriteBehind &store, Registry &registry, FaultPlan &faults,
                Settings settings, QObject *parent = nullptr);
    ~WakeService() override;

    void addBearer(std::unique_ptr<Bearer> bearer);
    QVector<BearerSnapshot> bearers() const;
    void leaveCarriers(); ///< the server ends; see Bearer::leave()
    /// Asks the carrier of this bearer whether it is there; nobody is woken. `done` is called once, later; at once with
    /// error bearer-unknown where there is none of this name.
    void testBearer(const QString &name, std::function<void(Result<BearerTest>)> done) const;
    /// There is a bearer of this name or type, or one that carries routes of this kind. Error bearer-unknown.
    Result<Done> checkBearer(const QString &name) const;
    void setGateway(const QString &uri); ///< once the SIP listener knows its port

    /// Starts, or joins the one under way; where activeLimit are sending, or its bearer is only getting ready after a start,
    /// it waits its turn (outcome "queued"). Errors
    /// device-unknown, no-wake-route, bearer-unknown, bearer-cannot-reach, wakes-too-many, and unless by hand already-connected
    /// (but not before an expiry) and wake-not-allowed.
    Result<WakeId> wake(const DeviceId &device, const WakeOrder &order);
    Result<WakePreview> preview(const DeviceId &device, const WakeOrder &order) const;
    /// Errors wake-unknown, wake-finished.
    Result<Done> cancel(const WakeId &id);
    /// By hand, the same order once more: as a new wake-up that names the one it repeats, over `bearer` where one is
    /// given. One still under way is moved to that bearer instead. `done` gets the id, perhaps later. Errors
    /// wake-unknown, wake-active (under way, no bearer given), and those of wake().
    void repeat(const WakeId &id, const QString &bearer, std::function<void(Result<WakeId>)> done);
    /// A device sends what a SIR asked it for, or refuses; `over` is "sip", "coap" or "ota_http". Kept with the device, with
    /// the wake-up that had asked; a refusal of the SIR of an active one ends it. `done` is called once it is durable.
    /// Errors device-unknown, device-belongs-to-other-user, and those of applyReturned().
    void takeReturned(const ReturnedMessage &message, const QString &over, std::function<void(Result<Done>)> done);
    std::optional<WakeUp> wakeUp(const WakeId &id) const;
    WakeId activeFor(const DeviceId &device) const;
    QVector<WakeUp> recent(int limit) const; ///< newest first
    WakeRuleInForce ruleFor(const Device &device) const;
    /// Routes of a device that a configured, healthy bearer can serve, in order of choice. One that is only getting ready after
    /// a start counts.
    QVector<WakeRoute> readyRoutes(const Device &device) const;
    /// A bearer that is not there now would carry a route of this device.
    bool hasBearerDown(const DeviceId &device) const;

    /// The dispatcher: a push waiting for this wake was delivered.
    void noteDelivered(const WakeId &id);
    void load(const QVector<WakeUp> &wakes, const WakeId &last = {}); ///< `last`: the highest id the store has
    void resume();

    struct Counters {
        qint64 succeeded = 0, failed = 0, sirsSent = 0;
    };
    Counters counters() const;
    qint64 active() const;                     ///< also those that wait
    qint64 waiting() const;
    bool hasRoom() const; ///< for one more that waits
    /// Somebody was refused: roomMade() is to be told.
    void awaitRoom();

Q_SIGNALS:
    void roomMade(); ///< a tenth of those that may wait; later, once for each awaitRoom()
    void wakeChanged(const reveille::WakeId &id);
    /// Final: the device did not come back.
    void wakeFailed(const reveille::WakeId &id, const reveille::DeviceId &device);
    void bearersChanged();
    void bearerRecovered(); ///< one that was not healthy is

private:
    struct Operation;
    struct State;
    /// `patient`: bearers that are only getting ready count as well.
    WakePlanInput inputFor(const Device &device, const WakeOrder &order, const QVector<WakeAttempt> &made,
                           bool patient = false) const;
    Bearer *bearer(const QString &name) const;
    void noteHealth(const Bearer &bearer);
    void awaitBearers();
    bool mustAwait(const Operation &operation) const;
    void park(Operation &operation);
    void release();
    void releaseSome();
    void tellOfRoom();
    Result<WakeId> repeatOf(const WakeUp &before, const QString &bearer);
    Result<WakeId> move(Operation &operation, const QString &bearer);
    Result<Done> mayWake(const Device &device, const WakeOrder &order) const;
    void admit(Operation &operation);
    void begin(Operation &operation);
    bool mayBegin(const WakeOrder &order) const;
    void beginNext();
    void noteRenewal(const DeviceId &device);
    void attempt(const WakeId &id);
    void send(Operation &operation, const WakePlan &plan);
    std::optional<FaultRule> strikeFault(Operation &operation, const BearerFacts &over, const DeviceId &recipient);
    void carry(Bearer &carrier, const WakeMessage &message, bool meant, const std::optional<FaultRule> &fault);
    void receive(const WakeId &id, int attempt, const WakeReceipt &receipt);
    void scheduleNext(Operation &operation, Milliseconds in);
    void reach(Operation &operation, WakeStep step);
    void finish(const WakeId &id, WakeState state, const QByteArray &outcome);
    void deviceReturned(const DeviceId &device);
    void keepRefusal(const Operation &operation, const QString &over, const QByteArray &code);
    void keep(const Operation &operation, const Returned &returned);
    void noteRegistrationMessage(const Operation &operation);
    WakeId wakeAnswered(const ReturnedMessage &message) const;
    void publish(Operation &operation);
    JournalId note(const Operation &operation, JournalKind kind, const QString &event,
                   const QVector<std::pair<QString, QString>> &fields, const QString &format = {},
                   const QByteArray &bytes = {});

    std::unique_ptr<State> d;
};

} // namespace reveille
