// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/faultrule.h"

#include "domain/enumtext.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr EnumNames<3> scopeNames{"both", "wakes", "deliveries"};
constexpr EnumNames<4> kindNames{"drop", "delay", "duplicate", "reject"};

bool isKindOfConnection(const QString &text)
{
    return text == QLatin1String("sip") || text == QLatin1String("ota_http") || text == QLatin1String("datagram");
}

bool isCode(const QByteArray &code)
{
    return !code.isEmpty() && code.size() <= FaultRule::longestCode && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
    });
}

} // namespace

const char *toText(FaultScope scope)
{
    return nameOf(scopeNames, scope);
}

std::optional<FaultScope> faultScopeFromText(QStringView text)
{
    return valueOf<FaultScope>(scopeNames, text);
}

const char *toText(FaultKind kind)
{
    return nameOf(kindNames, kind);
}

std::optional<FaultKind> faultKindFromText(QStringView text)
{
    return valueOf<FaultKind>(kindNames, text);
}

Result<Done> checkFault(const FaultRule &rule)
{
    if (rule.bearer.isEmpty() && rule.connection.isEmpty() && rule.device.isEmpty())
        return Error{"fault-target-missing", {}};
    if (!rule.bearer.isEmpty() && rule.scope != FaultScope::Wakes)
        return Error{"fault-target", rule.bearer.left(64)};
    if (!rule.connection.isEmpty() && (rule.scope != FaultScope::Deliveries || !isKindOfConnection(rule.connection)))
        return Error{"fault-target", rule.connection.left(64)};
    const bool delays = rule.kind == FaultKind::Delay;
    if (delays ? rule.delay <= Milliseconds(0) || rule.delay > FaultRule::longestDelay : rule.delay != Milliseconds(0))
        return Error{"fault-delay", QString::number(rule.delay.count())};
    if (rule.kind == FaultKind::Reject ? !isCode(rule.code) : !rule.code.isEmpty())
        return Error{"fault-code", QString::fromLatin1(rule.code.left(FaultRule::longestCode))};
    if (rule.chance < 1 || rule.chance > 100)
        return Error{"fault-chance", QString::number(rule.chance)};
    if (rule.most < 0 || rule.most > FaultRule::highestMost)
        return Error{"fault-most", QString::number(rule.most)};
    if (rule.note.size() > FaultRule::longestNote || rule.who.size() > FaultRule::longestNote)
        return Error{"fault-note", QString::number(FaultRule::longestNote)};
    return Done{};
}

bool isMeant(const FaultRule &rule, const FaultSubject &subject)
{
    if (rule.scope != FaultScope::Both && rule.scope != subject.scope)
        return false;
    if (!rule.device.isEmpty() && rule.device != subject.device)
        return false;
    const QString &way = subject.scope == FaultScope::Wakes ? rule.bearer : rule.connection;
    return way.isEmpty() || subject.ways.contains(way);
}

qsizetype strikingFault(const QVector<FaultRule> &rules, const FaultSubject &subject, Timestamp now,
                        const std::function<int()> &roll)
{
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const FaultRule &rule = rules[i];
        const bool ended = rule.until <= now || (rule.most > 0 && rule.struck >= rule.most);
        if (!ended && isMeant(rule, subject) && (rule.chance >= 100 || roll() <= rule.chance))
            return i;
    }
    return -1;
}

Check faultCheck(const FaultRule &rule)
{
    return {"fault-injected", Check::Outcome::NotAsked, QString::fromLatin1(toText(rule.kind)) + u' ' + rule.id.text(), "faults"};
}

} // namespace reveille
