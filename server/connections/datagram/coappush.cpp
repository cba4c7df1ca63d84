// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coappush.h"

namespace reveille {

namespace {

using Kind = SendOutcome::Kind;
namespace Option = CoapOptionNumber;

constexpr qsizetype longestQuery = 255;

bool fits(QByteArrayView name, const QByteArray &value)
{
    return name.size() + 1 + value.size() <= longestQuery;
}

std::optional<CoapBlock> blockOf(const CoapMessage &response)
{
    const auto value = response.option(Option::Block1);
    if (!value)
        return {};
    const Result<CoapBlock> block = CoapBlock::parse(*value);
    return block ? std::optional(*block) : std::nullopt;
}

/// A code without a story of its own (RFC 7252 section 5.9).
Kind kindOf(quint8 code)
{
    switch (code) {
    case CoapCode::TooManyRequests:
        return Kind::Busy;
    case CoapCode::NotImplemented:
    case CoapCode::ProxyingNotSupported:
        return Kind::Refused;
    default:
        break;
    }
    return coapClass(code) == 2 ? Kind::Delivered : coapClass(code) == 5 ? Kind::Busy : Kind::Refused;
}

} // namespace

CoapPush::CoapPush(const PushMessage &message, QByteArray session)
    : m_session(std::move(session))
    , m_push(message.push.text().toUtf8())
    , m_application(message.application.toUtf8())
    , m_contentType(message.contentType.toUtf8())
    , m_encoding(message.contentEncoding.toUtf8())
    , m_body(message.body)
    , m_format(m_encoding.isEmpty() ? coapContentFormat(m_contentType) : std::nullopt)
{
    m_confirm = message.confirm;
    m_block.more = inBlocks();
    m_fits = fits("s", m_session) && fits("id", m_push) && fits("app", m_application)
        && (m_format || fits("ct", m_contentType)) && fits("ce", m_encoding) && m_body.size() <= qint64(CoapBlock::largestNum) * 16;
}

QByteArray CoapPush::write(quint16 messageId, QByteArrayView token) const
{
    CoapBuilder builder(CoapType::Confirmable, CoapCode::Post, messageId, token);
    builder.path("push");
    if (m_format)
        builder.add(Option::ContentFormat, quint32(*m_format));
    builder.query("s", m_session).query("id", m_push);
    if (!m_application.isEmpty())
        builder.query("app", m_application);
    if (!m_format && !m_contentType.isEmpty())
        builder.query("ct", m_contentType);
    if (!m_encoding.isEmpty())
        builder.query("ce", m_encoding);
    if (m_confirm)
        builder.query("confirm", "1");
    if (!inBlocks())
        return builder.payload(m_body).bytes();
    builder.block(Option::Block1, m_block);
    if (m_block.num == 0)
        builder.add(Option::Size1, quint32(m_body.size()));
    return builder.payload(QByteArrayView(m_body).sliced(m_block.offset(), qMin<qint64>(m_block.size(), m_body.size() - m_block.offset())))
        .bytes();
}

std::optional<Kind> CoapPush::judge(const CoapMessage &response)
{
    const quint8 code = response.code();
    if (!inBlocks())
        return code == CoapCode::Continue ? Kind::Refused : kindOf(code);
    if (code == CoapCode::RequestEntityIncomplete && m_restarts < maxRestarts) {
        ++m_restarts;
        m_block.num = 0;
        m_block.more = true;
        return {};
    }
    if (code == CoapCode::RequestEntityTooLarge && m_block.num == 0) {
        // Section 2.9.3: with a smaller block size in the answer it is the block that was too large, not the whole.
        const std::optional<CoapBlock> wanted = blockOf(response);
        if (wanted && wanted->szx < m_block.szx) {
            m_block.szx = wanted->szx;
            return {};
        }
    }
    if (coapClass(code) == 2 && m_block.more)
        return proceed(response);
    return code == CoapCode::Continue ? Kind::Refused : kindOf(code);
}

std::optional<Kind> CoapPush::proceed(const CoapMessage &response)
{
    const std::optional<CoapBlock> taken = blockOf(response);
    if (!taken || taken->szx > m_block.szx || (taken->num != m_block.num && taken->szx == m_block.szx))
        return Kind::Refused; // it knows nothing of blocks, or of this one
    const qint64 next = m_block.offset() + m_block.size();
    m_block.szx = taken->szx;
    m_block.num = quint32(next / m_block.size());
    m_block.more = next + m_block.size() < m_body.size();
    return {};
}

} // namespace reveille
