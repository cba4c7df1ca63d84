// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httpmessage.h"

#include <QByteArray>
#include <QStringList>

namespace reveille {

/// The secret of an Authorization field: a Bearer token, or the password of Basic (any user name). Empty
/// where there is none or it cannot be read.
QByteArray presentedToken(const HttpRequest &request);

/// Compares without telling by its time where the two differ. Any thread.
bool sameSecret(const QByteArray &a, const QByteArray &b);

/// Whether the Host field is one that a page from elsewhere cannot have (against DNS rebinding): an IP
/// address, or "localhost", or one of `names`.
bool isPlainHost(const HttpRequest &request, const QStringList &names);

/// Whether a browser sent this for a page of another origin (against request forgery).
bool isForeignOrigin(const HttpRequest &request);

} // namespace reveille
