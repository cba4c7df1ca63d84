// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpreply.h"
#include "wire/httpmessage.h"
#include "wire/httptarget.h"

#include <QHash>

#include <functional>
#include <optional>

namespace reveille {

/// One request on its way to a handler. Server thread.
struct HttpCall {
    HttpRequest request;
    HttpTarget target;
    QHash<QString, QString> params; ///< the {names} of the route, decoded
    QString peer;                   ///< "127.0.0.1:40112"
    QString caller;                 ///< who asks, as the guard of the route found; empty where it does not matter

    QString param(const QString &name) const { return params.value(name); }
};

/// Answers `reply` exactly once, now or later.
using HttpHandler = std::function<void(const HttpCall &call, const HttpReply &reply)>;
/// Looks at a request as soon as its head is there, before its body is read and once only; a response refuses it. It may set
/// HttpCall::caller.
using HttpGuard = std::function<std::optional<HttpResponse>(HttpCall &call)>;

} // namespace reveille
