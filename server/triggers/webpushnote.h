// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace reveille {

/// What Web Push remembers with each push (PushRequest::terms). Any thread.
struct WebPushNote {
    bool hasReceipt = false; ///< its sender was told of a receipt

    QByteArray bytes() const { return hasReceipt ? QByteArray("webpush/1 receipt") : QByteArray("webpush/1"); }
    /// Nothing for a push that came another way.
    static std::optional<WebPushNote> fromBytes(const QByteArray &bytes)
    {
        for (const WebPushNote note : {WebPushNote{false}, WebPushNote{true}}) {
            if (note.bytes() == bytes)
                return note;
        }
        return std::nullopt;
    }
};

} // namespace reveille
