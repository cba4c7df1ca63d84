// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlstore.h"

#include <QCoreApplication>

#include <cstdio>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

void print(const QByteArray &line)
{
    std::fputs((line + '\n').constData(), stdout);
    std::fflush(stdout);
}

/// Keeps batches under way for ever and prints the id of each push once it is durable.
class EndlessWriter {
public:
    EndlessWriter(Store &store, const StoredState &state, const QString &prefix)
        : m_store(store)
        , m_prefix(prefix)
        , m_journal(state.lastJournalId)
    {
    }

    void submit()
    {
        StoreBatch batch;
        Push push;
        push.id = PushId(u"%1-%2"_s.arg(m_prefix).arg(++m_serial));
        push.request.body = QByteArray(m_serial % 50 == 0 ? 60000 : 300, 'b');
        push.request.to.session = u"session"_s;
        push.deliveries.resize(2);
        batch.pushes = {push};
        JournalEntry entry;
        entry.id = {++m_journal.number};
        entry.time = {1'700'000'000'000 + qint64(m_journal.number)};
        entry.event = u"accepted"_s;
        entry.push = push.id;
        batch.journal = {entry};
        m_store.commit(std::move(batch), [this, id = push.id](const Result<Done> &result) {
            if (!result)
                qFatal("%s", result.error().code);
            print(id.text().toLatin1());
            submit();
        });
    }

private:
    Store &m_store;
    QString m_prefix;
    JournalId m_journal;
    int m_serial = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 3)
        return 2;
    StoreSettings settings;
    settings.database = arguments[2];
    settings.busyTimeout = Milliseconds(200);
    SqlStore store(settings);
    const Result<StoredState> state = store.open();
    if (!state) {
        print(QByteArray(state.error().code) + ' ' + state.error().about.toUtf8());
        return 1;
    }
    print("opened");
    if (arguments[1] == "open"_L1)
        return 0;
    EndlessWriter writer(store, *state, arguments.value(3));
    for (int i = 0; i < 20; ++i)
        writer.submit();
    return app.exec();
}
