// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/eventreader.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QUrl>

#include <functional>

class QNetworkReply;

namespace reveille {

/// The HTTP interfaces of a server as a scenario uses them: calls whose answers come later, and the stream of
/// events. Answers are read up to 16 MiB. No proxies and no redirects, so that tokens go to this server only.
/// Thread of the runner.
class ScenarioApi : public QObject {
    Q_OBJECT
public:
    struct Answer {
        int status = 0; ///< 0: none came
        QByteArray octets;
        QJsonObject body; ///< empty where it is no JSON object
        bool ok() const { return status / 100 == 2; }
        /// "404 user-unknown sip:bob@lab.example", for people.
        QString text() const;
    };
    using Then = std::function<void(const Answer &)>;

    explicit ScenarioApi(QObject *parent = nullptr);
    ~ScenarioApi() override; ///< nothing is called any more

    void use(const QUrl &base, const QByteArray &token);
    const QUrl &base() const { return m_base; }
    /// `target` is encoded. `then` is called once, later, unless forget() comes before.
    void call(const QByteArray &method, const QByteArray &target, Then then);
    void send(const QByteArray &method, const QByteArray &target, const QByteArray &body,
              const QByteArray &type, Then then);
    void post(const QByteArray &target, const QJsonObject &body, Then then);
    void put(const QByteArray &target, const QJsonObject &body, Then then);
    /// Answers of what is under way are not told.
    void forget() { ++m_round; }

    /// Follows GET /v1/events; one stream at a time. streamOpened() once it is taken, streamEnded() when it
    /// has ended or did not come about.
    void follow(const QByteArray &target);
    void unfollow();

Q_SIGNALS:
    void streamOpened();
    void streamEnded();
    void eventCame(const QByteArray &type, const QJsonObject &data);

private:
    QNetworkRequest request(const QByteArray &target) const;
    void await(QNetworkReply *reply, Then then);
    void readStream();

    QNetworkAccessManager m_network;
    QUrl m_base;
    QByteArray m_token;
    quint64 m_round = 0;
    QPointer<QNetworkReply> m_stream;
    EventReader m_events;
};

} // namespace reveille
