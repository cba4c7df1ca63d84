// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/coapnames.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

constexpr int coapHeaderSize = 4;  ///< octets
constexpr int coapLongestToken = 8;

/// One option, a view into the datagram.
struct CoapOption {
    quint16 number = 0;
    QByteArrayView value;
};

/// The options of a message in the order of their numbers; decodes while it walks, allocates nothing. Only made over
/// octets that CoapMessage::parse() has checked.
class CoapOptions
{
public:
    class Iterator
    {
    public:
        Iterator(const char *at, const char *end) : m_at(at), m_end(end) { read(); }
        const CoapOption &operator*() const { return m_option; }
        const CoapOption *operator->() const { return &m_option; }
        Iterator &operator++()
        {
            m_at = m_next;
            read();
            return *this;
        }
        friend bool operator==(const Iterator &a, const Iterator &b) { return a.m_at == b.m_at; }

    private:
        void read();
        const char *m_at;
        const char *m_next = nullptr;
        const char *m_end;
        CoapOption m_option;
    };
    CoapOptions() = default;
    explicit CoapOptions(QByteArrayView octets) : m_octets(octets) {}
    Iterator begin() const { return {m_octets.data(), m_octets.data() + m_octets.size()}; }
    Iterator end() const { return {m_octets.data() + m_octets.size(), m_octets.data() + m_octets.size()}; }
    QByteArrayView octets() const { return m_octets; } ///< as on the wire, without payload marker

private:
    QByteArrayView m_octets;
};

/// Why a datagram is no CoAP message, and whether its sender is owed a Reset (RFC 7252 section 4.2, 4.3): only for a
/// Confirmable message; everything else is ignored in silence.
struct CoapFault {
    const char *code = "";
    bool answerReset = false;
    quint16 messageId = 0; ///< for the Reset
    bool is(const char *other) const { return qstrcmp(code, other) == 0; }
};

/// A CoAP message (RFC 7252 section 3): views into a datagram that must outlive it. Any thread.
class CoapMessage
{
public:
    /// Checks every octet. Faults: coap-short (no header), coap-version, coap-token (length 9 to 15, or cut),
    /// coap-code (class 1, 6 or 7; a type that cannot have that code), coap-empty (an Empty message with anything
    /// behind the header), coap-option (delta or length 15, cut, number over 65535), coap-payload (marker without
    /// payload).
    static Result<CoapMessage, CoapFault> parse(QByteArrayView datagram);

    CoapType type() const { return m_type; }
    quint8 code() const { return m_code; }
    quint16 messageId() const { return m_messageId; }
    QByteArrayView token() const { return m_token; }
    QByteArrayView payload() const { return m_payload; }
    CoapOptions options() const { return m_options; }

    bool isEmpty() const { return m_code == CoapCode::Empty; }
    bool isRequest() const { return isCoapRequest(m_code); }
    bool isResponse() const { return isCoapResponse(m_code); }
    bool isConfirmable() const { return m_type == CoapType::Confirmable; }

    /// The first option of that number with a length it may have (section 5.4.3).
    std::optional<QByteArrayView> option(quint16 number) const;
    /// The same read as an unsigned number (section 3.2).
    std::optional<quint32> number(quint16 option) const;
    /// The first critical option that is not among `understood`, has a length it may not have, or comes more often
    /// than it may (section 5.4.1, 5.4.3, 5.4.5).
    std::optional<quint16> badCriticalOption(std::initializer_list<quint16> understood) const;

    /// Whether Uri-Path says exactly this, "rd/4521"; without allocating.
    bool isAt(QByteArrayView path) const;
    /// Segments of Uri-Path or Location-Path joined by "/".
    QByteArray path(quint16 option = CoapOptionNumber::UriPath) const;
    /// The second segment of Uri-Path where the first says this and the third `leaf`, or where there is no third and none
    /// is asked for; for "/rd/KEY" and "/rd/KEY/confirm".
    std::optional<QByteArrayView> childOf(QByteArrayView parent, QByteArrayView leaf = {}) const;
    /// Value of the first Uri-Query "name=value"; empty value for a bare "name".
    std::optional<QByteArrayView> query(QByteArrayView name) const;

private:
    CoapType m_type = CoapType::Confirmable;
    quint8 m_code = 0;
    quint16 m_messageId = 0;
    QByteArrayView m_token;
    QByteArrayView m_payload;
    CoapOptions m_options;
};

} // namespace reveille
