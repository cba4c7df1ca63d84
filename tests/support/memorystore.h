// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"

#include <QHash>
#include <QObject>

#include <algorithm>
#include <deque>
#include <map>

namespace reveille {

/// A Store in memory for tests: facts sit in plain maps to be looked at, and every callback comes through the
/// event loop, in order, as with the real one. Give several lives of a server the same MemoryStore (close(),
/// then open()) to play a restart. Server thread.
class MemoryStore : public Store {
public:
    std::map<InitiatorId, Initiator> initiators;
    std::map<PushResourceId, PushResource> pushResources;
    std::map<PublicUserId, User> users;
    std::map<DeviceId, Device> devices;
    std::map<std::pair<DeviceId, QString>, StoredBinding> bindings; ///< device, flow
    std::map<PushId, Push> pushes;
    std::map<WakeId, WakeUp> wakes;
    QHash<NetworkKey, LearnedNetwork> networks;
    std::map<QString, Notice> notices;
    std::map<JournalId, JournalEntry> journal;

    /// Every commit from now on fails with this code and leaves nothing behind; "" = works again.
    void failWith(const char *code) { m_failure = code; }
    /// The next `count` commits fail with this code.
    void failNext(const char *code, int count = 1)
    {
        m_nextFailure = code;
        m_failing = count;
    }
    /// The next `count` reads of a push fail.
    void failReads(int count) { m_failingReads = count; }
    /// While held, commits wait and no callback of theirs is called: the disk is slow.
    void hold(bool on)
    {
        m_held = on;
        if (!on)
            writeQueued();
    }
    /// The process is killed: what is queued is lost, and nobody hears of it.
    void dropQueued()
    {
        m_facts.queued -= qint64(m_queue.size());
        m_queue.clear();
        m_held = false;
    }
    int held() const { return int(m_queue.size()); }
    int commits() const { return int(m_facts.commits); } ///< batches written
    bool isOpen() const { return m_open; }

    Result<StoredState> open() override
    {
        m_open = true;
        StoredState state;
        for (const auto &[id, initiator] : initiators)
            state.initiators.append(initiator);
        for (const auto &[id, resource] : pushResources)
            state.pushResources.append(resource);
        for (const auto &[id, push] : pushes) {
            if (!isTerminal(push.state) || push.awaitsConfirmation)
                state.pushes.append(push);
        }
        for (const auto &[id, wake] : wakes) {
            if (!isTerminal(wake.state))
                state.wakes.append(wake);
        }
        state.networks = QVector<LearnedNetwork>(networks.cbegin(), networks.cend());
        for (const auto &[id, notice] : notices)
            state.notices.append(notice);
        if (!journal.empty())
            state.lastJournalId = journal.rbegin()->first;
        if (!pushes.empty())
            state.lastPush = pushes.rbegin()->first;
        if (!wakes.empty())
            state.lastWake = wakes.rbegin()->first;
        return state;
    }

    /// User by user.
    Result<Done> readSubscribers(const std::function<void(const StoredSubscribers &)> &take) override
    {
        for (const auto &[id, user] : users) {
            StoredSubscribers portion{{user}, {}, {}};
            for (const auto &[key, device] : devices) {
                if (device.user == id)
                    portion.devices.append(device);
            }
            for (const auto &[key, binding] : bindings) {
                if (const auto owner = devices.find(key.first); owner != devices.end() && owner->second.user == id)
                    portion.bindings.append(binding);
            }
            take(portion);
        }
        return Done{};
    }

    void commit(StoreBatch batch, std::function<void(Result<Done>)> done) override
    {
        if (!m_open)
            return later([done = std::move(done)] { call(done, Result<Done>(Error{"store-closed", {}})); });
        ++m_facts.queued;
        m_queue.push_back({std::move(batch), std::move(done)});
        if (!m_held)
            writeQueued();
    }

    void readJournal(const JournalQuery &query,
                     std::function<void(Result<QVector<JournalEntry>>)> done) override
    {
        QVector<JournalEntry> found;
        const auto take = [&](const JournalEntry &entry) {
            if (found.size() < std::clamp(query.limit, 0, 1000) && matches(entry, query))
                found.append(entry);
        };
        if (query.ascending)
            std::for_each(journal.begin(), journal.end(), [&](const auto &row) { take(row.second); });
        else
            std::for_each(journal.rbegin(), journal.rend(), [&](const auto &row) { take(row.second); });
        answer(std::move(found), std::move(done));
    }
    void readPush(const PushId &id, std::function<void(Result<std::optional<Push>>)> done) override
    {
        if (m_failingReads > 0) {
            --m_failingReads;
            return later([done = std::move(done)] { done(Error{"store-failed", {}}); });
        }
        const auto found = pushes.find(id);
        answer(found == pushes.end() ? std::nullopt : std::optional(found->second), std::move(done));
    }
    void readPushesByReference(const InitiatorId &initiator, const QString &reference,
                               std::function<void(Result<QVector<Push>>)> done) override
    {
        if (onReferenceRead)
            onReferenceRead();
        QVector<Push> found;
        for (const auto &[id, push] : pushes) {
            if (push.request.initiator == initiator && push.request.reference == reference && !reference.isEmpty())
                found.append(push);
        }
        answer(std::move(found), std::move(done));
    }
    void readPushes(const PushQuery &query, std::function<void(Result<PushPage>)> done) override
    {
        PushQuery known = query;
        if (query.state && !isTerminal(*query.state)) {
            known.state.reset();
            known.group = PushGroup::UnderWay;
        }
        PushPage page;
        for (auto it = pushes.rbegin(); it != pushes.rend() && page.next.isEmpty(); ++it) {
            if ((!query.before.isEmpty() && !(it->first < query.before)) || !reveille::matches(it->second, known))
                continue;
            page.pushes.append(listed(it->second));
            if (page.pushes.size() >= std::clamp(query.limit, 1, 1000))
                page.next = it->first;
        }
        answer(std::move(page), std::move(done));
    }
    void readWake(const WakeId &id, std::function<void(Result<std::optional<WakeUp>>)> done) override
    {
        const auto found = wakes.find(id);
        answer(found == wakes.end() ? std::nullopt : std::optional(found->second), std::move(done));
    }
    StoreFacts facts() const override { return m_facts; }

