// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/siprefusaljournal.h"

namespace reveille {

QByteArray SipRefusalJournal::masked(const QByteArray &message)
{
    QByteArray result;
    const qsizetype end = message.indexOf("\r\n\r\n");
    const QList<QByteArray> lines = message.left(end < 0 ? message.size() : end).split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray name = line.left(line.indexOf(':')).trimmed().toLower();
        const bool secret = name == "authorization" || name == "proxy-authorization";
        result += (secret ? line.left(line.indexOf(':')) + ": ***" : line.trimmed()) + "\r\n";
    }
    return result + "\r\n";
}

void SipRefusalJournal::note(const SipExchange &exchange, const PublicUserId &user, const SipRefusal &refusal)
{
    const Milliseconds minute = m_clock.monotonic() / 60000;
    if (minute != m_minute)
        m_count = 0;
    m_minute = minute;
    if (++m_count > perMinute)
        return;
    JournalEntry entry;
    entry.kind = JournalKind::Connection;
    entry.event = QStringLiteral("registration-refused");
    entry.user = user;
    entry.fields = {{QStringLiteral("transport"), QStringLiteral("sip/") + toText(exchange.flow().transport)},
                    {QStringLiteral("peer"), exchange.flow().peer()},
                    {QStringLiteral("status"), QString::number(refusal.status)},
                    {QStringLiteral("reason"), QString::fromLatin1(refusal.code)}};
    entry.bytesFormat = QStringLiteral("sip");
    entry.bytes = masked(exchange.request().bytes());
    m_journal.add(entry);
}

} // namespace reveille
