// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverhost.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;

namespace {

Config freePorts()
{
    return *Config::read({}, {QStringLiteral("server/ports=any")});
}

/// Waits for a future while the event loop turns.
template <typename T>
Result<T> wait(QFuture<Result<T>> future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 10000) ? future.result()
                                                                       : Result<T>(Error{"no-answer", {}});
}

} // namespace

class TestServerHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startsAnswersCommandsAndTellsWhatChanged()
    {
        QTemporaryDir dir;
        ServerHost host;
        PublicUserId alice = *PublicUserId::parse(u"sip:alice@lab.example");
        QVector<UserSnapshot> users;
        connect(&host, &ServerHost::changed, this, [&](const ServerChanges &changes) { users += changes.users; });
        QCOMPARE(QByteArray(wait(host.removeUser(alice)).error().code), QByteArray("server-stopped"));
        host.start(freePorts(), dir.path());
        QTRY_COMPARE(host.state(), ServerHost::State::Running);
        QVERIFY(!host.boundAddresses().isEmpty());
        QVERIFY(wait(host.putUser(alice, QStringLiteral("Alice"), QStringLiteral("secret"))).ok());
        QTRY_VERIFY(!users.isEmpty());
        QCOMPARE(users.last().user.id, alice);
        QVERIFY(users.last().hasPassword);
        QVERIFY(users.last().user.ha1Sha256.isEmpty()); // secrets stay on the server
        PushRequest request;
        request.to.user = alice;
        const Result<PushId> push = wait(host.submit(request));
        QVERIFY(push.ok());
        QVERIFY(wait(host.explanation(*push)).ok());
        QVERIFY(wait(host.networks()).value().isEmpty());
        QCOMPARE(QByteArray(wait(host.forgetNetwork(*IpNetwork::parse(u"203.0.113.0/24"), PathTransport::Udp)).error().code),
                 QByteArray("network-unknown"));
        QCOMPARE(QByteArray(wait(host.history(*DeviceId::parse(u"other:nobody"))).error().code), QByteArray("device-unknown"));
        QVERIFY(wait(host.testBearer(QStringLiteral("ota_http"))).value().ok);
        QCOMPARE(QByteArray(wait(host.testBearer(QStringLiteral("pigeon"))).error().code), QByteArray("bearer-unknown"));
        std::optional<QVector<FaultRule>> faults;
        connect(&host, &ServerHost::changed, this, [&](const ServerChanges &changes) {
            if (changes.faults)
                faults = changes.faults;
        });
        FaultRule fault;
        fault.scope = FaultScope::Wakes;
        fault.bearer = QStringLiteral("wsp");
        const Result<FaultId> faultId = wait(host.addFault(fault, Milliseconds(60000)));
        QVERIFY(faultId.ok());
        QTRY_VERIFY(faults && faults->size() == 1);
        QCOMPARE(faults->at(0).id, *faultId);
        QVERIFY(wait(host.removeFault(*faultId)).ok());
        QTRY_VERIFY(faults->isEmpty());
        QCOMPARE(wait(host.clearFaults()).value(), 0);
        QCOMPARE(QByteArray(wait(host.repeatWake(WakeId(QStringLiteral("w-none")))).error().code), QByteArray("wake-unknown"));
        host.stop();
        QTRY_COMPARE(host.state(), ServerHost::State::Stopped);
        QCOMPARE(QByteArray(wait(host.submit(request)).error().code), QByteArray("server-stopped"));
    }
    void aDeviceIsEditedWhereItIsThereAndOnlyWhatWasEdited()
    {
        QTemporaryDir dir;
        ServerHost host;
        DeviceEdit edit;
        edit.before.id = *DeviceId::parse(u"mac:00a0c91e6bf6");
        edit.before.user = *PublicUserId::parse(u"sip:alice@lab.example");
        edit.after = edit.before;
        edit.after.preferences.preferred = true;
        QCOMPARE(QByteArray(wait(host.changeDevice(edit)).error().code), QByteArray("server-stopped"));
        host.start(freePorts(), dir.path());
        QTRY_COMPARE(host.state(), ServerHost::State::Running);
        QCOMPARE(QByteArray(wait(host.changeDevice(edit)).error().code), QByteArray("device-unknown"));
        QVERIFY(wait(host.putUser(edit.before.user, {}, {})).ok());
        Device standing = edit.before;
        standing.name = QStringLiteral("phone");
        QVERIFY(wait(host.putDevice(standing)).ok());
        const Result<DeviceEdit> back = wait(host.changeDevice(edit));
        QVERIFY(back.ok());
        QVERIFY(back->before.preferences.preferred && !back->after.preferences.preferred);
        QCOMPARE(back->before.name, QStringLiteral("phone"));
        QVERIFY(wait(host.changeDevice(edit))->isEmpty()); // it stands like that already

        Device now = edit.before;
        connect(&host, &ServerHost::changed, this, [&](const ServerChanges &changes) {
            for (const DeviceSnapshot &snapshot : changes.devices)
                now = snapshot.device;
        });
        DeviceEdit theirs = edit;
        theirs.before = theirs.after;
        theirs.after.preferences.order = 4;
        QVERIFY(wait(host.changeDevice(theirs)).ok());
        const Result<DeviceEdit> again = wait(host.changeDevice(*back));
        QVERIFY(again.ok());
        QTRY_VERIFY(now.preferences.order == 4 && !now.preferences.preferred);
        QCOMPARE(now.name, QStringLiteral("phone"));
        QVERIFY(wait(host.changeDevice(*again)).ok());
        QTRY_VERIFY(now.preferences.preferred);
        QCOMPARE(now.preferences.order, 4);
        edit.before.user = edit.after.user = *PublicUserId::parse(u"sip:bob@lab.example");
        QCOMPARE(QByteArray(wait(host.changeDevice(edit)).error().code), QByteArray("device-belongs-to-other-user"));
    }
    void failureIsToldWithItsReasonAndCanBePutRight()
    {
        QTemporaryDir dir;
        ServerHost first, second;
        first.start(freePorts(), dir.path());
        QTRY_COMPARE(first.state(), ServerHost::State::Running);
        second.start(freePorts(), dir.path());
        QTRY_COMPARE(second.state(), ServerHost::State::Failed);
        QCOMPARE(QByteArray(second.failure().code), QByteArray("store-locked"));
        first.stop();
        QTRY_COMPARE(first.state(), ServerHost::State::Stopped);
        second.start(freePorts(), dir.path());
        QTRY_COMPARE(second.state(), ServerHost::State::Running);
    }
    void startsAndStopsManyTimes()
    {
        QTemporaryDir dir;
        ServerHost host;
        for (int i = 0; i < 30; ++i) {
            host.start(freePorts(), dir.path());
            QTRY_COMPARE(host.state(), ServerHost::State::Running);
            QFuture<Result<Done>> pending = host.putUser(*PublicUserId::parse(u"sip:bob@lab.example"), {}, {});
            host.stop();
            QTRY_COMPARE(host.state(), ServerHost::State::Stopped);
            QVERIFY(QTest::qWaitFor([&] { return pending.isFinished(); }));
        }
    }
    void destructionWhileRunningIsClean()
    {
        QTemporaryDir dir;
        for (int i = 0; i < 5; ++i) {
            ServerHost host;
            host.start(freePorts(), dir.path());
            if (i % 2)
                QTRY_COMPARE(host.state(), ServerHost::State::Running);
        }
    }
};

QTEST_GUILESS_MAIN(TestServerHost)
#include "tst_serverhost.moc"
