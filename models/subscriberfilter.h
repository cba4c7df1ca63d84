// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <optional>

namespace reveille {

/// What the subscriber tree shows, as typed into the one search box (users.md 15). Words are joined by "and" and sought
/// without case in every identifier: user id and name, device id and name, number, GRUU, contact and network address.
///   alice            anywhere in any identifier
///   "alice"          an identifier equal to it
///   user:alice       in the user's id or name           device:f81d   in the device's id, name, GRUU
///   number:4917      in the number (separators ignored) address:10.1  in contact, peer or transport
///   state:lost       up suspect lost waking unreachable, or a reason: pinhole_closed interrupted expired closed_by_peer
///   pending:yes      yes, no, a number, >number
/// A word with an unknown field is sought as it stands. Value type, any thread.
class SubscriberFilter
{
public:
    enum class Chip : quint8 { All, Lost, Waking, Pending }; ///< Lost includes unreachable

    static constexpr int maxLength = 500; ///< characters read of the text
    static constexpr int maxWords = 30;

    SubscriberFilter() = default;
    static SubscriberFilter parse(QStringView text, Chip chip = Chip::All);

    bool isEmpty() const { return m_words.isEmpty() && m_states.isEmpty() && m_chip == Chip::All; }
    const QString &text() const { return m_text; }
    Chip chip() const { return m_chip; }
    friend bool operator==(const SubscriberFilter &a, const SubscriberFilter &b)
    {
        return a.m_chip == b.m_chip && a.m_text == b.m_text;
    }

    enum class Field : quint8 { Any, User, Device, Number, Address };
    struct Word {
        Field field = Field::Any;
        bool exact = false;
        QByteArray needle; ///< UTF-8, case folded
        QByteArray digits; ///< of a word that may be a phone number; empty = it is none
    };
    /// A condition on what a device is in, not on what it is called.
    struct StateTerm {
        std::optional<LivenessState> state;
        std::optional<LossReason> reason;
        int pendingAtLeast = -1, pendingAtMost = -1; ///< -1 = does not matter
    };
    const QVector<Word> &words() const { return m_words; }
    const QVector<StateTerm> &states() const { return m_states; }
    /// Whether a device in this condition is wanted, by chip and state terms; `known` is false for one never registered.
    bool takes(bool known, LivenessState state, LossReason reason, int pending) const;
    /// Only identifiers matter: a user without devices may be shown.
    bool asksForState() const { return m_chip != Chip::All || !m_states.isEmpty(); }

private:
    QString m_text;
    Chip m_chip = Chip::All;
    QVector<Word> m_words;
    QVector<StateTerm> m_states;
};

} // namespace reveille
