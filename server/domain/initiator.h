// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contentclass.h"
#include "domain/ids.h"
#include "domain/publicuserid.h"
#include "domain/result.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QStringList>

namespace reveille {

/// What an application server may do. Any thread.
struct InitiatorRights {
    /// Users it may address, whichever way it names them: patterns over the public user ID in which each * stands for
    /// any characters, "sip:*@lab.example", "tel:+49*". Empty = everybody.
    QStringList targets;
    int pushesPerSecond = 0;  ///< 0 = as the server's configuration says
    qint64 pushesPerDay = 0;  ///< the same
    quint8 contents = 0;      ///< classes of content it may send that take a right: bits, by the number of ContentClass

    bool maySend(ContentClass content) const { return (contents >> int(content) & 1) != 0; }
    void allow(ContentClass content) { contents = quint8(contents | 1 << int(content)); }
    QStringList contentNames() const;
    bool mayAddress(const PublicUserId &user) const;
    friend bool operator==(const InitiatorRights &, const InitiatorRights &) = default;

    static constexpr qsizetype mostTargets = 100, longestTarget = 200;
    static constexpr int mostPerSecond = 1000000;
    static constexpr qint64 mostPerDay = 1000000000000;
};

/// Bounds of the fields above. Errors initiator-target (about: the pattern; it is empty, too long, or no sip: or tel:
/// pattern), initiator-targets-too-many, initiator-limit.
Result<Done> checkRights(const InitiatorRights &rights);

/// An application server allowed to push; only a hash of its token is kept.
struct Initiator {
    InitiatorId id;
    QString name;
    QByteArray tokenSha256; ///< hex
    Timestamp createdAt;
    InitiatorRights rights;
    friend bool operator==(const Initiator &, const Initiator &) = default;
};

} // namespace reveille
