// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace reveille {

/// What a peer, a file or a person got wrong. `code` is a stable kebab-case name with static lifetime
/// ("msisdn-too-long"); the console translates it, protocols map it to a status. `about` is the
/// offending thing itself, shortened, never a sentence.
struct Error {
    const char *code = "";
    QString about;

    bool is(const char *other) const { return qstrcmp(code, other) == 0; }
};

/// Either a value or an error; the return type of everything a peer can make fail. Any thread.
template <typename T, typename E = Error>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    T valueOr(T other) const { return ok() ? value() : std::move(other); }

    const E &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, E> m_state;
};

/// The value of a Result that only says that something worked.
struct Done {
    friend bool operator==(Done, Done) { return true; }
};

} // namespace reveille
