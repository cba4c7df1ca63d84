// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipbuilder.h"

#include "wire/sipscan.h"

namespace reveille {

namespace {

/// A value cannot end its line, whatever it is made of.
void appendSafe(QByteArray &out, QByteArrayView value)
{
    const qsizetype begin = out.size();
    out.append(value.data(), value.size());
    for (qsizetype i = begin; i < out.size(); ++i) {
        if (out[i] == '\r' || out[i] == '\n' || out[i] == '\0')
            out[i] = ' ';
    }
}

QByteArray safe(QByteArrayView value)
{
    QByteArray out;
    appendSafe(out, value);
    return out;
}

void appendLine(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out.append(name.data(), name.size()).append(": ");
    appendSafe(out, value);
    out.append("\r\n");
}

/// A slice of a message read before: it holds no line break.
void appendSlice(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    out.append(name.data(), name.size()).append(": ").append(value.data(), value.size()).append("\r\n");
}

void appendEnd(QByteArray &out, const QByteArray &headers, const QByteArray &body)
{
    out.append(headers);
    out.append("Content-Length: ").append(QByteArray::number(body.size())).append("\r\n\r\n").append(body);
}

/// The name of a header is a token; whatever else was passed is cut out of it.
QByteArray headerName(QByteArrayView name)
{
    QByteArray token;
    for (char c : name) {
        if (sipscan::isTokenCharacter(c))
            token.append(c);
    }
    return token;
}

/// The top Via value with `received` and `rport` telling where the request came from.
void appendMarkedVia(QByteArray &out, QByteArrayView value, QByteArrayView address, quint16 port)
{
    qsizetype at = sipscan::findOutside(value, 0, ';');
    if (at < 0) {
        out.append(value.data(), value.size());
        return;
    }
    out.append(value.data(), at);
    bool wantsRport = false;
    while (at < value.size()) {
        qsizetype end = sipscan::findOutside(value, at + 1, ';');
        if (end < 0)
            end = value.size();
        const QByteArrayView parameter = value.sliced(at, end - at);
        const QByteArrayView text = sipscan::trimmed(parameter.sliced(1));
        const qsizetype equal = text.indexOf('=');
        const QByteArrayView name = sipscan::trimmed(equal < 0 ? text : text.first(equal));
        if (sipscan::equals(name, "rport"))
            wantsRport = true;
        else if (!sipscan::equals(name, "received"))
            out.append(parameter.data(), parameter.size());
        at = end;
    }
    out.append(";received=");
    appendSafe(out, address);
    if (wantsRport)
        out.append(";rport=").append(QByteArray::number(port));
}

} // namespace

SipResponse::SipResponse(const SipMessage &request, int status, QByteArrayView reason)
    : SipResponse(request.answerParts(), status, reason)
{
}

SipResponse::SipResponse(const SipAnswerParts &request, int status, QByteArrayView reason)
    : m_request(request)
    , m_status(status)
    , m_reason(reason.isEmpty() ? sipReason(status) : safe(reason))
{
}

SipResponse &SipResponse::source(QByteArrayView address, quint16 port)
{
    m_address = address.toByteArray();
    m_port = port;
    return *this;
}

SipResponse &SipResponse::toTag(QByteArrayView tag)
{
    m_toTag = safe(tag);
    return *this;
}

SipResponse &SipResponse::header(QByteArrayView name, QByteArrayView value)
{
    appendLine(m_headers, headerName(name), value);
    return *this;
}

SipResponse &SipResponse::recordRoutes()
{
    for (const SipSlice route : m_request.recordRoutes)
        appendSlice(m_headers, "Record-Route", m_request.view(route));
    return *this;
}

SipResponse &SipResponse::body(QByteArrayView contentType, QByteArrayView octets)
{
    appendLine(m_headers, "Content-Type", contentType);
    m_body = octets.toByteArray();
    return *this;
}

QByteArray SipResponse::bytes() const
{
    QByteArray out;
    out.reserve(512 + m_headers.size() + m_body.size());
    out.append("SIP/2.0 ").append(QByteArray::number(m_status)).append(' ').append(m_reason).append("\r\n");
    bool top = true;
    for (const SipSlice via : m_request.vias) {
        const QByteArrayView text = m_request.view(via);
        out.append("Via: ");
        const qsizetype comma = top && !m_address.isEmpty() ? sipscan::findOutside(text, 0, ',') : -1;
        if (comma >= 0) {
            appendMarkedVia(out, sipscan::trimmed(text.first(comma)), m_address, m_port);
            out.append(text.data() + comma, text.size() - comma);
        } else {
            out.append(text.data(), text.size());
        }
        out.append("\r\n");
        top = false;
    }
    if (m_request.from.length > 0)
        appendSlice(out, "From", m_request.view(m_request.from));
    if (m_request.to.length > 0) {
        out.append("To: ");
        const QByteArrayView to = m_request.view(m_request.to);
        out.append(to.data(), to.size());
        if (!m_request.toHasTag && !m_toTag.isEmpty() && m_status != 100)
            out.append(";tag=").append(m_toTag);
        out.append("\r\n");
    }
    if (m_request.callId.length > 0)
        appendSlice(out, "Call-ID", m_request.view(m_request.callId));
    if (m_request.cseq.length > 0)
        appendSlice(out, "CSeq", m_request.view(m_request.cseq));
    appendEnd(out, m_headers, m_body);
    return out;
}

SipRequest::SipRequest(QByteArrayView method, QByteArrayView requestUri)
    : m_method(headerName(method))
    , m_uri(safe(requestUri))
{
    m_uri.replace(' ', "%20");
}

SipRequest &SipRequest::via(QByteArrayView transport, QByteArrayView host, quint16 port,
                            QByteArrayView branch)
{
    m_via = "SIP/2.0/" + safe(transport) + ' ';
    m_via += host.contains(':') && !host.startsWith('[') ? '[' + safe(host) + ']' : safe(host);
    if (port != 0)
        m_via += ':' + QByteArray::number(port);
    m_via += ";branch=" + safe(branch) + ";rport";
    return *this;
}

SipRequest &SipRequest::from(QByteArrayView uri, QByteArrayView tag)
{
    m_from = '<' + safe(uri) + ">;tag=" + safe(tag);
    return *this;
}

SipRequest &SipRequest::to(QByteArrayView uri, QByteArrayView tag)
{
    m_to = '<' + safe(uri) + '>';
    if (!tag.isEmpty())
        m_to += ";tag=" + safe(tag);
    return *this;
}

SipRequest &SipRequest::callId(QByteArrayView id)
{
    m_callId = safe(id);
    return *this;
}

SipRequest &SipRequest::cseq(quint32 number)
{
    m_cseq = number;
    return *this;
}

SipRequest &SipRequest::maxForwards(int hops)
{
    m_maxForwards = hops;
    return *this;
}

SipRequest &SipRequest::header(QByteArrayView name, QByteArrayView value)
{
    appendLine(m_headers, headerName(name), value);
    return *this;
}

SipRequest &SipRequest::body(QByteArrayView contentType, QByteArrayView octets)
{
    appendLine(m_headers, "Content-Type", contentType);
    m_body = octets.toByteArray();
    return *this;
}

QByteArray SipRequest::bytes() const
{
    QByteArray out;
    out.reserve(512 + m_headers.size() + m_body.size());
    out.append(m_method).append(' ').append(m_uri).append(" SIP/2.0\r\n");
    appendLine(out, "Via", m_via);
    appendLine(out, "Max-Forwards", QByteArray::number(m_maxForwards));
    appendLine(out, "From", m_from);
    appendLine(out, "To", m_to);
    appendLine(out, "Call-ID", m_callId);
    appendLine(out, "CSeq", QByteArray::number(m_cseq) + ' ' + m_method);
    appendEnd(out, m_headers, m_body);
    return out;
}

namespace {

/// ACK and CANCEL repeat of their INVITE what names the transaction, and its route.
QByteArray companionOf(const SipMessage &invite, const char *method, QByteArrayView to)
{
    const SipAnswerParts &parts = invite.answerParts();
    QByteArray out = method + (' ' + invite.requestUri().text) + " SIP/2.0\r\n";
    // only the top Via: it names the transaction
    const QByteArrayView vias = parts.view(parts.vias.first());
    const qsizetype comma = sipscan::findOutside(vias, 0, ',');
    appendSlice(out, "Via", comma < 0 ? vias : vias.first(comma));
    for (const QByteArrayView route : invite.lines("route"))
        appendSlice(out, "Route", route);
    appendLine(out, "Max-Forwards", "70");
    appendSlice(out, "From", parts.view(parts.from));
    appendSlice(out, "To", to);
    appendSlice(out, "Call-ID", invite.callId());
    appendLine(out, "CSeq", QByteArray::number(invite.cseq()) + ' ' + method);
    appendEnd(out, {}, {});
    return out;
}

} // namespace

QByteArray sipAckFor(const SipMessage &invite, const SipMessage &response)
{
    const SipAnswerParts &answer = response.answerParts();
    return companionOf(invite, "ACK", answer.view(answer.to));
}

QByteArray sipCancelFor(const SipMessage &invite)
{
    const SipAnswerParts &parts = invite.answerParts();
    return companionOf(invite, "CANCEL", parts.view(parts.to));
}

} // namespace reveille
