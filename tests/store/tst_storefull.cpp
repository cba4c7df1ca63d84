// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomfacts.h"
#include "store/sqlconnection.h"
#include "storeharness.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

bool put(const char *name, const QByteArray &content)
{
    QFile file(QString::fromLatin1(name));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(content) == content.size();
}

/// A mount namespace of our own, so that nobody else sees the small disk and it goes with this process;
/// without the rights of root, in a user namespace of our own. Returns what failed, or an empty text.
QByteArray enterOwnNamespace()
{
    const QByteArray user = QByteArray::number(::geteuid());
    const QByteArray group = QByteArray::number(::getegid());
    if (::unshare(CLONE_NEWNS) != 0 &&
        (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 || !put("/proc/self/uid_map", "0 " + user + " 1") ||
         !put("/proc/self/setgroups", "deny") || !put("/proc/self/gid_map", "0 " + group + " 1")))
        return QByteArray("own namespace: ") + std::strerror(errno);
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return QByteArray("private mounts: ") + std::strerror(errno);
    return {};
}

QByteArray namespaceTrouble;

} // namespace

/// A real, small disk that fills up.
class TestStoreFull : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aBatchThatDoesNotFitFailsWhole();
    void smallBatchesGoOnBesideOneThatDoesNotFit();
    void fillingUpLosesNothingAcknowledged();
    void itRecoversWhenThereIsSpaceAgain();
    void startingOnAFullDiskIsRefused();
    void closingOnAFullDiskKeepsEverything();

private:
    /// Takes all space but `leave` octets.
    void occupy(qint64 leave);
    StoreSettings settings() const;
    static StoreBatch batchOf(quint32 seed, qint64 bodySize);

    std::unique_ptr<QTemporaryDir> m_disk;
};

void TestStoreFull::init()
{
    QVERIFY2(namespaceTrouble.isEmpty(), qPrintable(QString::fromLocal8Bit(namespaceTrouble) +
                                                    u" (this test mounts a small disk of its own)"_s));
    m_disk = std::make_unique<QTemporaryDir>();
    QVERIFY2(::mount("tmpfs", QFile::encodeName(m_disk->path()).constData(), "tmpfs", 0, "size=2m") == 0,
             std::strerror(errno));
}

void TestStoreFull::cleanup()
{
    if (m_disk)
        ::umount2(QFile::encodeName(m_disk->path()).constData(), MNT_DETACH);
    m_disk.reset();
}

void TestStoreFull::occupy(qint64 leave)
{
    QFile filler(m_disk->filePath(u"filler"_s));
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const QByteArray block(4096, 'f');
    while (filler.write(block) == block.size()) {
    }
    QVERIFY(filler.resize(std::max<qint64>(0, filler.size() - leave)));
}

StoreSettings TestStoreFull::settings() const
{
    StoreSettings settings;
    settings.database = m_disk->filePath(u"reveille.db"_s);
    return settings;
}

StoreBatch TestStoreFull::batchOf(quint32 seed, qint64 bodySize)
{
    RandomFacts random(seed);
    StoreBatch batch;
    batch.users = {random.someUser()};
    batch.pushes = {random.push(), random.push()};
    batch.pushes[0].id = PushId(u"p-%1"_s.arg(seed));
    batch.pushes[1].id = PushId(u"q-%1"_s.arg(seed));
    batch.pushes[0].request.body = "short";
    batch.pushes[1].request.body = QByteArray(bodySize, 'b');
    batch.journal = {random.journalEntry(seed)};
    batch.journal[0].bytes = "x";
    return batch;
}

void TestStoreFull::aBatchThatDoesNotFitFailsWhole()
{
    StoreHarness harness(settings());
    QVERIFY_OK(harness.open());
    QVERIFY_OK(harness.commit(batchOf(1, 100)));
    occupy(100 * 1024);
    const StoreBatch tooBig = batchOf(2, 500 * 1024);
    const Result<Done> result = harness.commit(tooBig);
    QCOMPARE(codeOf(result), "store-full");
    QCOMPARE(result.error().about, harness.file());
    QCOMPARE(harness.store().facts().trouble, QByteArray("store-full"));

    QCOMPARE(harness.readPush(tooBig.pushes[0].id).value(), std::nullopt);
    QCOMPARE(harness.readPush(tooBig.pushes[1].id).value(), std::nullopt);
    QCOMPARE(harness.readJournal({}).value().size(), 1);
    QVERIFY(harness.readPush(PushId(u"q-1"_s)).value().has_value());
}

