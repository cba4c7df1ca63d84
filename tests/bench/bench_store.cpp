// SPDX-License-Identifier: GPL-3.0-or-later
// Accepted pushes per second and CPU time per accepted push: SqlStore with its group commit, and sqlite3 (the
// command line program) fed the same rows with the same number of rows per transaction, in the same folder,
// in the same run. Usage: bench_store [PUSHES [IN_FLIGHT [FOLDER]]]     (defaults 20000, 64, a temporary
// folder)
#include "store/journalrows.h"
#include "store/sqlconnection.h"
#include "store/sqlstore.h"
#include "store/subscriberrows.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

#include <sys/resource.h>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

struct Cost {
    double seconds = 0;
    double cpuMicroseconds = 0;
    qint64 transactions = 0;
};

double cpuMicroseconds(int who)
{
    struct rusage usage {};
    ::getrusage(who, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + double(usage.ru_utime.tv_usec) +
           double(usage.ru_stime.tv_usec);
}

StoreBatch accepted(int number)
{
    StoreBatch batch;
    Push push;
    push.id = PushId(u"p-%1"_s.arg(number, 20, 10, QChar(u'a')));
    push.user = PublicUserId::parse(u"sip:user%1@lab.example"_s.arg(number % 1000)).value();
    push.request.to.user = push.user;
    push.request.application = u"mms.ua"_s;
    push.request.body = QByteArray(200, 'b');
    push.acceptedAt = {1'795'000'000'000 + number};
    push.expiresAt = push.acceptedAt + push.request.ttl;
    push.deliveries.resize(1);
    push.deliveries[0].device =
        DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-%1"_s.arg(number % 1000, 12, 16, QChar(u'0')))
            .value();
    push.deliveries[0].changedAt = push.acceptedAt;
    JournalEntry entry;
    entry.id = {quint64(number)};
    entry.time = push.acceptedAt;
    entry.kind = JournalKind::Push;
    entry.event = u"accepted"_s;
    entry.user = push.user;
    entry.device = push.deliveries[0].device;
    entry.push = push.id;
    entry.fields = {{u"application"_s, push.request.application}, {u"size"_s, u"200"_s}};
    batch.pushes = {push};
    batch.journal = {entry};
    return batch;
}

/// Keeps `inFlight` batches under way until `total` are durable.
class Load {
public:
    Load(Store &store, int total, int inFlight)
        : m_store(store)
        , m_total(total)
    {
        for (int i = 0; i < inFlight; ++i)
            submit();
    }
    bool failed() const { return m_failed; }

private:
    void submit()
    {
        if (m_submitted == m_total)
            return;
        m_store.commit(accepted(++m_submitted), [this](const Result<Done> &result) {
            m_failed = m_failed || !result;
            if (++m_done == m_total || m_failed)
                QCoreApplication::quit();
            else
                submit();
        });
    }

    Store &m_store;
    const int m_total;
    int m_submitted = 0;
    int m_done = 0;
    bool m_failed = false;
};

Result<Cost> runStore(const QString &file, int total, int inFlight)
{
    StoreSettings settings;
    settings.database = file;
    SqlStore store(settings);
    if (const auto state = store.open(); !state)
        return state.error();
    const double cpuBefore = cpuMicroseconds(RUSAGE_SELF);
    QElapsedTimer timer;
    timer.start();
    Load load(store, total, inFlight);
    QCoreApplication::exec();
    if (load.failed())
        return Error{"store-failed", file};
    const Cost cost{double(timer.nsecsElapsed()) / 1e9, cpuMicroseconds(RUSAGE_SELF) - cpuBefore,
                    store.facts().commits};
    store.close();
    return cost;
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"''"_s) + u'\'';
}

