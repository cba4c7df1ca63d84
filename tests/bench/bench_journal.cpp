// SPDX-License-Identifier: GPL-3.0-or-later
// How long the journal takes to answer with many rows in it, beside a store that is open.
// Usage: bench_journal [ROWS [FOLDER]]     (defaults 1000000, a temporary folder; about 600 octets a row)
// The rows in a bench-journal.db that FOLDER has already are used as they are.
#include "store/journalreader.h"
#include "store/sqlstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 startTime = 1'795'000'000'000;
constexpr int devices = 20000;

JournalEntry rowOf(quint64 id)
{
    JournalEntry row;
    row.id = {id};
    row.time = {startTime + qint64(id)};
    row.kind = JournalKind(id % 5);
    row.event = id % 3 ? u"registered"_s : u"sir-sent"_s;
    const quint64 device = id * 2654435761U % devices;
    row.user = PublicUserId::parse(u"sip:user%1@lab.example"_s.arg(device / 2)).value();
    row.device =
        DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-%1"_s.arg(device, 12, 16, QChar(u'0'))).value();
    if (row.kind == JournalKind::Push)
        row.push = PushId(u"p-%1"_s.arg(id / 10, 20, 10, QChar(u'a')));
    row.fields = {{u"transport"_s, u"sip-udp"_s}, {u"peer"_s, u"192.0.2.%1:5060"_s.arg(id % 250)}};
    row.bytesFormat = u"sir"_s;
    row.bytes = QByteArray(60, char(id));
    return row;
}

void fill(Store &store, quint64 rows)
{
    constexpr quint64 step = 5000;
    quint64 done = 0;
    for (quint64 id = 1; id <= rows;) {
        StoreBatch batch;
        for (; quint64(batch.journal.size()) < step && id <= rows; ++id)
            batch.journal.append(rowOf(id));
        store.commit(std::move(batch), [&](const Result<Done> &) { done += step; });
        while (store.facts().queued > 4)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    while (done < rows)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const quint64 rows = app.arguments().value(1, u"1000000"_s).toULongLong();
    const QTemporaryDir temporary;
    StoreSettings settings;
    settings.database = QDir(app.arguments().value(2, temporary.path())).filePath(u"bench-journal.db"_s);
    SqlStore store(settings);
    const auto opened = store.open();
    if (rows == 0 || !opened)
        return 2;
    QTextStream out(stdout);
    QElapsedTimer timer;
    const auto show = [&](const char *what, const QString &found) {
        out << qSetFieldWidth(44) << Qt::left << what << qSetFieldWidth(0)
            << double(timer.nsecsElapsed()) / 1e6 << " ms, " << found << Qt::endl;
    };
    timer.start();
    if (!opened->lastJournalId.isSet())
        fill(store, rows);
    show("write all", u"%1 rows, %2 MB"_s.arg(rows).arg(QFileInfo(settings.database).size() / 1'000'000));

    JournalReader reader(settings.database);
    const auto read = [&](const char *what, const JournalQuery &query) {
        timer.start();
        const auto found = reader.read(query);
        show(what, found ? u"%1 rows"_s.arg(found->size()) : QString::fromLatin1(found.error().code));
    };
    const auto count = [&](const char *what, const JournalQuery &query) {
        timer.start();
        const auto found = reader.count(query);
        show(what, found ? u"%1 rows"_s.arg(*found) : QString::fromLatin1(found.error().code));
    };
    JournalQuery query;
    read("open, newest page", query);
    read("newest page", query);
    query.after = {rows / 2};
    read("page in the middle", query);
    query = {};
    query.user = rowOf(rows / 3).user.toString();
    read("page of a user", query);
    count("count of a user", query);
    query.kind = JournalKind::Wake;
    read("page of a user and a kind", query);
    query = {};
    query.push = rowOf(13).push.text();
    read("one push", query);
    query = {};
    query.kind = JournalKind::Sir;
    read("page of a kind", query);
    count("count of a kind", query);
    query = {};
    count("count of everything", query);
    query.from = {startTime + qint64(rows / 2)};
    query.until = {startTime + qint64(rows / 2 + 3600)};
    read("page of a stretch of time", query);
    count("count of a stretch of time", query);
    query = {};
    query.text = u"sir-s"_s;
    read("page of a text found often", query);
    query.text = u"nowhere to be found"_s;
    read("text found nowhere, all rows", query);
    timer.start();
    store.close();
    show("close", {});
    timer.start();
    const bool again = store.open().ok();
    show("open again", again ? u"ok"_s : u"failed"_s);
    return again ? 0 : 1;
}
