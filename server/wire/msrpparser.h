// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/msrp.h"

namespace reveille {

/// Cuts a TCP or TLS stream into MSRP messages (RFC 4975 sections 7 and 9). A head is handed on whole, content piece
/// by piece as it comes: held are at most MsrpLimit::head octets and what the last append() brought. No socket, no
/// clock; one thread at a time.
class MsrpParser {
public:
    enum class Event : quint8 {
        Incomplete,
        Head,    ///< a message begins
        Content, ///< octets of it, never none
        End,     ///< it is over, `end` tells how
        Failed,
    };
    struct Item {
        Event event = Event::Incomplete;
        MsrpHead head;
        QByteArray content;
        MsrpEnd end = MsrpEnd::Complete;
        Error error; ///< of Failed
    };

    void append(QByteArrayView octets);
    /// Next piece; call until Incomplete. After Failed the stream cannot be read further: close it. Errors:
    /// msrp-start-line, msrp-transaction, msrp-head-too-long, msrp-header-line, msrp-header-count,
    /// msrp-header-characters, msrp-repeated-header, msrp-missing-path, msrp-path-count, msrp-message-id,
    /// msrp-report-value, msrp-status, msrp-content-type, msrp-end-line, and those of MsrpUri and MsrpByteRange.
    Item next();
    qsizetype buffered() const { return m_buffer.size() - m_begin; }

private:
    Item readHead();
    Item readContent();
    Item finish(qsizetype consumed, char flag);
    Item fail(const Error &error);
    void drop(qsizetype octets);

    enum class Stage : quint8 { Head, HeadDone, Content };
    QByteArray m_buffer;
    qsizetype m_begin = 0;
    qsizetype m_scanned = 0;    ///< octets behind m_begin known not to hold the end of the head
    Stage m_stage = Stage::Head;
    QByteArray m_mark;          ///< "-------" and the transaction of the message under way
    bool m_atStart = false;     ///< no content handed on yet
    std::optional<Error> m_error;
};

} // namespace reveille
