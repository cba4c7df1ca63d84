// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/shared/tlsidentity.h"
#include "selfsignedpair.h"

#include <QTemporaryDir>

namespace reveille {

/// A certificate made for one test, in a folder that goes with it. For tests that link Reveille::pushserver.
class TestTls
{
public:
    TestTls()
    {
        const Result<CertificatePair> pair = ensureSelfSignedPair(m_dir.path(), QStringLiteral("127.0.0.1"));
        if (!pair)
            qFatal("no certificate: %s", qPrintable(pair.error().about));
        identity = {pair->certificateFile, pair->keyFile};
    }
    TlsIdentity identity;

private:
    QTemporaryDir m_dir;
};

} // namespace reveille