void TestStoreFull::smallBatchesGoOnBesideOneThatDoesNotFit()
{
    StoreHarness harness(settings());
    QVERIFY_OK(harness.open());
    occupy(500 * 1024);
    QVector<QByteArray> answers;
    for (quint32 i = 1; i <= 5; ++i) {
        harness.store().commit(batchOf(i, i == 3 ? 800 * 1024 : 100),
                               [&](const Result<Done> &result) { answers.append(codeOf(result)); });
    }
    QTRY_COMPARE(answers.size(), 5);
    QCOMPARE(answers, (QVector<QByteArray>{"", "", "store-full", "", ""}));
    QCOMPARE(harness.store().facts().trouble, QByteArray());
}

void TestStoreFull::fillingUpLosesNothingAcknowledged()
{
    StoreHarness harness(settings());
    QVERIFY_OK(harness.open());
    QVector<PushId> acknowledged;
    QVector<PushId> refused;
    for (quint32 i = 1; refused.size() < 20; ++i) {
        const StoreBatch batch = batchOf(i, 20 * 1024);
        const Result<Done> result = harness.commit(batch);
        if (!result)
            QCOMPARE(codeOf(result), "store-full");
        (result ? acknowledged : refused).append(batch.pushes[1].id);
        QVERIFY(i < 1000);
    }
    QVERIFY(acknowledged.size() > 5);
    for (const PushId &id : std::as_const(acknowledged))
        QVERIFY(harness.readPush(id).value().has_value());
    for (const PushId &id : std::as_const(refused))
        QVERIFY(!harness.readPush(id).value().has_value());
}

void TestStoreFull::itRecoversWhenThereIsSpaceAgain()
{
    StoreHarness harness(settings());
    QVERIFY_OK(harness.open());
    occupy(50 * 1024);
    QCOMPARE(codeOf(harness.commit(batchOf(1, 300 * 1024))), "store-full");
    QVERIFY(QFile::remove(m_disk->filePath(u"filler"_s)));
    QVERIFY_OK(harness.commit(batchOf(1, 300 * 1024)));
    QCOMPARE(harness.store().facts().trouble, QByteArray());
    QVERIFY_OK(harness.reopen());
    QVERIFY(harness.readPush(PushId(u"q-1"_s)).value().has_value());
}

void TestStoreFull::startingOnAFullDiskIsRefused()
{
    StoreHarness fresh(settings());
    occupy(0);
    QCOMPARE(codeOf(fresh.open()), "store-full");
    QVERIFY(!QFile::exists(fresh.file()));
    QVERIFY(QFile::remove(m_disk->filePath(u"filler"_s)));
    QVERIFY_OK(fresh.reopen());
    QVERIFY_OK(fresh.commit(batchOf(1, 100)));
    fresh.store().close();
    occupy(0);
    QCOMPARE(codeOf(fresh.reopen()), "store-full");
    QVERIFY(QFile::remove(m_disk->filePath(u"filler"_s)));
    QVERIFY_OK(fresh.reopen());
    QVERIFY(fresh.readPush(PushId(u"q-1"_s)).value().has_value());
}

void TestStoreFull::closingOnAFullDiskKeepsEverything()
{
    StoreHarness harness(settings());
    QVERIFY_OK(harness.open());
    QVERIFY_OK(harness.commit(batchOf(1, 300 * 1024))); // in the log, not yet in the file
    occupy(0);
    harness.store().close();
    QVERIFY(QFile::remove(m_disk->filePath(u"filler"_s)));
    QVERIFY_OK(harness.reopen());
    QVERIFY(harness.readPush(PushId(u"q-1"_s)).value().has_value());
}

int main(int argc, char **argv)
{
    namespaceTrouble = enterOwnNamespace(); // before there is a second thread
    QCoreApplication app(argc, argv);
    TestStoreFull test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storefull.moc"
