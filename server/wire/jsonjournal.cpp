// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/jsonjournal.h"

namespace reveille {

using namespace Qt::StringLiterals;

QJsonObject toJson(const JournalEntry &entry)
{
    QJsonObject fields;
    for (const auto &[name, value] : entry.fields)
        fields.insert(name, value);
    return {
        {u"id"_s, qint64(entry.id.number)},
        {u"time"_s, jsonTime(entry.time)},
        {u"kind"_s, QString::fromLatin1(toText(entry.kind))},
        {u"event"_s, entry.event},
        {u"user"_s, jsonText(entry.user.toString())},
        {u"device"_s, jsonText(entry.device.toString())},
        {u"push"_s, jsonText(entry.push.text())},
        {u"wake"_s, jsonText(entry.wake.text())},
        {u"fields"_s, fields},
        {u"bytes_format"_s, jsonText(entry.bytesFormat)},
        {u"bytes"_s, jsonText(QString::fromLatin1(entry.bytes.toBase64()))},
    };
}

QJsonArray toJson(const QVector<DecodedField> &fields)
{
    QJsonArray list;
    for (const DecodedField &field : fields) {
        list.append(QJsonObject{
            {u"name"_s, field.name},
            {u"value"_s, field.value},
            {u"offset"_s, field.offset},
            {u"length"_s, field.length},
            {u"depth"_s, field.depth},
        });
    }
    return list;
}

} // namespace reveille
