// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <cstddef>
#include <optional>

namespace reveille {

/// The stable names of an enumeration, listed in the order of its enumerators. Any thread.
template <std::size_t N>
using EnumNames = std::array<const char *, N>;

/// The name of `value`; "" for a number that is no enumerator.
template <typename Enum, std::size_t N>
const char *nameOf(const EnumNames<N> &names, Enum value)
{
    const auto index = static_cast<std::size_t>(value);
    return index < N ? names[index] : "";
}

/// The enumerator with exactly this name, case included; empty if there is none.
template <typename Enum, std::size_t N>
std::optional<Enum> valueOf(const EnumNames<N> &names, QStringView text)
{
    for (std::size_t index = 0; index < N; ++index) {
        if (text == QLatin1StringView(names[index]))
            return static_cast<Enum>(index);
    }
    return std::nullopt;
}

} // namespace reveille
