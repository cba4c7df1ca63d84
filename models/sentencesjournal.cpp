// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codetable.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr CodeText events[] = {
    {"registered", QT_TRANSLATE_NOOP("reveille::Sentences", "Registered")},
    {"refreshed", QT_TRANSLATE_NOOP("reveille::Sentences", "Registration renewed")},
    {"restored", QT_TRANSLATE_NOOP("reveille::Sentences", "Came back")},
    {"up", QT_TRANSLATE_NOOP("reveille::Sentences", "Up")},
    {"suspect", QT_TRANSLATE_NOOP("reveille::Sentences", "Suspect")},
    {"lost", QT_TRANSLATE_NOOP("reveille::Sentences", "Lost")},
    {"waking", QT_TRANSLATE_NOOP("reveille::Sentences", "Waking")},
    {"unreachable", QT_TRANSLATE_NOOP("reveille::Sentences", "Unreachable")},
    {"address-changed", QT_TRANSLATE_NOOP("reveille::Sentences", "Address changed")},
    {"interval-learned", QT_TRANSLATE_NOOP("reveille::Sentences", "Keep-alive interval learned")},
    {"interval-lowered", QT_TRANSLATE_NOOP("reveille::Sentences", "Keep-alive interval lowered")},
    {"unregistered", QT_TRANSLATE_NOOP("reveille::Sentences", "Registration removed")},
    {"replaced", QT_TRANSLATE_NOOP("reveille::Sentences", "Replaced")},
    {"expired", QT_TRANSLATE_NOOP("reveille::Sentences", "Registration expired")},
    {"deregistered", QT_TRANSLATE_NOOP("reveille::Sentences", "Removed by staff")},
    {"registration-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "Registration refused")},
    {"refused", QT_TRANSLATE_NOOP("reveille::Sentences", "Refused")},
    {"sir-sent", QT_TRANSLATE_NOOP("reveille::Sentences", "SIR sent")},
    {"empty-wake-sent", QT_TRANSLATE_NOOP("reveille::Sentences", "Empty wake-up sent")},
    {"sir-receipt", QT_TRANSLATE_NOOP("reveille::Sentences", "Receipt")},
    {"wake-started", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up started")},
    {"wake-joined", QT_TRANSLATE_NOOP("reveille::Sentences", "Joined a wake-up")},
    {"wake-queued", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up waits its turn")},
    {"information-returned", QT_TRANSLATE_NOOP("reveille::Sentences", "Information returned")},
    {"refusal-returned", QT_TRANSLATE_NOOP("reveille::Sentences", "Device refused")},
    {"wake-moved", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up moved to another bearer")},
    {"wake-attempt", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up attempt")},
    {"wake-succeeded", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up succeeded")},
    {"wake-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up failed")},
    {"wake-cancelled", QT_TRANSLATE_NOOP("reveille::Sentences", "Wake-up cancelled")},
    {"push-accepted", QT_TRANSLATE_NOOP("reveille::Sentences", "Push accepted")},
    {"push-waiting", QT_TRANSLATE_NOOP("reveille::Sentences", "Push waits")},
    {"push-waking", QT_TRANSLATE_NOOP("reveille::Sentences", "Push wakes the device")},
    {"push-sending", QT_TRANSLATE_NOOP("reveille::Sentences", "Push being sent")},
    {"push-answered", QT_TRANSLATE_NOOP("reveille::Sentences", "Push answered")},
    {"push-delivered", QT_TRANSLATE_NOOP("reveille::Sentences", "Push delivered")},
    {"push-confirmed", QT_TRANSLATE_NOOP("reveille::Sentences", "Push confirmed")},
    {"push-unconfirmed", QT_TRANSLATE_NOOP("reveille::Sentences", "Push never confirmed")},
    {"confirmation-ignored", QT_TRANSLATE_NOOP("reveille::Sentences", "Confirmation ignored")},
    {"push-expired", QT_TRANSLATE_NOOP("reveille::Sentences", "Push expired")},
    {"push-cancelled", QT_TRANSLATE_NOOP("reveille::Sentences", "Push cancelled")},
    {"push-replaced", QT_TRANSLATE_NOOP("reveille::Sentences", "Push replaced")},
    {"push-undeliverable", QT_TRANSLATE_NOOP("reveille::Sentences", "Push undeliverable")},
    {"push-chosen", QT_TRANSLATE_NOOP("reveille::Sentences", "Devices chosen for the push")},
    {"push-next-device", QT_TRANSLATE_NOOP("reveille::Sentences", "Push turns to the next device")},
    {"fault-began", QT_TRANSLATE_NOOP("reveille::Sentences", "Fault injected")},
    {"fault-struck", QT_TRANSLATE_NOOP("reveille::Sentences", "Injected fault struck")},
    {"fault-ended", QT_TRANSLATE_NOOP("reveille::Sentences", "Injected fault over")},
    {"trigger-received", QT_TRANSLATE_NOOP("reveille::Sentences", "Trigger received")},
    {"notification-sent", QT_TRANSLATE_NOOP("reveille::Sentences", "Result notification taken")},
    {"notification-failed", QT_TRANSLATE_NOOP("reveille::Sentences", "Result notification given up")},
    {"pap-accepted", QT_TRANSLATE_NOOP("reveille::Sentences", "PAP push accepted")},
    {"webpush-accepted", QT_TRANSLATE_NOOP("reveille::Sentences", "Web Push accepted")},
    {"trigger-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "Trigger refused")},
    {"trigger-cancelled", QT_TRANSLATE_NOOP("reveille::Sentences", "Push cancelled by its application server")},
    {"operations-refused", QT_TRANSLATE_NOOP("reveille::Sentences", "Request as staff refused")},
    {"initiator-added", QT_TRANSLATE_NOOP("reveille::Sentences", "Application server may push")},
    {"initiator-changed", QT_TRANSLATE_NOOP("reveille::Sentences", "Rights of an application server changed")},
    {"initiator-removed", QT_TRANSLATE_NOOP("reveille::Sentences", "Application server may push no more")},
};

QString field(const JournalEntry &entry, QLatin1StringView name)
{
    for (const auto &[key, value] : entry.fields) {
        if (key == name)
            return value;
    }
    return {};
}

/// Every field as "name value", for events without a sentence of their own and for what a sentence leaves out.
QString plainFields(const JournalEntry &entry)
{
    QStringList parts;
    for (const auto &[key, value] : entry.fields) {
        if (!value.isEmpty())
            parts.append(Sentences::fieldName(key) + u' ' + value);
    }
    return parts.join(u", "_s);
}

QString span(const QString &milliseconds)
{
    return TimeDisplay::duration(Milliseconds(milliseconds.toLongLong()));
}

template <typename Enum, typename Count>
Enum byName(const QString &name, Enum last, Count toName)
{
    for (int value = 0; value <= int(last); ++value) {
        if (name == QLatin1StringView(toName(Enum(value))))
            return Enum(value);
    }
    return Enum(0);
}

} // namespace

QStringList Sentences::eventCodes()
{
    return codesOf(events);
}

QString Sentences::event(const QString &code)
{
    const QString text = textOf(events, code);
    return text.isEmpty() ? code : text;
}

QString Sentences::journal(const JournalEntry &entry)
{
    QString text;
    if (entry.event.startsWith("fault-"_L1))
        return faultDetails(entry);
    switch (entry.kind) {
    case JournalKind::Connection: text = connectionDetails(entry); break;
    case JournalKind::Sir: text = sirDetails(entry); break;
    case JournalKind::Wake: text = wakeDetails(entry); break;
    case JournalKind::Push: text = pushDetails(entry); break;
    case JournalKind::Trigger: text = triggerDetails(entry); break;
    }
    return text.isEmpty() ? plainFields(entry) : text;
}

QString Sentences::triggerDetails(const JournalEntry &entry)
{
    const QString code = field(entry, "code"_L1);
    if (code.isEmpty())
        return {};
    const QByteArray name = code.toLatin1();
    const QString target = field(entry, "target"_L1), about = field(entry, "about"_L1);
    QString why = error(Error{name.constData(), about.isEmpty() ? target : about});
    if (why.endsWith(u'.'))
        why.chop(1);
    QStringList parts{why};
    if (!target.isEmpty() && !why.contains(target))
        parts.append(tr("for %1").arg(target));
    if (const QString initiator = field(entry, "initiator"_L1); !initiator.isEmpty())
        parts.append(tr("from %1").arg(initiator));
    if (const QString peer = field(entry, "peer"_L1); !peer.isEmpty())
        parts.append(tr("at %1").arg(peer));
    if (const QString leftOut = field(entry, "left_out"_L1); !leftOut.isEmpty())
        parts.append(tr("%1 more before it are not listed").arg(leftOut));
    return parts.join(u" · "_s);
}

QString Sentences::connectionDetails(const JournalEntry &entry)
{
    const QString rule = field(entry, "rule"_L1);
    if (rule.isEmpty()) {
        const QString reason = field(entry, "reason"_L1);
        if (reason.isEmpty())
            return {};
        return tr("%1 from %2 · %3 (%4)")
            .arg(field(entry, "transport"_L1).toUpper(), field(entry, "peer"_L1), outcome(reason.toLatin1()),
                 field(entry, "status"_L1));
    }
    Evidence evidence;
    evidence.rule = evidenceRuleFromText(rule);
    evidence.subject = field(entry, "subject"_L1);
    evidence.value = field(entry, "value"_L1).toLongLong();
    const QString transport = field(entry, "transport"_L1);
    const qsizetype slash = transport.indexOf(u'/');
    const QString path = slash < 0 ? transport : Sentences::path(transport.left(slash), transport.mid(slash + 1));
    QStringList parts;
    if (!path.isEmpty())
        parts.append(tr("%1 from %2").arg(path, field(entry, "peer"_L1)));
    const QString known = ruleText(evidence);
    parts.append(known.isEmpty() ? rule : known);
    if (const QString reason = field(entry, "reason"_L1); !reason.isEmpty())
        parts.append(Sentences::reason(lossReasonFromText(reason)));
    if (const QString away = field(entry, "away_ms"_L1); !away.isEmpty())
        parts.append(tr("away for %1").arg(span(away)));
    if (const QString before = field(entry, "before_peer"_L1); !before.isEmpty()) {
        const QString over = field(entry, "before_transport"_L1);
        parts.append(tr("before: %1 from %2").arg(Sentences::path(over.section(u'/', 0, 0), over.section(u'/', 1)), before));
    }
    if (const QString pending = field(entry, "pending"_L1); pending.toInt() > 0)
        parts.append(tr("waiting pushes: %1").arg(pending));
    if (entry.event == "address-changed"_L1)
        parts.append(field(entry, "before"_L1) + u" → "_s + field(entry, "after"_L1));
    return parts.join(u" · "_s);
}

QString Sentences::sirDetails(const JournalEntry &entry)
{
    const QString bearer = field(entry, "bearer"_L1);
    const QString attempt = field(entry, "attempt"_L1);
    if (entry.event == "sir-receipt"_L1) {
        QString text = tr("%1 says: %2 (attempt %3)").arg(bearer, outcome(field(entry, "code"_L1).toLatin1()), attempt);
        if (const QString id = field(entry, "carrier_id"_L1); !id.isEmpty())
            text += u", "_s + tr("message id %1").arg(id);
        return text;
    }
    if (bearer.isEmpty())
        return {};
    const QString port = field(entry, "port"_L1);
    const QString to = port.isEmpty() || port == "0"_L1
        ? field(entry, "address"_L1)
        : tr("%1 port %2").arg(field(entry, "address"_L1), port);
    QStringList parts{tr("over %1 to %2, attempt %3").arg(bearer, to, attempt)};
    if (entry.event == "sir-sent"_L1) {
        const SirMode mode = byName(field(entry, "mode"_L1), SirMode::BroadcastIdentified,
                                    [](SirMode value) { return toText(value); });
        parts.append(tr("%1, %n octet(s)", nullptr, field(entry, "octets"_L1).toInt()).arg(sirMode(mode)));
        const QString identity = field(entry, "identity"_L1);
        parts.append(identity.isEmpty() ? tr("without identity") : tr("identity %1").arg(shortened(identity)));
    }
    if (const auto fault = faultKindFromText(field(entry, "fault"_L1)))
        parts.append(tr("injected fault: %1").arg(faultKind(*fault)));
    if (const QString recipient = field(entry, "recipient"_L1); !recipient.isEmpty())
        parts.append(tr("sent to %1").arg(shortened(recipient)));
    return parts.join(u" · "_s);
}

QString Sentences::wakeDetails(const JournalEntry &entry)
{
    const QString why = wakeReason(field(entry, "reason"_L1));
    if (entry.event == "wake-started"_L1) {
        QStringList parts{why};
        if (const QString because = field(entry, "because"_L1); !because.isEmpty())
            parts.append(Sentences::reason(lossReasonFromText(because)));
        parts.removeAll(QString());
        return parts.join(u" · "_s);
    }
    if (entry.event == "information-returned"_L1 || entry.event == "refusal-returned"_L1) {
        QStringList parts;
        for (const QString &name : field(entry, "what"_L1).split(u',', Qt::SkipEmptyParts)) {
            const Result<SirRequests> request = sirRequestsFromTexts({name});
            parts.append(request ? sirRequest(SirRequest(request->toInt())) : name);
        }
        parts.append(field(entry, "status"_L1));
        parts.append(field(entry, "over"_L1));
        parts.removeAll(QString());
        return parts.join(u" · "_s);
    }
    if (entry.event == "wake-moved"_L1)
        return field(entry, "before"_L1) + u" → "_s + field(entry, "bearer"_L1);
    if (entry.event == "wake-joined"_L1)
        return why.isEmpty() ? QString() : tr("%1; one was under way already").arg(why);
    const QString result = field(entry, "outcome"_L1);
    if (result.isEmpty() && field(entry, "took_ms"_L1).isEmpty())
        return {};
    QStringList parts{outcome(result.toLatin1())};
    if (const QString took = field(entry, "took_ms"_L1); !took.isEmpty())
        parts.append(tr("after %1").arg(span(took)));
    if (const QString attempts = field(entry, "attempts"_L1); !attempts.isEmpty())
        parts.append(tr("%n attempt(s)", nullptr, attempts.toInt()));
    if (const auto step = wakeStepFromText(field(entry, "furthest"_L1)))
        parts.append(tr("got as far as: %1").arg(wakeStep(*step)));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString Sentences::pushDetails(const JournalEntry &entry)
{
    QStringList parts;
    if (entry.event == "push-accepted"_L1) {
        parts.append(tr("%1, %n octet(s)", nullptr, field(entry, "octets"_L1).toInt())
                         .arg(field(entry, "content_type"_L1)));
        if (const auto how = pushWhenFromText(field(entry, "when"_L1)))
            parts.append(when(*how));
        if (const QString ttl = field(entry, "ttl_s"_L1); !ttl.isEmpty())
            parts.append(tr("valid for %1").arg(TimeDisplay::duration(Milliseconds(ttl.toLongLong() * 1000))));
        const QString initiator = field(entry, "initiator"_L1);
        parts.append(initiator.isEmpty() ? tr("by staff") : tr("from %1").arg(initiator));
        return parts.join(u" · "_s);
    }
    if (const QString code = field(entry, "code"_L1); entry.event == "push-answered"_L1 && code.startsWith("fault-"_L1))
        parts.append(outcome(code.toLatin1()));
    else if (entry.event == "push-answered"_L1)
        parts.append(tr("The device answered: %1").arg(outcome(field(entry, "code"_L1).toLatin1())));
    if (const QString reason = field(entry, "reason"_L1); !reason.isEmpty())
        parts.append(outcome(reason.toLatin1()));
    if (const QString attempts = field(entry, "attempts"_L1); attempts.toInt() > 0)
        parts.append(tr("sent %n time(s)", nullptr, attempts.toInt()));
    return parts.join(u" · "_s);
}

} // namespace reveille
