// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/connection.h"
#include "wire/coapbuilder.h"
#include "wire/coapmessage.h"

#include <optional>

namespace reveille {

/// One push as CoAP requests: POST /push?s=SESSION&id=PUSH_ID[&app=APPLICATION][&confirm=1], in one message or block by block
/// (RFC 7959 section 2.5 and 2.6). Knows what to send next and what an answer means, sends nothing itself. The content
/// type goes as Content-Format where it has a number, otherwise as the query ct=TYPE; always so with a content coding,
/// which goes as ce=CODING (a format stands for a type without one, RFC 7252 section 5.5.2). Server thread.
class CoapPush
{
public:
    static constexpr quint8 firstSzx = CoapBlock::largestSzx; ///< 1024 octets; what is larger goes in blocks
    static constexpr int maxRestarts = 1;                     ///< after a 4.08

    CoapPush(const PushMessage &message, QByteArray session);

    /// False where the content type or an id does not fit into an option: it cannot be sent at all.
    bool canBeSent() const { return m_fits; }
    /// The request of the present block.
    QByteArray write(quint16 messageId, QByteArrayView token) const;
    /// What an answer to it means; nothing: the next block is to be sent.
    std::optional<SendOutcome::Kind> judge(const CoapMessage &response);

private:
    bool inBlocks() const { return m_body.size() > (16 << firstSzx); }
    std::optional<SendOutcome::Kind> proceed(const CoapMessage &response);

    QByteArray m_session, m_push, m_application, m_contentType, m_encoding, m_body;
    std::optional<quint16> m_format;
    CoapBlock m_block{0, false, firstSzx};
    int m_restarts = 0;
    bool m_confirm = false; ///< the application is asked to confirm it, by POST /rd/KEY/confirm?id=PUSH_ID
    bool m_fits = true;
};

} // namespace reveille
