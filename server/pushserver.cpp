// SPDX-License-Identifier: GPL-3.0-or-later
#include "pushserver.h"

#include "bearerfactory.h"
#include "connections/datagram/datagramservice.h"
#include "connections/msrp/msrpservice.h"
#include "connections/otahttp/otahttpservice.h"
#include "connections/sip/sipservice.h"
#include "datafolder.h"
#include "engine/timerwheel.h"
#include "limitkeys.h"
#include "operations/operationslistener.h"
#include "operations/operationstoken.h"
#include "serveridentity.h"
#include "store/sqlstore.h"
#include "triggerorigins.h"
#include "triggers/triggerlistener.h"

#include <QDir>

namespace reveille {

namespace {

PapSettings papSettings(const Config &config)
{
    PapSettings settings;
    settings.realm = config.realm;
    settings.lifetime = Milliseconds(config.papLifetimeSeconds * 1000LL);
    settings.networks = config.papNetworks;
    settings.bearers = config.papBearers;
    for (const QString &item : config.papAddresses) {
        const qsizetype equals = item.indexOf(u'=');
        settings.addresses.insert(item.first(equals), PublicUserId::parse(item.sliced(equals + 1)).valueOr({}));
    }
    settings.notifyPublic = config.notifyNetworks.contains(QStringLiteral("public"));
    for (const QString &network : config.notifyNetworks) {
        if (const Result<IpNetwork> parsed = IpNetwork::parse(network))
            settings.notifyNetworks.append(*parsed);
    }
    return settings;
}

Engine::Settings engineSettings(const Config &config)
{
    Engine::Settings settings;
    settings.wake.routes = config.wakeRoutes;
    settings.wake.attemptsPerRoute = config.wakeAttempts;
    settings.wake.answerTimeout = config.wakeAnswerTimeout;
    settings.wake.backoff = config.wakeBackoff;
    settings.wake.mode = config.wakeMode;
    settings.wake.placement = config.identityPlacement;
    for (const BearerConfig &bearer : config.bearers) {
        if (bearer.identity)
            settings.wake.placementOver.insert(bearer.name, *bearer.identity);
    }
    settings.wake.policy = config.wakePolicy;
    settings.wake.activeLimit = config.wakeActiveLimit;
    settings.wake.queueLimit = config.wakeQueueLimit;
    settings.automatic.limit = config.wakeAutomaticLimit;
    settings.automatic.pause = std::chrono::seconds(config.wakeAutomaticPause);
    settings.automatic.beforeExpiry = std::chrono::seconds(config.wakeBeforeExpiry);
    settings.pushes.retryUnreachable = std::chrono::seconds(config.wakeRetryUnreachable);
    settings.pushes.bodySize = config.httpMaxBody;
    applyLimits(config.limits, settings.writes);
    applyLimits(config.limits, settings.registry);
    applyLimits(config.limits, settings.pushResources);
    applyLimits(config.limits, settings.pinholes);
    applyLimits(config.limits, settings.pushes);
    applyLimits(config.limits, settings.faults);
    settings.faults.silence = config.requestTimeout;
    settings.faults.allowed = config.faultsAllowed.value_or(!config.operationsHttp.enabled || config.operationsHttp.address.isLoopback());
    settings.pinholes.learns = config.learnPinholes;
    settings.pinholes.fixed = std::chrono::seconds(config.keepAliveFixed);
    settings.pinholes.shortest = std::chrono::seconds(config.keepAliveShortest);
    settings.pinholes.longest = std::chrono::seconds(config.keepAliveLongest);
    return settings;
}

Endpoint endpoint(const ListenAddress &address)
{
    return {address.enabled, QHostAddress(address.address.toString()), address.port};
}

Result<SipSettings> sipSettings(const Config &config, const QByteArray &secret, const QString &dataDir)
{
    SipSettings settings;
    settings.udp = endpoint(config.sipUdp);
    settings.tcp = endpoint(config.sipTcp);
    settings.tls = endpoint(config.sipTls);
    if (settings.tls.enabled) {
        const Result<TlsIdentity> identity = tlsIdentityFor(config.sipTlsFiles, config, config.sipTls, dataDir);
        if (!identity)
            return identity.error();
        settings.tlsIdentity = *identity;
    }
    settings.pathFrom = parseNetworks(config.sipPathNetworks).valueOr({});
    settings.publicHost = config.publicAddress;
    settings.realm = config.realm;
    settings.domains = config.sipDomains;
    settings.digest = config.sipDigest;
    settings.secret = secret;
    settings.minExpires = config.sipMinExpires;
    settings.maxExpires = config.sipMaxExpires;
    settings.defaultExpires = config.sipDefaultExpires;
    settings.flowTimer = config.sipFlowTimer;
    settings.maxStreams = config.sipMaxConnections;
    settings.maxHandshakes = config.sipMaxHandshakes;
    settings.maxTransactions = config.sipMaxTransactions;
    settings.idleSeconds = config.sipIdleSeconds;
    settings.udpLiveness = {config.udpPinhole, config.keepAliveGrace};
    settings.tcpLiveness = {config.tcpSilence, config.keepAliveGrace};
    settings.requestTimeout = config.requestTimeout;
    settings.sessionSeconds = config.msrpSessionSeconds;
    applyLimits(config.limits, settings);
    return settings;
}

MsrpSettings msrpSettings(const Config &config, const TlsIdentity &identity)
{
    MsrpSettings settings;
    settings.tcp = endpoint(config.msrpTcp);
    settings.tls = endpoint(config.msrpTls);
    settings.identity = identity;
    settings.maxMessage = config.msrpMaxMessage;
    settings.maxSessions = config.msrpMaxSessions;
    settings.maxLinks = 0;
    applyLimits(config.limits, settings);
    if (settings.maxLinks == 0)
        settings.maxLinks = 2 * config.msrpMaxSessions;
    return settings;
}

DatagramSettings datagramSettings(const Config &config)
{
    DatagramSettings settings;
    settings.coap = endpoint(config.datagramCoap);
    settings.dtls = endpoint(config.datagramDtls);
    settings.allowed = parseNetworks(config.datagramAllowedNetworks).valueOr({});
    settings.open = !config.sipDigest;
    settings.needsDtls = config.datagramNeedsDtls;
    settings.realm = config.realm;
    settings.domains = config.sipDomains;
    settings.minLifetime = config.datagramMinLifetime;
    settings.maxLifetime = config.datagramMaxLifetime;
    settings.defaultLifetime = config.datagramDefaultLifetime;
    settings.maxSessions = config.datagramMaxSessions;
    settings.maxDtls = config.datagramMaxDtls;
    settings.maxHandshakes = config.datagramMaxHandshakes;
    settings.message.answersPerSecond = config.datagramAnswersPerSecond;
    settings.message.answerBurst = 0;
    applyLimits(config.limits, settings);
    if (settings.message.answerBurst == 0)
        settings.message.answerBurst = 4 * config.datagramAnswersPerSecond;
    settings.udpPinhole = config.udpPinhole;
    settings.keepAliveGrace = config.keepAliveGrace;
    settings.message.requestTimeout = config.requestTimeout;
    return settings;
}

Result<OtaHttpSettings> otaHttpSettings(const Config &config, const QString &dataDir)
{
    OtaHttpSettings settings;
    settings.tcp = endpoint(config.otaTcp);
    settings.tls = endpoint(config.otaTls);
    if (settings.tls.enabled) {
        const Result<TlsIdentity> identity = tlsIdentityFor(config.otaTlsFiles, config, config.otaTls, dataDir);
        if (!identity)
            return identity.error();
        settings.identity = *identity;
    }
    settings.realm = config.realm;
    settings.needsPassword = config.otaNeedsPassword;
    settings.allowedNetworks = parseNetworks(config.otaAllowedNetworks).valueOr({});
    settings.maxConnections = config.otaMaxConnections;
    settings.idleSeconds = config.otaIdleSeconds;
    settings.userTimeout = config.otaUserTimeout;
    settings.requestTimeout = config.requestTimeout;
    settings.silence = config.tcpSilence;
    applyLimits(config.limits, settings);
    settings.keepAliveGrace = config.keepAliveGrace;
    return settings;
}

WebPushSettings webPushSettings(const Config &config)
{
    WebPushSettings settings;
    applyLimits(config.limits, settings);
    return settings;
}

HttpSettings httpSettings(const Config &config)
{
    HttpSettings settings;
    settings.limits.body = config.httpMaxBody;
    settings.maxConnections = config.httpMaxConnections;
    settings.headerTime = Milliseconds(config.httpHeaderSeconds * 1000);
    settings.bodyTime = Milliseconds(config.httpBodySeconds * 1000);
    settings.idleTime = Milliseconds(config.httpIdleSeconds * 1000);
    applyLimits(config.limits, settings);
    return settings;
}

} // namespace

struct PushServer::State {
    Config config;
    QString dataDir;
    QMap<QString, QString> addresses;
    bool running = false;

