// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"

#include <QVector>

namespace reveille {

/// What the devices of one user can take together: any of the content types, up to the largest size. One that has told
/// nothing counts for nothing. `told`: whether any has.
Capabilities papCapabilities(const QVector<Device> &devices, bool &told);

/// Capabilities as a client profile (UAProf, component PushCharacteristics) for a ccq-response.
QByteArray papCapabilitiesDocument(const Capabilities &capabilities);

} // namespace reveille
