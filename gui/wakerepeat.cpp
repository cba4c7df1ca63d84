// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakerepeat.h"

#include "models/bearerchoice.h"

#include <QMenu>

namespace reveille {

void fillRepeatMenu(GuiContext &context, QMenu *menu, const WakeUp &wake, std::function<void(const QString &)> chosen)
{
    menu->clear();
    menu->setToolTipsVisible(true);
    const std::optional<DeviceSnapshot> snapshot = context.subscribers->device(wake.device);
    const auto say = [](const char *source) { return QCoreApplication::translate("reveille::WakeRepeat", source); };
    for (const BearerChoice &choice : BearerChoice::of(*context.bearers, snapshot ? snapshot->device : Device())) {
        const QString text = isTerminal(wake.state) ? say(QT_TRANSLATE_NOOP("reveille::WakeRepeat", "Repeat over %1"))
                                                    : say(QT_TRANSLATE_NOOP("reveille::WakeRepeat", "Move to %1"));
        QAction *action = menu->addAction(text.arg(choice.text()));
        action->setEnabled(choice.usable());
        action->setToolTip(choice.usable() ? choice.route : choice.whyNot);
        action->setStatusTip(action->toolTip());
        QObject::connect(action, &QAction::triggered, menu, [chosen, name = choice.name] { chosen(name); });
    }
    if (menu->isEmpty())
        menu->addAction(say(QT_TRANSLATE_NOOP("reveille::WakeRepeat", "No bearer is configured")))->setEnabled(false);
}

} // namespace reveille
