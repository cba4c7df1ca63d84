// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"

#include <QLineEdit>

namespace reveille {

/// Whom a push is for: a user's address, a device identifier or a phone number. GUI thread.
class TargetField : public QLineEdit
{
    Q_OBJECT
public:
    explicit TargetField(QWidget *parent = nullptr);

    /// As pushTargetFromText().
    Result<PushTarget> target() const;
    void setTarget(const PublicUserId &user, const DeviceId &device);
};

} // namespace reveille
