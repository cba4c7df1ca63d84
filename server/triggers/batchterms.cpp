// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/batchterms.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostItems = 100000; ///< far above any batch: what is read back was written by nobody

} // namespace

QByteArray BatchTerms::bytes() const
{
    QJsonObject batch{{u"digest"_s, QString::fromLatin1(digest)}, {u"item"_s, item}, {u"items"_s, items}};
    QJsonArray others;
    for (const Refused &one : refused)
        others.append(QJsonArray{one.item, one.code, one.about});
    if (!others.isEmpty())
        batch.insert(u"refused"_s, others);
    return QJsonDocument(QJsonObject{{u"batch"_s, batch}}).toJson(QJsonDocument::Compact);
}

std::optional<BatchTerms> BatchTerms::fromBytes(const QByteArray &bytes)
{
    const QJsonObject batch = QJsonDocument::fromJson(bytes).object().value("batch"_L1).toObject();
    BatchTerms terms;
    terms.digest = batch.value("digest"_L1).toString().toLatin1();
    terms.item = batch.value("item"_L1).toInt(-1);
    terms.items = batch.value("items"_L1).toInt();
    if (terms.digest.isEmpty() || terms.items > mostItems || terms.item < 0 || terms.item >= terms.items)
        return std::nullopt;
    for (const QJsonValue &one : batch.value("refused"_L1).toArray()) {
        const QJsonArray parts = one.toArray();
        terms.refused.append({parts.at(0).toInt(-1), parts.at(1).toString(), parts.at(2).toString()});
    }
    return terms;
}

QByteArray batchDigest(const QJsonObject &batch)
{
    return QCryptographicHash::hash(QJsonDocument(batch).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256).toHex();
}

QJsonObject takenItem(const PushId &id)
{
    return {{u"id"_s, id.text()}};
}

QJsonObject refusedItem(const QString &code, const QString &about)
{
    return {{u"code"_s, code}, {u"about"_s, about}};
}

std::optional<QJsonArray> itemsOfBatch(const QVector<Push> &pushes, const QByteArray &digest)
{
    QVector<QJsonObject> items;
    for (const Push &push : pushes) {
        const auto terms = BatchTerms::fromBytes(push.request.terms);
        if (!terms || terms->digest != digest || (!items.isEmpty() && items.size() != terms->items))
            return std::nullopt;
        if (items.isEmpty())
            items.fill(refusedItem(u"push-unknown"_s, {}), terms->items);
        items[terms->item] = takenItem(push.id);
        for (const BatchTerms::Refused &refused : terms->refused) {
            if (refused.item >= 0 && refused.item < items.size())
                items[refused.item] = refusedItem(refused.code, refused.about);
        }
    }
    if (items.isEmpty())
        return std::nullopt;
    QJsonArray array;
    std::copy(items.cbegin(), items.cend(), std::back_inserter(array));
    return array;
}

} // namespace reveille
