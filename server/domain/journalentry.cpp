// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/journalentry.h"

#include "domain/enumtext.h"

namespace reveille {

namespace {
constexpr EnumNames<5> kindNames{"connection", "sir", "wake", "push", "trigger"};
} // namespace

const char *toText(JournalKind kind)
{
    return nameOf(kindNames, kind);
}

std::optional<JournalKind> journalKindFromText(QStringView text)
{
    return valueOf<JournalKind>(kindNames, text);
}

} // namespace reveille
