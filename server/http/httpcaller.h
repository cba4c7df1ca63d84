// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpplace.h"
#include "domain/ipaddress.h"
#include "engine/clock.h"
#include "wire/httpmessage.h"

#include <QHostAddress>
#include <QObject>
#include <QSslConfiguration>

#include <functional>
#include <optional>

namespace reveille {

/// Asks HTTP servers, each request over a connection of its own (RFC 9112). Whoever answers may be hostile: the
/// address is judged after the name was resolved, and it is that address that is connected to; no redirect is
/// followed, nothing is sent twice, the answer is bounded in size and time. Server thread.
class HttpCaller : public QObject {
    Q_OBJECT
public:
    using Found = std::function<void(const QList<QHostAddress> &addresses)>;
    struct Settings {
        std::optional<QVector<IpNetwork>> allowedNetworks; ///< nothing: anywhere
        Milliseconds timeout{10000}; ///< from the call to the last octet of the answer
        qsizetype headerLimit = 16 * 1024; ///< octets
        qint64 bodyLimit = 64 * 1024; ///< octets
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        std::function<bool(const IpAddress &)> mayReach{}; ///< asked as well, where given
        /// Who knows the addresses of a name; the system's resolver where nobody is given. Answers once, later, while
        /// `context` lives.
        std::function<void(const QString &name, QObject *context, Found found)> resolve{};
    };
    using Answered = std::function<void(const Result<HttpResponse> &)>;

    HttpCaller(Settings settings, Timers &timers, QObject *parent = nullptr);
    /// What still runs ends without an answer.
    ~HttpCaller() override;

    /// Host and Connection are written here. `answered` is called once, later. Errors: name-not-found,
    /// network-not-allowed, connection-refused, connection-failed, tls-failed (about: what is wrong with it),
    /// no-answer, closed, and those of HttpResponseParser.
    void call(const HttpPlace &place, HttpRequest request, Answered answered);
    /// The octets that call() sends.
    static QByteArray octets(const HttpPlace &place, HttpRequest request);

private:
    Settings m_settings;
    Timers &m_timers;
};

} // namespace reveille
