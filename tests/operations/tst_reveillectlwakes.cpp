// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctlfixture.h"

#include <QJsonArray>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;

} // namespace

/// Pushes and wake-ups with it.
class TestReveillectlWakes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<CtlFixture>(); }
    void cleanup() { f.reset(); }

    void pushesAndWaits();
    void listsThePushesAskedFor();
    void failsWhereAPushIsNotDelivered();
    void explainsBeforeAndAfter();
    void wakesAndCancels();
    void previewsAWakeUp();
    void repeatsAWakeUp();
    void testsBearers();
    void letsAnInitiatorPush();

private:
    std::unique_ptr<CtlFixture> f;
};

void TestReveillectlWakes::pushesAndWaits()
{
    const auto phone = f->bind(1);
    const auto process = f->start({u"push"_s, alice, u"hello"_s, u"--wait"_s});
    QTRY_COMPARE(phone->sent.size(), 1);
    QCOMPARE(phone->sent.first().body, QByteArray("hello"));
    QCOMPARE(phone->sent.first().contentType, u"text/plain"_s);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const CtlFixture::Outcome outcome = f->finish(*process);
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(u"is delivered: 1 of 1 deliveries done."_s), qPrintable(outcome.out));

    QVERIFY(f->run({u"push"_s, CtlFixture::idOf(1), u"again"_s}).out.endsWith(u"is accepted.\n"_s));
    QTRY_COMPARE(phone->sent.size(), 2);
    QVERIFY(f->run({u"pushes"_s}).out.contains(u"delivered"_s));
}

