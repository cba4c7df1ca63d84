// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverhost.h"

#include "changecollector.h"
#include "engine/password.h"
#include "engine/pushlisting.h"
#include "eventloop/epolldispatcher.h"
#include "pushserver.h"

#include <QDir>
#include <QPromise>
#include <QThread>

#include <memory>

namespace reveille {

namespace {

template <typename T>
QFuture<T> finished(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

/// Lives in the server thread and owns the server. Everything networked is made in start().
class ServerHost::Worker : public QObject
{
    Q_OBJECT
public:
    void start(const Config &config, const QString &dataDir)
    {
        m_config = config;
        m_server = std::make_unique<PushServer>(config, dataDir);
        const Result<Done> started = m_server->start();
        if (!started) {
            m_server.reset();
            Q_EMIT failed(started.error());
            return;
        }
        m_collector = std::make_unique<ChangeCollector>(*m_server->engine());
        connect(m_collector.get(), &ChangeCollector::collected, this, &Worker::collected);
        Q_EMIT running(m_server->boundAddresses());
        m_collector->sendAll();
    }
    void stop()
    {
        m_collector.reset();
        if (m_server)
            m_server->stop();
        m_server.reset();
    }
    Engine *engine() const { return m_server ? m_server->engine() : nullptr; }
    const Config &config() const { return m_config; }
    /// The user as known, with this name, and with this password unless it is empty.
    User userWith(const PublicUserId &id, const QString &name, const QString &password) const
    {
        const User *known = engine()->registry().user(id);
        User user = known ? *known : User{};
        user.id = id;
        user.name = name;
        if (!user.createdAt.isSet())
            user.createdAt = engine()->clock().now();
        if (!password.isEmpty())
            setPassword(user, m_config.realm, password);
        return user;
    }

Q_SIGNALS:
    void running(const QMap<QString, QString> &addresses);
    void failed(const reveille::Error &error);
    void collected(const reveille::ServerChanges &changes);

private:
    Config m_config;
    std::unique_ptr<PushServer> m_server;
    std::unique_ptr<ChangeCollector> m_collector;
};

struct ServerHost::Private {
    State state = State::Stopped;
    Error failure;
    QMap<QString, QString> addresses;
    QString dataDir;
    QString databaseFile;
    QThread thread;
    Worker *worker = nullptr; ///< of the thread; deleted there

    /// Runs `command` on the server thread with a running engine; the promise gets its answer, or "server-stopped".
    template <typename T, typename Command>
    QFuture<Result<T>> run(Command command)
    {
        if (!worker || state != State::Running)
            return finished<Result<T>>(Error{"server-stopped", {}});
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const QFuture<Result<T>> future = promise->future();
        QMetaObject::invokeMethod(worker, [promise, command = std::move(command), worker = worker] {
            const auto answer = [promise](const Result<T> &result) {
                promise->addResult(result);
                promise->finish();
            };
            if (Engine *engine = worker->engine())
                command(*engine, *worker, answer);
            else
                answer(Error{"server-stopped", {}});
        });
        return future;
    }
};

ServerHost::ServerHost(QObject *parent) : QObject(parent), d(new Private)
{
    qRegisterMetaType<Error>("reveille::Error");
    qRegisterMetaType<ServerChanges>("reveille::ServerChanges");
    d->thread.setObjectName(QStringLiteral("server"));
}

ServerHost::~ServerHost()
{
    if (d->worker) {
        QMetaObject::invokeMethod(d->worker, &Worker::stop, Qt::BlockingQueuedConnection);
        d->thread.quit();
        d->thread.wait();
    }
}

void ServerHost::start(const Config &config, const QString &dataDir)
{
    if (d->state != State::Stopped && d->state != State::Failed)
        return;
    if (!d->worker) {
        d->worker = new Worker;
        d->worker->moveToThread(&d->thread);
        connect(&d->thread, &QThread::finished, d->worker, &QObject::deleteLater);
        connect(d->worker, &Worker::running, this, [this](const QMap<QString, QString> &addresses) {
            d->addresses = addresses;
            d->state = State::Running;
            Q_EMIT stateChanged(d->state);
        });
        connect(d->worker, &Worker::failed, this, [this](const Error &error) {
            d->failure = error;
            d->state = State::Failed;
            Q_EMIT stateChanged(d->state);
        });
        connect(d->worker, &Worker::collected, this, [this](const ServerChanges &changes) {
            if (d->state == State::Running)
                Q_EMIT changed(changes);
        });
        d->thread.setEventDispatcher(new EpollDispatcher); // the thread deletes it
        d->thread.start();
    }
    d->dataDir = dataDir;
    d->databaseFile = QDir(dataDir).absoluteFilePath(config.storeDatabase);
    d->failure = {};
    d->state = State::Starting;
    Q_EMIT stateChanged(d->state);
    QMetaObject::invokeMethod(d->worker, [worker = d->worker, config, dataDir] { worker->start(config, dataDir); });
}

void ServerHost::stop()
{
    if (d->state != State::Running)
        return;
    d->state = State::Stopping;
    d->addresses.clear();
    Q_EMIT stateChanged(d->state);
    QMetaObject::invokeMethod(d->worker, [this, worker = d->worker] {
        worker->stop();
        QMetaObject::invokeMethod(this, [this] {
            d->state = State::Stopped;
            Q_EMIT stateChanged(d->state);
        });
    });
}

ServerHost::State ServerHost::state() const
{
    return d->state;
}

Error ServerHost::failure() const
{
    return d->failure;
}

QMap<QString, QString> ServerHost::boundAddresses() const
{
    return d->addresses;
}

QString ServerHost::dataDir() const
{
    return d->dataDir;
}

QString ServerHost::databaseFile() const
{
    return d->databaseFile;
}

QFuture<Result<PushId>> ServerHost::submit(const PushRequest &request)
{
    return d->run<PushId>([request](Engine &engine, Worker &, auto answer) { engine.pushes().submit(request, answer); });
}

QFuture<Result<Explanation>> ServerHost::explain(const PushRequest &request)
{
    return d->run<Explanation>(
        [request](Engine &engine, Worker &, auto answer) { answer(engine.pushes().explain(request)); });
}

QFuture<Result<Explanation>> ServerHost::explanation(const PushId &id)
{
    return d->run<Explanation>([id](Engine &engine, Worker &, auto answer) { findExplanation(engine, id, answer); });
}

QFuture<Result<PushPage>> ServerHost::pushes(const PushQuery &query)
{
    return d->run<PushPage>([query](Engine &engine, Worker &, auto answer) { listPushes(engine, query, answer); });
}

QFuture<Result<Push>> ServerHost::push(const PushId &id)
{
    return d->run<Push>([id](Engine &engine, Worker &, auto answer) { findPush(engine, id, answer); });
}

QFuture<Result<QVector<Initiator>>> ServerHost::initiators()
{
    return d->run<QVector<Initiator>>([](Engine &engine, Worker &, auto answer) {
        QVector<Initiator> all = engine.initiators();
        for (Initiator &initiator : all)
            initiator.tokenSha256.clear();
        answer(all);
    });
}

QFuture<Result<Done>> ServerHost::cancelPush(const PushId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { answer(engine.pushes().cancel(id)); });
}

QFuture<Result<QVector<Push>>> ServerHost::queue(const DeviceId &id)
{
    return d->run<QVector<Push>>([id](Engine &engine, Worker &, auto answer) { answer(engine.pushes().queueOf(id)); });
}

QFuture<Result<WakeId>> ServerHost::wake(const DeviceId &device, const WakeOrder &order)
{
    return d->run<WakeId>(
        [device, order](Engine &engine, Worker &, auto answer) { answer(engine.wakes().wake(device, order)); });
}

QFuture<Result<WakePreview>> ServerHost::previewWake(const DeviceId &device, const WakeOrder &order)
{
    return d->run<WakePreview>(
        [device, order](Engine &engine, Worker &, auto answer) { answer(engine.wakes().preview(device, order)); });
}

QFuture<Result<Done>> ServerHost::cancelWake(const WakeId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { answer(engine.wakes().cancel(id)); });
}

QFuture<Result<WakeId>> ServerHost::repeatWake(const WakeId &id, const QString &bearer)
{
    return d->run<WakeId>(
        [id, bearer](Engine &engine, Worker &, auto answer) { engine.wakes().repeat(id, bearer, answer); });
}

QFuture<Result<BearerTest>> ServerHost::testBearer(const QString &name)
{
    return d->run<BearerTest>([name](Engine &engine, Worker &, auto answer) { engine.wakes().testBearer(name, answer); });
}

QFuture<Result<Done>> ServerHost::deregister(const DeviceId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { answer(engine.registry().deregister(id)); });
}

