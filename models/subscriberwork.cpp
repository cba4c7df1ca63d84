// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscribermodel_p.h"

#include <QElapsedTimer>
#include <QThreadPool>

#include <algorithm>

namespace reveille {

namespace {

constexpr int scanStep = 64; ///< users between two looks at the time
constexpr qsizetype smallBatch = 500;

/// Taking a batch of a million values apart lasts long enough to be felt, so that large ones end in another thread.
void discard(ServerChanges changes)
{
    if (changes.users.size() + changes.devices.size() > smallBatch)
        QThreadPool::globalInstance()->start([gone = std::move(changes)] { Q_UNUSED(gone) });
}

} // namespace

bool SubscriberModel::Private::hasWork() const
{
    return !jobs.empty() || wanted || pruneRow >= 0 || !doomed.empty() || !isEvaluated() || !isFillDone() || !trimmed;
}

void SubscriberModel::Private::schedule()
{
    busy = true;
    if (!timer.isActive())
        timer.start();
}

/// One slice: at least one step of everything that waits, more while the budget lasts.
void SubscriberModel::Private::work()
{
    if (working) {
        schedule();
        return;
    }
    working = true;
    busy = busy || hasWork();
    QElapsedTimer clock;
    clock.start();
    const qint64 unitsBefore = facts.units;

    if (wanted) {
        const SubscriberFilter filter = *wanted;
        wanted.reset();
        startFilter(filter);
    }
    const bool searches = pruneRow >= 0 || !isEvaluated() || !isFillDone();
    const qint64 jobsUntil = searches ? budgetNs / 2 : budgetNs;
    while (!jobs.empty()) {
        applyNext();
        if (clock.nsecsElapsed() >= jobsUntil)
            break;
    }
    while (pruneRow >= 0) {
        pruneSome();
        if (clock.nsecsElapsed() >= budgetNs)
            break;
    }
    while (pruneRow < 0 && (!isEvaluated() || !isFillDone())) {
        scanSome();
        if (clock.nsecsElapsed() >= budgetNs)
            break;
    }
    if (isFillDone() && pruneRow < 0)
        dropBeyond();
    while (!doomed.empty()) {
        const auto users = doomed.back().takeLastChunk();
        facts.units += qint64(users.size());
        qDeleteAll(users);
        if (users.empty())
            doomed.pop_back();
        if (clock.nsecsElapsed() >= budgetNs)
            break;
    }

    working = false;
    facts.slices += 1;
    facts.mostUnits = std::max(facts.mostUnits, facts.units - unitsBefore);
    facts.longestNs = std::max(facts.longestNs, clock.nsecsElapsed());
    Q_EMIT q->countsChanged();
    if (hasWork()) {
        schedule();
    } else if (busy) {
        busy = false;
        Q_EMIT q->settled();
    }
}

void SubscriberModel::Private::applyNext()
{
    Job &job = jobs.front();
    facts.units += 1;
    if (job.clears) {
        jobs.pop_front();
        clearAll();
        return;
    }
    const ServerChanges &changes = job.changes;
    const qsizetype place = job.place++;
    switch (job.phase) {
    case 0:
        if (place < changes.removedDevices.size())
            return removeDevice(changes.removedDevices[place]);
        break;
    case 1:
        if (place < changes.removedUsers.size())
            return removeUser(changes.removedUsers[place]);
        break;
    case 2:
        if (place < changes.users.size())
            return putUser(changes.users[place]);
        break;
    case 3:
        if (place < changes.devices.size())
            return putDevice(changes.devices[place]);
        break;
    default:
        discard(std::move(job.changes));
        jobs.pop_front();
        return;
    }
    ++job.phase;
    job.place = 0;
}

void SubscriberModel::Private::clearAll()
{
    if (shown.size() > 0)
        hide(0, shown.size() - 1);
    doomed.push_back(std::move(all));
    all = UserOrder(&UserNode::inAll);
    byHash = {};
    cachedNode = nullptr;
    deviceCount = matchedUsers = matchedDevices = 0;
    start.clear();
    filledTo.reset();
    evaluatedTo.reset();
    pruneRow = -1;
    target = std::min(pageSize, rowLimit);
}

void SubscriberModel::Private::startFilter(const SubscriberFilter &filter)
{
    matcher.setFilter(filter);
    start.clear();
    filledTo.reset();
    evaluatedTo.reset();
    matchedUsers = matchedDevices = 0;
    target = std::min(pageSize, rowLimit);
    pruneRow = shown.size() > 0 ? 0 : -1;
    trimmed = false;
}

/// Holds the rows that stand against a new filter. They go together at the end: a view lays itself out anew for every
/// turn of the event loop in which rows went.
void SubscriberModel::Private::pruneSome()
{
    std::vector<DeviceNode *> devices;
    int count = 0;
    for (int step = 0; step < scanStep && pruneRow < shown.size(); ++step, ++pruneRow) {
        UserNode *user = shown.at(pruneRow);
        facts.units += 1;
        user->goes = !matcher.match(*user, &devices, &count);
        if (!user->goes)
            syncDevices(user, devices);
    }
    if (pruneRow >= shown.size()) {
        pruneRow = -1;
        hideGoing();
    }
}

void SubscriberModel::Private::scanSome()
{
    if (!isEvaluated())
        evaluateSome();
    if (!isFillDone())
        fillSome();
}

void SubscriberModel::Private::evaluateSome()
{
    auto walk = evaluatedTo ? all.walkAfter(*evaluatedTo) : all.walkFrom({});
    UserNode *lastSeen = nullptr;
    for (int step = 0; step < scanStep && walk.current(); ++step, walk.next()) {
        UserNode *user = walk.current();
        user->matched = matcher.match(*user, nullptr, &user->matchedDevices);
        matchedUsers += user->matched ? 1 : 0;
        matchedDevices += user->matchedDevices;
        facts.units += 1;
        lastSeen = user;
    }
    if (lastSeen)
        evaluatedTo = lastSeen->id;
}

/// Takes users into the window in order, neighbours together, as far as they were evaluated.
void SubscriberModel::Private::fillSome()
{
    const bool filtered = !matcher.filter().isEmpty();
    auto walk = filledTo ? all.walkAfter(*filledTo) : all.walkFrom(start);
    qsizetype room = target - filledRows();
    std::vector<UserNode *> fresh;
    UserNode *lastSeen = nullptr;
    for (int step = 0; step < scanStep && room > 0 && walk.current(); ++step, walk.next()) {
        UserNode *user = walk.current();
        if (filtered && !isCounted(user))
            break;
        facts.units += 1;
        lastSeen = user;
        if (filtered && !user->matched)
            continue;
        --room;
        if (!shown.contains(user))
            fresh.push_back(user);
    }
    if (lastSeen)
        filledTo = lastSeen->id;
    std::size_t first = 0;
    while (first < fresh.size()) {
        const qsizetype row = shown.rowAfter(fresh[first]->id);
        std::size_t end = first + 1;
        while (end < fresh.size() && shown.rowAfter(fresh[end]->id) == row)
            ++end;
        for (std::size_t i = first; i < end; ++i) {
            int count = 0;
            matcher.match(*fresh[i], &fresh[i]->rows, &count);
            for (DeviceNode *device : fresh[i]->rows)
                syncConnections(device);
        }
        q->beginInsertRows({}, int(row), int(row + qsizetype(end - first) - 1));
        for (std::size_t i = first; i < end; ++i)
            shown.insert(fresh[i]);
        q->endInsertRows();
        first = end;
    }
}

void SubscriberModel::Private::startWindowAt(qsizetype row)
{
    start = row > 0 ? all.at(row)->id : QByteArray();
    filledTo.reset();
    target = std::min(pageSize, rowLimit);
    trimmed = false;
    if (const qsizetype before = shown.rowFrom(start); before > 0)
        hide(0, before - 1);
}

/// Removes leftovers of an earlier window, and what grew beyond a page above the target.
void SubscriberModel::Private::dropBeyond()
{
    trimmed = true;
    qsizetype keep = filledTo ? shown.rowAfter(*filledTo) : 0;
    if (keep > std::min(target + pageSize, rowLimit)) {
        keep = target;
        filledTo = shown.at(keep - 1)->id;
    }
    if (keep < shown.size())
        hide(keep, shown.size() - 1);
}

qsizetype SubscriberModel::Private::filledRows() const
{
    return filledTo ? shown.rowAfter(*filledTo) - shown.rowFrom(start) : 0;
}

bool SubscriberModel::Private::isFilledToEnd() const
{
    const UserNode *last = all.last();
    return !last || (filledTo && last->id <= *filledTo) || last->id < start;
}

bool SubscriberModel::Private::isFillDone() const
{
    return isFilledToEnd() || filledRows() >= target;
}

bool SubscriberModel::Private::isEvaluated() const
{
    const UserNode *last = all.last();
    return matcher.filter().isEmpty() || !last || (evaluatedTo && last->id <= *evaluatedTo);
}

bool SubscriberModel::Private::isInWindow(const UserNode *user) const
{
    return filledTo && user->id <= *filledTo && user->id >= start;
}

bool SubscriberModel::Private::isCounted(const UserNode *user) const
{
    return !matcher.filter().isEmpty() && evaluatedTo && user->id <= *evaluatedTo;
}

} // namespace reveille
