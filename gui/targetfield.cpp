// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/targetfield.h"

#include "models/pushtarget.h"

namespace reveille {

TargetField::TargetField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("sip:alice@lab.example, a device identifier, or +49170…"));
    setClearButtonEnabled(true);
}

Result<PushTarget> TargetField::target() const
{
    return pushTargetFromText(text());
}

void TargetField::setTarget(const PublicUserId &user, const DeviceId &device)
{
    setText(device.isEmpty() ? user.toString() : device.toString());
    setCursorPosition(0);
}

} // namespace reveille
