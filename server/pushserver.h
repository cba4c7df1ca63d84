// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "engine/engine.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace reveille {

/// The server: puts store, engine, listeners and bearers together from a Config (design). Lives in one thread with an
/// event loop; start() and stop() are called on it.
class PushServer : public QObject
{
    Q_OBJECT
public:
    /// `dataDir` holds the database and the operations token; made if missing.
    PushServer(Config config, QString dataDir, QObject *parent = nullptr);
    ~PushServer() override;

    /// Opens the store, restores, listens. All or nothing: on an error everything opened is closed again. Errors:
    /// those of Store::open, listen-failed (about: "sip/udp 127.0.0.1:5060 …"), data-dir, token-file, bearer-….
    Result<Done> start();
    /// Stop accepting, close connections, flush, close the store. Idempotent.
    void stop();
    bool isRunning() const;

    /// "sip_udp" -> "127.0.0.1:5060", only what is bound.
    QMap<QString, QString> boundAddresses() const;
    QString operationsTokenFile() const;
    Engine *engine() const; ///< nullptr unless running

private:
    Result<Done> open();
    void close();

    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
