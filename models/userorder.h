// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <vector>

namespace reveille {

struct UserNode;

/// A run of neighbouring users; its place and the number of users before it are brought up to date when asked for.
struct UserChunk {
    std::vector<UserNode *> nodes;
    int index = 0;
    qsizetype before = 0;
};

/// Users in order of id with the row of each: inserting, removing, row of a user and user of a row cost about the square
/// root of their number, and in practice a few microseconds at a million. Does not own the users. GUI thread.
class UserOrder
{
public:
    using Slot = UserChunk *UserNode::*;
    static constexpr std::size_t chunkSize = 512;

    /// `slot` is the member of a user that belongs to this order.
    explicit UserOrder(Slot slot) : m_slot(slot) {}

    void insert(UserNode *user);
    void erase(UserNode *user);
    bool contains(const UserNode *user) const { return user->*m_slot != nullptr; }
    qsizetype size() const { return m_size; }
    qsizetype rowOf(const UserNode *user) const;
    UserNode *at(qsizetype row) const;
    UserNode *find(QByteArrayView id) const;            ///< nullptr if there is none
    UserNode *last() const;                             ///< nullptr if empty
    qsizetype rowAfter(QByteArrayView id) const;        ///< row of the first user with a greater id
    qsizetype rowFrom(QByteArrayView id) const;         ///< row of the first user with this or a greater id

    /// Walks upwards; invalid as soon as the order changes.
    class Walk
    {
    public:
        UserNode *current() const;
        void next();

    private:
        friend class UserOrder;
        const UserOrder *m_order = nullptr;
        std::size_t m_chunk = 0;
        std::size_t m_place = 0;
    };
    Walk walkFrom(QByteArrayView id) const;             ///< starts at the first user with this or a greater id
    Walk walkAfter(QByteArrayView id) const;
    /// Takes a last run of users out without order being kept up; for tearing everything down.
    std::vector<UserNode *> takeLastChunk();

private:
    std::size_t chunkFor(QByteArrayView id) const;
    void refresh() const;
    Walk walk(QByteArrayView id, bool after) const;
    qsizetype row(const Walk &walk) const;

    Slot m_slot;
    std::vector<std::unique_ptr<UserChunk>> m_chunks;
    qsizetype m_size = 0;
    mutable std::size_t m_firstStale = 0;
};

} // namespace reveille