QFuture<Result<Done>> ServerHost::probe(const DeviceId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { engine.probe(id, answer); });
}

QFuture<Result<Done>> ServerHost::putUser(const PublicUserId &id, const QString &name, const QString &password)
{
    return d->run<Done>([id, name, password](Engine &engine, Worker &worker, auto answer) {
        engine.registry().putUser(worker.userWith(id, name, password), answer);
    });
}

QFuture<Result<SubscriberChange>> ServerHost::changeUser(const PublicUserId &id, const QString &name, const QString &password,
                                                         std::optional<WakeRule> wakeRule)
{
    return d->run<SubscriberChange>([id, name, password, wakeRule](Engine &engine, Worker &worker, auto answer) {
        User user = worker.userWith(id, name, password);
        if (wakeRule)
            user.wakeRule = *wakeRule;
        SubscriberChange change;
        change.users = {user};
        engine.changeSubscribers(change, answer);
    });
}

QFuture<Result<SubscriberChange>> ServerHost::change(const SubscriberChange &change)
{
    return d->run<SubscriberChange>(
        [change](Engine &engine, Worker &, auto answer) { engine.changeSubscribers(change, answer); });
}

QFuture<Result<DeviceEdit>> ServerHost::changeDevice(const DeviceEdit &edit)
{
    return d->run<DeviceEdit>([edit](Engine &engine, Worker &, auto answer) {
        const Device *known = engine.registry().device(edit.after.id);
        if (!known)
            return answer(Error{"device-unknown", edit.after.id.toString()});
        if (known->user != edit.after.user)
            return answer(Error{"device-belongs-to-other-user", edit.after.id.toString()});
        const Device standing = *known;
        const Device changed = edit.applied(standing);
        if (changed == standing)
            return answer(DeviceEdit{standing, standing});
        SubscriberChange change;
        change.devices = {changed};
        engine.changeSubscribers(change, [answer, back = DeviceEdit{changed, standing}](const Result<SubscriberChange> &made) {
            answer(made ? Result<DeviceEdit>(back) : Result<DeviceEdit>(made.error()));
        });
    });
}

