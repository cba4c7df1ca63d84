// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagramsettings.h"
#include "domain/ipaddress.h"

#include <QHash>

namespace reveille {

/// How much is answered to sources that have not shown who they are (RFC 7252 section 11.3, reliability S9): one token
/// bucket for each address; addresses beyond the limit share one. Server thread.
class SourceGuard
{
public:
    explicit SourceGuard(const CoapSettings &settings) : m_settings(settings) {}
    /// Takes one token; false where the source has none left.
    bool mayAnswer(const IpAddress &source, Milliseconds now);
    qsizetype size() const { return m_buckets.size(); }
    /// Whether it shares an account with others, because there are too many.
    bool shares(const IpAddress &source) const { return m_buckets.size() >= m_settings.maxSources && !m_buckets.contains(source); }

private:
    struct Bucket {
        double tokens;
        Milliseconds at;
    };
    bool take(Bucket &bucket, Milliseconds now);
    void forgetFull(Milliseconds now);

    const CoapSettings &m_settings;
    QHash<IpAddress, Bucket> m_buckets;
    Bucket m_shared{-1, Milliseconds(0)};
    Milliseconds m_swept{0};
};

} // namespace reveille
