// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientregistration.h"

#include "client/clientkeepalive.h"
#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <algorithm>

namespace reveille {

ClientRegistration::ClientRegistration(const PushClientSettings &settings, DigestSecret &secret,
                                       ClientRequester &requester, int flow, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_secret(secret)
    , m_requester(requester)
    , m_callId(newSipCallId())
    , m_tag(newSipTag())
    , m_expires(settings.expires)
    , m_regId(settings.regId == 0 ? 0 : settings.regId + flow)
{
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_flow)
            registerOver(m_flow, m_wake);
    });
}

void ClientRegistration::registerOver(ClientFlow *flow, const DeviceLink::WakeRoute &wake)
{
    m_flow = flow;
    m_wake = wake;
    m_rounds = 0;
    m_refresh.stop();
    ask(flow, Aim::Register);
}

void ClientRegistration::removeOver(ClientFlow *flow)
{
    m_rounds = 0;
    m_refresh.stop();
    ask(flow, Aim::Remove);
}

void ClientRegistration::pause()
{
    m_refresh.stop();
}

void ClientRegistration::forget()
{
    m_refresh.stop();
    m_registered = false;
}

LinkMemory ClientRegistration::memory() const
{
    return {m_callId, m_tag, std::max(m_cseq, m_cseqsUntil), {}};
}

void ClientRegistration::resume(const LinkMemory &memory)
{
    if (memory.callId.isEmpty() || memory.tag.isEmpty() || memory.cseq >= ClientMemory::highestCseq - cseqsAhead)
        return;
    m_callId = memory.callId;
    m_tag = memory.tag;
    m_cseq = memory.cseq;
    m_cseqsUntil = memory.cseq;
}

void ClientRegistration::ask(ClientFlow *flow, Aim aim)
{
    if (m_cseq >= m_cseqsUntil) {
        m_cseqsUntil = m_cseq + cseqsAhead;
        Q_EMIT memoryChanged();
    }
    SipRegistration registration = saying(*flow, aim);
    registration.branch = newSipBranch();
    registration.cseq = ++m_cseq;
    registration.credentials = m_secret.credentials("REGISTER", registration.registrar);
    const QPointer<ClientFlow> guarded(flow);
    m_requester.send(flow, registration.branch, registration.bytes(),
                     [this, guarded, aim](const SipMessage *response) { answered(guarded, aim, response); });
}

void ClientRegistration::answered(ClientFlow *flow, Aim aim, const SipMessage *response)
{
    const int status = response ? response->statusCode() : 0;
    if (flow && ++m_rounds < maxRounds) {
        if ((status == 401 || status == 407) && m_secret.take(*response)) {
            ask(flow, aim);
            return;
        }
        if (status == 423 && response->minExpires().value_or(0) > quint32(m_expires)) {
            m_expires = int(std::min(*response->minExpires(), quint32(86400 * 7)));
            ask(flow, aim);
            return;
        }
    }
    if (status >= 200 && status < 300)
        m_secret.accept(*response);
    if (aim == Aim::Remove) {
        forget();
        Q_EMIT
        removed();
    } else if (status >= 200 && status < 300) {
        take(*response);
    } else {
        m_registered = false;
        const quint32 retryAfter = response ? response->number("retry-after").value_or(0) : 0;
        Q_EMIT
        failed(status, response ? response->reason().toByteArray() : QByteArray("timeout"),
               Milliseconds(1000 * qint64(std::min(retryAfter, 86400U))));
    }
}

void ClientRegistration::take(const SipMessage &response)
{
    RegistrationGrant grant;
    grant.expires = int(std::min(response.expires().value_or(quint32(m_expires)), quint32(86400 * 7)));
    if (const SipContact *own = ownContact(response, m_settings.device, m_regId)) {
        if (own->expires)
            grant.expires = int(std::min(*own->expires, quint32(86400 * 7)));
        grant.gruu = QString::fromUtf8(own->parameters().value("pub-gruu"));
        grant.temporaryGruu = QString::fromUtf8(own->parameters().value("temp-gruu"));
    }
    grant.flowTimer = int(std::min(response.number("flow-timer").value_or(0), 86400U));
    const SipParameters &via = response.topVia().parameters;
    const Result<IpAddress> seen = IpAddress::parse(QString::fromLatin1(via.value("received")));
    if (const quint16 port = via.value("rport").toUShort(); seen.ok() && port != 0)
        grant.mapped = mappedAddress(*seen, port);
    const bool refreshed = isRegistered();
    m_registered = grant.expires > 0;
    const Milliseconds lifetime(1000 * qint64(grant.expires));
    m_validUntil = QDeadlineTimer(lifetime);
    grant.refreshAfter = std::max(lifetime * 9 / 10, Milliseconds(500));
    m_refresh.start(grant.refreshAfter);
    Q_EMIT
    granted(grant, refreshed);
}

SipRegistration ClientRegistration::saying(const ClientFlow &flow, Aim aim) const
{
    SipRegistration registration;
    registration.user = m_settings.user;
    registration.device = m_settings.device;
    registration.name = m_settings.deviceName;
    registration.registrar = registrarUri();
    registration.address = flow.localAddress();
    registration.port = flow.localPort();
    registration.transport = QByteArray(flow.viaTransport()).toLower();
    registration.regId = m_regId;
    registration.gruu = m_settings.gruu;
    registration.applications = m_settings.applications;
    registration.applications.removeIf([this](const QString &name) { return m_asleep.contains(name); });
    registration.callId = m_callId;
    registration.tag = m_tag;
    registration.expires = aim == Aim::Remove ? 0 : m_expires;
    if (aim == Aim::Remove || !m_settings.namesWakeRoute || (m_wake.uri.isEmpty() && m_wake.port == 0))
        return registration;
    const QHostAddress address = m_wake.address.isNull() ? flow.localAddress() : m_wake.address;
    registration.wakeBearer = m_wake.bearer;
    registration.wakeAddress = m_wake.uri.isEmpty() ? uriHostText(address).toLatin1() : m_wake.uri;
    registration.wakePort = m_wake.uri.isEmpty() ? m_wake.port : quint16(0);
    return registration;
}

QByteArray ClientRegistration::registrarUri() const
{
    const QString domain =
        m_settings.user.isTel() ? uriHostText(m_settings.registrar) : m_settings.user.host();
    return "sip:" + domain.toUtf8();
}

} // namespace reveille
