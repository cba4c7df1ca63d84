// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/multipart.h"

#include <optional>

namespace reveille {

/// What a PAP request or answer carries (PAP 2.0 section 8.1): the control document alone as application/xml, or a
/// multipart/related of control, content and capabilities in this order. In a ccq-response the second part is the
/// capabilities. Any thread.
struct PapEntities {
    QByteArray control;
    std::optional<BodyPart> content; ///< with its transfer encoding undone and that field gone
    QByteArray capabilities;         ///< RDF; empty where there is none

    /// Errors: those of MediaType and parseMultipart(), decodedBody(); pap-media-type (neither of the two),
    /// pap-control-type (first part is not XML), pap-content-type (second part has none), pap-parts (more than three).
    static Result<PapEntities> parse(QByteArrayView contentType, QByteArrayView body);
    friend bool operator==(const PapEntities &, const PapEntities &) = default;
};

} // namespace reveille
