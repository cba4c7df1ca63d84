// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/password.h"

#include "wire/sipdigest.h"

namespace reveille {

void setPassword(User &user, const QString &realm, const QString &password)
{
    if (password.isEmpty()) {
        user.ha1Md5.clear();
        user.ha1Sha256.clear();
        return;
    }
    const QByteArray name = user.id.localPart().toUtf8();
    user.ha1Md5 = sipDigestHa1(SipDigestAlgorithm::Md5, name, realm.toUtf8(), password.toUtf8());
    user.ha1Sha256 = sipDigestHa1(SipDigestAlgorithm::Sha256, name, realm.toUtf8(), password.toUtf8());
}

} // namespace reveille
