// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/siplink.h"

#include "client/clientmessage.h"
#include "client/endpoint.h"
#include "wire/cpim.h"
#include "wire/imdn.h"
#include "wire/sipbuilder.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace reveille {

SipLink::SipLink(const PushClientSettings &settings, DigestSecret &secret, PushInbox &inbox, int flow,
                 QObject *parent)
    : DeviceLink(settings, inbox, parent)
    , m_secret(secret)
    , m_requester(settings.t1, settings.requestTimeout)
    , m_registration(settings, secret, m_requester, flow)
    , m_keepAlive(m_requester)
    , m_receiver(inbox)
    , m_security(flowSecurity(settings).valueOr({}))
    , m_calls(settings, inbox, m_requester)
{
    m_receiver.setHandsOn(settings.companionPort != 0);
    connect(&m_registration, &ClientRegistration::granted, this, &SipLink::onGranted);
    connect(&m_registration, &ClientRegistration::failed, this,
            [this](int status, const QByteArray &reason, Milliseconds after) {
                m_keepAlive.stop();
                Q_EMIT
                failed(status, reason, after);
            });
    connect(&m_registration, &ClientRegistration::removed, this, &SipLink::removed);
    connect(&m_registration, &ClientRegistration::memoryChanged, this, &SipLink::memoryChanged);
    connect(&m_calls, &ClientMsrpCalls::pushReceived, this, &SipLink::pushReceived);
    connect(&m_calls, &ClientMsrpCalls::happened, this, &SipLink::happened);
    connect(&m_keepAlive, &ClientKeepAlive::lost, this, [this] { lose("keep-alive"); });
    connect(&m_keepAlive, &ClientKeepAlive::mappedAddressChanged, this, [this] {
        Q_EMIT
        happened(u"reconnecting"_s, {{u"because"_s, u"mapped-address"_s}});
        registerNow();
    });
}

SipLink::~SipLink() = default;

void SipLink::open(const SirGateway &gateway)
{
    close();
    m_flow = std::make_unique<ClientFlow>(sipPeerOf(gateway, settings()), m_security);
    ClientFlow *opened = m_flow.get();
    connect(opened, &ClientFlow::opened, this, [this, opened] {
        Q_EMIT
        registering(endpointText(opened->peer().address, opened->peer().port));
        registerNow();
    });
    connect(opened, &ClientFlow::received, this, &SipLink::onMessage);
    connect(opened, &ClientFlow::unreadable, this, [opened](const SipAnswerParts &request, int status) {
        opened->send(SipResponse(request, status).toTag(newSipTag()).bytes());
    });
    connect(opened, &ClientFlow::stunReceived, this, [this](const QByteArray &datagram) {
        noteHeard();
        m_keepAlive.takeStun(datagram);
    });
    connect(opened, &ClientFlow::pongReceived, this, [this] {
        noteHeard();
        m_keepAlive.takePong();
    });
    connect(opened, &ClientFlow::lost, this, &SipLink::lose);
    if (const Result<Done> bound = m_flow->open(settings().localAddress); !bound)
        lose(bound.error().code);
}

void SipLink::close()
{
    m_calls.close();
    m_requester.abandon();
    m_keepAlive.stop();
    m_registration.forget();
    m_confirmations = 0;
    if (m_flow) {
        m_flow->disconnect(this);
        m_flow.release()->deleteLater();
    }
}

void SipLink::registerNow()
{
    m_registration.setAsleep(asleep());
    m_registration.registerOver(m_flow.get(), wakeRoute());
}

void SipLink::unregister()
{
    m_keepAlive.stop();
    m_registration.removeOver(m_flow.get());
}

void SipLink::openSession()
{
    if (m_flow)
        m_calls.invite(m_flow.get());
}

void SipLink::goSilent()
{
    m_calls.close();
    m_requester.abandon();
    m_keepAlive.stop();
    m_registration.pause();
    if (m_flow)
        m_flow->setSilent(true);
}

/// Not before the answer to the push itself, which the caller still owes.
bool SipLink::confirm(const ReceivedPush &push)
{
    if (!m_flow || m_confirmations >= mostConfirmations)
        return false;
    ++m_confirmations;
    QTimer::singleShot(0, m_flow.get(), [this, id = push.id] { sendConfirmation(id); });
    return true;
}

void SipLink::sendConfirmation(const QString &push)
{
    const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toLatin1();
    Cpim message;
    message.from = settings().user.toString().toUtf8();
    message.to = "sip:reveille@" + settings().user.host().toUtf8();
    message.dateTime = time;
    message.contentType = imdnType;
    message.contentDisposition = "notification";
    message.body = Imdn{push}.toBytes(time);
    // Gone with the flow: what had been under way over it is answered by nobody.
    auto *sent = new ClientMessage(m_requester, m_secret, message.from, cpimType, message.toBytes(), m_flow.get());
    connect(sent, &ClientMessage::answered, this, [this, sent, push](int status) {
        --m_confirmations;
        sent->deleteLater();
        Q_EMIT confirmed(push, status);
    });
    sent->send(m_flow.get());
}

void SipLink::onGranted(const RegistrationGrant &granted, bool refreshed)
{
    LinkGrant grant;
    grant.expires = granted.expires;
    grant.gruu = granted.gruu;
    grant.temporaryGruu = granted.temporaryGruu;
    grant.regId = m_registration.regId();
    grant.local = endpointText(m_flow->localAddress(), m_flow->localPort());
    grant.keepAlive = Milliseconds(1000 * qint64(granted.flowTimer));
    grant.refresh = refreshed;
    const bool told = grant.keepAlive > Milliseconds(0);
    m_keepAlive.start(m_flow.get(), settings().keepAlive,
                      told ? grant.keepAlive : settings().keepAliveInterval, settings().user, granted.mapped);
    Q_EMIT
    registered(grant);
}

void SipLink::onMessage(const SipMessage &message)
{
    noteHeard();
    if (message.isResponse()) {
        if (!m_requester.take(message))
            m_calls.takeAgain(m_flow.get(), message);
        return;
    }
    if (m_calls.take(m_flow.get(), message))
        return;
    const MessageReceiver::Outcome outcome = m_receiver.take(message);
    const QPointer<ClientFlow> flow(m_flow.get());
    const QString peer = endpointText(flow->peer().address, flow->peer().port);
    if (outcome.push)
        Q_EMIT pushReceived(*outcome.push);
    if (flow && !outcome.answer.isEmpty())
        flow->send(outcome.answer);
    if (outcome.wake)
        Q_EMIT woken(*outcome.wake, message.body(), peer);
}

void SipLink::lose(const QByteArray &reason)
{
    close();
    Q_EMIT
    lost(reason);
}

FlowPeer sipPeerOf(const SirGateway &gateway, const PushClientSettings &settings)
{
    if (gateway.host.isEmpty())
        return {settings.registrar, settings.registrarPort, settings.transport};
    ClientTransport transport = clientTransportFromText(gateway.transport).value_or(settings.transport);
    if (transport == ClientTransport::Dtls)
        transport = ClientTransport::Udp;
    const quint16 standard = transport == ClientTransport::Tls ? 5061 : 5060;
    return {QHostAddress(gateway.host), gateway.port ? gateway.port : standard, transport};
}

} // namespace reveille
