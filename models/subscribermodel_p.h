// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscribermatcher.h"
#include "models/subscribermodel.h"
#include "models/subscribernodes.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <deque>

namespace reveille {

/// What SubscriberModel is made of. Index ids are node addresses; the low bits tell what a row is (a connection carries
/// the address of its device and its row).
///
/// Window: users from `start` to `filledTo` are shown exactly if they pass the filter; beyond it only leftovers of an
/// earlier window stand, until filling is done. Search: users up to `evaluatedTo` are counted for the filter.
struct SubscriberModel::Private {
    explicit Private(SubscriberModel *model) : q(model) {}
    ~Private();

    SubscriberModel *q;
    UserOrder all{&UserNode::inAll}; ///< owns its users
    UserOrder shown{&UserNode::inShown};
    std::vector<UserOrder> doomed;   ///< cleared, to be deleted in slices
    QHash<std::size_t, DeviceNode *> byHash;
    qint64 deviceCount = 0;

    struct Job {
        static constexpr int done = 4;
        ServerChanges changes;
        bool clears = false;
        int phase = 0;
        qsizetype place = 0;
    };
    std::deque<Job> jobs;
    std::optional<SubscriberFilter> wanted;
    SubscriberMatcher matcher;
    QByteArray start;
    std::optional<QByteArray> filledTo;
    std::optional<QByteArray> evaluatedTo;
    qsizetype pruneRow = -1; ///< next shown row to hold against a new filter; -1 = none
    qint64 matchedUsers = 0;
    qint64 matchedDevices = 0;
    int target = pageSize;
    int rowLimit = defaultRowLimit;
    bool trimmed = true;     ///< no leftovers beyond `filledTo`

    NowFunction now;
    TimeDisplay times;
    QSet<QString> struck;    ///< devices that injected faults name
    QTimer timer;
    qint64 budgetNs = 8000000;
    WorkFacts facts;
    bool working = false;
    bool busy = false;       ///< settled() is owed

    mutable const DeviceNode *cachedNode = nullptr;
    mutable DeviceSnapshot cached;

    // subscriberwork.cpp: slices
    void work();
    void schedule();
    bool hasWork() const;
    void applyNext();
    void clearAll();
    void startFilter(const SubscriberFilter &filter);
    void pruneSome();
    void scanSome();
    void evaluateSome();
    void fillSome();
    void dropBeyond();
    bool isFillDone() const;
    bool isFilledToEnd() const;
    bool isEvaluated() const;
    qsizetype filledRows() const;

    // subscriberrows.cpp: facts in, rows out
    void putUser(const UserSnapshot &user);
    void removeUser(const PublicUserId &id);
    void putDevice(const DeviceSnapshot &device);
    void removeDevice(const DeviceId &id);
    UserNode *ensureUser(const QByteArray &id);
    void deleteUser(UserNode *user);
    void detach(DeviceNode *node);
    DeviceNode *find(const DeviceId &id) const;
    void sync(UserNode *user);
    void show(UserNode *user, std::vector<DeviceNode *> devices);
    void hide(qsizetype first, qsizetype last);
    void hideGoing();
    void startWindowAt(qsizetype row);
    void syncDevices(UserNode *user, const std::vector<DeviceNode *> &devices);
    void syncConnections(DeviceNode *device);
    void announce(DeviceNode *device);
    void announce(UserNode *user);
    bool isInWindow(const UserNode *user) const;
    bool isCounted(const UserNode *user) const;

    // indexes
    static UserNode *userNode(const QModelIndex &index);
    static DeviceNode *deviceNode(const QModelIndex &index);
    QModelIndex indexOf(UserNode *user, int column = 0) const;
    QModelIndex indexOf(DeviceNode *device, int column = 0) const;

    // subscriberdata.cpp: text
    const DeviceSnapshot &snapshot(const DeviceNode *device) const;
    QVariant userData(const UserNode &user, int column, int role) const;
    QVariant deviceData(const DeviceNode &device, int column, int role) const;
    QVariant connectionData(const DeviceNode &device, ConnectionId id, int column, int role) const;
    Timestamp currentTime() const { return now(); }
};

} // namespace reveille
