// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/apicaller.h"
#include "e2e/jsonprocess.h"

#include <QTemporaryDir>

#include <memory>

namespace reveille {

/// A real server and real devices around one test: reveilled on any free ports with short times, in a data
/// folder of its own.
class Stage {
public:
    /// `settings`: "section/key=value" beside the short times; open registration unless they say otherwise.
    bool startServer(const QStringList &settings = {});
    /// The same folder, settings and ports again.
    bool restartServer();
    JsonProcess &server() { return *m_server; }
    ApiCaller &operations() { return m_operations; }
    QString tokenFile() const { return m_dir.filePath(QStringLiteral("operations.token")); }
    QString address(const QString &name) const; ///< "sip_udp" -> "127.0.0.1:40123"

    /// A device of this user, registering; `more` is added to the command line. Owned by the stage.
    JsonProcess &addClient(const QString &user, const QString &device, const QString &transport,
                           const QStringList &more = {});
    void setPassword(const QString &user, const QString &password);

    QString push(const QString &user, const QString &body, const QStringList &devices = {},
                 const QJsonObject &more = {});
    QJsonObject pushState(const QString &id);
    /// State of the push and of its delivery to that device: "delivered".
    QString state(const QString &push);
    QString deliveryState(const QString &push, const QString &device);
    QJsonObject device(const QString &id);
    /// "up", "lost" …
    QString liveness(const QString &device);
    /// Journal entries, oldest first; `query` as "kind=sir&device=…" with escaped values.
    QVector<QJsonObject> journal(const QString &query);
    QStringList journalEvents(const QString &query);

private:
    bool launch(const QStringList &settings);

    QTemporaryDir m_dir;
    QStringList m_settings;
    std::unique_ptr<JsonProcess> m_server;
    std::vector<std::unique_ptr<JsonProcess>> m_clients;
    ApiCaller m_operations;
    QJsonObject m_addresses;
};

} // namespace reveille
