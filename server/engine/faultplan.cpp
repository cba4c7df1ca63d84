// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/faultplan.h"

#include "engine/idmaker.h"
#include "engine/limitlog.h"

#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(logFaults, "reveille.faults")
LimitLog rulesLog{logFaults, "maxRules"}, heldLog{logFaults, "maxHeld"}, lifeLog{logFaults, "longestLife"};

bool isUsedUp(const FaultRule &rule)
{
    return rule.most > 0 && rule.struck >= rule.most;
}

} // namespace

FaultPlan::FaultPlan(Clock &clock, Timers &timers, Journal &journal, Settings settings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timers(timers)
    , m_journal(journal)
    , m_settings(std::move(settings))
{
    if (!m_settings.roll)
        m_settings.roll = [] { return QRandomGenerator::global()->bounded(1, 101); };
}

FaultPlan::~FaultPlan()
{
    m_timers.cancel(m_expiry);
    for (auto &[number, held] : m_held)
        m_timers.cancel(held.timer);
}

Result<FaultId> FaultPlan::add(FaultRule rule, Milliseconds life)
{
    if (!m_settings.allowed)
        return Error{"faults-not-allowed", {}};
    if (const Result<Done> good = checkFault(rule); !good)
        return good.error();
    if (life <= Milliseconds(0) || life > m_settings.longestLife) {
        if (life > m_settings.longestLife)
            lifeLog.reached(rule.who);
        return Error{"fault-life", QString::number(m_settings.longestLife.count() / 1000)};
    }
    if (m_rules.size() >= m_settings.maxRules) {
        rulesLog.reached(rule.who);
        return Error{"faults-too-many", QString::number(m_settings.maxRules)};
    }
    rule.id = FaultId(makeId('f'));
    rule.since = m_clock.now();
    rule.until = rule.since + life;
    rule.struck = 0;
    rule.lastStruck = {};
    m_rules.append(rule);
    qCWarning(logFaults).noquote() << "fault" << rule.id.text() << "is in force:" << toText(rule.kind) << "until" << rule.until.toIso();
    note(rule, QStringLiteral("fault-began"),
         {{QStringLiteral("until"), rule.until.toIso()},
          {QStringLiteral("chance"), QString::number(rule.chance)},
          {QStringLiteral("who"), rule.who}});
    armExpiry();
    Q_EMIT changed(rule.id);
    return rule.id;
}

Result<Done> FaultPlan::remove(const FaultId &id)
{
    const auto found = std::find_if(m_rules.cbegin(), m_rules.cend(), [&](const FaultRule &rule) { return rule.id == id; });
    const bool isInForce = found != m_rules.cend();
    if (isInForce)
        end(found - m_rules.cbegin(), "removed");
    const int released = releaseIf([&](const Held &held) { return held.rule == id; });
    if (!isInForce && released == 0)
        return Error{"fault-unknown", id.text().left(64)};
    return Done{};
}

int FaultPlan::clear()
{
    const int count = int(m_rules.size());
    while (!m_rules.isEmpty())
        end(0, "removed");
    releaseIf([](const Held &) { return true; });
    return count;
}

std::optional<FaultRule> FaultPlan::rule(const FaultId &id) const
{
    for (const FaultRule &rule : m_rules) {
        if (rule.id == id)
            return rule;
    }
    return std::nullopt;
}

Timestamp FaultPlan::nextEnd() const
{
    Timestamp next;
    for (const FaultRule &rule : m_rules)
        next = next.isSet() ? std::min(next, rule.until) : rule.until;
    return next;
}

std::optional<FaultRule> FaultPlan::strike(const FaultSubject &subject)
{
    if (m_rules.isEmpty())
        return std::nullopt;
    const Timestamp now = m_clock.now();
    const qsizetype index = strikingFault(m_rules, subject, now, m_settings.roll);
    if (index < 0)
        return std::nullopt;
    FaultRule &rule = m_rules[index];
    if (rule.kind != FaultKind::Duplicate && m_held.size() >= size_t(m_settings.maxHeld)) {
        heldLog.reached(rule.id.text());
        return std::nullopt;
    }
    ++m_struck;
    ++rule.struck;
    rule.lastStruck = now;
    const FaultRule struck = rule;
    if (isUsedUp(struck))
        armExpiry();
    Q_EMIT changed(struck.id);
    return struck;
}

quint64 FaultPlan::hold(const FaultId &id, Milliseconds delay, std::function<void()> action)
{
    const quint64 number = ++m_lastHeld;
    const TimerId timer = m_timers.start(delay, [this, number] { letGo(number); });
    m_held.emplace(number, Held{id, timer, std::move(action)});
    return number;
}

void FaultPlan::drop(quint64 number)
{
    auto node = m_held.extract(number);
    if (!node.empty())
        m_timers.cancel(node.mapped().timer);
}

void FaultPlan::letGo(quint64 number)
{
    auto node = m_held.extract(number);
    if (!node.empty())
        node.mapped().action();
}

/// Not at once: an action may bring about the next strike.
int FaultPlan::releaseIf(const std::function<bool(const Held &)> &chosen)
{
    int released = 0;
    for (auto &[number, held] : m_held) {
        if (!chosen(held))
            continue;
        m_timers.cancel(held.timer);
        held.timer = m_timers.start(Milliseconds(0), [this, number = number] { letGo(number); });
        ++released;
    }
    return released;
}

void FaultPlan::end(qsizetype index, const char *why)
{
    const FaultRule rule = m_rules.takeAt(index);
    note(rule, QStringLiteral("fault-ended"),
         {{QStringLiteral("why"), QString::fromLatin1(why)}, {QStringLiteral("struck"), QString::number(rule.struck)}});
    qCInfo(logFaults).noquote() << "fault" << rule.id.text() << "has ended:" << why << "after" << rule.struck;
    armExpiry();
    Q_EMIT changed(rule.id);
}

/// One that is used up ends later too, so that its last strike is written down before its end.
void FaultPlan::armExpiry()
{
    m_timers.cancel(m_expiry);
    const bool isDue = std::any_of(m_rules.cbegin(), m_rules.cend(), isUsedUp);
    if (const Timestamp next = nextEnd(); next.isSet())
        m_expiry = m_timers.start(isDue ? Milliseconds(0) : next - m_clock.now(), [this] { expire(); });
}

void FaultPlan::expire()
{
    m_expiry = 0;
    const Timestamp now = m_clock.now();
    for (qsizetype i = m_rules.size() - 1; i >= 0; --i) {
        if (isUsedUp(m_rules[i]))
            end(i, "used-up");
        else if (m_rules[i].until <= now)
            end(i, "expired");
    }
    armExpiry();
}

QVector<std::pair<QString, QString>> FaultPlan::fieldsOf(const FaultRule &rule)
{
    QVector<std::pair<QString, QString>> fields{{QStringLiteral("fault"), rule.id.text()},
                                                {QStringLiteral("kind"), QString::fromLatin1(toText(rule.kind))}};
    if (rule.kind == FaultKind::Delay)
        fields.append({QStringLiteral("delay_ms"), QString::number(rule.delay.count())});
    if (rule.kind == FaultKind::Reject)
        fields.append({QStringLiteral("code"), QString::fromLatin1(rule.code)});
    if (!rule.note.isEmpty())
        fields.append({QStringLiteral("note"), rule.note});
    return fields;
}

void FaultPlan::note(const FaultRule &rule, const QString &event, const QVector<std::pair<QString, QString>> &more)
{
    JournalEntry entry;
    entry.kind = rule.scope == FaultScope::Wakes ? JournalKind::Wake : JournalKind::Push;
    entry.event = event;
    entry.device = rule.device;
    entry.fields = fieldsOf(rule);
    entry.fields += {{QStringLiteral("scope"), QString::fromLatin1(toText(rule.scope))}};
    if (!rule.bearer.isEmpty() || !rule.connection.isEmpty())
        entry.fields.append({QStringLiteral("over"), rule.bearer.isEmpty() ? rule.connection : rule.bearer});
    entry.fields += more;
    m_journal.add(entry);
}

} // namespace reveille
