// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace reveille {

/// An instant message disposition notification, as message/imdn+xml (RFC 5438 section 11.1): what became of a message
/// that somebody got. Pure functions, any thread.
struct Imdn {
    enum class About : quint8 { Delivery, Display, Processing };
    enum class Status : quint8 {
        Done,    ///< delivered, displayed
        Under,   ///< processed, stored: an intermediary has it
        Failed,  ///< failed, forbidden, error
    };
    QString messageId; ///< imdn.Message-ID of the message, or its Call-ID where it had none
    About about = About::Delivery;
    Status status = Status::Done;

    static constexpr qsizetype largest = 8192;  ///< octets of a document
    static constexpr qsizetype longestId = 255; ///< characters

    /// Elements it does not know are passed over. Errors imdn-too-large, imdn-xml (no XML, or with a document type or an
    /// entity, or too deep), imdn-root, imdn-message-id (none, or too long), imdn-notification (none, several, or one
    /// without a status that is known).
    static Result<Imdn> parse(QByteArrayView document);
    /// A document with this time, ISO 8601.
    QByteArray toBytes(const QByteArray &time) const;
    friend bool operator==(const Imdn &, const Imdn &) = default;
};

inline constexpr char imdnType[] = "message/imdn+xml";

} // namespace reveille
