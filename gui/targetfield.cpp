// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/targetfield.h"

namespace reveille {

using namespace Qt::StringLiterals;

TargetField::TargetField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("sip:alice@lab.example, a device identifier, or +49170…"));
    setClearButtonEnabled(true);
}

Result<PushTarget> TargetField::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    PushTarget target;
    if (trimmed.isEmpty())
        return Error{"target-missing", {}};
    if (trimmed.startsWith(u'+')) {
        const Result<Msisdn> number = Msisdn::parse(trimmed);
        if (!number)
            return number.error();
        target.msisdn = *number;
        return target;
    }
    const bool user = trimmed.contains(u'@') || trimmed.startsWith("sip:"_L1) || trimmed.startsWith("tel:"_L1);
    if (user && !trimmed.contains(";gr"_L1)) {
        const Result<PublicUserId> id = PublicUserId::parse(trimmed);
        if (!id)
            return id.error();
        target.user = *id;
        return target;
    }
    const Result<DeviceId> id = DeviceId::parse(trimmed);
    if (!id)
        return id.error();
    target.device = *id;
    return target;
}

Result<PushTarget> TargetField::target() const
{
    return parse(text());
}

void TargetField::setTarget(const PublicUserId &user, const DeviceId &device)
{
    setText(device.isEmpty() ? user.toString() : device.toString());
    setCursorPosition(0);
}

} // namespace reveille
