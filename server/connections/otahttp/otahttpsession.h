// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpchannel.h"
#include "connections/otahttp/otahttpcore.h"
#include "connections/otahttp/otahttppushes.h"
#include "wire/otahttpauth.h"

namespace reveille {

class OtaHttpConnection;
struct OtaHttpSubscriber;

/// One connection with a terminal, whoever opened it: asks it to register (OPTIONS), takes it in, keeps the path open and
/// its capabilities known, and hands over pushes, until the connection ends. Server thread.
class OtaHttpSession : public QObject
{
    Q_OBJECT
public:
    /// Takes the socket over, which stands, and over TLS is encrypted.
    OtaHttpSession(OtaHttpCore &core, QTcpSocket *socket, bool tls, QObject *parent);
    ~OtaHttpSession() override;

    /// Sends the first request. `registered` is told once what came of it; the code of an error is one of the reasons in
    /// the journal's "registration-refused", or "timeout", "closed", "reset".
    void start(std::function<void(Result<Done>)> registered = {});

    bool isOpen() const { return m_channel.isOpen(); }
    void push(const PushMessage &message, std::function<void(SendOutcome)> done);
    void probe(std::function<void(SendOutcome)> done);
    /// The engine lets go of the connection.
    void release(const OtaHttpConnection &connection);

Q_SIGNALS:
    /// It can be deleted.
    void finished();

private:
    OtaRequest options() const;
    void ask(OtaChallenge::Refusal refusal);
    void judge(const OtaHttpReply &reply);
    void authenticate(const OtaAnswer &answer, const QByteArray &octets);
    void refuseLogin(const char *code, const PublicUserId &user, bool again, const OtaAnswer &answer,
                     const QByteArray &octets);
    void bind(const OtaHttpSubscriber &subscriber, const OtaAnswer &answer, const QByteArray &octets);
    void refuse(const char *code, const PublicUserId &user = {}, const OtaAnswer &answer = {},
                const QByteArray &octets = {});
    void note(const char *code, const PublicUserId &user, const OtaAnswer &answer, const QByteArray &octets);
    void learn(const OtaAnswer &answer);
    void takeReturned(const HttpResponse &response);
    void takeConfirmed(const QVector<OtaConfirmation> &confirmed);
    void lookAtCapabilities();
    void sample(Milliseconds silence, bool open);
    Milliseconds keepAlive() const;
    void watchSilence();
    void ended(bool reset, const QString &what);
    void finish(Result<Done> outcome);
    bool mayAskForPassword() const;
    QString transport() const;

    OtaHttpCore &m_core;
    bool m_tls;
    OtaHttpChannel m_channel;
    OtaHttpPushes m_pushes;
    std::function<void(Result<Done>)> m_registered;
    Registration m_registration;
    const OtaHttpConnection *m_connection = nullptr; ///< the engine's; nullptr before and after
    ConnectionId m_id;
    CpiTag m_tag;
    HttpResponse m_registering; ///< the answer to the OPTIONS it registers with, until it is bound
    TimerId m_timer = 0;
    QByteArray m_endCode{"closed"};
    int m_tries = 0;
    int m_logins = 0;
    bool m_finished = false;
    bool m_looking = false;
};

} // namespace reveille
