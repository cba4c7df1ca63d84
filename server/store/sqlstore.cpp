// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlstore.h"

#include "store/journalscan.h"
#include "store/mailbox.h"
#include "store/portionqueue.h"
#include "store/pushpages.h"
#include "store/pushrows.h"
#include "store/storereader.h"
#include "store/storewriter.h"
#include "store/subscriberrows.h"

namespace reveille {

namespace {

constexpr int portionSize = 1000; ///< rows handed over together at a start
constexpr int portionsAhead = 4;

} // namespace

struct SqlStore::Private {
    explicit Private(StoreSettings given)
        : settings(std::move(given))
    {
    }

    StoreSettings settings;
    Mailbox mailbox;
    StoreFacts facts;
    std::unique_ptr<StoreWriter> writer;
    std::unique_ptr<StoreReader> reader;
    std::vector<StoreReader::Job> reads; ///< asked for since the event loop was here last

    template <typename Value>
    void answer(std::function<void(Result<Value>)> done, Result<Value> value)
    {
        mailbox.post([done = std::move(done), value = std::move(value)] {
            if (done)
                done(value);
        });
    }

    template <typename Value, typename Read>
    void read(std::function<void(Result<Value>)> done, Read readNow)
    {
        if (!reader)
            return answer<Value>(std::move(done), Error{"store-closed", {}});
        // The callback is handed on, not copied: what it holds must end on the server thread.
        // Many requests come in one turn of the event loop; the reader is woken once for what they ask.
        if (reads.empty())
            mailbox.post([this] { handOverReads(); });
        reads.push_back([this, done = std::move(done), readNow = std::move(readNow)](
                           const Result<SqlConnection *> &connection, ReadControl &control) mutable {
            Result<Value> value =
                connection ? readNow(**connection, control) : Result<Value>(connection.error());
            const bool usable = value.ok() || value.error().is("store-cancelled");
            answer<Value>(std::move(done), std::move(value));
            return usable;
        });
    }

    void handOverReads()
    {
        if (reader && !reads.empty())
            reader->append(std::exchange(reads, {}));
    }

    void take(const StoreWriter::Report &report)
    {
        facts.commits += report.transactions;
        facts.lastCommit = report.took;
        facts.trouble = report.trouble;
        for (const StoreWriter::Job &job : report.jobs) {
            --facts.queued;
            if (job.done)
                job.done(job.result);
        }
    }
};

SqlStore::SqlStore(StoreSettings settings)
    : d(std::make_unique<Private>(std::move(settings)))
{
}

SqlStore::~SqlStore()
{
    close();
}

Result<StoredState> SqlStore::open()
{
    close();
    Private *self = d.get();
    auto writer = std::make_unique<StoreWriter>(d->settings, [self](StoreWriter::Report report) {
        self->mailbox.post([self, report = std::move(report)] { self->take(report); });
    });
    Result<StoredState> state = writer->open();
    if (!state)
        return state;
    d->writer = std::move(writer);
    d->reader = std::make_unique<StoreReader>(d->settings);
    d->facts = {};
    return state;
}

/// The reader's thread reads on while the portion before is taken in here.
Result<Done> SqlStore::readSubscribers(const std::function<void(const StoredSubscribers &)> &take)
{
    if (!d->reader)
        return Error{"store-closed", {}};
    PortionQueue<StoredSubscribers> portions(portionsAhead);
    d->handOverReads();
    d->reader->append({[&portions](const Result<SqlConnection *> &connection, ReadControl &) {
        const Result<Done> read = connection
            ? reveille::readSubscribers(**connection, portionSize,
                                        [&](StoredSubscribers portion) { portions.put(std::move(portion)); })
            : Result<Done>(connection.error());
        const bool usable = read.ok();
        portions.finish(read);
        return usable;
    }});
    while (const std::optional<StoredSubscribers> portion = portions.next())
        take(*portion);
    const Result<Done> read = portions.result();
    if (!read)
        close();
    return read;
}

void SqlStore::commit(StoreBatch batch, std::function<void(Result<Done>)> done)
{
    if (!d->writer)
        return d->answer<Done>(std::move(done), Error{"store-closed", {}});
    ++d->facts.queued;
    d->writer->append(std::move(batch), std::move(done));
}

void SqlStore::readJournal(const JournalQuery &query, std::function<void(Result<QVector<JournalEntry>>)> done)
{
    d->read<QVector<JournalEntry>>(std::move(done), [query](SqlConnection &connection, ReadControl &control) {
        return scanJournal(connection, query, &control);
    });
}

void SqlStore::readPush(const PushId &id, std::function<void(Result<std::optional<Push>>)> done)
{
    d->read<std::optional<Push>>(std::move(done), [id](SqlConnection &connection, ReadControl &) {
        return readPushRow(connection, id);
    });
}

void SqlStore::readPushesByReference(const InitiatorId &initiator, const QString &reference,
                                     std::function<void(Result<QVector<Push>>)> done)
{
    d->read<QVector<Push>>(std::move(done), [initiator, reference](SqlConnection &connection, ReadControl &) {
        return reveille::readPushesByReference(connection, initiator, reference);
    });
}

void SqlStore::readPushes(const PushQuery &query, std::function<void(Result<PushPage>)> done)
{
    d->read<PushPage>(std::move(done), [query](SqlConnection &connection, ReadControl &control) {
        return readPushPage(connection, query, control);
    });
}

void SqlStore::readWake(const WakeId &id, std::function<void(Result<std::optional<WakeUp>>)> done)
{
    d->read<std::optional<WakeUp>>(std::move(done), [id](SqlConnection &connection, ReadControl &) {
        return readWakeRow(connection, id);
    });
}

StoreFacts SqlStore::facts() const
{
    return d->facts;
}

void SqlStore::close()
{
    if (!d->writer)
        return;
    d->handOverReads();
    // The reader lets go first, so that the writer can bring everything into the one file.
    const std::unique_ptr<StoreReader> reader = std::move(d->reader);
    const std::unique_ptr<StoreWriter> writer = std::move(d->writer);
    reader->finish();
    writer->finish();
    d->mailbox.drain();
}

} // namespace reveille
