// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetcoap.h"

#include "client/coapregistration.h"
#include "wire/coapvalue.h"
#include "wire/sipdigest.h"
#include "wire/sir.h"

#include <cstring>

namespace reveille {
namespace {

/// Octets of a number, as a token.
QByteArrayView tokenOf(const quint32 &token)
{
    return {reinterpret_cast<const char *>(&token), qsizetype(sizeof token)};
}

FleetHeard refused(const CoapMessage &message)
{
    FleetHeard heard;
    heard.kind = FleetHeard::Kind::Refused;
    const quint32 wait = std::min(message.number(CoapOptionNumber::MaxAge).value_or(0), 86400U);
    if (message.code() == CoapCode::ServiceUnavailable || message.code() == CoapCode::TooManyRequests)
        heard.retryAfter = Milliseconds(1000 * qint64(wait));
    return heard;
}

} // namespace

FleetCoap::FleetCoap(const FleetIdentities &identities, Settings settings, quint32 devices)
    : m_identities(identities)
    , m_settings(std::move(settings))
    , m_kept(devices)
{
}

FleetPace FleetCoap::pace(FleetAsk) const
{
    return {Milliseconds(2000), 50, Milliseconds(0), 5, Milliseconds(32000)}; // RFC 7252 section 4.8
}

QByteArray FleetCoap::request(quint32 index, FleetDevice &device, FleetAsk ask)
{
    Kept &kept = m_kept[index];
    if (kept.nextId == 0)
        kept.nextId = quint16(device.random.next());
    kept.askedId = kept.nextId++;
    kept.token = quint32(device.random.next());
    kept.isAsked = true;
    kept.asked = ask;
    CoapBuilder builder(CoapType::Confirmable, CoapCode::Post, kept.askedId, tokenOf(kept.token));
    if (ask == FleetAsk::Keep) {
        builder.path(QByteArrayView(kept.location.data(), kept.locationSize));
        return builder.bytes();
    }
    CoapRegistration registration;
    registration.device = m_identities.device(index).toString().toUtf8();
    registration.user = m_identities.user(index).toString().toUtf8();
    registration.session = m_identities.session(index);
    registration.lifetime = m_settings.lifetime;
    registration.wakePort = m_settings.clientPort;
    registration.write(builder);
    return builder.bytes();
}

void FleetCoap::forget(quint32 index)
{
    const quint16 nextId = m_kept[index].nextId; // it may not use one again so soon, and starts where it was
    m_kept[index] = Kept();
    m_kept[index].nextId = nextId;
}

bool FleetCoap::isFor(quint32 index, QByteArrayView octets) const
{
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    if (!message)
        return false;
    const Kept &kept = m_kept[index];
    if (message->isRequest())
        return message->query("s") == QByteArrayView(m_identities.session(index));
    if (message->isResponse())
        return kept.isAsked && message->token() == tokenOf(kept.token);
    return message->isConfirmable() || (kept.isAsked && kept.askedId == message->messageId());
}

FleetHeard FleetCoap::take(quint32 index, FleetDevice &, QByteArrayView octets, Milliseconds now)
{
    const Result<CoapMessage, CoapFault> message = CoapMessage::parse(octets);
    if (!message) {
        FleetHeard heard;
        if (message.error().answerReset)
            heard.reply = CoapBuilder::empty(CoapType::Reset, message.error().messageId);
        return heard;
    }
    Kept &kept = m_kept[index];
    if (message->isEmpty())
        return takeEmpty(kept, *message);
    return message->isRequest() ? takeRequest(index, kept, *message, now) : takeResponse(kept, *message);
}

QByteArray FleetCoap::sirKey(quint32 index) const
{
    if (m_settings.password.isEmpty())
        return {};
    const PublicUserId user = m_identities.user(index);
    const QString realm = m_settings.realm.isEmpty() ? user.host() : m_settings.realm;
    return reveille::sirKey(sipDigestHa1(SipDigestAlgorithm::Sha256, user.localPart().toUtf8(), realm.toUtf8(),
                                         m_settings.password.toUtf8()));
}

FleetHeard FleetCoap::takeEmpty(Kept &kept, const CoapMessage &message) const
{
    FleetHeard heard;
    if (message.isConfirmable()) {
        heard.kind = FleetHeard::Kind::Request;
        heard.reply = CoapBuilder::empty(CoapType::Reset, message.messageId());
    } else if (kept.isAsked && message.messageId() == kept.askedId) {
        const bool isReset = message.type() == CoapType::Reset;
        heard.kind = isReset ? FleetHeard::Kind::Refused : FleetHeard::Kind::Held;
        kept.isAsked = !isReset;
    }
    return heard;
}

FleetHeard FleetCoap::takeResponse(Kept &kept, const CoapMessage &message)
{
    const bool isOurs = kept.isAsked && message.token() == tokenOf(kept.token) &&
                        (message.type() != CoapType::Acknowledgement || message.messageId() == kept.askedId);
    FleetHeard heard;
    if (isOurs) {
        kept.isAsked = false;
        heard = finish(kept, message);
    }
    if (message.isConfirmable())
        heard.reply = CoapBuilder::empty(isOurs ? CoapType::Acknowledgement : CoapType::Reset, message.messageId());
    return heard;
}

FleetHeard FleetCoap::finish(Kept &kept, const CoapMessage &message)
{
    FleetHeard heard;
    if (kept.asked == FleetAsk::Keep && message.code() == CoapCode::NotFound) {
        heard.kind = FleetHeard::Kind::Unknown;
        return heard;
    }
    if (coapClass(message.code()) != 2)
        return refused(message);
    if (kept.asked == FleetAsk::Register) {
        const QByteArray location = message.path(CoapOptionNumber::LocationPath);
        if (location.isEmpty() || location.size() > longestLocation)
            return refused(message);
        kept.locationSize = quint8(location.size());
        std::memcpy(kept.location.data(), location.constData(), size_t(location.size()));
    }
    const CoapRegistrationAnswer said =
        CoapRegistrationAnswer::parse(message.payload()).valueOr(CoapRegistrationAnswer{});
    heard.kind = FleetHeard::Kind::Granted;
    heard.interval = Milliseconds(1000 * qint64(said.keepAlive));
    heard.lifetime = Milliseconds(1000 * qint64(std::min(said.lifetime, quint32(86400 * 7))));
    heard.keepRenews = true;
    return heard;
}

FleetHeard FleetCoap::takeRequest(quint32 index, Kept &kept, const CoapMessage &message, Milliseconds now)
{
    FleetHeard heard;
    if (!message.isConfirmable() && message.type() != CoapType::NonConfirmable)
        return heard;
    heard.kind = FleetHeard::Kind::Request;
    const auto before = std::find_if(kept.answered.begin(), kept.answered.end(), [&](const Answered &answered) {
        return answered.id == message.messageId() && now - answered.at < exchangeLifetime;
    });
    Answered answer;
    if (before != kept.answered.end()) {
        heard.kind = FleetHeard::Kind::Repeated;
        answer = *before;
    } else {
        answer = answerTo(index, kept, message, heard);
        answer.id = message.messageId();
        answer.at = now;
        kept.answered[kept.answeredCount++ % kept.answered.size()] = answer;
    }
    const bool isPiggybacked = message.isConfirmable();
    CoapBuilder builder(isPiggybacked ? CoapType::Acknowledgement : CoapType::NonConfirmable, answer.code,
                        isPiggybacked ? message.messageId() : kept.nextId++, message.token());
    if (answer.hasBlock)
        builder.add(CoapOptionNumber::Block1, answer.block);
    heard.reply = builder.bytes();
    return heard;
}

FleetCoap::Answered FleetCoap::answerTo(quint32 index, Kept &kept, const CoapMessage &message, FleetHeard &heard) const
{
    using namespace CoapOptionNumber;
    const auto with = [](quint8 code) {
        Answered answer;
        answer.code = code;
        return answer;
    };
    if (!message.isAt("push"))
        return with(CoapCode::NotFound);
    if (message.code() != CoapCode::Post)
        return with(CoapCode::MethodNotAllowed);
    if (message.badCriticalOption({UriHost, UriPort, UriPath, UriQuery, Block1}))
        return with(CoapCode::BadOption);
    if (message.query("s") != QByteArrayView(m_identities.session(index)))
        return with(CoapCode::NotFound);
    const QByteArrayView name = message.query("id").value_or(QByteArrayView());
    const quint64 id = name.isEmpty() ? 0 : fleetHash(name);
    Answered answer = with(CoapCode::Changed);
    if (const std::optional<QByteArrayView> option = message.option(Block1)) {
        const Result<CoapBlock> block = CoapBlock::parse(*option);
        if (!block)
            return with(CoapCode::BadRequest);
        answer.hasBlock = true;
        answer.block = block->toNumber();
        const bool isNext = block->num == 0 || (kept.blockPush == id && kept.nextBlock == block->num);
        if (!isNext)
            answer.code = CoapCode::RequestEntityIncomplete;
        else if (block->offset() >= largestPush)
            answer.code = CoapCode::RequestEntityTooLarge;
        else if (block->more)
            answer.code = CoapCode::Continue;
        kept.blockPush = id;
        kept.nextBlock = block->num + 1;
    }
    if (answer.code == CoapCode::Changed) {
        heard.kind = FleetHeard::Kind::Push;
        heard.push = id;
    }
    return answer;
}

} // namespace reveille
