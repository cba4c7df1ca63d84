// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushdatagram.h"

#include "domain/sessionrequest.h"
#include "wire/wsp.h"

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QString applicationOf(const WspPush &push)
{
    if (!push.applicationId)
        return push.applicationUri;
    const QString name = wellKnownApplicationName(*push.applicationId);
    return name.isEmpty() ? QString::number(*push.applicationId) : name;
}

} // namespace

std::optional<ReceivedPush> readPushDatagram(QByteArrayView octets)
{
    const Result<WspPush> push = decodeWspPush(octets);
    const bool isSir = push && push->contentType.compare("application/vnd.wap.sia"_L1, Qt::CaseInsensitive) == 0;
    if (!push || isSir || push->data.isEmpty())
        return std::nullopt;
    ReceivedPush received;
    received.contentType = push->contentType;
    for (const auto &[name, value] : push->contentTypeParameters)
        received.contentType += u';' + name + u'=' + value;
    received.contentEncoding = push->header("Content-Encoding"_L1).left(255);
    received.application = applicationOf(*push);
    received.body = push->data;
    received.over = u"wsp"_s;
    return received;
}

} // namespace reveille
