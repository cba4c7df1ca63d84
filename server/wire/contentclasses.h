// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contentclass.h"
#include "domain/result.h"

#include <QByteArrayView>
#include <QSet>

namespace reveille {

/// Bounds of what is opened of one content.
namespace ContentLimit {
inline constexpr int parts = 64; ///< on all levels together
inline constexpr int levels = 4; ///< of one in another
} // namespace ContentLimit

/// The classes of content that take a right in what is pushed: of the whole, and of each part that a multipart (MIME: RFC 2046,
/// binary: WAP-230 section 8.5) carries, however deep. `encoding` is the coding that `body` is in, or empty. Any thread.
///
/// It says only what every receiver would read in the same way. Where receivers may differ (a boundary within a part, two
/// content types, octets behind the end, a type without a name), and where it does not look (a coding, application/http, a
/// message/* but message/imdn+xml, past ContentLimit), the error is content-unreadable (about: the type of the container, and why).
Result<QSet<ContentClass>> contentClassesIn(const QString &contentType, const QString &application, const QString &encoding,
                                            QByteArrayView body);

/// Whether such content carries other content, so that contentClassesIn() has to look into it.
bool isContainer(QStringView contentType);

} // namespace reveille
