// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipbinding.h"

#include <QHash>
#include <QVarLengthArray>

#include <functional>

namespace reveille {

/// The location service: which contacts a user has, and which connections live on a flow. Holds what the
/// registrar has to judge by; paths and devices are the engine's. Server thread.
class SipBindings {
public:
    using List = QVector<SipBinding>;
    using Connections = QVarLengthArray<ConnectionId, 2>;

    /// Those that have not run out; older ones are forgotten on the way.
    const List &of(const PublicUserId &user, Timestamp now);
    /// Forgets everything that has run out.
    void forgetExpired(Timestamp now);
    bool hasInstance(const PublicUserId &user, const DeviceId &instance, Timestamp now);
    /// The binding with this device and flow key; nullptr if there is none. Valid until the next change.
    SipBinding *find(const PublicUserId &user, const DeviceId &device, const QString &flowKey);
    /// Adds it, or puts it in the place of the one with the same device and flow key.
    void put(const PublicUserId &user, const SipBinding &binding);
    /// Forgets the binding whose connection this is; another one in its place stays.
    void remove(const PublicUserId &user, ConnectionId connection);

    Connections onFlow(const SipFlow &flow) const { return m_flows.value(flow).connections; }
    /// Those a packet on this flow speaks for. Up to `lines` registrations on one flow are lines of one
    /// device. More of them, or any with a Path, share a proxy, whose being there says nothing of the devices
    /// behind it: then only those of `sender`, who is asked for then, count.
    Connections heardOn(const SipFlow &flow, const std::function<PublicUserId()> &sender) const;
    static constexpr int lines = 8;
    bool isInUse(const SipFlow &flow) const { return m_flows.contains(flow); }
    /// The flow is gone; the bindings wait for a new one, or run out.
    void detach(const SipFlow &flow) { m_flows.remove(flow); }

private:
    struct Sharers {
        Connections connections;
        bool proxied = false;
    };
    void attach(const SipBinding &binding);
    void detach(const SipBinding &binding);

    QHash<PublicUserId, List> m_users;
    QHash<SipFlow, Sharers> m_flows;
};

} // namespace reveille
