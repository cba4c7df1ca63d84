// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

#include <compare>

namespace reveille {

/// A name that is only ever compared with names of its own kind. Any thread.
template <typename Tag>
class TextId
{
public:
    TextId() = default;
    explicit TextId(QString text) : m_text(std::move(text)) {}
    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const TextId &, const TextId &) = default;
    friend bool operator<(const TextId &a, const TextId &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const TextId &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// A number handed out by the server, rising, 0 = none. Any thread.
template <typename Tag>
struct NumberId {
    quint64 number = 0;
    bool isSet() const { return number != 0; }
    friend auto operator<=>(NumberId, NumberId) = default;
    friend size_t qHash(NumberId id, size_t seed = 0) { return ::qHash(id.number, seed); }
};

using PushId = TextId<struct PushTag>;          ///< a push as its initiator knows it, "p-" and 20 letters
using WakeId = TextId<struct WakeTag>;          ///< one wake-up operation, "w-" and 20 letters
using InitiatorId = TextId<struct InitiatorTag>;///< an application server that may push
using FaultId = TextId<struct FaultTag>;        ///< a fault put in the way on purpose, "f-" and 20 letters
using PushResourceId = TextId<struct PushResourceTag>; ///< where one application instance is pushed to, "r-" and 20 letters
using ConnectionId = NumberId<struct ConnectionTag>; ///< one live path; never used twice in a server's life
using JournalId = NumberId<struct JournalTag>;  ///< row of the journal, rising over restarts

} // namespace reveille

Q_DECLARE_METATYPE(reveille::PushId)
Q_DECLARE_METATYPE(reveille::WakeId)
