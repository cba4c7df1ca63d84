// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/datagramrefusaljournal.h"

namespace reveille {

void DatagramRefusalJournal::note(const CoapCall &call, const CoapMessage &message, const CoapRefusal &refusal)
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
    if (const auto user = message.query("u")) {
        if (const Result<PublicUserId> id = PublicUserId::parse(QString::fromUtf8(*user)); id)
            entry.user = *id;
    }
    if (const auto device = message.query("ep")) {
        if (const Result<DeviceId> id = DeviceId::parse(QString::fromUtf8(*device)); id)
            entry.device = *id;
    }
    entry.fields = {{QStringLiteral("transport"),
                     call.peer.secure ? QStringLiteral("datagram/dtls") : QStringLiteral("datagram/udp")},
                    {QStringLiteral("peer"), call.peer.text()},
                    {QStringLiteral("status"), QString::fromLatin1(coapCodeText(refusal.code))},
                    {QStringLiteral("reason"), QString::fromLatin1(refusal.reason)}};
    m_journal.add(entry);
}

} // namespace reveille
