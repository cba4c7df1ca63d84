// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/coappushreader.h"

#include "wire/coapvalue.h"

namespace reveille {
namespace {

/// What a push is answered with where the inbox refuses it with a SIP status.
quint8 refusalCode(int status)
{
    switch (status) {
    case 404:
    case 410:
        return CoapCode::NotFound;
    case 413:
        return CoapCode::RequestEntityTooLarge;
    case 415:
        return CoapCode::UnsupportedContentFormat;
    case 480:
    case 486:
    case 503:
    case 600:
        return CoapCode::ServiceUnavailable;
    default:
        return CoapCode::Forbidden;
    }
}

QString textOf(std::optional<QByteArrayView> value)
{
    return value ? QString::fromUtf8(*value) : QString();
}

} // namespace

CoapPushReader::Outcome CoapPushReader::read(const CoapMessage &request, const QByteArray &from)
{
    if (!request.isAt("push"))
        return {{CoapCode::NotFound}, std::nullopt};
    if (request.code() != CoapCode::Post)
        return {{CoapCode::MethodNotAllowed}, std::nullopt};
    using namespace CoapOptionNumber;
    if (request.badCriticalOption({UriHost, UriPort, UriPath, UriQuery, Block1}))
        return {{CoapCode::BadOption}, std::nullopt};

    Outcome outcome;
    ReceivedPush push;
    push.session = textOf(request.query("s")).left(255);
    push.id = textOf(request.query("id")).left(255);
    push.body = request.payload().toByteArray();
    if (const std::optional<QByteArrayView> value = request.option(Block1)) {
        const ::reveille::Result<CoapBlock> block = CoapBlock::parse(*value);
        if (!block)
            return {{CoapCode::BadRequest}, std::nullopt};
        const QByteArray key = from + '\n' + push.session.toUtf8() + '\n' + push.id.toUtf8();
        BlockAssembly::Result assembled = m_blocks.take(key, *block, request.payload());
        switch (assembled.state) {
        case BlockAssembly::State::Continue:
            return {{CoapCode::Continue, *block}, std::nullopt};
        case BlockAssembly::State::Incomplete:
            return {{CoapCode::RequestEntityIncomplete, *block}, std::nullopt};
        case BlockAssembly::State::TooLarge:
            return {{CoapCode::RequestEntityTooLarge, *block}, std::nullopt};
        case BlockAssembly::State::Complete:
            push.body = std::move(assembled.body);
            break;
        }
        outcome.reply.block1 = *block;
    }
    push.application = textOf(request.query("app"));
    if (const std::optional<quint32> format = request.number(ContentFormat))
        push.contentType = QString::fromLatin1(coapContentType(quint16(*format)));
    else
        push.contentType = textOf(request.query("ct"));
    push.contentEncoding = textOf(request.query("ce"));
    push.confirm = request.query("confirm").has_value();
    outcome.push = std::move(push);
    return outcome;
}

CoapChannel::Reply CoapPushReader::answerTo(const ReceivedPush &push, const Outcome &outcome)
{
    return {push.answered == 200 ? quint8(CoapCode::Changed) : refusalCode(push.answered), outcome.reply.block1};
}

} // namespace reveille