QFuture<Result<ImportReport>> ServerHost::importSubscribers(const QByteArray &csv, const ImportOptions &options,
                                                            std::shared_ptr<ImportProgress> progress)
{
    return d->run<ImportReport>([csv, options, progress](Engine &engine, Worker &worker, auto answer) {
        const Config &config = worker.config();
        if (csv.size() > config.importOctets)
            return answer(Error{"import-too-large", QString::number(config.importOctets)});
        ProvisioningLimits limits;
        limits.rows = config.importRows;
        limits.range = std::min<qint64>(limits.range, config.importRows);
        SubscriberImport::start(engine, config.realm, csv, options, limits, progress, answer);
    });
}

QFuture<Result<ExportPage>> ServerHost::exportSubscribers(const QString &after)
{
    return d->run<ExportPage>([after](Engine &engine, Worker &, auto answer) {
        SubscriberExport::start(engine, after, SubscriberExport::mostRows / 10, answer);
    });
}

QFuture<Result<Done>> ServerHost::removeUser(const PublicUserId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { engine.registry().removeUser(id, answer); });
}

QFuture<Result<Done>> ServerHost::putDevice(const Device &device)
{
    return d->run<Done>(
        [device](Engine &engine, Worker &, auto answer) { engine.registry().putDevice(device, answer); });
}

QFuture<Result<Done>> ServerHost::removeDevice(const DeviceId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { engine.registry().removeDevice(id, answer); });
}

QFuture<Result<DeviceHistory>> ServerHost::history(const DeviceId &id)
{
    return d->run<DeviceHistory>([id](Engine &engine, Worker &, auto answer) { engine.histories().history(id, answer); });
}

QFuture<Result<QVector<LearnedNetwork>>> ServerHost::networks()
{
    return d->run<QVector<LearnedNetwork>>(
        [](Engine &engine, Worker &, auto answer) { answer(engine.pinholes().networks()); });
}

QFuture<Result<Done>> ServerHost::forgetNetwork(const IpNetwork &prefix, PathTransport transport)
{
    return d->run<Done>([key = NetworkKey{prefix, transport}](Engine &engine, Worker &, auto answer) {
        if (engine.pinholes().forget(key))
            answer(Done{});
        else
            answer(Error{"network-unknown", key.prefix.toString()});
    });
}

QFuture<Result<FaultId>> ServerHost::addFault(const FaultRule &rule, Milliseconds life)
{
    return d->run<FaultId>([rule, life](Engine &engine, Worker &, auto answer) { answer(engine.addFault(rule, life)); });
}

QFuture<Result<Done>> ServerHost::removeFault(const FaultId &id)
{
    return d->run<Done>([id](Engine &engine, Worker &, auto answer) { answer(engine.faults().remove(id)); });
}

QFuture<Result<int>> ServerHost::clearFaults()
{
    return d->run<int>([](Engine &engine, Worker &, auto answer) { answer(engine.faults().clear()); });
}

} // namespace reveille

#include "serverhost.moc"
