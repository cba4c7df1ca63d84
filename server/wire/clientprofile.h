// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArrayView>
#include <QStringList>

namespace reveille {

/// What a client profile (UAProf, CC/PP in RDF) says of pushes: of its component PushCharacteristics the attributes that
/// Reveille knows of a device. Any thread.
struct ClientProfile {
    QStringList contentTypes;  ///< Push-Accept
    qint64 maxMessageSize = 0; ///< Push-MsgSize, octets; 0 = not named
    friend bool operator==(const ClientProfile &, const ClientProfile &) = default;
};

/// Errors: capabilities-unreadable (about: why) for what is no RDF, has a document type declaration, goes deeper than 32
/// elements, lists more than 200 types or a type of more than 200 characters, or a size that is no number;
/// capabilities-unsupported where neither attribute is in it.
Result<ClientProfile> parseClientProfile(QByteArrayView document);

} // namespace reveille
