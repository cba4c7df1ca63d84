// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriberfilter.h"

#include <QVector>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

struct Token {
    QString field;
    QString text;
    bool exact = false;
};

/// Words, quoted words, and both with "field:" before them. An open quote runs to the end.
QVector<Token> tokens(QStringView text)
{
    QVector<Token> result;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        Token token;
        QString word;
        while (at < text.size() && !text[at].isSpace()) {
            if (text[at] == u'"') {
                const qsizetype end = text.indexOf(u'"', at + 1);
                word += text.mid(at + 1, end < 0 ? -1 : end - at - 1);
                token.exact = true;
                at = end < 0 ? text.size() : end + 1;
            } else if (text[at] == u':' && token.field.isEmpty() && !token.exact) {
                token.field = word;
                word.clear();
                ++at;
                if (token.field.isEmpty())
                    word = u":"_s;
            } else {
                word += text[at++];
            }
        }
        token.text = word;
        result.append(token);
    }
    return result;
}

std::optional<SubscriberFilter::Field> fieldOf(const QString &name)
{
    using Field = SubscriberFilter::Field;
    const QString lower = name.toLower();
    if (lower == "user"_L1)
        return Field::User;
    if (lower == "device"_L1)
        return Field::Device;
    if (lower == "number"_L1)
        return Field::Number;
    if (lower == "address"_L1)
        return Field::Address;
    return std::nullopt;
}

std::optional<SubscriberFilter::StateTerm> stateTerm(const QString &text)
{
    SubscriberFilter::StateTerm term;
    for (const auto state : {LivenessState::Up, LivenessState::Suspect, LivenessState::Lost, LivenessState::Waking,
                             LivenessState::Unreachable}) {
        if (text.compare(QLatin1StringView(toText(state)), Qt::CaseInsensitive) == 0) {
            term.state = state;
            return term;
        }
    }
    for (const auto reason : {LossReason::PinholeClosed, LossReason::Interrupted, LossReason::Expired,
                              LossReason::ClosedByPeer}) {
        if (text.compare(QLatin1StringView(toText(reason)), Qt::CaseInsensitive) == 0) {
            term.reason = reason;
            return term;
        }
    }
    return std::nullopt;
}

std::optional<SubscriberFilter::StateTerm> pendingTerm(const QString &text)
{
    SubscriberFilter::StateTerm term;
    if (text == "yes"_L1) {
        term.pendingAtLeast = 1;
        return term;
    }
    if (text == "no"_L1) {
        term.pendingAtMost = 0;
        return term;
    }
    const bool more = text.startsWith(u'>');
    bool isNumber = false;
    const int number = (more ? text.mid(1) : text).toInt(&isNumber);
    if (!isNumber || number < 0 || number > 1000000000)
        return std::nullopt;
    term.pendingAtLeast = more ? number + 1 : number;
    if (!more)
        term.pendingAtMost = number;
    return term;
}

/// The digits of a number typed with separators; empty for anything else.
QByteArray digitsOf(const QString &text)
{
    QByteArray digits;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            digits.append(char(c.unicode()));
        else if (!u"+ -./()"_s.contains(c))
            return {};
    }
    return digits;
}

} // namespace

SubscriberFilter SubscriberFilter::parse(QStringView text, Chip chip)
{
    SubscriberFilter filter;
    filter.m_text = text.trimmed().left(maxLength).toString();
    filter.m_chip = chip;
    for (const Token &token : tokens(filter.m_text)) {
        if (token.text.isEmpty() && !token.exact)
            continue; // "user:" while the rest is being typed
        if (token.field.compare("state"_L1, Qt::CaseInsensitive) == 0) {
            if (const auto term = stateTerm(token.text)) {
                filter.m_states.append(*term);
                continue;
            }
        }
        if (token.field.compare("pending"_L1, Qt::CaseInsensitive) == 0) {
            if (const auto term = pendingTerm(token.text)) {
                filter.m_states.append(*term);
                continue;
            }
        }
        Word word;
        QString needle = token.text;
        if (const auto field = fieldOf(token.field))
            word.field = *field;
        else if (!token.field.isEmpty())
            needle = token.field + u':' + token.text;
        word.exact = token.exact;
        word.digits = digitsOf(needle);
        if (word.digits.size() < 3 && word.field != Field::Number)
            word.digits.clear();
        word.needle = needle.toCaseFolded().toUtf8();
        if (!word.needle.isEmpty() && filter.m_words.size() < maxWords)
            filter.m_words.append(word);
    }
    return filter;
}

bool SubscriberFilter::takes(bool known, LivenessState state, LossReason reason, int pending) const
{
    switch (m_chip) {
    case Chip::All:
        break;
    case Chip::Lost:
        if (!known || (state != LivenessState::Lost && state != LivenessState::Unreachable))
            return false;
        break;
    case Chip::Waking:
        if (!known || state != LivenessState::Waking)
            return false;
        break;
    case Chip::Pending:
        if (pending <= 0)
            return false;
        break;
    }
    for (const StateTerm &term : m_states) {
        if (term.state && (!known || state != *term.state))
            return false;
        if (term.reason && (!known || reason != *term.reason))
            return false;
        if (term.pendingAtLeast >= 0 && pending < term.pendingAtLeast)
            return false;
        if (term.pendingAtMost >= 0 && pending > term.pendingAtMost)
            return false;
    }
    return true;
}

} // namespace reveille
