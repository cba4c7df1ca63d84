// SPDX-License-Identifier: GPL-3.0-or-later
#include "serveridentity.h"

#include "selfsignedpair.h"

namespace reveille {

Result<TlsIdentity> tlsIdentityFor(const TlsFiles &files, const Config &config, const ListenAddress &address,
                                   const QString &dataDir)
{
    if (!files.certificate.isEmpty())
        return TlsIdentity{files.certificate, files.key};
    const QString host = config.publicAddress.isEmpty() ? address.address.toString() : config.publicAddress;
    const Result<CertificatePair> pair = ensureSelfSignedPair(dataDir, host);
    if (!pair)
        return pair.error();
    return TlsIdentity{pair->certificateFile, pair->keyFile};
}

} // namespace reveille
