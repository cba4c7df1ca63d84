// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/devicedialog.h"
#include "gui/userdialog.h"
