// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triggerlibrarymodel.h"

#include <algorithm>

namespace reveille {

/// A row of the tree; shared by the model's two source files.
struct TriggerLibraryModel::Node {
    Id id = 0;
    bool isFolder = false;
    QString folder;
    Trigger trigger;
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    const QString &name() const { return isFolder ? folder : trigger.name; }
    int row() const
    {
        const auto &all = parent->children;
        return int(std::find_if(all.begin(), all.end(), [this](const auto &child) { return child.get() == this; }) - all.begin());
    }
    int depth() const { return parent ? parent->depth() + 1 : 0; } ///< of the root 0
    bool isWithin(const Node *other) const { return this == other || (parent && parent->isWithin(other)); }
    TriggerItem item() const
    {
        if (!isFolder)
            return TriggerItem::of(trigger);
        TriggerItem result = TriggerItem::ofFolder(folder);
        for (const auto &child : children)
            result.items.append(child->item());
        return result;
    }
};

} // namespace reveille
