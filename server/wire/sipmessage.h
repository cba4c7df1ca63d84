// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipaddress.h"
#include "wire/sipheadernames.h"

#include <QVarLengthArray>

namespace reveille {

/// Bounds of what is read from a socket (named, so that tests can stand on both sides of them).
namespace SipLimit {
inline constexpr qsizetype message = 65535; ///< octets, headers and body
inline constexpr qsizetype headers = 256;   ///< header lines
inline constexpr qsizetype values = 64;     ///< values of Contact in one message
} // namespace SipLimit

/// Octets inside a message: offset and length.
struct SipSlice {
    quint32 offset = 0;
    quint32 length = 0;
};

/// What an answer repeats from its request, as slices of the octets received; also there when the request was
/// refused.
struct SipAnswerParts {
    QByteArray raw;
    QVarLengthArray<SipSlice, 4> vias;         ///< Via lines, values only
    QVarLengthArray<SipSlice, 2> recordRoutes; ///< Record-Route lines, values only
    SipSlice from, to, callId, cseq;           ///< values
    bool toHasTag = false;
    /// A request other than ACK with Via, From, To, Call-ID and CSeq readable enough to be answered.
    bool answerable = false;

    QByteArrayView view(SipSlice slice) const
    {
        return QByteArrayView(raw).sliced(slice.offset, slice.length);
    }
};

/// Why a message was refused. `status` is the answer RFC 3261 asks for (400, 413, 416, 505 …), 0 = drop it.
struct SipRejection {
    Error error;
    int status = 0;
    SipAnswerParts request;
};

/// One SIP message, parsed and checked (RFC 3261 sections 7, 8.2 and 20; RFC 4475 tells good from bad). Its
/// pieces are slices of the octets it was made from; libosip2 reads what stands inside them. Copying shares
/// the octets. Any thread.
class SipMessage {
public:
    /// Exactly one message: a datagram or what SipFramer returned. Octets behind Content-Length are dropped
    /// (section 18.3). Folded lines are read as one. Errors: sip-empty, sip-too-long, sip-not-sip,
    /// sip-start-line, sip-version, sip-method, sip-status, sip-header-line, sip-header-count,
    /// sip-header-characters, sip-quote, sip-content-length, sip-truncated, sip-missing-header,
    /// sip-repeated-header, sip-cseq, sip-call-id, sip-tag, sip-max-forwards, sip-contact-star,
    /// sip-contact-count, and those of the parts (sip-uri-…, sip-via-…, sip-address-…). about = header name.
    static Result<SipMessage, SipRejection> parse(QByteArray octets);

    bool isRequest() const { return m_status == 0; }
    bool isResponse() const { return m_status != 0; }
    QByteArrayView method() const
    {
        return m_parts.view(m_method);
    } ///< of the request; of CSeq for a response
    const SipUri &requestUri() const { return m_requestUri; }
    int statusCode() const { return m_status; } ///< 0 for a request
    QByteArrayView reason() const { return m_parts.view(m_reason); }

    const SipVia &topVia() const { return m_topVia; }
    bool isFromRfc3261Branch() const { return m_topVia.isFromRfc3261Branch(); }
    const SipAddress &from() const { return m_from; }
    const SipAddress &to() const { return m_to; }
    QByteArray fromTag() const { return m_from.tag(); }
    QByteArray toTag() const { return m_to.tag(); }
    QByteArrayView callId() const { return m_parts.view(m_parts.callId); }
    quint32 cseq() const { return m_cseq; }
    QByteArrayView cseqMethod() const { return m_parts.view(m_cseqMethod); }
    int maxForwards() const { return m_maxForwards; }            ///< -1 = not given
    std::optional<quint32> expires() const { return m_expires; } ///< Expires header, seconds
    std::optional<quint32> minExpires() const { return number("min-expires"); }
    const QVector<SipContact> &contacts() const { return m_contacts; }
    bool contactStar() const { return m_contacts.size() == 1 && m_contacts.first().star; }

    /// First line of a header, trimmed; empty view when missing. Names in any case, long form (compact forms
    /// are mapped).
    QByteArrayView header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;
    /// Every line of a header.
    QVector<QByteArrayView> lines(QByteArrayView name) const;
    /// Every comma-separated value of every line of a header: Path, Route, Supported, Accept, Allow … Do not
    /// use it for Authorization and WWW-Authenticate, where commas separate parameters.
    QVector<QByteArrayView> values(QByteArrayView name) const;
    /// Whether `token` is among values(name), without case: hasToken("supported", "gruu").
    bool hasToken(QByteArrayView name, QByteArrayView token) const;
    bool supports(QByteArrayView option) const
    {
        return hasToken("supported", option) || hasToken("require", option);
    }
    QVector<QByteArrayView> supported() const { return values("supported"); }
    QVector<QByteArrayView> require() const { return values("require"); }
    QVector<QByteArrayView> proxyRequire() const { return values("proxy-require"); }
    QVector<QByteArrayView> path() const { return values("path"); }
    QVector<QByteArrayView> accept() const { return values("accept"); }
    /// A header whose value is a number of seconds or the like; nothing when missing or not a number.
    std::optional<quint32> number(QByteArrayView name) const;

    QByteArrayView contentType() const { return header("content-type"); } ///< with parameters
    QByteArray body() const;
    const QByteArray &bytes() const { return m_parts.raw; } ///< the message, folding resolved
    const SipAnswerParts &answerParts() const { return m_parts; }

private:
    friend class SipMessageReader;
    struct Line {
        SipSlice name;
        SipSlice value;
        sipheaders::Known known = sipheaders::Other;
    };

    SipAnswerParts m_parts;
    QVarLengthArray<Line, 24> m_lines;
    SipSlice m_method, m_reason, m_cseqMethod, m_body;
    int m_status = 0;
    int m_maxForwards = -1;
    quint32 m_cseq = 0;
    std::optional<quint32> m_expires;
    SipUri m_requestUri;
    SipVia m_topVia;
    SipAddress m_from, m_to;
    QVector<SipContact> m_contacts;
};

} // namespace reveille
