// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <utility>

namespace reveille {

/// A message/cpim (RFC 3862): headers about the message, headers about its content, the content. What an endpoint needs
/// of it to ask for a disposition notification and to carry one (RFC 5438 section 7.1). Pure functions, any thread.
struct Cpim {
    QByteArray from, to;      ///< URIs
    QByteArray dateTime;      ///< ISO 8601; empty: left out
    QByteArray messageId;     ///< imdn.Message-ID; empty: left out
    QByteArray dispositions;  ///< imdn.Disposition-Notification: "positive-delivery, display"; empty: left out
    QByteArray contentType;
    QByteArray contentEncoding;    ///< empty: none
    QByteArray contentDisposition; ///< "notification" of a notification; empty: left out
    QByteArray body;

    static constexpr qsizetype longestHead = 4096; ///< octets of both heads
    static constexpr int mostHeaders = 64;

    /// The prefix of the imdn name space is the one that NS says (RFC 3862 section 3.4). Headers it does not know are passed
    /// over. Errors cpim-head (no end, too long, or a line without a name), cpim-content (no type).
    static Result<Cpim> parse(QByteArrayView octets);
    QByteArray toBytes() const;
    friend bool operator==(const Cpim &, const Cpim &) = default;
};

inline constexpr char cpimType[] = "message/cpim";

} // namespace reveille
