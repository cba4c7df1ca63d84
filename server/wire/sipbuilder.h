// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipmessage.h"

namespace reveille {

/// An answer, made by putting slices of its request together (RFC 3261 section 8.2.6). CR, LF and NUL in
/// anything that is passed in become spaces, so that no value can start a header of its own. Any thread.
class SipResponse {
public:
    SipResponse(const SipMessage &request, int status, QByteArrayView reason = {});
    /// Answer to a request that was refused; only when parts.answerable.
    SipResponse(const SipAnswerParts &request, int status, QByteArrayView reason = {});

    /// Where the request came from: `received` (always) and the value of `rport` (when asked for) of the top
    /// Via (RFC 3581).
    SipResponse &source(QByteArrayView address, quint16 port);
    /// To-tag; ignored when the request had one or the status is 100.
    SipResponse &toTag(QByteArrayView tag);
    SipResponse &header(QByteArrayView name, QByteArrayView value);
    /// Repeats the Record-Route of the request (answers that make a dialogue).
    SipResponse &recordRoutes();
    SipResponse &body(QByteArrayView contentType, QByteArrayView octets);
    QByteArray bytes() const;

private:
    SipAnswerParts m_request;
    int m_status;
    QByteArray m_reason;
    QByteArray m_toTag;
    QByteArray m_address;
    quint16 m_port = 0;
    QByteArray m_headers;
    QByteArray m_body;
};

/// A request of our own: REGISTER, MESSAGE, OPTIONS … (RFC 3261 section 8.1.1). Same protection against line
/// breaks. Headers come out in the order Via, Max-Forwards, From, To, Call-ID, CSeq, others, Content-Length.
/// Any thread.
class SipRequest {
public:
    SipRequest(QByteArrayView method, QByteArrayView requestUri);

    /// Sent-by and branch; `transport` is "UDP", "TCP", "TLS". rport is always asked for.
    SipRequest &via(QByteArrayView transport, QByteArrayView host, quint16 port, QByteArrayView branch);
    SipRequest &from(QByteArrayView uri, QByteArrayView tag);
    SipRequest &to(QByteArrayView uri, QByteArrayView tag = {});
    SipRequest &callId(QByteArrayView id);
    SipRequest &cseq(quint32 number);
    SipRequest &maxForwards(int hops);
    SipRequest &header(QByteArrayView name, QByteArrayView value);
    SipRequest &body(QByteArrayView contentType, QByteArrayView octets);
    QByteArray bytes() const;

private:
    QByteArray m_method, m_uri, m_via, m_from, m_to, m_callId;
    quint32 m_cseq = 1;
    int m_maxForwards = 70;
    QByteArray m_headers;
    QByteArray m_body;
};

/// The ACK to a final answer other than 2xx, in the transaction of its INVITE (RFC 3261 section 17.1.1.3).
QByteArray sipAckFor(const SipMessage &invite, const SipMessage &response);
/// The CANCEL of an INVITE, in a transaction of the same branch (section 9.1).
QByteArray sipCancelFor(const SipMessage &invite);

/// The usual phrase of a status, "OK"; "Unknown" for one without a name.
QByteArray sipReason(int status);
/// Random names: "z9hG4bK" and 20 letters; 16 letters; 24 letters.
QByteArray newSipBranch();
QByteArray newSipTag();
QByteArray newSipCallId();

} // namespace reveille
