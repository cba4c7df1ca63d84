// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/codewords.h"

namespace reveille {

/// What came of a push, a wake-up or a registration, in words, in one place: explanations and reveillectl give the English text,
/// the console its translation. Any thread.
namespace outcometext {

/// "refused by the device: 415, it does not take this content type"; the code where it is none of ours.
QString words(const QByteArray &code, Translate translate = nullptr);
QStringList codes();

} // namespace outcometext

} // namespace reveille
