// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/blockassembly.h"

#include <algorithm>

namespace reveille {

BlockAssembly::Result BlockAssembly::take(const QByteArray &key, const CoapBlock &block,
                                          QByteArrayView payload)
{
    auto body =
        std::find_if(m_bodies.begin(), m_bodies.end(), [&](const Body &other) { return other.key == key; });
    if (block.num == 0 && body != m_bodies.end()) {
        m_bodies.erase(body);
        body = m_bodies.end();
    }
    if (body == m_bodies.end()) {
        if (block.num != 0)
            return {State::Incomplete, {}};
        if (m_bodies.size() >= maxBodies)
            m_bodies.pop_front();
        m_bodies.push_back({key, {}});
        body = std::prev(m_bodies.end());
    }
    const bool fits = block.more ? payload.size() == block.size() : payload.size() <= block.size();
    if (body->octets.size() != block.offset() || !fits) {
        m_bodies.erase(body);
        return {State::Incomplete, {}};
    }
    if (body->octets.size() + payload.size() > maxBody) {
        m_bodies.erase(body);
        return {State::TooLarge, {}};
    }
    body->octets.append(payload);
    if (block.more)
        return {State::Continue, {}};
    Result complete{State::Complete, std::move(body->octets)};
    m_bodies.erase(body);
    return complete;
}

} // namespace reveille
