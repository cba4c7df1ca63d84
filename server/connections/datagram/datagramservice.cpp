// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramservice.h"

#include "connections/datagram/datagramregistrar.h"
#include "connections/datagram/dtlsidentity.h"
#include "connections/datagram/dtlslistener.h"
#include "connections/datagram/pinholeprober.h"
#include "connections/datagram/udpsocket.h"

#include <QThread>

namespace reveille {

namespace {

constexpr QByteArrayView directory = "</rd>;rt=\"core.rd\";ct=40";
constexpr quint16 linkFormat = 40;

/// The filter of GET /.well-known/core (RFC 6690 section 4.1), as far as there is one resource to find.
bool asksForDirectory(const CoapMessage &message)
{
    const auto type = message.query("rt");
    if (!type)
        return true;
    QByteArrayView wanted = *type;
    if (!wanted.endsWith('*'))
        return wanted == QByteArrayView("core.rd");
    wanted.chop(1);
    return QByteArrayView("core.rd").startsWith(wanted);
}

} // namespace

struct DatagramService::State : CoapHandler, DatagramSender, DatagramIdentities {
    State(DatagramSettings s, Engine &e)
        : settings(std::move(s))
        , engine(e)
        , endpoint(settings.message, settings.allowed, e.clock(), e.timers(), *this, *this)
        , outbox(std::make_shared<DatagramOutbox>(endpoint, table, e.registry(), e.timers()))
        , registrar(settings, e, endpoint, table, outbox, *this)
        , pinholes(settings, endpoint, e.pinholes(), e.timers())
        , udp(endpoint, e.clock())
        , dtls(settings, endpoint, e.clock(), e.timers(),
               {[this](const QByteArray &identity) { return credentialsOf(identity); },
                [this](const DatagramPeer &peer) { return table.hasPeer(peer); },
                [this](const DatagramPeer &peer, const QString &why) { sessionClosed(peer, why); }})
    {
    }

    /// The pre-shared key of a user is the HA1 of its password (RFC 7616, SHA-256) in lower-case hexadecimal digits, its
    /// identity the public user ID or the user part of it.
    std::optional<DtlsListener::Credentials> credentialsOf(const QByteArray &identity) const
    {
        const std::optional<PublicUserId> id = userOfDtlsIdentity(identity, settings.realm);
        const User *user = id ? engine.registry().user(*id) : nullptr;
        if (!user || user->ha1Sha256.isEmpty())
            return {};
        return DtlsListener::Credentials{*id, user->ha1Sha256};
    }
    void sessionClosed(const DatagramPeer &peer, const QString &why)
    {
        const QVector<ConnectionId> connections = table.at(peer);
        for (const ConnectionId id : connections)
            engine.registry().observe(id, {LivenessEvent::Kind::Closed, why, 0, {}});
    }

    void expect(std::span<const CoapMessage> requests) override { registrar.expect(requests); }
    void request(const CoapCall &call, const CoapMessage &message) override
    {
        if (const auto key = message.childOf("rd"))
            return requestOfRegistration(call, message, *key);
        heard(call.peer, false);
        if (const auto key = message.childOf("rd", "confirm"))
            return message.code() == CoapCode::Post ? registrar.confirm(call, message, *key) : notAllowed(call);
        if (message.isAt("rd"))
            return message.code() == CoapCode::Post ? registrar.create(call, message) : notAllowed(call);
        if (message.isAt("returned"))
            return message.code() == CoapCode::Post ? registrar.takeReturned(call, message) : notAllowed(call);
        if (message.isAt("pinhole"))
            return message.code() == CoapCode::Post ? pinholes.request(call) : notAllowed(call);
        if (message.isAt(".well-known/core"))
            return message.code() == CoapCode::Get ? discover(call, message) : notAllowed(call);
        endpoint.answer(call, CoapCode::NotFound);
    }
    void requestOfRegistration(const CoapCall &call, const CoapMessage &message, QByteArrayView key)
    {
        if (message.code() == CoapCode::Post)
            return registrar.refresh(call, message, key);
        heard(call.peer, false);
        if (message.code() == CoapCode::Delete)
            return registrar.remove(call, key);
        notAllowed(call);
    }
    void notAllowed(const CoapCall &call) { endpoint.answer(call, CoapCode::MethodNotAllowed); }
    void discover(const CoapCall &call, const CoapMessage &message)
    {
        const auto accept = message.number(CoapOptionNumber::Accept);
        if (accept && *accept != linkFormat)
            return endpoint.answer(call, CoapCode::NotAcceptable);
        CoapBuilder reply = CoapEndpoint::builder(call, CoapCode::Content);
        reply.add(CoapOptionNumber::ContentFormat, quint32(linkFormat));
        if (asksForDirectory(message))
            reply.payload(directory);
        endpoint.answer(call, reply);
    }

