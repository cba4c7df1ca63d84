// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetsip.h"

#include "client/clientkeepalive.h"
#include "client/sipregistration.h"
#include "client/wakedatagram.h"
#include "wire/sipbuilder.h"
#include "wire/stun.h"

#include <algorithm>

namespace reveille {
namespace {

constexpr auto allowed = "MESSAGE, OPTIONS";
constexpr quint32 longestLifetime = 86400 * 7;

QByteArray drawnName(FleetRandom &random)
{
    return QByteArray::number(random.next(), 16).rightJustified(16, '0');
}

/// The same for a request that comes again, so that its answer is the same too.
QByteArray tagFor(quint64 transaction)
{
    return QByteArray::number(transaction, 16);
}

} // namespace

FleetSip::FleetSip(const FleetIdentities &identities, const FleetNetwork &network, Settings settings, quint32 devices)
    : m_identities(identities)
    , m_network(network)
    , m_settings(std::move(settings))
    , m_kept(devices)
{
}

FleetPace FleetSip::pace(FleetAsk) const
{
    return {Milliseconds(500), 0, Milliseconds(4000), 0, Milliseconds(32000)}; // RFC 3261 section 17.1.2
}

DigestSecret FleetSip::secretOf(quint32 index) const
{
    return DigestSecret(m_identities.user(index).localPart().toUtf8(), m_settings.password.toUtf8(),
                        m_settings.realm.toUtf8());
}

FleetSip::Kept &FleetSip::keptOf(quint32 index, FleetDevice &device)
{
    Kept &kept = m_kept[index];
    if (!kept.secret) {
        kept.secret = secretOf(index);
        kept.callId = drawnName(device.random);
        kept.tag = drawnName(device.random);
        kept.lifetime = m_settings.lifetime;
    }
    return kept;
}

QByteArray FleetSip::request(quint32 index, FleetDevice &device, FleetAsk ask)
{
    Kept &kept = keptOf(index, device);
    if (ask == FleetAsk::Keep) {
        kept.asked = drawnName(device.random).left(stunTransactionSize);
        return encodeStunRequest(kept.asked);
    }
    kept.asked = "z9hG4bK" + drawnName(device.random);
    SipRegistration registration;
    registration.user = m_identities.user(index);
    registration.device = m_identities.device(index);
    registration.registrar = "sip:" + registration.user.host().toUtf8();
    registration.address = QHostAddress(device.place.address);
    registration.port = m_network.portOf(device.place);
    registration.regId = 1;
    if (m_settings.namesRoute && m_network.clientPort() != 0) {
        registration.wakeBearer = "wsp-udp";
        registration.wakeAddress = registration.address.toString().toLatin1();
        registration.wakePort = m_network.clientPort();
    }
    registration.callId = kept.callId;
    registration.tag = kept.tag;
    registration.branch = kept.asked;
    registration.cseq = ++kept.cseq;
    registration.expires = kept.lifetime;
    registration.credentials = kept.secret->credentials("REGISTER", registration.registrar);
    return registration.bytes();
}

void FleetSip::forget(quint32 index)
{
    m_kept[index] = Kept();
}

FleetHeard FleetSip::take(quint32 index, FleetDevice &device, QByteArrayView octets, Milliseconds now)
{
    Kept &kept = keptOf(index, device);
    if (isStun(octets))
        return takeStun(kept, octets);
    const Result<SipMessage, SipRejection> message = SipMessage::parse(octets.toByteArray());
    if (!message) {
        FleetHeard heard;
        const SipRejection &rejection = message.error();
        if (rejection.status != 0 && rejection.request.answerable)
            heard.reply = SipResponse(rejection.request, rejection.status).toTag(tagFor(fleetHash(octets))).bytes();
        return heard;
    }
    return message->isResponse() ? takeResponse(index, kept, *message) : takeRequest(kept, *message, now);
}

QByteArray FleetSip::sirKey(quint32 index) const
{
    return m_kept[index].secret.value_or(secretOf(index)).sirKeyFor(m_identities.user(index).host().toUtf8());
}

FleetHeard FleetSip::takeStun(Kept &kept, QByteArrayView octets)
{
    FleetHeard heard;
    const Result<StunResponse> response = parseStunResponse(octets);
    if (!response || kept.asked.isEmpty() || response->transaction != kept.asked)
        return heard;
    kept.asked.clear();
    const quint64 mapped = fleetHash(mappedAddress(response->mapped, response->port));
    // The server sends to the address it knows from the registration.
    const bool isOther = kept.mapped != 0 && kept.mapped != mapped;
    heard.kind = isOther ? FleetHeard::Kind::Unknown : FleetHeard::Kind::Granted;
    kept.mapped = mapped;
    return heard;
}

FleetHeard FleetSip::takeResponse(quint32 index, Kept &kept, const SipMessage &response)
{
    FleetHeard heard;
    const int status = response.statusCode();
    const bool isOurs = !kept.asked.isEmpty() && response.topVia().branch == kept.asked &&
                        response.cseqMethod() == "REGISTER";
    if (!isOurs || status < 200)
        return heard;
    kept.asked.clear();
    if (status < 300)
        return grant(index, kept, response);
    const quint32 least = response.minExpires().value_or(0);
    const bool isChallenge = status == 401 || status == 407;
    if (++kept.rounds < maxRounds && status == 423 && least > quint32(kept.lifetime)) {
        kept.lifetime = int(std::min(least, longestLifetime));
        heard.kind = FleetHeard::Kind::Again;
    } else if (kept.rounds < maxRounds && isChallenge && kept.secret->take(response)) {
        heard.kind = FleetHeard::Kind::Again;
    } else {
        kept.rounds = 0;
        heard.kind = FleetHeard::Kind::Refused;
        heard.retryAfter = Milliseconds(1000 * qint64(std::min(response.number("retry-after").value_or(0), 86400U)));
    }
    return heard;
}

FleetHeard FleetSip::grant(quint32 index, Kept &kept, const SipMessage &response)
{
    kept.secret->accept(response);
    kept.rounds = 0;
    quint32 expires = response.expires().value_or(quint32(kept.lifetime));
    if (const SipContact *own = ownContact(response, m_identities.device(index), 1))
        expires = own->expires.value_or(expires);
    const SipParameters &via = response.topVia().parameters;
    const Result<IpAddress> seen = IpAddress::parse(QString::fromLatin1(via.value("received")));
    const quint16 port = via.value("rport").toUShort();
    kept.mapped = seen.ok() && port != 0 ? fleetHash(mappedAddress(*seen, port)) : 0;
    FleetHeard heard;
    heard.kind = FleetHeard::Kind::Granted;
    heard.interval = Milliseconds(1000 * qint64(std::min(response.number("flow-timer").value_or(0), 86400U)));
    heard.lifetime = Milliseconds(1000 * qint64(std::min(expires, longestLifetime)));
    return heard;
}

FleetHeard FleetSip::takeRequest(Kept &kept, const SipMessage &request, Milliseconds now)
{
    FleetHeard heard;
    if (request.method() == "ACK")
        return heard;
    heard.kind = FleetHeard::Kind::Request;
    const quint64 transaction = fleetHash(request.topVia().branch + '\n' + request.method().toByteArray());
    const bool isRepeated = std::any_of(kept.answered.begin(), kept.answered.end(), [&](const Answered &answered) {
        return answered.transaction == transaction && now - answered.at < answerLife;
    });
    int status = 405;
    if (request.method() == "OPTIONS" || request.method() == "MESSAGE")
        status = 200;
    else if (request.method() == "CANCEL")
        status = 481;
    SipResponse response(request, status);
    response.toTag(tagFor(transaction));
    if (request.method() != "MESSAGE")
        response.header("Allow", allowed);
    heard.reply = response.bytes();
    if (isRepeated) {
        heard.kind = FleetHeard::Kind::Repeated;
        return heard;
    }
    kept.answered[kept.answeredCount++ % kept.answered.size()] = {transaction, now};
    if (request.method() == "MESSAGE" && !isWakeMessage(request)) {
        const QByteArrayView id = request.header("x-reveille-push");
        heard.kind = FleetHeard::Kind::Push;
        heard.push = id.isEmpty() ? 0 : fleetHash(id);
    }
    return heard;
}

} // namespace reveille
