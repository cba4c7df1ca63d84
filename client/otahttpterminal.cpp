// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/otahttpterminal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr qint64 contentHead = 8 * 1024;
constexpr quint8 overIp = 0x0b; ///< WDP bearer number of GPRS with IPv4: what stands for "IP"

/// What a push is answered with where the inbox refuses it with a SIP status.
int refusalStatus(int sip)
{
    switch (sip) {
    case 404:
    case 410:
        return 236;
    case 415:
        return 238;
    case 480:
    case 486:
    case 503:
        return 237;
    default:
        return 235;
    }
}

/// Basic wants a name without a colon: the user ID without its scheme.
QByteArray loginName(const PublicUserId &user)
{
    const QString text = user.toString();
    return text.mid(text.indexOf(u':') + 1).toUtf8();
}

OtaHttpTerminal::Outcome plain(int http, const OtaStatus &status, const OtaRequest &request)
{
    OtaHttpTerminal::Outcome outcome;
    OtaAnswer answer;
    answer.http = http;
    answer.status = status;
    if (!request.versions.isEmpty())
        answer.versions = otaHttpVersion;
    outcome.response = answer.toResponse();
    return outcome;
}

} // namespace

OtaHttpTerminal::OtaHttpTerminal(const PushClientSettings &settings, PushInbox &inbox)
    : m_settings(settings)
    , m_inbox(inbox)
{
    m_cpi.contentTypes = {u"*/*"_s};
    m_cpi.maxMessageSize = largestBody(settings) - contentHead;
    m_cpi.maxPushRequests = pushesAtOnce;
    if (!settings.applications.isEmpty())
        m_cpi.applications = settings.applications;
}

qint64 OtaHttpTerminal::largestBody(const PushClientSettings &settings)
{
    return std::max<qint64>(settings.maxMessage, 64 * 1024) + contentHead;
}

OtaHttpTerminal::Outcome OtaHttpTerminal::take(const HttpRequest &request, const Path &path)
{
    const Result<OtaRequest> ota = OtaRequest::read(request);
    if (!ota && ota.error().is("ota-content-type"))
        return plain(204, {238, "Content type"}, {});
    if (!ota) {
        Outcome outcome;
        outcome.response.status = ota.error().is("ota-method") ? 405 : 404;
        if (outcome.response.status == 405)
            outcome.response.headers.add("Allow", "OPTIONS, POST");
        return outcome;
    }
    if (!ota->versions.isEmpty() && !otaVersionsInclude(ota->versions, otaHttpVersion))
        return plain(204, {600, "Version"}, *ota);
    if (ota->provUrl && !ota->provUrl->isEmpty())
        return plain(204, {ota->isPush ? 257 : 302, "No such context"}, *ota);
    return ota->isPush ? push(*ota) : registration(*ota, path);
}

/// The credentials asked for; empty where none are given, with the reason in `outcome`.
QByteArray OtaHttpTerminal::credentialsFor(const OtaRequest &request, const Path &path, Outcome &outcome) const
{
    const Result<OtaChallenge> challenge = OtaChallenge::parse(request.authenticate);
    if (!challenge)
        outcome.reason = challenge.error().code;
    else if (challenge->refusal != OtaChallenge::Refusal::None)
        outcome.reason = "credentials";
    else if (m_settings.password.isEmpty())
        outcome.reason = "password-missing";
    else if (!m_settings.realm.isEmpty() && challenge->realm != m_settings.realm.toUtf8())
        outcome.reason = "ota-realm";
    else if (challenge->scheme == OtaChallenge::Scheme::Basic && !path.isTrusted)
        outcome.reason = "password-unsafe";
    else
        return OtaCredentials::answer(*challenge, loginName(m_settings.user), m_settings.password.toUtf8(), "OPTIONS")
            .toValue();
    return {};
}

OtaHttpTerminal::Outcome OtaHttpTerminal::registration(const OtaRequest &request, const Path &path)
{
    Outcome outcome;
    outcome.keepAlive = request.keepAlive;
    OtaAnswer answer;
    if (!request.authenticate.isEmpty()) {
        answer.authorization = credentialsFor(request, path, outcome);
        if (answer.authorization.isEmpty()) {
            const QByteArray reason = outcome.reason;
            outcome = plain(412, {301, "Authentication"}, request);
            outcome.kind = Kind::Refused;
            outcome.reason = reason;
            return outcome;
        }
    }
    if (!request.versions.isEmpty())
        answer.versions = otaHttpVersion;
    const CpiTag tag = m_cpi.tag();
    const bool isKnown = !request.cpiTag.isEmpty() && request.cpiTag == tag;
    answer.status = isKnown ? OtaStatus{500, "Registered"} : OtaStatus{501, "Registered"};
    if (!isKnown) {
        answer.cpi = m_cpi;
        answer.cpiTag = tag;
    }
    const OtaTerminalId name = OtaTerminalId::parse(m_settings.deviceName.toUtf8()).valueOr({});
    answer.terminal =
        name.kind() == OtaTerminalId::Kind::Provisioned ? name : OtaTerminalId::of(m_settings.device);
    answer.bearer = overIp;
    answer.user = m_settings.user.toString();
    answer.device = m_settings.device.toString();
    answer.routes = path.routes;
    outcome.response = answer.toResponse();
    outcome.kind = Kind::Told;
    return outcome;
}

OtaHttpTerminal::Outcome OtaHttpTerminal::push(const OtaRequest &request)
{
    const CpiTag tag = m_cpi.tag();
    OtaAnswer answer;
    if (!request.versions.isEmpty())
        answer.versions = otaHttpVersion;
    Outcome outcome;
    outcome.keepAlive = request.keepAlive;
    if (!request.cpiTag.isEmpty() && request.cpiTag != tag) {
        answer.status = {256, "Other capabilities"};
        answer.cpiTag = tag;
        outcome.response = answer.toResponse();
        return outcome;
    }
    const Result<OtaContent> content = OtaContent::parse(request.content, largestBody(m_settings));
    if (!content) {
        answer.status = {content.error().is("ota-content-too-large") ? 237 : 238, "Content"};
        outcome.response = answer.toResponse();
        return outcome;
    }
    ReceivedPush push;
    push.id = QString::fromUtf8(request.pushId);
    push.contentType = QString::fromUtf8(content->contentType);
    push.contentEncoding = QString::fromUtf8(content->encoding);
    push.application = QString::fromUtf8(content->application);
    push.body = content->body;
    push.confirm = request.confirm;
    m_inbox.take(push);
    answer.status = push.answered == 200 ? OtaStatus{400, "Accepted"} : OtaStatus{refusalStatus(push.answered), "Rejected"};
    outcome.response = answer.toResponse();
    outcome.kind = Kind::Push;
    outcome.push = std::move(push);
    return outcome;
}

} // namespace reveille
