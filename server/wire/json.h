// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

namespace reveille {

/// The shared ground of the outside contract's JSON (design "Outside contract"): snake_case names, times in
/// ISO 8601 UTC with milliseconds, `null` for an id, a time or a text that is not there. What is read is read
/// strictly: a field that is not in the contract is refused. Pure functions, any thread.
///
/// Errors of every …FromJson: json-field-type, json-field-unknown, json-field-missing, json-field-value,
/// json-field-conflict (two fields that exclude each other), json-too-many (a list over its limit), or the
/// code of the domain value in the field ("user-host", "msisdn-characters"). about = the path of the field,
/// "to.user", "wake_routes[1].port".

/// A whole document that must be one object. Errors: json-empty, json-too-long (over jsonMaxSize),
/// json-syntax (about = the octet offset), json-not-object.
Result<QJsonObject> parseJsonObject(QByteArrayView octets);
constexpr qsizetype jsonMaxSize = 2 * 1024 * 1024; ///< octets

/// Compact UTF-8.
QByteArray toJsonBytes(const QJsonObject &object);

/// Text, or null where it is empty.
QJsonValue jsonText(const QString &text);
/// ISO 8601, or null where it is not set.
QJsonValue jsonTime(Timestamp time);
QJsonArray jsonTexts(const QStringList &texts);

} // namespace reveille
