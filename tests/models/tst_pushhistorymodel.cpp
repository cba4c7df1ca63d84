// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pushhistorymodel.h"
#include "models/roles.h"
#include "models/snapshotmaker.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

PushId id(int number)
{
    return PushId(u"p-%1"_s.arg(number, 7, 10, QChar(u'0')));
}

Push push(int number, PushState state = PushState::Delivered)
{
    Push push;
    push.id = id(number);
    push.user = userId(1);
    push.request.body = "four";
    push.acceptedAt = noon;
    push.state = state;
    return push;
}

ServerChanges with(const QVector<Push> &pushes)
{
    ServerChanges changes;
    changes.pushes = pushes;
    return changes;
}

/// A history of `count` pushes, numbered from 1, that answers when told to.
struct History {
    int count = 0;
    PushHistoryModel model;
    QVector<std::pair<PushQuery, PushHistoryModel::Answer>> asked;

    explicit History(int pushes) : count(pushes)
    {
        model.setSource([this](const PushQuery &query, const PushHistoryModel::Answer &answer) { asked.append({query, answer}); });
    }
    static PushPage page(int count, const PushQuery &query)
    {
        PushPage found;
        int number = query.before.isEmpty() ? count : query.before.text().mid(2).toInt() - 1;
        for (; number > 0 && found.pushes.size() < query.limit; --number)
            found.pushes.append(listed(push(number)));
        if (number > 0)
            found.next = id(number + 1);
        return found;
    }
    void answer()
    {
        while (!asked.isEmpty()) {
            const auto [query, answer] = asked.takeFirst();
            answer(page(count, query));
        }
    }
};

/// How often rows came, went and changed.
struct Operations {
    QSignalSpy inserted, removed, changed, reset;
    explicit Operations(const PushHistoryModel &model)
        : inserted(&model, &QAbstractItemModel::rowsInserted), removed(&model, &QAbstractItemModel::rowsRemoved),
          changed(&model, &QAbstractItemModel::dataChanged), reset(&model, &QAbstractItemModel::modelReset)
    {
    }
    qsizetype all() const { return inserted.size() + removed.size() + changed.size() + reset.size(); }
};

} // namespace

class TestPushHistoryModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAPageAndMoreWhenAsked()
    {
        History history(450);
        QVERIFY(history.model.isReading());
        QVERIFY(!history.model.canFetchMore({}));
        history.answer();
        QCOMPARE(history.model.rowCount(), PushHistoryModel::pageSize);
        QCOMPARE(history.model.pushAt(0)->push.id, id(450));
        QVERIFY(history.model.canFetchMore({}));
        while (history.model.canFetchMore({})) {
            history.model.fetchMore({});
            history.answer();
        }
        QCOMPARE(history.model.rowCount(), 450);
        QVERIFY(history.model.isWhole());
        QCOMPARE(history.model.rowOf(id(1)), 449);
        QCOMPARE(history.model.rowOf(id(451)), -1);
    }

    void whatComesStandsOnTopAndWhatMovesStaysInItsPlace()
    {
        History history(3);
        QAbstractItemModelTester tester(&history.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        history.model.apply(with({push(4)})); // the page that is being read will hold it
        QCOMPARE(history.model.rowCount(), 0);
        history.answer();
        history.model.apply(with({push(6, PushState::Waiting), push(5, PushState::Accepted), push(2, PushState::Expired)}));
        QCOMPARE(history.model.rowCount(), 5);
        QCOMPARE(history.model.pushAt(0)->push.id, id(6));
        QCOMPARE(history.model.pushAt(1)->push.id, id(5));
        QCOMPARE(history.model.pushAt(3)->push.state, PushState::Expired);
        QCOMPARE(history.model.pushAt(0)->octets, 4);
        QVERIFY(history.model.pushAt(0)->push.request.body.isEmpty());
    }

    void changesBeyondWhatWasReadAreLeftToTheirPage()
    {
        History history(450);
        history.answer();
        history.model.apply(with({push(7, PushState::Expired)}));
        QCOMPARE(history.model.rowCount(), PushHistoryModel::pageSize);
        QCOMPARE(history.model.rowOf(id(7)), -1);
    }

    void whatNoLongerFitsTheQueryGoes()
    {
        History history(0);
        QAbstractItemModelTester tester(&history.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        PushQuery query;
        query.group = PushGroup::UnderWay;
        history.model.setQuery(query);
        history.answer();
        history.model.apply(with({push(1, PushState::Waiting), push(2, PushState::Waiting), push(3, PushState::Waiting), push(4)}));
        QCOMPARE(history.model.rowCount(), 3);
        history.model.apply(with({push(1), push(2, PushState::Waking), push(3)}));
        QCOMPARE(history.model.rowCount(), 1);
        QCOMPARE(history.model.pushAt(0)->push.state, PushState::Waking);
    }

    void anotherQueryShowsTheOldRowsUntilItIsAnswered()
    {
        History history(10);
        QAbstractItemModelTester tester(&history.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        history.answer();
        PushQuery query;
        query.text = u"p-0"_s;
        history.model.setQuery(query);
        QCOMPARE(history.model.rowCount(), 10);
        Operations operations(history.model);
        const auto answer = history.asked.takeFirst().second;
        answer(PushPage{{listed(push(7))}, {}});
        QCOMPARE(history.model.rowCount(), 1);
        QCOMPARE(history.model.pushAt(0)->push.id, id(7));
        QCOMPARE(operations.inserted.size(), 0); // it was there, and stays chosen
    }

    void anAnswerToAnEarlierQuestionIsDropped()
    {
        History history(10);
        PushQuery query;
        query.text = u"x"_s;
        history.model.setQuery(query);
        QCOMPARE(history.asked.size(), 2);
        history.asked.takeLast().second(PushPage{});
        history.answer();
        QCOMPARE(history.model.rowCount(), 0);
    }

    void aSearchGoesOnByItselfUntilThereIsSomethingToSee()
    {
        History history(0);
        int pages = 0;
        while (!history.asked.isEmpty()) {
            const auto [query, answer] = history.asked.takeFirst();
            ++pages;
            answer(pages < 5 ? PushPage{{}, id(1000 - pages)} : PushPage{{listed(push(7))}, {}});
        }
        QCOMPARE(pages, 5);
        QCOMPARE(history.model.rowCount(), 1);
        QVERIFY(history.model.isWhole());
    }

    void anErrorIsKeptUntilTheNextRead()
    {
        History history(1);
        history.asked.takeFirst().second(Error{"store-failed", {}});
        QVERIFY(history.model.error().is("store-failed"));
        QVERIFY(!history.model.canFetchMore({}));
        history.model.reload();
        history.answer();
        QVERIFY(history.model.error().is(""));
        QCOMPARE(history.model.rowCount(), 1);
    }

    void everyCellHasATextAndCopiesAreWhole()
    {
        History history(0);
        history.answer();
        Push one = push(1, PushState::Waiting);
        one.request.initiator = InitiatorId(u"i-1"_s);
        one.request.to.device = deviceId(1, 1);
        one.expiresAt = Timestamp{QDateTime::currentMSecsSinceEpoch()} + Milliseconds(90 * 60 * 1000 + 30000);
        one.deliveries = {{deviceId(1, 1), PushState::Delivered, {}, {}, 1, noon}, {deviceId(1, 2), PushState::Waiting, {}, {}, 0, noon}};
        history.model.setDeviceNames([](const DeviceId &) { return u"phone"_s; });
        history.model.setInitiatorNames({{InitiatorId(u"i-1"_s), u"News"_s}});
        history.model.apply(with({one}));
        const auto shown = [&](int column, int role = Qt::DisplayRole) { return history.model.index(0, column).data(role).toString(); };
        QCOMPARE(shown(PushHistoryModel::Initiator), u"News"_s);
        QCOMPARE(shown(PushHistoryModel::To), userId(1).toString() + u" · phone"_s);
        QCOMPARE(shown(PushHistoryModel::Done), u"1 of 2"_s);
        QCOMPARE(shown(PushHistoryModel::Left), u"1 h"_s);
        QCOMPARE(shown(PushHistoryModel::Size), u"4"_s);
        QVERIFY(shown(PushHistoryModel::Accepted, Role::Raw).startsWith(u"2027-01-15"_s));
        QCOMPARE(shown(PushHistoryModel::Id, Role::Raw), id(1).text());
        for (int column = 0; column < PushHistoryModel::ColumnCount; ++column) {
            QVERIFY(!history.model.headerData(column, Qt::Horizontal).toString().isEmpty());
            QVERIFY(!history.model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        }
    }

    /// What a view has to do grows with the batches and not with the rows there are.
    void aHundredThousandRowsTakeFewOperations()
    {
        History history(PushHistoryModel::rowLimit + 1000);
        while (history.model.isReading() || history.model.canFetchMore({})) {
            history.answer();
            history.model.fetchMore({});
        }
        QCOMPARE(history.model.rowCount(), PushHistoryModel::rowLimit);
        QVERIFY(history.model.isCut());
        QCOMPARE(history.model.rowOf(id(history.count)), 0);

        Operations operations(history.model);
        QVector<Push> fresh;
        for (int i = 1; i <= 500; ++i)
            fresh.append(push(history.count + i, PushState::Waiting));
        history.model.apply(with(fresh));
        QCOMPARE(operations.inserted.size(), 1);
        QCOMPARE(operations.removed.size(), 1); // as many of the oldest
        QCOMPARE(operations.all(), 2);
        QCOMPARE(history.model.rowCount(), PushHistoryModel::rowLimit);

        for (Push &moved : fresh)
            moved.state = PushState::Delivered;
        history.model.apply(with(fresh));
        QCOMPARE(operations.all(), 3);
        QCOMPARE(operations.changed.last().at(1).toModelIndex().row(), 499);

        QVector<Push> scattered;
        for (int i = 0; i < 500; ++i)
            scattered.append(push(history.count - 150 * i, PushState::Expired));
        history.model.apply(with(scattered));
        QCOMPARE(operations.all(), 4);
        history.model.apply(with(scattered)); // nothing new in it
        QCOMPARE(operations.all(), 4);
    }
};

QTEST_GUILESS_MAIN(TestPushHistoryModel)
#include "tst_pushhistorymodel.moc"
