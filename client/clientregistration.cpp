// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientregistration.h"

#include "client/clientkeepalive.h"
#include "client/endpoint.h"
#include "wire/sipbuilder.h"

#include <algorithm>

namespace reveille {
namespace {

QByteArray quoted(const QString &text)
{
    QByteArray result("\"");
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (quint8(c) >= 0x20)
            result += c;
    }
    return result + '"';
}

} // namespace

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
    const QByteArray uri = registrarUri();
    const QByteArray user = m_settings.user.toString().toUtf8();
    const QByteArray branch = newSipBranch();
    const QByteArray host = uriHostText(flow->localAddress()).toLatin1();
    SipRequest request("REGISTER", uri);
    request.via(flow->viaTransport(), host, flow->localPort(), branch)
        .from(user, m_tag)
        .to(user)
        .callId(m_callId)
        .cseq(++m_cseq)
        .header("Contact", contact(*flow, aim))
        .header("Expires", QByteArray::number(aim == Aim::Remove ? 0 : m_expires))
        .header("Supported", m_settings.gruu ? "path, outbound, gruu" : "path, outbound")
        .header("Allow", "MESSAGE, OPTIONS")
        .header("User-Agent", "reveille-client/" REVEILLE_VERSION);
    if (const auto [name, value] = m_secret.credentials("REGISTER", uri); !name.isEmpty())
        request.header(name, value);
    const QPointer<ClientFlow> guarded(flow);
    m_requester.send(flow, branch, request.bytes(),
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
    for (const SipContact &contact : response.contacts()) {
        const Result<DeviceId> instance = DeviceId::parse(QString::fromUtf8(contact.instance()));
        if (!instance || *instance != m_settings.device)
            continue;
        if (contact.regId() != 0 && m_regId != 0 && contact.regId() != quint32(m_regId))
            continue;
        if (contact.expires)
            grant.expires = int(std::min(*contact.expires, quint32(86400 * 7)));
        grant.gruu = QString::fromUtf8(contact.parameters().value("pub-gruu"));
        grant.temporaryGruu = QString::fromUtf8(contact.parameters().value("temp-gruu"));
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

QByteArray ClientRegistration::contact(const ClientFlow &flow, Aim aim) const
{
    QByteArray uri = "sip:" + escapedUriUser(m_settings.user.localPart().toUtf8()) + '@' +
                     endpointText(flow.localAddress(), flow.localPort()).toLatin1();
    if (!flow.isUdp())
        uri += QByteArray(";transport=") + toText(flow.peer().transport);
    if (m_regId != 0)
        uri += ";ob";
    if (aim == Aim::Register && m_settings.namesWakeRoute && !m_wake.uri.isEmpty()) {
        uri += ";pn-provider=" + m_wake.bearer + ";pn-prid=" + escapedUriParameter(m_wake.uri);
    } else if (aim == Aim::Register && m_settings.namesWakeRoute && m_wake.port != 0) {
        const QHostAddress address = m_wake.address.isNull() ? flow.localAddress() : m_wake.address;
        uri += ";pn-provider=" + m_wake.bearer + ";pn-prid=" + escapedUriParameter(uriHostText(address).toLatin1()) +
               ";pn-param=" + QByteArray::number(m_wake.port);
    }
    QByteArray result = m_settings.deviceName.isEmpty() ? QByteArray() : quoted(m_settings.deviceName) + ' ';
    result += '<' + uri + '>';
    if (m_regId != 0)
        result += ";reg-id=" + QByteArray::number(m_regId);
    result += ";+sip.instance=\"<" + m_settings.device.toString().toUtf8() + ">\"";
    QStringList applications = m_settings.applications;
    applications.removeIf([this](const QString &name) { return m_asleep.contains(name); });
    if (!applications.isEmpty())
        result += ";+g.oma.pusheventapp=" + quoted(applications.join(u','));
    return result;
}

QByteArray ClientRegistration::registrarUri() const
{
    const QString domain =
        m_settings.user.isTel() ? uriHostText(m_settings.registrar) : m_settings.user.host();
    return "sip:" + domain.toUtf8();
}

} // namespace reveille
