// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace reveille::sipheaders {

/// Headers whose meaning SipMessage knows; everything else is Other. Any thread.
enum Known : quint8 {
    Other,
    Via,
    From,
    To,
    CallId,
    Cseq,
    MaxForwards,
    Contact,
    ContentLength,
    ContentType,
    Expires,
    RecordRoute,
    KnownCount
};

/// Lower-case name of a header.
QByteArrayView nameOf(Known header);
/// Which header a name means, in any case and compact form (RFC 3261 section 7.3.3).
Known knownOf(QByteArrayView name);
/// The long form of a compact name in lower case, any other name as it stands.
QByteArrayView longName(QByteArrayView name);
/// Whether it may stand in one message more than once; the others must not.
bool mayRepeat(Known header);

} // namespace reveille::sipheaders
