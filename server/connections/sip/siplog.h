// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace reveille {

/// "reveille.sip": everything the SIP side has to say for itself. Never a credential, never the body of a
/// push.
Q_DECLARE_LOGGING_CATEGORY(sipLog)

} // namespace reveille
