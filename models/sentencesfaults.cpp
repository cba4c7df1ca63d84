// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"

#include <QLocale>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QString field(const JournalEntry &entry, QLatin1StringView name)
{
    for (const auto &[key, value] : entry.fields) {
        if (key == name)
            return value;
    }
    return {};
}

/// Exact, as it was asked for.
QString milliseconds(Milliseconds time)
{
    return QLocale().toString(qint64(time.count())) + u" ms"_s;
}

} // namespace

QString Sentences::faultKind(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Drop: return tr("dropped");
    case FaultKind::Delay: return tr("delayed");
    case FaultKind::Duplicate: return tr("sent twice");
    case FaultKind::Reject: return tr("rejected");
    }
    return {};
}

QString Sentences::faultScope(FaultScope scope)
{
    switch (scope) {
    case FaultScope::Both: return tr("Wake-ups and pushes");
    case FaultScope::Wakes: return tr("Wake-ups");
    case FaultScope::Deliveries: return tr("Pushes");
    }
    return {};
}

QString Sentences::fault(const FaultRule &rule, const QString &device)
{
    QString what = faultScope(rule.scope);
    if (!rule.bearer.isEmpty())
        what = tr("%1 over %2").arg(what, rule.bearer);
    else if (!rule.connection.isEmpty())
        what = tr("%1 over %2").arg(what, path(rule.connection, {}));
    if (!device.isEmpty())
        what = tr("%1 to %2").arg(what, device);
    QString text;
    switch (rule.kind) {
    case FaultKind::Drop: text = tr("%1 are dropped").arg(what); break;
    case FaultKind::Delay: text = tr("%1 are delayed by %2").arg(what, milliseconds(rule.delay)); break;
    case FaultKind::Duplicate: text = tr("%1 are sent twice").arg(what); break;
    case FaultKind::Reject:
        text = rule.again ? tr("%1 are answered with %2").arg(what, QString::fromLatin1(rule.code))
                          : tr("%1 are refused with %2").arg(what, QString::fromLatin1(rule.code));
        break;
    }
    if (rule.chance < 100)
        text += u", "_s + tr("%1 of 100").arg(rule.chance);
    return text;
}

QString Sentences::faultDetails(const JournalEntry &entry)
{
    QStringList parts;
    if (const auto kind = faultKindFromText(field(entry, "kind"_L1))) {
        FaultRule rule;
        rule.kind = *kind;
        rule.scope = faultScopeFromText(field(entry, "scope"_L1)).value_or(FaultScope::Both);
        rule.delay = Milliseconds(field(entry, "delay_ms"_L1).toLongLong());
        rule.code = field(entry, "code"_L1).toLatin1();
        const bool isStrike = entry.event == "fault-struck"_L1;
        if (!isStrike) {
            rule.chance = entry.event == "fault-began"_L1 ? field(entry, "chance"_L1).toInt() : 100;
            (rule.scope == FaultScope::Deliveries ? rule.connection : rule.bearer) = field(entry, "over"_L1);
            parts.append(fault(rule, {})); // the row says which device
        } else {
            parts.append(rule.kind == FaultKind::Delay    ? tr("delayed by %1").arg(milliseconds(rule.delay))
                         : rule.kind == FaultKind::Reject ? tr("answered with %1").arg(QString::fromLatin1(rule.code))
                                                          : faultKind(rule.kind));
        }
    }
    if (const QString bearer = field(entry, "bearer"_L1); !bearer.isEmpty())
        parts.append(tr("over %1, attempt %2").arg(bearer, field(entry, "attempt"_L1)));
    if (const QString why = field(entry, "why"_L1); !why.isEmpty()) {
        parts.append(why == "expired"_L1 ? tr("its time is over") : why == "used-up"_L1 ? tr("it struck as often as it was to") : tr("ended by staff"));
        parts.append(tr("struck %n time(s)", nullptr, field(entry, "struck"_L1).toInt()));
    }
    if (const QString who = field(entry, "who"_L1); !who.isEmpty())
        parts.append(tr("by %1").arg(who));
    if (const QString note = field(entry, "note"_L1); !note.isEmpty())
        parts.append(u'“' + note + u'”');
    parts.append(field(entry, "fault"_L1));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace reveille
