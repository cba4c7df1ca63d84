// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/smsassembler.h"

#include <algorithm>

namespace reveille {

std::optional<SmsAssembler::Whole> SmsAssembler::take(const QString &originator, SmsUserData part,
                                                      Milliseconds now)
{
    if (!part.concatenation || part.concatenation->total == 1)
        return Whole{part.ports, part.payload};
    expire(now);
    const SmsConcatenation &c = *part.concatenation;
    const quint32 ports = part.ports ? quint32(part.ports->destination) << 16 | part.ports->originator : 0;
    const Key key{originator.left(64), ports, c.reference, c.total, c.wide};
    if (!m_open.contains(key) && m_open.size() >= m_settings.openMessages)
        giveUpOldest();
    Open &open = m_open[key];
    if (open.parts.isEmpty())
        open.since = now;
    if (!open.parts.contains(c.sequence))
        open.parts.insert(c.sequence, part.payload.left(smsUserDataLimit));
    if (open.parts.size() < c.total)
        return {};
    Whole whole{part.ports, {}};
    for (const QByteArray &payload : std::as_const(open.parts))
        whole.payload += payload;
    m_open.remove(key);
    return whole;
}

int SmsAssembler::expire(Milliseconds now)
{
    const auto gone =
        m_open.removeIf([&](const auto &entry) { return now - entry->since > m_settings.patience; });
    m_givenUp += int(gone);
    return int(gone);
}

void SmsAssembler::giveUpOldest()
{
    const auto oldest = std::min_element(m_open.begin(), m_open.end(),
                                         [](const Open &a, const Open &b) { return a.since < b.since; });
    if (oldest == m_open.end())
        return;
    m_open.erase(oldest);
    ++m_givenUp;
}

} // namespace reveille