/// The statements SqlStore runs for the same pushes, `perTransaction` to a transaction.
QByteArray script(int total, int perTransaction)
{
    QByteArray sql = "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;\n";
    QTextStream out(&sql);
    int transactions = 0;
    for (int number = 1; number <= total; ++number) {
        const StoreBatch batch = accepted(number);
        const Push &push = batch.pushes[0];
        const JournalEntry &entry = batch.journal[0];
        const QString device = quoted(entry.device.toString());
        if (number % perTransaction == 1 || perTransaction == 1)
            out << "BEGIN IMMEDIATE;\n";
        out << "INSERT INTO pushes "
               "(finished,id,state,accepted_at,expires_at,finished_at,user_id,initiator,target_user,"
               "target_device,target_msisdn,target_session,named_devices,application,content_type,ttl_ms,"
               "priority,"
               "send_when,sir_mode,body) VALUES (0,"
            << quoted(push.id.text()) << ",'accepted'," << push.acceptedAt.ms << ',' << push.expiresAt.ms
            << ",0," << quoted(push.user.toString()) << ",''," << quoted(push.user.toString())
            << ",'','','','[]','mms.ua','text/plain',3600000,'normal','wake','',X'"
            << push.request.body.toHex() << "');\n"
            << "INSERT INTO deliveries (push_id,position,device_id,state,reason,wake_id,attempts,changed_at) "
               "VALUES ("
            << quoted(push.id.text()) << ",0," << device << ",'accepted','','',0," << push.acceptedAt.ms
            << ");\n"
            << "INSERT INTO journal "
               "(id,time,kind,event,user_id,device_key,push_id,wake_id,search,device_id,fields,"
               "bytes_format,bytes) VALUES ("
            << number << ',' << entry.time.ms << ",'push','accepted'," << quoted(entry.user.toString()) << ','
            << quoted(deviceKey(entry.device)) << ',' << quoted(push.id.text()) << ",'',"
            << quoted(entry.user.toString() + entry.device.toString()) << ',' << device
            << ",'[[\"application\",\"mms.ua\"],[\"size\",\"200\"]]','',X'');\n";
        if (number % perTransaction == 0 || number == total) {
            out << "INSERT INTO journal_blocks VALUES (" << number / journalBlockSize
                << ",1,1,1) ON CONFLICT (block) DO "
                   "UPDATE SET row_count=row_count+1;\nINSERT INTO meta VALUES ('commits','"
                << ++transactions << "') ON CONFLICT (name) DO UPDATE SET value=excluded.value;\nCOMMIT;\n";
        }
    }
    out.flush();
    return sql;
}

Result<Cost> runShell(const QString &file, int total, int perTransaction)
{
    {
        StoreSettings settings;
        settings.database = file;
        SqlStore schema(settings);
        if (const auto state = schema.open(); !state)
            return state.error();
    }
    const QString scriptFile = file + u".sql"_s;
    QFile input(scriptFile);
    if (!input.open(QIODevice::WriteOnly) || input.write(script(total, perTransaction)) < 0)
        return Error{"store-failed", scriptFile};
    input.close();
    QProcess shell;
    shell.setProgram(u"sqlite3"_s);
    shell.setArguments({u"-bail"_s, file});
    shell.setStandardInputFile(scriptFile);
    const double cpuBefore = cpuMicroseconds(RUSAGE_CHILDREN);
    QElapsedTimer timer;
    timer.start();
    shell.start();
    if (!shell.waitForFinished(-1) || shell.exitCode() != 0)
        return Error{"store-failed", QString::fromLocal8Bit(shell.readAllStandardError().left(200))};
    return Cost{double(timer.nsecsElapsed()) / 1e9, cpuMicroseconds(RUSAGE_CHILDREN) - cpuBefore,
                (total + perTransaction - 1) / perTransaction};
}

bool show(const QString &name, int total, const Result<Cost> &result)
{
    QTextStream out(stdout);
    if (!result) {
        out << name << ": " << result.error().code << ' ' << result.error().about << '\n';
        return false;
    }
    out << qSetFieldWidth(22) << Qt::left << name << qSetFieldWidth(0) << Qt::fixed
        << qSetRealNumberPrecision(1) << double(total) / result->seconds << " pushes/s, "
        << double(result->transactions) / result->seconds << " commits/s, "
        << double(total) / double(result->transactions) << " pushes per commit, "
        << result->cpuMicroseconds / total << " us CPU per push\n";
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const int total = arguments.value(1, u"20000"_s).toInt();
    const int inFlight = arguments.value(2, u"64"_s).toInt();
    if (total <= 0 || inFlight <= 0)
        return 2;
    const QTemporaryDir temporary;
    const QDir folder(arguments.value(3, temporary.path()));
    const Result<Cost> grouped = runStore(folder.filePath(u"bench-grouped.db"_s), total, inFlight);
    bool ok = show(u"store, %1 in flight"_s.arg(inFlight), total, grouped);
    const int perCommit = grouped ? std::max(1, int(total / std::max<qint64>(1, grouped->transactions))) : 1;
    ok = show(u"sqlite3, the same"_s, total,
              runShell(folder.filePath(u"bench-shell.db"_s), total, perCommit)) &&
         ok;
    const int few = std::max(1, total / 10);
    ok = show(u"store, one at a time"_s, few, runStore(folder.filePath(u"bench-single.db"_s), few, 1)) && ok;
    ok = show(u"sqlite3, the same"_s, few, runShell(folder.filePath(u"bench-shell1.db"_s), few, 1)) && ok;
    return ok ? 0 : 1;
}
