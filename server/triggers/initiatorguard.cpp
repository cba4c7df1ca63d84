// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/initiatorguard.h"

#include <algorithm>
#include <cmath>

namespace reveille {

namespace {

constexpr Milliseconds minute{60000};
constexpr qint64 msPerDay = 24LL * 3600 * 1000;

} // namespace

Error InitiatorGuard::wait(const char *code, Milliseconds time)
{
    return {code, QString::number(std::max<qint64>((time.count() + 999) / 1000, 1))};
}

/// What was counted on another day, and more than a minute ago, limits nothing any more.
InitiatorGuard::Account &InitiatorGuard::accountOf(const InitiatorId &initiator, Timestamp now)
{
    if (m_accounts.size() >= m_forgetAt && !m_accounts.contains(initiator)) {
        m_accounts.removeIf([&](const auto &entry) {
            const Account &account = entry.value();
            return account.day != now.ms / msPerDay && now - account.filledAt >= minute && now - account.misses.since >= minute;
        });
        m_forgetAt = std::max(fewAccounts, 2 * m_accounts.size());
    }
    return m_accounts[initiator];
}

Result<Done> InitiatorGuard::mayLook(const InitiatorId &initiator, Timestamp now)
{
    const auto account = m_accounts.find(initiator);
    if (account == m_accounts.end() || account->misses.count < m_limits.missesPerMinute)
        return Done{};
    const Milliseconds since = now - account->misses.since;
    if (since < minute)
        return wait("misses-too-many", minute - since);
    account->misses = {};
    return Done{};
}

Result<Done> InitiatorGuard::admit(const InitiatorId &initiator, int pushes, const Own &own, Timestamp now)
{
    const int perSecond = own.perSecond > 0 ? own.perSecond : m_limits.perSecond;
    const qint64 perDay = own.perDay > 0 ? own.perDay : m_limits.perDay;
    Account &account = accountOf(initiator, now);
    const qint64 day = now.ms / msPerDay;
    if (account.day != day) {
        account.day = day;
        account.today = 0;
    }
    if (perDay > 0 && account.today + pushes > perDay)
        return wait("pushes-per-day", Milliseconds((day + 1) * msPerDay - now.ms));
    if (perSecond > 0) {
        const double most = std::max(2.0 * perSecond, double(pushes)); // a batch larger than that must pass some time
        const double passed = account.filledAt.isSet() ? double((now - account.filledAt).count()) / 1000 : 3600;
        account.tokens = std::min(most, account.tokens + std::max(passed, 0.0) * perSecond);
        account.filledAt = now;
        if (account.tokens < pushes)
            return wait("pushes-too-fast", Milliseconds(qint64(std::ceil((pushes - account.tokens) * 1000 / perSecond))));
        account.tokens -= pushes;
    }
    account.today += pushes;
    return Done{};
}

void InitiatorGuard::giveBack(const InitiatorId &initiator, int pushes)
{
    const auto account = m_accounts.find(initiator);
    if (account == m_accounts.end())
        return;
    account->tokens += pushes;
    account->today = std::max<qint64>(account->today - pushes, 0);
}

void InitiatorGuard::missed(const InitiatorId &initiator, Timestamp now)
{
    Count &misses = accountOf(initiator, now).misses;
    if (now - misses.since >= minute)
        misses = {now, 0};
    ++misses.count;
}

Result<Done> InitiatorGuard::mayProve(const QString &source, const InitiatorId &initiator, Timestamp now) const
{
    const auto guesses = m_sources.constFind(source);
    if (guesses == m_sources.cend() || guesses->count < m_limits.guessesPerMinute || now - guesses->since >= minute)
        return Done{};
    const auto regular = m_regulars.constFind({source, initiator});
    if (regular != m_regulars.cend() && guesses->since - regular->since >= minute && now - regular->last < regularTime)
        return Done{};
    return wait("guesses-too-many", minute - (now - guesses->since));
}

void InitiatorGuard::proved(const QString &source, const InitiatorId &initiator, Timestamp now)
{
    const std::pair key(source, initiator);
    if (m_regulars.size() >= maxRegulars && !m_regulars.contains(key)) {
        if (now < m_regularsFullUntil)
            return;
        m_regulars.removeIf([&](const auto &entry) { return now - entry.value().last >= regularTime; });
        if (m_regulars.size() >= maxRegulars) {
            m_regularsFullUntil = now + minute;
            return;
        }
    }
    Regular &regular = m_regulars[key];
    if (!regular.since.isSet() || now - regular.last >= regularTime)
        regular.since = now;
    regular.last = now;
}

void InitiatorGuard::guessed(const QString &source, Timestamp now)
{
    if (m_sources.size() >= maxSources && !m_sources.contains(source)) {
        m_sources.removeIf([&](const auto &entry) { return now - entry.value().since >= minute; });
        if (m_sources.size() >= maxSources)
            return;
    }
    Count &guesses = m_sources[source];
    if (now - guesses.since >= minute)
        guesses = {now, 0};
    ++guesses.count;
}

} // namespace reveille
