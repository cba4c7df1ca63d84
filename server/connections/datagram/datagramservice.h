// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "connections/datagram/datagramsettings.h"
#include "engine/engine.h"

#include <QMap>
#include <QObject>

namespace reveille {

/// The datagram side of the server (requirements N1 to N5): registrations over CoAP on UDP and DTLS, and pushes as
/// confirmable POSTs to the registered address from the server's port. Resources:
///   GET  /.well-known/core     where to register, in link format
///   POST /rd, /rd/KEY, DELETE /rd/KEY   see DatagramRegistrar
///   POST /pinhole              see PinholeProber
/// The device in turn takes POST /push?s=SESSION&id=PUSH_ID[&app=APPLICATION] and answers 2.04. Nothing is ever sent to
/// an address outside the allowed networks. Server thread.
class DatagramService : public QObject
{
    Q_OBJECT
public:
    DatagramService(DatagramSettings settings, Engine &engine, QObject *parent = nullptr);
    ~DatagramService() override;

    /// Opens the listeners. Keys of the ready line: "datagram_coap" -> "127.0.0.1:5683", "datagram_dtls" -> …, only what
    /// is enabled. All or nothing. Error listen-failed, about = "datagram/coap 127.0.0.1:5683: address in use".
    Result<QMap<QString, QString>> start();
    /// After start() and before Engine::resume(): registrations over UDP live again under their keys, suspect until
    /// something is heard; DTLS sessions ended with the server, so theirs come back without a path.
    void restore(const QVector<StoredBinding> &bindings);
    /// Closes every socket. Registry::closeAll() comes first. Idempotent.
    void stop();

    qsizetype registrations() const; ///< application instances registered
    qsizetype dtlsSessions() const;  ///< handshakes under way included
    const CoapEndpoint::Counters &counters() const;

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
