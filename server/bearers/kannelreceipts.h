// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "http/httpserver.h"

#include <QHash>

#include <deque>
#include <functional>

namespace reveille {

/// Where Kannel reports what became of a message: a small HTTP listener that knows one path for each message, which
/// nobody can guess. What it is told twice, or for a path it does not know, changes nothing. Server thread.
class KannelReceipts
{
public:
    /// Kannel's delivery report values, `dlr-mask` of its user guide.
    enum class Report : quint8 { Delivered = 1, Undelivered = 2, Buffered = 4, Submitted = 8, Rejected = 16 };
    struct Settings {
        IpAddress address = *IpAddress::parse(u"127.0.0.1");
        quint16 port = 0;            ///< 0: any free one
        QString publicUrl;           ///< "http://gateway.example:8090", as Kannel reaches it; empty: the address bound
        int limit = 20000;           ///< messages a report is awaited of; beyond that the oldest is forgotten
        Milliseconds time{86'400'000};
    };
    using Told = std::function<void(Report report, const QString &carrierId)>;

    KannelReceipts(Settings settings, Clock &clock, Timers &timers);

    /// Error listen-failed.
    Result<QString> start(const QString &name);
    /// The URL Kannel is to ask for, with Kannel's own %d and %F in it. `told` is called until forget() or a final report.
    QByteArray await(Told told);
    void forget(const QByteArray &url);
    int awaited() const { return int(m_awaited.size()); }
    const QString &bound() const { return m_bound; }

private:
    void take(const HttpCall &call, const HttpReply &reply);
    void forgetOld();

    Settings m_settings;
    Clock &m_clock;
    HttpServer m_server;
    QString m_bound;
    QHash<QString, Told> m_awaited;
    std::deque<std::pair<Milliseconds, QString>> m_order;
};

} // namespace reveille
