// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/wsp.h"

namespace reveille {

/// Cuts the body of an application/vnd.wap.multipart.* (WAP-230 section 8.5): each part with its content type, its headers
/// and its data, as those of a push. Any thread.
/// Errors: multipart-truncated, multipart-parts (more than `mostParts`), multipart-rest (octets behind the last
/// part that its count announces), and those of decodeWspPush for the headers of a part.
Result<QVector<WspPush>> parseWspMultipart(QByteArrayView body, qsizetype mostParts);

} // namespace reveille
