// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storejournalsource.h"

#include "store/journalreader.h"

#include <QThread>

#include <algorithm>

namespace reveille {

namespace {

constexpr int largestRead = 1000; ///< rows JournalReader gives at most

/// One page: of one kind, of all, or of several merged by id.
Result<JournalSource::Page> readPage(JournalReader &reader, const JournalFilter &filter, JournalId before,
                                     JournalId above, int limit, ReadControl &control)
{
    QVector<std::optional<JournalKind>> kinds;
    for (const JournalKind kind : filter.kinds)
        kinds.append(kind);
    if (kinds.isEmpty())
        kinds.append(std::nullopt);
    JournalSource::Page page;
    page.atEnd = true;
    for (const std::optional<JournalKind> kind : kinds) {
        JournalQuery query = filter.query(kind);
        query.after = before;
        query.limit = std::min(limit, largestRead);
        const Result<QVector<JournalEntry>> rows = reader.read(query, &control);
        if (!rows)
            return rows.error();
        page.atEnd = page.atEnd && rows->size() < query.limit;
        page.entries += *rows;
    }
    std::sort(page.entries.begin(), page.entries.end(),
              [](const JournalEntry &a, const JournalEntry &b) { return a.id > b.id; });
    if (page.entries.size() > limit) {
        page.entries.resize(limit);
        page.atEnd = false;
    }
    const auto tooOld = std::find_if(page.entries.begin(), page.entries.end(),
                                     [above](const JournalEntry &entry) { return entry.id <= above; });
    if (tooOld != page.entries.end()) {
        page.entries.erase(tooOld, page.entries.end());
        page.atEnd = true;
    }
    return page;
}

} // namespace

/// `worker` lives in the thread and owns the reader; `control` is how this side stops a read.
struct StoreJournalSource::Private {
    QThread thread;
    QObject *worker = new QObject;
    std::shared_ptr<JournalReader> reader; ///< made, used and destroyed in the thread
    std::shared_ptr<ReadControl> control;
    QString file;
};

StoreJournalSource::StoreJournalSource(const QString &databaseFile, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->file = databaseFile;
    d->thread.setObjectName(QStringLiteral("journal"));
    d->worker->moveToThread(&d->thread);
    connect(&d->thread, &QThread::finished, d->worker, [worker = d->worker, priv = d.get()] {
        priv->reader.reset();
        delete worker;
    }, Qt::DirectConnection);
    d->thread.start();
}

StoreJournalSource::~StoreJournalSource()
{
    cancel();
    d->thread.quit();
    d->thread.wait();
}

void StoreJournalSource::cancel()
{
    if (d->control)
        d->control->cancelled = true;
    d->control.reset();
}

void StoreJournalSource::read(const JournalFilter &filter, JournalId before, JournalId above, int limit,
                              Answer answer)
{
    cancel();
    const auto control = std::make_shared<ReadControl>();
    d->control = control;
    QMetaObject::invokeMethod(d->worker, [=, this, priv = d.get()] {
        if (control->cancelled)
            return;
        if (!priv->reader)
            priv->reader = std::make_shared<JournalReader>(priv->file);
        const Result<Page> page = readPage(*priv->reader, filter, before, above, limit, *control);
        QMetaObject::invokeMethod(this, [=, this] {
            if (d->control != control)
                return;
            d->control.reset();
            answer(page);
        });
    });
}

} // namespace reveille
