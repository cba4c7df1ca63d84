// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QCoreApplication>

namespace reveille {

class BearerModel;

/// A bearer as one to wake a device with: its name, and why it cannot be used if it cannot. GUI thread.
struct BearerChoice {
    Q_DECLARE_TR_FUNCTIONS(reveille::BearerChoice)
public:
    QString name;   ///< NAME of [bearer.NAME]
    QString label;  ///< "sms1 (SMPP)"
    QString route;  ///< "SMS to 491701234567, port 2948"; empty where the device has none
    QString whyNot; ///< "no route of the device for it", "does not work: …"; empty: it can be used
    bool usable() const { return whyNot.isEmpty(); }
    QString text() const; ///< label and whyNot, for lists and menus

    /// All that are configured, in the order of the model.
    static QVector<BearerChoice> of(const BearerModel &bearers, const Device &device);
};

} // namespace reveille
