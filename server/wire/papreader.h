// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/pap.h"

#include <QByteArrayView>

namespace reveille {

/// Why a document cannot be read, and how to tell its sender. Any thread.
struct PapFault {
    Error error;
    PapVersion version; ///< to write the answer in
    int status = 0;     ///< for badmessage-response
    friend bool operator==(const PapFault &a, const PapFault &b)
    {
        return a.error.is(b.error.code) && a.error.about == b.error.about && a.version == b.version &&
               a.status == b.status;
    }
};

/// Reads a control document and holds it to the rules of the document type, which are built in (wire-facts 6.2 and 6.3):
/// elements, their order and number, required attributes, every value. Versions 1.x and 2.x; an attribute that is not
/// known is passed over in 2.x (minor versions only add) and refused in 1.x. White space inside empty elements is let
/// pass, as initiators write it. Nothing is fetched and no entity expanded but the five of XML.
///
/// Errors, where `about` names the place ("push-message/push-id"): those of PapProlog; pap-version (neither 1.x nor 2.x);
/// pap-too-deep, pap-attributes-too-many, pap-addresses-too-many, pap-results-too-many; pap-xml (not well-formed, or an
/// entity that is none); pap-element (has no place there), pap-element-missing, pap-text (characters between
/// elements), pap-attribute-unknown, pap-attribute-missing, pap-attribute-too-long, pap-attribute-value.
Result<PapDocument, PapFault> parsePap(QByteArrayView document);

} // namespace reveille
