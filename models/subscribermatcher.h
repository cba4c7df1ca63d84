// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriberfilter.h"

#include <vector>

namespace reveille {

struct DeviceNode;
struct UserNode;

/// Asks users and devices whether a filter takes them, at about a million devices a second. GUI thread.
class SubscriberMatcher
{
public:
    void setFilter(const SubscriberFilter &filter) { m_filter = filter; }
    const SubscriberFilter &filter() const { return m_filter; }

    /// Whether the user is to be shown. `devices`, if given, becomes those of its devices that are, in their order;
    /// `count` their number.
    bool match(const UserNode &user, std::vector<DeviceNode *> *devices, int *count);

private:
    quint32 wordsOf(const UserNode &user);
    quint32 wordsOf(const DeviceNode &device, quint32 wanted);
    QByteArrayView folded(QByteArrayView text);

    SubscriberFilter m_filter;
    QByteArray m_buffer;
};

} // namespace reveille