    void close() override
    {
        m_held = false;
        writeQueued();
        m_open = false;
    }

    std::function<void()> onReferenceRead; ///< while it is looked up

private:
    struct Queued {
        StoreBatch batch;
        std::function<void(Result<Done>)> done;
    };

    template <typename Callback, typename Value>
    static void call(const Callback &done, Value value)
    {
        if (done)
            done(std::move(value));
    }

    /// From the event loop; dropped with the store.
    void later(std::function<void()> action)
    {
        QMetaObject::invokeMethod(&m_context, std::move(action), Qt::QueuedConnection);
    }

    template <typename Value>
    void answer(Value value, std::function<void(Result<Value>)> done)
    {
        Result<Value> result =
            m_open ? Result<Value>(std::move(value)) : Result<Value>(Error{"store-closed", {}});
        later([result = std::move(result), done = std::move(done)] { call(done, result); });
    }

    void writeQueued()
    {
        while (!m_queue.empty()) {
            Queued next = std::move(m_queue.front());
            m_queue.pop_front();
            const char *code = m_failing > 0 ? m_nextFailure : m_failure;
            m_failing = std::max(0, m_failing - 1);
            Result<Done> result = Done{};
            if (*code)
                result = Error{code, QStringLiteral("memory")};
            else
                apply(next.batch);
            later([this, result, done = std::move(next.done)] {
                --m_facts.queued;
                m_facts.commits += result.ok() ? 1 : 0;
                m_facts.trouble = result.ok() ? QByteArray() : QByteArray(result.error().code);
                call(done, result);
            });
        }
    }

    void apply(const StoreBatch &batch)
    {
        for (const Initiator &initiator : batch.initiators)
            initiators[initiator.id] = initiator;
        for (const InitiatorId &id : batch.removedInitiators)
            initiators.erase(id);
        for (const User &user : batch.users)
            users[user.id] = user;
        for (const Device &device : batch.devices)
            devices[device.id] = device;
        for (const StoredBinding &binding : batch.bindings)
            bindings[{binding.device, binding.flow}] = binding;
        for (const auto &key : batch.removedBindings)
            bindings.erase(key);
        for (const PushResource &resource : batch.pushResources) {
            if (devices.contains(resource.device))
                pushResources[resource.id] = resource;
        }
        for (const PushResourceId &id : batch.removedPushResources)
            pushResources.erase(id);
        for (const DeviceId &id : batch.removedDevices)
            removeDevice(id);
        for (const PublicUserId &id : batch.removedUsers) {
            QVector<DeviceId> owned;
            for (const auto &[key, device] : devices) {
                if (device.user == id)
                    owned.append(key);
            }
            for (const DeviceId &device : owned)
                removeDevice(device);
            users.erase(id);
        }
        for (const Push &push : batch.pushes)
            pushes[push.id] = push;
        for (const WakeUp &wake : batch.wakes)
            wakes[wake.id] = wake;
        for (const LearnedNetwork &network : batch.networks)
            networks.insert(network.key(), network);
        for (const NetworkKey &key : batch.removedNetworks)
            networks.remove(key);
        for (const Notice &notice : batch.notices)
            notices[notice.id] = notice;
        for (const QString &id : batch.removedNotices)
            notices.erase(id);
        for (const JournalEntry &entry : batch.journal)
            journal[entry.id] = entry;
    }

    void removeDevice(const DeviceId &id)
    {
        std::erase_if(pushResources, [&](const auto &resource) { return resource.second.device == id; });
        std::erase_if(bindings, [&](const auto &binding) { return binding.first.first == id; });
        devices.erase(id);
    }

    static bool matches(const JournalEntry &entry, const JournalQuery &query)
    {
        const auto differs = [](const QString &wanted, const QString &is) {
            return !wanted.isEmpty() && wanted != is;
        };
        if ((query.kind && *query.kind != entry.kind) || differs(query.user, entry.user.toString()) ||
            differs(query.device, entry.device.toString()) || differs(query.push, entry.push.text()) ||
            differs(query.wake, entry.wake.text()) || (query.from.isSet() && entry.time < query.from) ||
            (query.until.isSet() && entry.time >= query.until))
            return false;
        if (query.after.isSet() && (query.ascending ? entry.id <= query.after : entry.id >= query.after))
            return false;
        if (query.text.isEmpty())
            return true;
        const auto holds = [&](const QString &text) {
            return text.contains(query.text, Qt::CaseInsensitive);
        };
        return holds(entry.event) || holds(entry.user.toString()) || holds(entry.device.toString()) ||
               holds(entry.push.text()) || holds(entry.wake.text()) ||
               std::any_of(entry.fields.begin(), entry.fields.end(),
                           [&](const auto &field) { return holds(field.second); });
    }

    QObject m_context;
    StoreFacts m_facts;
    std::deque<Queued> m_queue;
    const char *m_failure = "";
    const char *m_nextFailure = "";
    int m_failing = 0;
    int m_failingReads = 0;
    bool m_held = false;
    bool m_open = false;
};

} // namespace reveille
