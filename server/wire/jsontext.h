// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringView>

namespace reveille {

/// Appends a JSON string, with its quotes, in UTF-8 (RFC 8259 section 7). For documents that are written once for every push;
/// all others are made with QJsonDocument. Half a surrogate pair is replaced. Any thread.
void appendJson(QByteArray &out, QStringView text);

} // namespace reveille
