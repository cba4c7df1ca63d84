// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace reveille {

/// The codes of what can happen, so that a misspelt one is found when a file is read. Any thread.

/// Of devices (client/clientevent.h), simulated NATs and SMSCs (client/nat/natsimulator.h,
/// client/smsc/smscsimulator.h), and of the server of a scenario.
const QStringList &knownEvents();
/// Of the server's journal (docs/scenarios.md).
const QStringList &knownJournalEvents();

} // namespace reveille
