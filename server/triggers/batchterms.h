// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"

#include <QJsonArray>

#include <optional>

namespace reveille {

/// What a batch with an Idempotency-Key leaves with each push it made (PushRequest::terms; the key is their reference), so
/// that the same batch gets the same answer again. Any thread.
struct BatchTerms {
    /// An item that was not taken, as its initiator was told.
    struct Refused {
        int item = 0;
        QString code;
        QString about;
        friend bool operator==(const Refused &, const Refused &) = default;
    };
    QByteArray digest;        ///< of the whole batch (batchDigest)
    int item = 0;             ///< which of its items this push is, from 0
    int items = 0;            ///< how many it had
    QVector<Refused> refused; ///< with its first push only

    QByteArray bytes() const;
    /// Nothing for a push that came another way.
    static std::optional<BatchTerms> fromBytes(const QByteArray &bytes);
    friend bool operator==(const BatchTerms &, const BatchTerms &) = default;
};

/// The same for two batches that say the same, however they are written.
QByteArray batchDigest(const QJsonObject &batch);

QJsonObject takenItem(const PushId &id);
QJsonObject refusedItem(const QString &code, const QString &about);

/// The items of the answer that the batch got which made these pushes; those that are no longer kept are push-unknown. Nothing
/// where the pushes are of another batch than that of `digest`, or of none.
std::optional<QJsonArray> itemsOfBatch(const QVector<Push> &pushes, const QByteArray &digest);

} // namespace reveille
