// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/pap.h"

#include <QByteArrayView>

namespace reveille {

/// What stands before the root element of a PAP document. It is read by hand so that no XML library ever sees a document
/// type declaration: nothing is fetched, no entity exists. Any thread.
struct PapProlog {
    PapVersion version{1, 0};
    QStringList supportedVersions; ///< of <?wap-pap-ver supported-versions="2.0,1.*"?>
    QString root;                  ///< the document from its root element on

    /// UTF-8, US-ASCII and ISO-8859-1 are read. The public identifier is to be that of a PAP document type; one without
    /// a version is 1.0 (as initiators write that follow the first edition). The internal subset may hold processing
    /// instructions, comments and white space. Errors: pap-too-long, pap-encoding, pap-prolog (something that has no
    /// place there), pap-doctype (none, twice, or not that of PAP), pap-entity (a declaration or a reference in the
    /// internal subset), pap-version-list.
    static Result<PapProlog> parse(QByteArrayView document);
};

} // namespace reveille
