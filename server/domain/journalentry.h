// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ids.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QMetaType>
#include <QVector>

#include <optional>

namespace reveille {

enum class JournalKind : quint8 { Connection, Sir, Wake, Push, Trigger };
const char *toText(JournalKind kind); ///< "connection", "sir", "wake", "push", "trigger"
std::optional<JournalKind> journalKindFromText(QStringView text);

/// One row of the journal: something worth knowing that happened. Never a keep-alive, never a secret, never the body
/// of a push. `event` is a stable code ("registered", "lost", "sir-sent"); `fields` are codes and values the console
/// turns into a sentence; `bytes` is what was on the wire. Any thread.
struct JournalEntry {
    JournalId id;
    Timestamp time;
    JournalKind kind = JournalKind::Connection;
    QString event;
    PublicUserId user;
    DeviceId device;
    PushId push;
    WakeId wake;
    QVector<std::pair<QString, QString>> fields; ///< in the order to show them
    QString bytesFormat;                         ///< what `bytes` is: "sip", "wsp", "sir", "" = unknown
    QByteArray bytes;
    friend bool operator==(const JournalEntry &, const JournalEntry &) = default;
};

/// What to read from the journal; all conditions hold together, newest first unless `ascending`.
struct JournalQuery {
    std::optional<JournalKind> kind;
    QString user;        ///< canonical public user ID
    QString device;      ///< canonical device ID
    QString push;
    QString wake;
    QString text;        ///< substring of event, ids and field values, without case
    Timestamp from;
    Timestamp until;
    JournalId after;     ///< rows with a greater id (ascending) or a smaller one (descending)
    bool ascending = false;
    int limit = 100;     ///< at most 1000
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::JournalEntry)
