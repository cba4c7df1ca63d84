// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipwakesender.h"

#include "connections/sip/sipconnection.h"
#include "connections/sip/sipoutbox.h"
#include "wire/sipbuilder.h"
#include "wire/sipdigest.h"
#include "wire/wsp.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QTcpSocket>

namespace reveille {

namespace {

constexpr auto sirType = "application/vnd.wap.sia";

QByteArray addressOfRecord(const SipUri &uri)
{
    const Result<PublicUserId> user = uri.publicUserId();
    return user ? user->toString().toUtf8() : uri.text;
}

bool isSha256(SipDigestAlgorithm algorithm)
{
    return algorithm == SipDigestAlgorithm::Sha256 || algorithm == SipDigestAlgorithm::Sha256Sess;
}

/// The one to answer: of the strongest algorithm, and of those the first.
std::optional<SipDigestChallenge> strongest(const QByteArrayList &challenges)
{
    std::optional<SipDigestChallenge> best;
    for (const QByteArray &text : challenges) {
        const Result<SipDigestChallenge> challenge = SipDigestChallenge::parse(text);
        const bool isUsable = challenge && (challenge->qopAuth || !challenge->qopAuthInt);
        if (isUsable && (!best || (isSha256(challenge->algorithm) && !isSha256(best->algorithm))))
            best = *challenge;
    }
    return best;
}

constexpr int mostAttempts = 3; ///< the first, with credentials, and with those for a fresh nonce

} // namespace

SipWakeSender::SipWakeSender(const Ground &ground)
    : m(ground)
    , m_key(newSipCallId())
{
}

Result<SipWakeTarget> SipWakeSender::overFlow(const WakeMessage &message) const
{
    const Result<SipUri> uri = SipUri::parse(message.route.address.toUtf8());
    if (!uri || !uri->isSip())
        return Error{"address-not-sip", message.route.address.left(64)};
    const Result<SipGruu::Target> named = m.gruu.resolve(*uri);
    if (!named)
        return Error{"gruu-unknown", message.route.address.left(64)};
    if (named->user != message.user)
        return Error{"gruu-of-other-user", named->user.toString()};
    ConnectionId id;
    const auto *connection = dynamic_cast<SipConnection *>(m.registry.usableConnection(named->instance, &id));
    if (!connection || connection->user() != message.user)
        return Error{"flow-missing", named->instance.toString()};
    return SipWakeTarget{connection->flow(), connection->contact(), uri->text, connection->path(), id};
}

SipWakeTarget SipWakeSender::throughCore(const SipFlow &core, const WakeMessage &message) const
{
    SipWakeTarget target;
    target.flow = core;
    target.requestUri = message.route.address.toUtf8();
    target.to = target.requestUri;
    const Result<SipUri> uri = SipUri::parse(target.requestUri);
    if (!uri)
        return target;
    target.to = addressOfRecord(*uri);
    if (message.placement.testFlag(IdentityPlacement::Header) && !message.device.isEmpty() && !uri->isGruu())
        target.requestUri = target.to + ";gr=" + escapedUriParameter(message.device.toString().toUtf8());
    return target;
}

QByteArray SipWakeSender::label(const WakeMessage &message, const char *use) const
{
    const QByteArray seed = m_key + use + message.wake.text().toUtf8() + '/' + QByteArray::number(message.attempt) + '/' +
                            message.route.address.toUtf8();
    return QCryptographicHash::hash(seed, QCryptographicHash::Sha256).left(12).toHex();
}

QByteArray SipWakeSender::branchOf(const WakeMessage &message, const Attempt &attempt) const
{
    const QByteArray use = attempt.number == 1 ? QByteArray("branch") : "branch" + QByteArray::number(attempt.number);
    return "z9hG4bK" + label(message, use.constData());
}

QByteArray SipWakeSender::octets(const SipWakeTarget &target, const WakeMessage &message) const
{
    return octets(target, message, Attempt{});
}

QByteArray SipWakeSender::octets(const SipWakeTarget &target, const WakeMessage &message, const Attempt &attempt) const
{
    const auto [host, port] = m.transports.sentBy(target.flow);
    const bool overFlow = target.connection != ConnectionId();
    SipRequest request("MESSAGE", target.requestUri);
    request.via(viaName(target.flow.transport), host, port, branchOf(message, attempt))
        .from("sip:reveille@" + m.settings.realm.toUtf8(), label(message, "tag").left(16))
        .to(target.to)
        .callId(label(message, "call"))
        .cseq(quint32(attempt.number));
    if (!attempt.header.isEmpty())
        request.header(attempt.header, attempt.value);
    if (!target.path.isEmpty())
        request.header("Route", target.path.join(", "));
    request.header("X-Wap-Application-Id", "x-wap-application:push.sia");
    if (!message.device.isEmpty()) {
        const QByteArray device = message.device.toString().toUtf8();
        if (message.placement.testFlag(IdentityPlacement::Header) && overFlow)
            request.header(deviceHeaderName.latin1(), device);
        if (message.placement.testFlag(IdentityPlacement::HeaderValue))
            request.header("Accept-Contact", "*;+sip.instance=\"<" + device + ">\";require;explicit");
    }
    request.body(sirType, message.sir);
    return request.bytes();
}

void SipWakeSender::message(const SipWakeTarget &target, const WakeMessage &message, const Login &login,
                            std::function<void(SipClientAnswer)> done)
{
    send(target, message, login, Attempt{}, done);
}

void SipWakeSender::send(const SipWakeTarget &target, const WakeMessage &message, const Login &login, const Attempt &attempt,
                         const std::function<void(SipClientAnswer)> &done)
{
    const QByteArray bytes = octets(target, message, attempt);
    const auto finish = [this, guard = QPointer<SipWakeSender>(this), target, message, login, attempt, done](quint64, const SipClientAnswer &answer) {
        const std::optional<SipDigestChallenge> challenge =
            guard && !login.user.isEmpty() && attempt.number < mostAttempts ? strongest(answer.challenges) : std::nullopt;
        if (!challenge || (attempt.number > 1 && !challenge->stale))
            return done(answer);
        const SipDigestCredentials credentials =
            answerSipChallenge(*challenge, login.user, login.password, "MESSAGE", target.requestUri, 1, newSipTag());
        send(target, message, login,
             {attempt.number + 1, answer.status == 407 ? "Proxy-Authorization" : "Authorization", credentials.toHeaderValue()}, done);
    };
    if (bytes.size() > (target.flow.isStream() ? SipLimit::message : SipOutbox::largestDatagram)) {
        m.client.answerLater(target.flow, {SipClientAnswer::Kind::Failed, 0, "too-large"}, finish);
        return;
    }
    const auto heard = [this, id = target.connection, proxied = !target.path.isEmpty()](int status) {
        const bool byProxy = status == 408 || status == 430 || status == 504 || (status < 200 && proxied);
        if (id != ConnectionId() && !byProxy)
            m.registry.observe(id, {LivenessEvent::Kind::Proof, QStringLiteral("MESSAGE %1").arg(status), 0, {}});
    };
    m.client.start(target.flow, branchOf(message, attempt), "MESSAGE", bytes, heard, finish);
}

void SipWakeSender::options(const SipFlow &core, std::function<void(SipClientAnswer)> done)
{
    const auto [host, port] = m.transports.sentBy(core);
    const QByteArray uri = "sip:" + core.peer().toLatin1();
    const QByteArray branch = newSipBranch();
    SipRequest request("OPTIONS", uri);
    request.via(viaName(core.transport), host, port, branch)
        .from("sip:reveille@" + m.settings.realm.toUtf8(), newSipTag())
        .to(uri)
        .callId(newSipCallId())
        .cseq(1)
        .header("Accept", "*/*");
    m.client.start(core, branch, "OPTIONS", request.bytes(), [](int) {},
                   [done = std::move(done)](quint64, const SipClientAnswer &answer) { done(answer); });
}

void SipWakeSender::reach(SipTransport transport, const QHostAddress &address, quint16 port,
                          std::function<void(Result<SipFlow>)> done)
{
    if (transport == SipTransport::Udp) {
        QMetaObject::invokeMethod(
            this, [=] { done(SipFlow::of(SipTransport::Udp, address, port)); }, Qt::QueuedConnection);
        return;
    }
    auto *socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::connected, this, [this, socket, transport, done] {
        socket->disconnect(this);
        socket->setParent(nullptr);
        done(m.transports.adopt(socket, transport));
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [this, socket, done](QAbstractSocket::SocketError error) {
        socket->disconnect(this);
        socket->deleteLater();
        const bool refused = error == QAbstractSocket::ConnectionRefusedError;
        done(Error{refused ? "connection-refused" : "connection-failed", {}});
    });
    socket->connectToHost(address, port);
}

} // namespace reveille