    // Made in this order, unmade in the opposite one.
    std::unique_ptr<SystemClock> clock;
    std::unique_ptr<TimerWheel> timers;
    std::unique_ptr<SqlStore> store;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<MsrpService> msrp;
    std::unique_ptr<SipService> sip;
    std::unique_ptr<DatagramService> datagram;
    std::unique_ptr<OtaHttpService> ota;
    std::unique_ptr<TriggerListener> triggers;
    std::unique_ptr<OperationsListener> operations;
};

PushServer::PushServer(Config config, QString dataDir, QObject *parent) : QObject(parent), d(new State)
{
    d->config = std::move(config);
    d->dataDir = std::move(dataDir);
}

PushServer::~PushServer()
{
    stop();
}

Result<Done> PushServer::start()
{
    if (d->running)
        return Done{};
    const Result<Done> opened = open();
    if (!opened) {
        close();
        return opened.error();
    }
    d->running = true;
    return Done{};
}

Result<Done> PushServer::open()
{
    const Config &config = d->config;
    const Result<Done> folder = ensureDataFolder(d->dataDir);
    if (!folder)
        return folder.error();
    const Result<QByteArray> key = serverKey(d->dataDir, QStringLiteral("server.key"));
    if (!key)
        return key.error();
    const Result<QByteArray> token = ensureTokenFile(d->dataDir);
    if (!token)
        return token.error();

    d->clock = std::make_unique<SystemClock>();
    d->timers = std::make_unique<TimerWheel>(*d->clock);
    StoreSettings store;
    store.driver = config.storeDriver;
    store.database = QDir(d->dataDir).absoluteFilePath(config.storeDatabase);
    store.journalKeepRows = config.journalKeepRows;
    d->store = std::make_unique<SqlStore>(store);
    const Result<StoredState> state = d->store->open();
    if (!state)
        return state.error();

    d->engine = std::make_unique<Engine>(*d->clock, *d->timers, *d->store, engineSettings(config));
    d->engine->load(*state);

    const Result<SipSettings> sipSettingsRead = sipSettings(config, *key, d->dataDir);
    if (!sipSettingsRead)
        return sipSettingsRead.error();
    d->sip = std::make_unique<SipService>(*sipSettingsRead, *d->engine);
    if (config.msrpTcp.enabled || config.msrpTls.enabled) {
        Result<TlsIdentity> identity = TlsIdentity{};
        if (config.msrpTls.enabled)
            identity = tlsIdentityFor(config.msrpTlsFiles, config, config.msrpTls, d->dataDir);
        if (!identity)
            return identity.error();
        d->msrp = std::make_unique<MsrpService>(msrpSettings(config, *identity), *d->clock, *d->timers);
        const Result<QMap<QString, QString>> msrp = d->msrp->start();
        if (!msrp)
            return msrp.error();
        d->addresses.insert(*msrp);
        d->sip->setMsrp(d->msrp.get());
    }
    const Result<QMap<QString, QString>> sip = d->sip->start();
    if (!sip)
        return sip.error();
    d->addresses.insert(*sip);
    d->engine->wakes().setGateway(d->sip->gatewayUri());
    d->datagram = std::make_unique<DatagramService>(datagramSettings(config), *d->engine);
    const Result<QMap<QString, QString>> datagram = d->datagram->start();
    if (!datagram)
        return datagram.error();
    d->addresses.insert(*datagram);
    const Result<OtaHttpSettings> otaSettings = otaHttpSettings(config, d->dataDir);
    if (!otaSettings)
        return otaSettings.error();
    d->ota = std::make_unique<OtaHttpService>(*otaSettings, *d->engine);
    const Result<QMap<QString, QString>> ota = d->ota->start();
    if (!ota)
        return ota.error();
    d->addresses.insert(*ota);
    for (const BearerConfig &section : config.bearers) {
        Result<std::unique_ptr<Bearer>> bearer = makeBearer(section, {*d->clock, *d->timers, d->sip.get()});
        if (!bearer)
            return bearer.error();
        d->engine->wakes().addBearer(std::move(*bearer));
    }
    d->engine->wakes().addBearer(d->ota->makeBearer());

    const Result<Done> restored = d->store->readSubscribers([this](const StoredSubscribers &portion) {
        d->engine->load(portion);
        d->sip->restore(portion.bindings);
        d->datagram->restore(portion.bindings);
        d->ota->restore(portion.bindings);
    });
    if (!restored)
        return restored.error();

    d->triggers = std::make_unique<TriggerListener>(
        TriggerListener::Settings{config.triggersNeedToken, httpSettings(config), papSettings(config), {},
                                  {config.triggersPerSecond, config.triggersPerDay, config.triggersMissesPerMinute,
                                   config.triggersGuessesPerMinute},
                                  webPushSettings(config)},
        *d->engine);
    d->triggers->load(state->notices);
    d->triggers->load(state->pushes);
    d->operations = std::make_unique<OperationsListener>(
        OperationsListener::Settings{*token, config.realm, {config.realm}, httpSettings(config), config.importOctets,
                                     config.importRows},
        *d->engine);
    if (config.triggersHttp.enabled) {
        const Result<QString> bound = d->triggers->start(config.triggersHttp.address, config.triggersHttp.port);
        if (!bound)
            return bound.error();
        d->addresses.insert(QStringLiteral("triggers_http"), *bound);
    }
    if (config.triggersHttps.enabled) {
        const Result<TlsIdentity> identity = tlsIdentityFor(config.triggersTlsFiles, config, config.triggersHttps, d->dataDir);
        if (!identity)
            return identity.error();
        const Result<QSslConfiguration> tls = serverTls(*identity);
        if (!tls)
            return tls.error();
        const Result<QString> bound = d->triggers->startSecure(config.triggersHttps.address, config.triggersHttps.port, *tls);
        if (!bound)
            return bound.error();
        d->addresses.insert(QStringLiteral("triggers_https"), *bound);
    }
    if (config.operationsHttp.enabled) {
        const Result<QString> bound = d->operations->start(config.operationsHttp.address, config.operationsHttp.port);
        if (!bound)
            return bound.error();
        d->addresses.insert(QStringLiteral("operations_http"), *bound);
    }
    const QStringList origins = triggerOrigins(config, d->addresses);
    d->triggers->setOrigins(origins);
    d->operations->setPushOrigin(origins.value(0));
    d->operations->setBoundAddresses(d->addresses);
    d->engine->resume();
    return Done{};
}

void PushServer::stop()
{
    if (!d->running)
        return;
    d->running = false;
    close();
}

/// Stop accepting, close the paths, write what is staged, close the store.
void PushServer::close()
{
    if (d->triggers)
        d->triggers->stop();
    if (d->operations)
        d->operations->stop();
    if (d->engine) {
        d->engine->wakes().leaveCarriers();
        d->engine->registry().closeAll(CloseReason::ServerStopping);
    }
    if (d->sip)
        d->sip->stop();
    if (d->msrp)
        d->msrp->stop();
    if (d->datagram)
        d->datagram->stop();
    if (d->ota)
        d->ota->stop();
    if (d->engine)
        d->engine->writes().flush();
    if (d->store)
        d->store->close();
    d->operations.reset();
    d->triggers.reset();
    d->datagram.reset();
    d->ota.reset();
    d->sip.reset();
    d->msrp.reset();
    d->engine.reset();
    d->store.reset();
    d->timers.reset();
    d->clock.reset();
    d->addresses.clear();
}

bool PushServer::isRunning() const
{
    return d->running;
}

QMap<QString, QString> PushServer::boundAddresses() const
{
    return d->addresses;
}

QString PushServer::operationsTokenFile() const
{
    return operationsTokenPath(d->dataDir);
}

Engine *PushServer::engine() const
{
    return d->running ? d->engine.get() : nullptr;
}

} // namespace reveille
