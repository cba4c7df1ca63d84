// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "wire/json.h"
#include "wire/sir.h"

namespace reveille {

/// {"id","time","kind","event","user","device","push","wake","fields":{},"bytes_format","bytes"(base64, null
/// if none)}
QJsonObject toJson(const JournalEntry &entry);

/// [{"name","value","offset","length","depth"}] — the field tree of a SIR or a WSP datagram.
QJsonArray toJson(const QVector<DecodedField> &fields);

} // namespace reveille