    void heard(const DatagramPeer &peer, bool isPing) override
    {
        const LivenessEvent::Kind kind = isPing ? LivenessEvent::Kind::KeepAlive : LivenessEvent::Kind::Packet;
        const QVector<ConnectionId> connections = table.at(peer);
        for (const ConnectionId id : connections)
            engine.registry().observe(id, {kind, {}, 0, {}});
    }
    void unreachable(const DatagramPeer &peer, const QString &what) override
    {
        const QVector<ConnectionId> connections = table.at(peer);
        for (const ConnectionId id : connections)
            engine.registry().observe(id, {LivenessEvent::Kind::IcmpUnreachable, what, 0, {}});
    }
    bool isKnown(const DatagramPeer &peer) const override { return peer.secure || table.hasPeer(peer); }
    /// Refreshes: a million of them need no memory.
    bool isHarmlessTwice(const CoapMessage &request) const override
    {
        return request.code() == CoapCode::Post && request.childOf("rd");
    }
    bool send(const DatagramPeer &peer, const QByteArray &datagram) override
    {
        return peer.secure ? dtls.send(peer, datagram) : udp.send(peer, datagram);
    }
    const PublicUserId *userOf(const DatagramPeer &peer) const override { return dtls.userOf(peer); }

    DatagramSettings settings;
    Engine &engine;
    RegistrationTable table;
    CoapEndpoint endpoint;
    std::shared_ptr<DatagramOutbox> outbox;
    DatagramRegistrar registrar;
    PinholeProber pinholes;
    UdpSocket udp;
    DtlsListener dtls;
};

DatagramService::DatagramService(DatagramSettings settings, Engine &engine, QObject *parent)
    : QObject(parent), d(std::make_unique<State>(std::move(settings), engine))
{
}

DatagramService::~DatagramService()
{
    stop();
}

Result<QMap<QString, QString>> DatagramService::start()
{
    Q_ASSERT(QThread::currentThread() == thread());
    QMap<QString, QString> bound;
    if (d->settings.coap.enabled) {
        const Result<Done> listening = d->udp.listen(d->settings.coap);
        if (!listening)
            return listening.error();
        bound.insert(QStringLiteral("datagram_coap"), d->udp.local());
    }
    if (d->settings.dtls.enabled) {
        const Result<Done> listening = d->dtls.listen();
        if (!listening) {
            d->udp.close();
            return listening.error();
        }
        bound.insert(QStringLiteral("datagram_dtls"), d->dtls.local());
    }
    d->outbox->setLocal(bound.value(QStringLiteral("datagram_coap")), bound.value(QStringLiteral("datagram_dtls")));
    return bound;
}

void DatagramService::restore(const QVector<StoredBinding> &bindings)
{
    Q_ASSERT(QThread::currentThread() == thread());
    for (const StoredBinding &binding : bindings) {
        if (binding.kind == u"datagram")
            d->registrar.restore(binding);
    }
}

void DatagramService::stop()
{
    d->endpoint.dropAll();
    d->udp.close();
    d->dtls.close();
}

qsizetype DatagramService::registrations() const
{
    return d->table.size();
}

qsizetype DatagramService::dtlsSessions() const
{
    return d->dtls.sessions();
}

const CoapEndpoint::Counters &DatagramService::counters() const
{
    return d->endpoint.counters();
}

} // namespace reveille
