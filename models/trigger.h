// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "models/variables.h"

namespace reveille {

/// A push as it is kept to be sent again: what a person writes into the composer, with variables (Variables) where he likes. A
/// value; any thread.
struct Trigger {
    QString name;
    QString to; ///< as in pushTargetFromText()
    QString application;
    QString contentType = QStringLiteral("text/plain");
    QString body;
    Milliseconds ttl{3600 * 1000};
    PushPriority priority = PushPriority::Normal;
    PushWhen when = PushWhen::Wake;
    DeviceChoice choice = DeviceChoice::All;
    bool confirm = false;           ///< the application is to say that it has it
    std::optional<SirMode> sirMode; ///< empty = by policy
    VariableValues defaults;        ///< what its variables stand for where nobody says otherwise
    qint64 sent = 0;                ///< how often; {{counter}} is one more

    QStringList variables() const; ///< of all its texts, each once, in order of the fields
    /// Those for which neither `values` nor the defaults have anything.
    QStringList unfilled(const VariableValues &values) const;
    /// Defaults, and `values` over them.
    VariableValues valuesWith(const VariableValues &values) const;
    /// Errors: variable-unfilled (in the target; about = its name), and those of pushTargetFromText(). Variables
    /// without a value stay in the other texts.
    Result<PushRequest> request(const VariableValues &values) const;

    friend bool operator==(const Trigger &, const Trigger &) = default;
};

/// A trigger, or a folder of them.
struct TriggerItem {
    bool isFolder = false;
    QString folder;             ///< its name
    QVector<TriggerItem> items; ///< of a folder
    Trigger trigger;

    static TriggerItem of(const Trigger &trigger);
    static TriggerItem ofFolder(const QString &name, const QVector<TriggerItem> &items = {});
    const QString &name() const { return isFolder ? folder : trigger.name; }
    int count() const; ///< of itself and all in it
    int depth() const; ///< of folders in folders: 0 for a trigger, 1 for a folder of triggers
    friend bool operator==(const TriggerItem &a, const TriggerItem &b)
    {
        return a.isFolder == b.isFolder && a.folder == b.folder && a.items == b.items && a.trigger == b.trigger;
    }
};

} // namespace reveille