void TestReveillectlWakes::listsThePushesAskedFor()
{
    for (int i = 0; i < 3; ++i) {
        Push push;
        push.id = PushId(u"p-old%1"_s.arg(i));
        push.state = i == 0 ? PushState::Delivered : PushState::Expired;
        push.request.initiator = InitiatorId(u"i-news"_s);
        push.deliveries = {Delivery{CtlFixture::deviceId(1), PushState::Expired, {}, {}, 0, {}}, Delivery{CtlFixture::deviceId(2), PushState::Waiting, {}, {}, 0, {}}};
        f->store->pushes[push.id] = push;
    }
    const CtlFixture::Outcome failed = f->run({u"pushes"_s, u"--state"_s, u"failed"_s, u"--initiator"_s, u"i-news"_s});
    QCOMPARE(failed.status, 0);
    QVERIFY2(failed.out.indexOf(u"p-old2"_s) > 0 && failed.out.indexOf(u"p-old2"_s) < failed.out.indexOf(u"p-old1"_s), qPrintable(failed.out));
    QVERIFY(failed.out.contains(u"1/2"_s) && failed.out.contains(u"i-news"_s) && !failed.out.contains(u"p-old0"_s));
    QCOMPARE(failed.err, QString());

    const CtlFixture::Outcome first = f->run({u"pushes"_s, u"--limit"_s, u"1"_s});
    QVERIFY(!first.out.contains(u"p-old1"_s));
    QVERIFY2(first.err.contains(u"--cursor p-old2"_s), qPrintable(first.err));
    const CtlFixture::Outcome rest = f->run({u"pushes"_s, u"--cursor"_s, u"p-old2"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(rest.out.toUtf8()).object().value(u"items").toArray().size(), 2);
    QCOMPARE(f->run({u"pushes"_s, u"--state"_s, u"happy"_s}).status, 1);
    QCOMPARE(f->run({u"pushes"_s, u"--limit"_s, u"many"_s}).status, 2);
}

void TestReveillectlWakes::failsWhereAPushIsNotDelivered()
{
    const auto phone = f->bind(1);
    const auto process = f->start({u"push"_s, alice, u"hello"_s, u"--wait"_s, u"--json"_s});
    QTRY_COMPARE(phone->sent.size(), 1);
    phone->answer(SendOutcome::Kind::Refused, "603");
    const CtlFixture::Outcome outcome = f->finish(*process);
    QCOMPARE(outcome.status, 1);
    const QJsonObject push = QJsonDocument::fromJson(outcome.out.toUtf8()).object();
    QCOMPARE(push.value(u"state").toString(), u"undeliverable"_s);
    const CtlFixture::Outcome shown = f->run({u"show"_s, push.value(u"id").toString()});
    QVERIFY(shown.out.contains(u"undeliverable"_s));
}

void TestReveillectlWakes::explainsBeforeAndAfter()
{
    const auto phone = f->bind(1);
    const CtlFixture::Outcome before = f->run({u"explain"_s, alice, u"hi"_s, u"--checks"_s});
    QCOMPARE(before.status, 0);
    QVERIFY2(before.out.contains(u"Gets it at once over its connection."_s), qPrintable(before.out));
    QVERIFY(before.out.contains(u"Does its owner want pushes? yes"_s));
    QCOMPARE(f->run({u"push"_s, alice, u"hi"_s, u"--dry-run"_s}).out, f->run({u"explain"_s, alice, u"hi"_s}).out);
    QVERIFY(phone->sent.isEmpty());
    const CtlFixture::Outcome accepted = f->run({u"push"_s, alice, u"hi"_s, u"--json"_s});
    const QString id = QJsonDocument::fromJson(accepted.out.toUtf8()).object().value(u"id").toString();
    QVERIFY(f->run({u"explain"_s, id}).out.contains(u"Has not got it yet (it is being sent)."_s));
}

void TestReveillectlWakes::wakesAndCancels()
{
    f->bind(1);
    f->lose(1);
    const auto process =
        f->start({u"wake"_s, CtlFixture::idOf(1), u"--wait"_s, u"--request"_s, u"capability,subscription"_s});
    QTRY_COMPARE(f->bearer->sent.size(), 1);
    f->bind(1);
    const CtlFixture::Outcome back = f->finish(*process);
    QCOMPARE(back.status, 0);
    QVERIFY2(back.out.contains(u"succeeded: the device is back."_s), qPrintable(back.out));

    f->lose(1);
    const CtlFixture::Outcome started = f->run({u"wake"_s, CtlFixture::idOf(1), u"--json"_s});
    const QString id = QJsonDocument::fromJson(started.out.toUtf8()).object().value(u"id").toString();
    QCOMPARE(f->run({u"cancel"_s, id}).status, 0);
    QVERIFY(f->run({u"show"_s, id}).out.contains(u"was cancelled"_s));
    const CtlFixture::Outcome recent = f->run({u"wakes"_s});
    QCOMPARE(recent.out.count(u'\n'), 3);
    QVERIFY(recent.out.indexOf(id) < recent.out.indexOf(u"succeeded"_s));
    const CtlFixture::Outcome late = f->run({u"cancel"_s, id});
    QCOMPARE(late.status, 1);
    QVERIFY(late.err.contains(u"has ended already"_s));
}

void TestReveillectlWakes::previewsAWakeUp()
{
    f->bind(1);
    f->lose(1);
    const CtlFixture::Outcome outcome = f->run({u"wake"_s, CtlFixture::idOf(1), u"--dry-run"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.startsWith(u"Would go over wsp to 127.0.0.1, mode routed"_s),
             qPrintable(outcome.out));
    QVERIFY(f->bearer->sent.isEmpty());
}

void TestReveillectlWakes::repeatsAWakeUp()
{
    f->bind(1);
    f->lose(1);
    const CtlFixture::Outcome started = f->run({u"wake"_s, CtlFixture::idOf(1), u"--json"_s});
    const QString id = QJsonDocument::fromJson(started.out.toUtf8()).object().value(u"id").toString();
    const CtlFixture::Outcome early = f->run({u"wake"_s, u"repeat"_s, id});
    QCOMPARE(early.status, 1);
    QVERIFY2(early.err.contains(u"is under way"_s), qPrintable(early.err));
    QCOMPARE(f->run({u"cancel"_s, id}).status, 0);
    const CtlFixture::Outcome again = f->run({u"wake"_s, u"repeat"_s, id, u"--bearer"_s, u"wsp"_s, u"--json"_s});
    QCOMPARE(again.status, 0);
    QCOMPARE(QJsonDocument::fromJson(again.out.toUtf8()).object().value(u"repeats").toString(), id);
    QCOMPARE(f->bearer->sent.size(), 2);
}

void TestReveillectlWakes::testsBearers()
{
    const CtlFixture::Outcome list = f->run({u"bearers"_s});
    QCOMPARE(list.status, 0);
    QVERIFY2(list.out.contains(u"wsp-udp"_s), qPrintable(list.out));
    const auto good = f->start({u"bearers"_s, u"test"_s, u"wsp"_s});
    QTRY_COMPARE(f->bearer->tests.size(), 1);
    f->bearer->tests[0]({true, "socket-open", {}, Milliseconds(3)});
    const CtlFixture::Outcome answered = f->finish(*good);
    QCOMPARE(answered.status, 0);
    QVERIFY2(answered.out.startsWith(u"wsp answers: socket-open, 3 ms"_s), qPrintable(answered.out));
    const auto bad = f->start({u"bearers"_s, u"test"_s, u"wsp"_s});
    QTRY_COMPARE(f->bearer->tests.size(), 2);
    f->bearer->tests[1]({false, "no-answer", {}, Milliseconds(3)});
    QCOMPARE(f->finish(*bad).status, 1);
    QCOMPARE(f->run({u"bearers"_s, u"test"_s, u"pigeon"_s}).status, 1);
}

void TestReveillectlWakes::letsAnInitiatorPush()
{
    const CtlFixture::Outcome made = f->run({u"initiator"_s, u"add"_s, u"shop"_s, u"--json"_s});
    const QJsonObject initiator = QJsonDocument::fromJson(made.out.toUtf8()).object();
    QVERIFY(f->engine->initiatorOfToken(initiator.value(u"token").toString().toLatin1()));
    QVERIFY(f->run({u"initiator"_s, u"list"_s}).out.contains(u"shop"_s));
    const QString id = initiator.value(u"id").toString();
    QCOMPARE(f->run({u"initiator"_s, u"change"_s, id, u"--target"_s, u"sip:*@lab.example"_s, u"--target"_s, u"tel:+49*"_s,
                  u"--per-day"_s, u"1000"_s}).status, 0);
    QCOMPARE(f->engine->initiators().first().rights,
             (InitiatorRights{{u"sip:*@lab.example"_s, u"tel:+49*"_s}, 0, 1000}));
    QVERIFY(f->run({u"initiator"_s, u"list"_s}).out.contains(u"sip:*@lab.example tel:+49*"_s));
    QCOMPARE(f->run({u"initiator"_s, u"change"_s, id, u"--content"_s, u"session"_s}).status, 0);
    QCOMPARE(f->engine->initiators().first().rights.contentNames(), QStringList{u"session"_s});
    QVERIFY(f->run({u"initiator"_s, u"list"_s}).out.contains(u"session"_s));
    QCOMPARE(f->run({u"initiator"_s, u"change"_s, id, u"--content"_s, QString()}).status, 0);
    QVERIFY(f->engine->initiators().first().rights.contentNames().isEmpty());
    QCOMPARE(f->run({u"initiator"_s, u"change"_s, id, u"--per-second"_s, u"many"_s}).status, 2);
    QCOMPARE(f->run({u"initiator"_s, u"change"_s, id, u"--target"_s, QString()}).status, 0);
    QVERIFY(f->engine->initiators().first().rights.targets.isEmpty());
    QCOMPARE(f->run({u"initiator"_s, u"remove"_s, initiator.value(u"id").toString()}).status, 0);
    QVERIFY(f->engine->initiators().isEmpty());
}

QTEST_GUILESS_MAIN(TestReveillectlWakes)
#include "tst_reveillectlwakes.moc"
