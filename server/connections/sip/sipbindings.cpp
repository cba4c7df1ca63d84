// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipbindings.h"

#include <algorithm>

namespace reveille {

const SipBindings::List &SipBindings::of(const PublicUserId &user, Timestamp now)
{
    static const List none;
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return none;
    for (qsizetype i = found->size() - 1; i >= 0; --i) {
        if (found->at(i).until > now)
            continue;
        detach(found->at(i));
        found->removeAt(i);
    }
    if (found->isEmpty()) {
        m_users.erase(found);
        return none;
    }
    return *found;
}

void SipBindings::forgetExpired(Timestamp now)
{
    for (auto user = m_users.begin(); user != m_users.end();) {
        user->removeIf([&](const SipBinding &b) {
            if (b.until > now)
                return false;
            detach(b);
            return true;
        });
        user = user->isEmpty() ? m_users.erase(user) : std::next(user);
    }
}

bool SipBindings::hasInstance(const PublicUserId &user, const DeviceId &instance, Timestamp now)
{
    const List &list = of(user, now);
    return std::any_of(list.begin(), list.end(), [&](const SipBinding &b) { return b.instance == instance; });
}

SipBinding *SipBindings::find(const PublicUserId &user, const DeviceId &device, const QString &flowKey)
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return nullptr;
    const auto binding = std::find_if(found->begin(), found->end(), [&](const SipBinding &b) {
        return b.device == device && b.flowKey == flowKey;
    });
    return binding == found->end() ? nullptr : &*binding;
}

void SipBindings::put(const PublicUserId &user, const SipBinding &binding)
{
    if (SipBinding *old = find(user, binding.device, binding.flowKey)) {
        if (old->connection != binding.connection || old->flow != binding.flow)
            detach(*old);
        *old = binding;
    } else {
        m_users[user].append(binding);
    }
    attach(binding);
}

void SipBindings::remove(const PublicUserId &user, ConnectionId connection)
{
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return;
    found->removeIf([&](const SipBinding &b) {
        if (b.connection != connection)
            return false;
        detach(b);
        return true;
    });
    if (found->isEmpty())
        m_users.erase(found);
}

SipBindings::Connections SipBindings::heardOn(const SipFlow &flow, const std::function<PublicUserId()> &sender) const
{
    const auto found = m_flows.constFind(flow);
    if (found == m_flows.constEnd())
        return {};
    if (found->connections.size() <= lines && !found->proxied)
        return found->connections;
    Connections result;
    const List list = m_users.value(sender());
    for (const SipBinding &binding : list) {
        if (binding.flow == flow)
            result.append(binding.connection);
    }
    return result;
}

void SipBindings::attach(const SipBinding &binding)
{
    Sharers &sharers = m_flows[binding.flow];
    sharers.proxied |= !binding.path.isEmpty();
    if (!sharers.connections.contains(binding.connection))
        sharers.connections.append(binding.connection);
}

void SipBindings::detach(const SipBinding &binding)
{
    const auto found = m_flows.find(binding.flow);
    if (found == m_flows.end())
        return;
    found->connections.removeIf([&](ConnectionId id) { return id == binding.connection; });
    if (found->connections.isEmpty())
        m_flows.erase(found);
}

} // namespace reveille
