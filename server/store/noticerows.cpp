// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/noticerows.h"

#include "store/sqlconnection.h"
#include "store/sqlrow.h"

namespace reveille {

using namespace Qt::StringLiterals;

Result<Done> writeRow(SqlConnection &connection, const Notice &notice)
{
    const auto written = connection.write(
        u"INSERT INTO notices (id, push_id, url, document, attempts, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET push_id = excluded.push_id, url = excluded.url, document = "
        "excluded.document, attempts = excluded.attempts, made_at = excluded.made_at, due_at = excluded.due_at"_s,
        {notice.id, notice.push.text(), notice.url, notice.document, notice.attempts, notice.madeAt.ms,
         notice.dueAt.ms});
    if (!written)
        return written.error();
    return Done{};
}

Result<Done> removeNotice(SqlConnection &connection, const QString &id)
{
    const auto removed = connection.write(u"DELETE FROM notices WHERE id = ?"_s, {id});
    if (!removed)
        return removed.error();
    return Done{};
}

Result<QVector<Notice>> readNotices(SqlConnection &connection)
{
    QVector<Notice> notices;
    const Result<Done> read = connection.each(
        u"SELECT id, push_id, url, document, attempts, made_at, due_at FROM notices ORDER BY made_at, id"_s, {},
        [&](SqlRow &row) {
            Notice notice;
            notice.id = row.text();
            notice.push = row.id<PushId>();
            notice.url = row.text();
            notice.document = row.bytes();
            notice.attempts = row.integer();
            notice.madeAt = row.time();
            notice.dueAt = row.time();
            notices.append(notice);
        });
    if (!read)
        return read.error();
    return notices;
}

} // namespace reveille
