// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/trigger.h"
#include "wire/json.h"

namespace reveille {

/// The file of a trigger library, kept in the profile and shared between people:
///
///   {"format": "reveille-triggers", "version": 1, "items": [
///      {"folder": "Mail", "items": [
///         {"name": "New mail", "to": "{{user}}", "body": "{{from}} wrote", "application": "mail",
///          "content_type": "text/plain", "ttl_s": 3600, "priority": "normal", "when": "wake", "choice": "all",
///          "sir_mode": "routed", "variables": {"from": "bob"}, "sent": 3}]}]}
///
/// A trigger needs `name`; everything else stands at the defaults of Trigger where it is left out. Any thread.
namespace TriggerJson {

constexpr int version = 1;
constexpr int mostItems = 5000;          ///< triggers and folders
constexpr int deepest = 8;               ///< folders in folders
constexpr int mostVariables = 64;        ///< of a trigger
constexpr qsizetype longestName = 100;   ///< characters
constexpr qsizetype longestValue = 4096; ///< characters of a variable
constexpr qsizetype longestTtl = 30 * 24 * 3600; ///< seconds

/// Strict: a field that is not known is refused. Errors: those of parseJsonObject (at most 2 MiB) and of JsonReader with the
/// item in `about`, "items[0] (Mail).items[2] (New mail).ttl_s"; triggers-format (not such a file), triggers-version
/// (about = the version), triggers-too-many, triggers-too-deep.
Result<QVector<TriggerItem>> read(QByteArrayView octets);
/// Indented, so that a version control shows what changed. How often a trigger was sent is left out where it is shared.
QByteArray write(const QVector<TriggerItem> &items, bool shared);
/// Whether an item can be kept, that is, read again; errors as of read().
Result<Done> check(const TriggerItem &item);
/// A name as it is kept: trimmed. Errors trigger-name (empty, too long or with control characters).
Result<QString> nameFrom(const QString &text);

} // namespace TriggerJson
} // namespace reveille
