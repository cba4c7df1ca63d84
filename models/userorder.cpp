// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/userorder.h"

#include "models/subscribernodes.h"

#include <algorithm>

namespace reveille {

namespace {

bool isBefore(const UserNode *user, QByteArrayView id)
{
    return QByteArrayView(user->id).compare(id) < 0;
}

} // namespace

/// The last chunk that begins with this or a smaller id; the first one if there is none.
std::size_t UserOrder::chunkFor(QByteArrayView id) const
{
    const auto after = std::upper_bound(m_chunks.begin(), m_chunks.end(), id,
                                        [](QByteArrayView wanted, const std::unique_ptr<UserChunk> &chunk) {
                                            return wanted.compare(chunk->nodes.front()->id) < 0;
                                        });
    return after == m_chunks.begin() ? 0 : std::size_t(after - m_chunks.begin()) - 1;
}

void UserOrder::insert(UserNode *user)
{
    if (m_chunks.empty())
        m_chunks.push_back(std::make_unique<UserChunk>());
    const std::size_t place = m_size == 0 ? 0 : chunkFor(user->id);
    UserChunk *chunk = m_chunks[place].get();
    auto &nodes = chunk->nodes;
    auto at = std::lower_bound(nodes.begin(), nodes.end(), QByteArrayView(user->id), isBefore) - nodes.begin();
    m_firstStale = std::min(m_firstStale, place);
    if (nodes.size() >= chunkSize) {
        const bool atVeryEnd = at == std::ptrdiff_t(nodes.size()) && place + 1 == m_chunks.size();
        const std::ptrdiff_t cut = std::ptrdiff_t(atVeryEnd ? nodes.size() : chunkSize / 2);
        auto upper = std::make_unique<UserChunk>();
        upper->nodes.reserve(chunkSize);
        upper->nodes.assign(nodes.begin() + cut, nodes.end());
        for (UserNode *moved : upper->nodes)
            moved->*m_slot = upper.get();
        nodes.erase(nodes.begin() + cut, nodes.end());
        if (at > cut || atVeryEnd) {
            chunk = upper.get();
            at -= cut;
        }
        m_chunks.insert(m_chunks.begin() + std::ptrdiff_t(place) + 1, std::move(upper));
    }
    chunk->nodes.insert(chunk->nodes.begin() + at, user);
    user->*m_slot = chunk;
    ++m_size;
}

void UserOrder::erase(UserNode *user)
{
    UserChunk *chunk = user->*m_slot;
    refresh();
    const std::size_t place = std::size_t(chunk->index);
    chunk->nodes.erase(std::find(chunk->nodes.begin(), chunk->nodes.end(), user));
    user->*m_slot = nullptr;
    --m_size;
    if (chunk->nodes.empty())
        m_chunks.erase(m_chunks.begin() + std::ptrdiff_t(place));
    m_firstStale = std::min(m_firstStale, place);
}

void UserOrder::refresh() const
{
    for (std::size_t i = m_firstStale; i < m_chunks.size(); ++i) {
        m_chunks[i]->index = int(i);
        m_chunks[i]->before =
            i == 0 ? 0 : m_chunks[i - 1]->before + qsizetype(m_chunks[i - 1]->nodes.size());
    }
    m_firstStale = m_chunks.size();
}

qsizetype UserOrder::rowOf(const UserNode *user) const
{
    const UserChunk *chunk = user->*m_slot;
    if (!chunk)
        return -1;
    refresh();
    return chunk->before + (std::find(chunk->nodes.begin(), chunk->nodes.end(), user) - chunk->nodes.begin());
}

UserNode *UserOrder::at(qsizetype row) const
{
    if (row < 0 || row >= m_size)
        return nullptr;
    refresh();
    const auto after = std::upper_bound(
        m_chunks.begin(), m_chunks.end(), row,
        [](qsizetype wanted, const std::unique_ptr<UserChunk> &chunk) { return wanted < chunk->before; });
    const UserChunk *chunk = std::prev(after)->get();
    return chunk->nodes[std::size_t(row - chunk->before)];
}

UserNode *UserOrder::find(QByteArrayView id) const
{
    UserNode *user = walkFrom(id).current();
    return user && QByteArrayView(user->id) == id ? user : nullptr;
}

UserNode *UserOrder::last() const
{
    return m_size == 0 ? nullptr : m_chunks.back()->nodes.back();
}

UserOrder::Walk UserOrder::walk(QByteArrayView id, bool after) const
{
    Walk walk;
    walk.m_order = this;
    if (m_size == 0)
        return walk;
    walk.m_chunk = chunkFor(id);
    const auto &nodes = m_chunks[walk.m_chunk]->nodes;
    auto at = std::lower_bound(nodes.begin(), nodes.end(), id, isBefore);
    if (after && at != nodes.end() && QByteArrayView((*at)->id) == id)
        ++at;
    walk.m_place = std::size_t(at - nodes.begin());
    if (walk.m_place == nodes.size()) {
        ++walk.m_chunk;
        walk.m_place = 0;
    }
    return walk;
}

UserOrder::Walk UserOrder::walkFrom(QByteArrayView id) const
{
    return walk(id, false);
}

UserOrder::Walk UserOrder::walkAfter(QByteArrayView id) const
{
    return walk(id, true);
}

qsizetype UserOrder::row(const Walk &walk) const
{
    if (walk.m_chunk >= m_chunks.size())
        return m_size;
    refresh();
    return m_chunks[walk.m_chunk]->before + qsizetype(walk.m_place);
}

qsizetype UserOrder::rowAfter(QByteArrayView id) const
{
    return row(walkAfter(id));
}

qsizetype UserOrder::rowFrom(QByteArrayView id) const
{
    return row(walkFrom(id));
}

std::vector<UserNode *> UserOrder::takeLastChunk()
{
    if (m_size == 0)
        return {};
    std::vector<UserNode *> nodes = std::move(m_chunks.back()->nodes);
    for (UserNode *user : nodes)
        user->*m_slot = nullptr;
    m_size -= qsizetype(nodes.size());
    m_chunks.pop_back();
    m_firstStale = std::min(m_firstStale, m_chunks.size());
    return nodes;
}

UserNode *UserOrder::Walk::current() const
{
    if (!m_order || m_chunk >= m_order->m_chunks.size())
        return nullptr;
    return m_order->m_chunks[m_chunk]->nodes[m_place];
}

void UserOrder::Walk::next()
{
    if (++m_place >= m_order->m_chunks[m_chunk]->nodes.size()) {
        ++m_chunk;
        m_place = 0;
    }
}

} // namespace reveille
