// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipnotifications.h"

#include "engine/engine.h"
#include "wire/cpim.h"
#include "wire/inflate.h"

namespace reveille {

namespace {

QByteArray typeOf(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.first(end)).trimmed().toByteArray().toLower();
}

SipRefusal unsupported()
{
    return {415, "notification-type", {{"Accept", "message/imdn+xml, message/cpim"}, {"Accept-Encoding", "deflate, identity"}}};
}

/// A Call-ID of ours begins with it and a full stop, imdn.Message-ID is nothing else (SipOutbox).
PushId pushOf(const QString &messageId)
{
    return PushId(messageId.section(u'.', 0, 0));
}

} // namespace

bool SipNotifications::isOne(const SipMessage &request)
{
    const QByteArray type = typeOf(request.contentType());
    return type == imdnType || type == cpimType;
}

Result<Imdn, SipRefusal> SipNotifications::read(const SipMessage &request)
{
    QByteArray type = typeOf(request.contentType());
    QByteArray encoding = request.header("content-encoding").toByteArray();
    QByteArray body = request.body();
    if (type == cpimType) {
        const Result<Cpim> message = Cpim::parse(body);
        if (!message)
            return SipRefusal{400, message.error().code, {}};
        type = typeOf(message->contentType);
        encoding = message->contentEncoding;
        body = message->body;
    }
    encoding = encoding.trimmed().toLower();
    const bool isDeflated = encoding == "deflate";
    if (type != imdnType || (!isDeflated && !encoding.isEmpty() && encoding != "identity"))
        return unsupported();
    if (isDeflated) {
        Result<QByteArray> plain = inflated(body, Imdn::largest);
        if (!plain)
            return SipRefusal{400, plain.error().code, {}};
        body = *std::move(plain);
    }
    const Result<Imdn> notification = Imdn::parse(body);
    if (!notification)
        return SipRefusal{400, notification.error().code, {}};
    return *notification;
}

/// Of several devices of the sender on one flow the one that the push went to.
DeviceId SipNotifications::senderOf(const SipExchange &exchange, const PushId &push) const
{
    const Result<PublicUserId> from = exchange.request().from().uri.publicUserId();
    const std::optional<Push> known = from ? m_engine.pushes().push(push) : std::nullopt;
    DeviceId sender;
    for (const ConnectionId connection : m_bindings.onFlow(exchange.flow())) {
        const std::optional<DeviceId> id = m_engine.registry().deviceOf(connection);
        const Device *device = id ? m_engine.registry().device(*id) : nullptr;
        if (!from || !device || device->user != *from)
            continue;
        const bool isIts = known && std::any_of(known->deliveries.cbegin(), known->deliveries.cend(),
                                                [&](const Delivery &delivery) { return delivery.device == *id; });
        if (isIts || sender.isEmpty())
            sender = *id;
    }
    return sender;
}

void SipNotifications::take(const SipExchange &exchange)
{
    const Result<Imdn, SipRefusal> notification = read(exchange.request());
    if (!notification)
        return exchange.refuse(notification.error());
    PushConfirmation word;
    word.push = pushOf(notification->messageId);
    word.device = senderOf(exchange, word.push);
    if (word.device.isEmpty())
        return exchange.refuse({403, "sender-not-registered", {}});
    if (notification->status == Imdn::Status::Under)
        return exchange.send(200, exchange.answer(200));
    word.by = notification->about == Imdn::About::Display ? PushConfirmation::By::User : PushConfirmation::By::Application;
    word.isDenial = notification->status == Imdn::Status::Failed;
    word.over = QStringLiteral("sip");
    m_engine.pushes().confirm(word, [exchange, alive = m_alive](const Result<Done> &done) {
        if (!*alive)
            return;
        if (!done && done.error().is("push-unknown"))
            return exchange.refuse({404, done.error().code, {}});
        if (!done && QByteArrayView(done.error().code).startsWith("store-"))
            return exchange.refuse({500, done.error().code, {}});
        exchange.send(200, exchange.answer(200));
    });
}

} // namespace reveille
