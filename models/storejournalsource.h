// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/journalsource.h"

#include <QObject>

#include <memory>

namespace reveille {

/// The journal as it stands in the database file, read in a thread of its own over a read-only connection (design
/// "Threads"). Lives on the GUI thread; destroying it cancels and waits for the read under way.
class StoreJournalSource : public QObject, public JournalSource
{
    Q_OBJECT
public:
    explicit StoreJournalSource(const QString &databaseFile, QObject *parent = nullptr);
    ~StoreJournalSource() override;

    void read(const JournalFilter &filter, JournalId before, JournalId above, int limit, Answer answer) override;
    void cancel() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
