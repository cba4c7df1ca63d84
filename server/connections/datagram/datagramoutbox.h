// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "connections/datagram/coappush.h"
#include "connections/datagram/registrationtable.h"
#include "engine/connection.h"

#include <QMultiHash>

namespace reveille {

class DatagramConnection;
class Registry;

/// What goes out to registered devices: pushes and pings under way, and whose they are. Server thread.
class DatagramOutbox
{
public:
    DatagramOutbox(CoapEndpoint &endpoint, RegistrationTable &table, Registry &registry, Timers &timers);
    ~DatagramOutbox();

    void push(const DatagramConnection &from, const PushMessage &message, std::function<void(SendOutcome)> done);
    void ping(const DatagramConnection &from, std::function<void(SendOutcome)> done);
    /// Its key is forgotten, what is under way ends as Broken.
    void closed(const DatagramConnection &connection);
    /// The object goes, its registration stays: what is under way is dropped in silence.
    void drop(const DatagramConnection *connection);
    /// Nothing is under way over it.
    bool isIdle(const DatagramConnection *connection) const { return !m_byOwner.contains(connection); }
    QString local(bool secure) const { return secure ? m_localDtls : m_localCoap; }
    void setLocal(const QString &coap, const QString &dtls)
    {
        m_localCoap = coap;
        m_localDtls = dtls;
    }

private:
    using Finished = std::function<void(SendOutcome)>;
    struct Job {
        const DatagramConnection *owner = nullptr;
        quint64 key = 0;
        DatagramPeer peer;
        std::unique_ptr<CoapPush> push; ///< none for a ping
        QByteArray head;
        QByteArray token; ///< of the first block and all after it
        Finished done;
        quint64 exchange = 0;
    };
    void askNext(quint64 id);
    void answered(quint64 id, const CoapAnswer &answer);
    void finish(quint64 id, SendOutcome outcome);
    void finishLater(quint64 id, SendOutcome::Kind kind, const QByteArray &code);
    quint64 add(const DatagramConnection &from, Finished done);

    CoapEndpoint &m_endpoint;
    RegistrationTable &m_table;
    Registry &m_registry;
    Timers &m_timers;
    QString m_localCoap, m_localDtls;
    std::unordered_map<quint64, Job> m_jobs;
    QMultiHash<const DatagramConnection *, quint64> m_byOwner;
    quint64 m_last = 0;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
