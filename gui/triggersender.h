// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/triggerlibrary.h"

#include <functional>

namespace reveille {

/// What variables stand for by what is selected in the window; `sent` is how often the trigger was sent before.
VariableValues valuesOf(const GuiContext &context, qint64 sent);

/// Asks for what is unfilled, or for all of them, and hands the values on; at once where there is nothing to ask. Nothing
/// happens where the question is cancelled. `kept` gets the defaults where the person wants them kept.
void askValues(const Trigger &trigger, const VariableValues &known, bool all, QWidget *parent,
               std::function<void(const VariableValues &)> filled, std::function<void(const VariableValues &)> kept);

/// Sends triggers of the library without opening them. GUI thread.
class TriggerSender : public QObject
{
    Q_OBJECT
public:
    using Id = TriggerLibraryModel::Id;
    /// `context` has a library and outlives it, as `window` does.
    TriggerSender(GuiContext &context, QWidget *window);

    /// With `ask` every variable is asked for, else only those that nothing stands for.
    void send(Id id, bool ask);

Q_SIGNALS:
    void sent(quint64 trigger, const reveille::PushId &push);
    void failed(quint64 trigger, const reveille::Error &error);

private:
    void submit(Id id, const Trigger &trigger, const VariableValues &values);

    GuiContext &m_context;
    QWidget *m_window;
};

} // namespace reveille
