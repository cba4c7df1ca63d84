// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/coapnames.h"
#include "wire/coapvalue.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// Writes a CoAP message (RFC 7252 section 3). Options may come in any order; those of one number keep theirs. What
/// cannot be written is cut: a token to 8 octets, an option value to 65804. Any thread, one at a time.
class CoapBuilder
{
public:
    CoapBuilder(CoapType type, quint8 code, quint16 messageId, QByteArrayView token = {});
    /// An Empty message: acknowledgement, Reset or ping.
    static QByteArray empty(CoapType type, quint16 messageId);

    CoapBuilder &add(quint16 option, QByteArrayView value);
    CoapBuilder &add(quint16 option, quint32 value);
    /// One option for each segment of "rd/4521".
    CoapBuilder &path(QByteArrayView path, quint16 option = CoapOptionNumber::UriPath);
    /// Uri-Query "name=value", cut to 255 octets.
    CoapBuilder &query(QByteArrayView name, QByteArrayView value);
    CoapBuilder &block(quint16 option, const CoapBlock &block) { return add(option, block.toNumber()); }
    CoapBuilder &payload(QByteArrayView octets);

    /// Nothing may be added after the first call.
    const QByteArray &bytes();

private:
    void append(quint16 option, QByteArrayView value);

    QByteArray m_bytes;
    qsizetype m_optionsAt = 0;
    quint16 m_last = 0;
    QByteArray m_payload;
};

} // namespace reveille
