// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/dtlsidentity.h"

#include <QUtf8StringView>

namespace reveille {

std::optional<PublicUserId> userOfDtlsIdentity(QByteArrayView identity, const QString &realm)
{
    if (identity.isEmpty() || identity.size() > longestDtlsIdentity || !QUtf8StringView(identity).isValidUtf8())
        return std::nullopt;
    QString text = QString::fromUtf8(identity);
    if (!text.contains(u':') && !text.contains(u'@'))
        text = QStringLiteral("sip:") + text + u'@' + realm;
    const Result<PublicUserId> id = PublicUserId::parse(text);
    return id ? std::optional(*id) : std::nullopt;
}

} // namespace reveille
