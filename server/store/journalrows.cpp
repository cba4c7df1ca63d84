// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalrows.h"

#include "store/jsoncolumns.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"
#include "store/subscriberrows.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 0x80; });
}

/// What a text filter finds beside the ids, which are looked at in their own columns; SQL folds the case of those that
/// are ASCII.
QString searchColumn(const JournalEntry &entry)
{
    QString text;
    text.reserve(128);
    const auto add = [&](const QString &part) {
        if (!part.isEmpty()) {
            text += part;
            text += u'\n';
        }
    };
    const auto addUnlessAscii = [&](const QString &part) {
        if (!isAscii(part))
            add(part);
    };
    add(entry.event);
    addUnlessAscii(entry.user.toString());
    addUnlessAscii(entry.device.toString());
    for (const auto &[key, value] : entry.fields)
        add(value);
    return searchable(text);
}

} // namespace

QString searchable(const QString &text)
{
    if (isAscii(text)) { // as nearly all of it is
        QString folded(text.size(), Qt::Uninitialized);
        std::transform(text.cbegin(), text.cend(), folded.begin(), [](QChar c) {
            return c >= u'A' && c <= u'Z' ? QChar(char16_t(c.unicode() | 0x20)) : c.isNull() ? QChar(u' ') : c;
        });
        return folded;
    }
    QString folded = text.toCaseFolded();
    folded.replace(QChar(u'\0'), QChar(u' '));
    return folded;
}

Result<bool> writeRow(SqlConnection &connection, const JournalEntry &entry)
{
    const auto written = connection.write(
        u"INSERT INTO journal (id, time, kind, event, user_id, device_key, push_id, wake_id, "
        "search, device_id, fields, bytes_format, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?) ON CONFLICT (id) DO NOTHING"_s,
        {qint64(entry.id.number), entry.time.ms, QString::fromLatin1(toText(entry.kind)), entry.event,
         entry.user.toString(), deviceKey(entry.device), entry.push.text(), entry.wake.text(),
         searchColumn(entry), entry.device.toString(), toJson(entry.fields), entry.bytesFormat, entry.bytes});
    if (!written)
        return written.error();
    return *written > 0;
}

QString journalColumns()
{
    return u"id, time, kind, event, user_id, push_id, wake_id, device_id, fields, bytes_format, bytes"_s;
}

JournalEntry journalEntryFrom(SqlRow &row)
{
    JournalEntry entry;
    entry.id = {quint64(row.number())};
    entry.time = row.time();
    entry.kind = row.named(journalKindFromText);
    entry.event = row.text();
    entry.user = row.user();
    entry.push = row.id<PushId>();
    entry.wake = row.id<WakeId>();
    entry.device = row.device();
    entry.fields = pairsFrom(row);
    entry.bytesFormat = row.text();
    entry.bytes = row.bytes();
    return entry;
}

} // namespace reveille
