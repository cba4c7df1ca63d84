// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/bearermodel.h"
#include "models/journalmodel.h"
#include "models/networkmodel.h"
#include "models/pushlistmodel.h"
#include "models/subscribermodel.h"
#include "models/timedisplay.h"
#include "models/wakelistmodel.h"
#include "serverhost.h"

#include <QSettings>

namespace reveille {

class EditHistory;
class FaultModel;
class TriggerLibrary;
class Selection;

/// What every view of one window shares: the server, the models over it, what is selected, and the settings. Plain
/// pointers, owned by the window's program; outlives every view. GUI thread.
struct GuiContext {
    ServerHost *host = nullptr;
    SubscriberModel *subscribers = nullptr;
    JournalModel *journal = nullptr;
    PushListModel *pushes = nullptr;
    WakeListModel *wakes = nullptr;
    BearerModel *bearers = nullptr;
    NetworkModel *networks = nullptr;
    FaultModel *faults = nullptr;
    Selection *selection = nullptr;
    QSettings *settings = nullptr;
    EditHistory *history = nullptr; ///< nullptr: nothing can be undone
    TriggerLibrary *triggers = nullptr; ///< nullptr: nothing is kept
    TimeDisplay times;
};

} // namespace reveille
