// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/triggersender.h"

#include "gui/selection.h"
#include "gui/variablesdialog.h"

#include <QDateTime>

namespace reveille {

VariableValues valuesOf(const GuiContext &context, qint64 sent)
{
    const DeviceId &device = context.selection->device();
    const std::optional<DeviceSnapshot> known = device.isEmpty() ? std::nullopt : context.subscribers->device(device);
    return Variables::builtInValues(context.selection->user(), device, known ? known->device.msisdn : Msisdn(),
                                    Timestamp{QDateTime::currentMSecsSinceEpoch()}, sent + 1);
}

void askValues(const Trigger &trigger, const VariableValues &known, bool all, QWidget *parent,
               std::function<void(const VariableValues &)> filled, std::function<void(const VariableValues &)> kept)
{
    if (!all && trigger.unfilled(known).isEmpty())
        return filled(known);
    auto *dialog = new VariablesDialog(trigger, known, all, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, [dialog, filled, kept] {
        if (dialog->keeps())
            kept(dialog->written());
        filled(dialog->values());
    });
    dialog->open();
}

TriggerSender::TriggerSender(GuiContext &context, QWidget *window) : QObject(window), m_context(context), m_window(window)
{
}

void TriggerSender::send(Id id, bool ask)
{
    TriggerLibraryModel &model = m_context.triggers->model();
    const Trigger *trigger = model.trigger(id);
    if (!trigger)
        return;
    askValues(*trigger, valuesOf(m_context, trigger->sent), ask, m_window,
              [this, id, trigger = *trigger](const VariableValues &values) { submit(id, trigger, values); },
              [&model, id](const VariableValues &written) {
                  if (const Trigger *now = model.trigger(id)) {
                      Trigger changed = *now;
                      changed.defaults.insert(written);
                      (void)model.setTrigger(id, changed);
                  }
              });
}

void TriggerSender::submit(Id id, const Trigger &trigger, const VariableValues &values)
{
    const Result<PushRequest> request = trigger.request(values);
    if (!request) {
        Q_EMIT failed(id, request.error());
        return;
    }
    m_context.host->submit(*request).then(this, [this, id](const Result<PushId> &accepted) {
        if (!accepted) {
            Q_EMIT failed(id, accepted.error());
            return;
        }
        m_context.triggers->model().countSent(id);
        Q_EMIT sent(id, *accepted);
    });
}

} // namespace reveille
