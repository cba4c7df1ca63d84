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

    /// Errors: target-missing, and those of PublicUserId, DeviceId and Msisdn.
    Result<PushTarget> target() const;
    void setTarget(const PublicUserId &user, const DeviceId &device);

    /// What a person wrote, told apart: "+49…" is a number; a URI with gr= or no user's URI is a device; the rest a user.
    static Result<PushTarget> parse(const QString &text);
};

} // namespace reveille
