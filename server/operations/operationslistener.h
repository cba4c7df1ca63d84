// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/loggate.h"
#include "http/httpserver.h"
#include "operations/bearersapi.h"
#include "operations/devicesapi.h"
#include "operations/eventfeed.h"
#include "operations/faultsapi.h"
#include "operations/initiatorsapi.h"
#include "operations/journalapi.h"
#include "operations/networksapi.h"
#include "operations/pushesapi.h"
#include "operations/subscribersapi.h"
#include "operations/usersapi.h"
#include "operations/wakesapi.h"
#include "operations/webpushapi.h"

#include <QMap>

namespace reveille {

/// The staff side over HTTP (design "Outside contract"): the commands the console has, metrics and the event
/// stream. Every request needs the token of the data folder as Bearer; besides, a Host that a page from
/// elsewhere could have made up, and an Origin that is not ours, are refused. Server thread.
class OperationsListener {
public:
    struct Settings {
        QByteArray token;  ///< ensureTokenFile()
        QString realm;     ///< of the passwords set by PUT /v1/users/{id}
        QStringList hosts; ///< names beside IP addresses and localhost that Host may say
        HttpSettings http;
        qint64 importOctets = 32 * 1024 * 1024; ///< body of POST /v1/subscribers/import
        qint64 importRows = 200000;
    };
    OperationsListener(Settings settings, Engine &engine);

    /// The address bound, "127.0.0.1:8081". Error listen-failed.
    Result<QString> start(const IpAddress &address, quint16 port);
    void stop();
    const HttpRouter &router() { return m_server.router(); }
    /// What GET /v1/status tells as "addresses": "sip_udp" -> "127.0.0.1:5060".
    void setBoundAddresses(const QMap<QString, QString> &addresses) { m_addresses = addresses; }
    /// Where the push resources are that it makes: WebPushApi::setOrigin.
    void setPushOrigin(const QString &origin) { m_webPush.setOrigin(origin); }

private:
    /// Refuses who is not staff, and journals that: 60 a minute at most.
    std::optional<HttpResponse> guard(const HttpCall &call);
    std::optional<Error> judge(const HttpCall &call) const;
    void status(const HttpReply &reply) const;
    void metrics(const HttpReply &reply) const;

    Settings m_settings;
    Engine &m_engine;
    Timestamp m_startedAt;
    QMap<QString, QString> m_addresses;
    UsersApi m_users;
    SubscribersApi m_subscribers;
    DevicesApi m_devices;
    PushesApi m_pushes;
    WakesApi m_wakes;
    JournalApi m_journal;
    InitiatorsApi m_initiators;
    NetworksApi m_networks;
    BearersApi m_bearers;
    FaultsApi m_faults;
    WebPushApi m_webPush;
    EventFeed m_events;
    LogGate m_refused{60};
    HttpServer m_server;
};

} // namespace reveille
