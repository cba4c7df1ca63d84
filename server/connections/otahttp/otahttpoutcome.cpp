// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpoutcome.h"

namespace reveille {

namespace {

using Kind = SendOutcome::Kind;

/// Nobody behind the HTTP server has seen the push.
bool isHttpRefusal(int http)
{
    return http == 401 || http == 404 || http == 405 || http == 412;
}

bool isHttpBusy(int http)
{
    return http == 408 || http == 429 || http >= 500;
}

} // namespace

SendOutcome otaPushOutcome(const OtaAnswer &answer)
{
    const OtaStatus &status = answer.status;
    const QByteArray http = "http-" + QByteArray::number(answer.http);
    if (isHttpRefusal(answer.http))
        return {Kind::Refused, http, {}, {}};
    if (status.code == 0) {
        if (isHttpBusy(answer.http))
            return {Kind::Busy, http, {}, {}};
        const bool success = answer.http >= 200 && answer.http < 300;
        return {Kind::Refused, success ? QByteArray("status-missing") : http, {}, {}};
    }
    const QByteArray code = QByteArray::number(status.code);
    if (status.acceptsPush())
        return {Kind::Delivered, code, {}, {}};
    return {status.mayResend() ? Kind::Busy : Kind::Refused, code, {}, {}};
}

} // namespace reveille
