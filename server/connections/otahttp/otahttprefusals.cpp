// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttprefusals.h"

#include "wire/otahttp.h"

namespace reveille {

void OtaHttpRefusals::note(const Refusal &refusal)
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
    entry.user = refusal.user;
    entry.fields = {{QStringLiteral("transport"), refusal.transport},
                    {QStringLiteral("peer"), refusal.peer},
                    {QStringLiteral("status"), refusal.status ? QString::number(refusal.status) : QString()},
                    {QStringLiteral("reason"), QString::fromLatin1(refusal.code)}};
    if (!refusal.answer.isEmpty()) {
        entry.bytesFormat = QStringLiteral("http");
        entry.bytes = otaHeadForJournal(refusal.answer);
    }
    m_journal.add(entry);
}

} // namespace reveille
