// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/snapshots.h"
#include "models/codetable.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// What only bearers say of themselves; the rest is in the table of outcomes.
constexpr CodeText bearerCodes[] = {
    {"socket-open", QT_TRANSLATE_NOOP("reveille::Sentences", "the socket is open; UDP has no peer that could answer")},
    {"service-runs", QT_TRANSLATE_NOOP("reveille::Sentences", "the service runs")},
    {"server-stopping", QT_TRANSLATE_NOOP("reveille::Sentences", "the server stops")},
};

QString wordsFor(const QByteArray &code)
{
    const QString words = textOf(bearerCodes, QString::fromLatin1(code));
    return words.isEmpty() ? Sentences::outcome(code) : words;
}

QString sentenceCase(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString Sentences::bearerHealth(const BearerHealth &health)
{
    if (health.healthy)
        return health.code.isEmpty() ? tr("Works") : tr("Works: %1").arg(wordsFor(health.code));
    return health.code.isEmpty() ? tr("Does not work") : tr("Does not work: %1").arg(wordsFor(health.code));
}

QString Sentences::bearer(const BearerSnapshot &bearer)
{
    const BearerHealth &health = bearer.health;
    const QString name = tr("%1 (%2)").arg(bearer.facts.name, bearerType(bearer.facts.type));
    QStringList parts;
    if (!health.healthy) {
        parts.append(health.code.isEmpty() ? tr("%1 does not work.").arg(name)
                                           : tr("%1 does not work: %2.").arg(name, wordsFor(health.code)));
        parts.append(tr("Wake-ups pass it over until it does."));
    } else {
        parts.append(health.code.isEmpty() ? tr("%1 works.").arg(name)
                                           : tr("%1 works, but: %2.").arg(name, wordsFor(health.code)));
    }
    if (health.sent == 0 && health.failed == 0) {
        parts.append(tr("Nothing was sent over it yet."));
    } else {
        parts.append(tr("Messages: %L1 taken by the carrier, %L2 failed, %L3 with a receipt that the terminal has them.")
                         .arg(health.sent)
                         .arg(health.failed)
                         .arg(health.received));
    }
    if (health.queued > 0 || health.inFlight > 0)
        parts.append(tr("%L1 wait for their turn, %L2 are on the way.").arg(health.queued).arg(health.inFlight));
    if (!health.detail.isEmpty())
        parts.append(tr("The peer says: %1").arg(health.detail));
    return parts.join(u' ');
}

QString Sentences::bearerTest(const BearerTest &test)
{
    QString text = sentenceCase(test.code.isEmpty() ? (test.ok ? tr("it works") : tr("it does not work")) : wordsFor(test.code));
    if (test.took.count() > 0)
        text = tr("%1, after %2").arg(text, TimeDisplay::duration(test.took));
    return test.detail.isEmpty() ? text : tr("%1 (%2)").arg(text, test.detail);
}

QString Sentences::wakeBudget(const WakeBudget &budget)
{
    if (budget.limit <= 0)
        return {};
    if (budget.parts <= 1)
        return tr("%1 of %2 octets: fits into one message.").arg(budget.octets).arg(budget.limit);
    return tr("%1 octets, of which %2 fit into one message: needs %n message(s).", nullptr, budget.parts)
        .arg(budget.octets)
        .arg(budget.limit);
}

} // namespace reveille
