// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioactor.h"

#include "client/scenario/scenariocalls.h"
#include "client/scenario/scenariomatch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace reveille {

ScenarioActor::ScenarioActor(const Scenario &scenario, ScenarioServer &server, ScenarioStage &stage,
                             ScenarioApi &api, ScenarioFeed &feed, QObject *parent)
    : QObject(parent)
    , m_scenario(scenario)
    , m_server(server)
    , m_stage(stage)
    , m_api(api)
    , m_feed(feed)
{
}

ScenarioActor::Then ScenarioActor::guarded(Then then)
{
    // Later, so that whoever asks has finished; and not to somebody who has given up.
    return [this, then = std::move(then), round = m_round](const std::optional<Error> &error) {
        QMetaObject::invokeMethod(
            this,
            [this, then, round, error] {
                if (round == m_round)
                    then(error);
            },
            Qt::QueuedConnection);
    };
}

void ScenarioActor::prepare(Then then)
{
    const auto calls = ScenarioCalls::of(guarded(std::move(then)));
    for (const ScenarioUser &user : m_scenario.users) {
        ++calls->waiting;
        ensureUser(user.id, user.displayName, user.password,
                   [calls](const std::optional<Error> &error) { calls->settle(error); });
    }
    // An own server takes users as they come.
    for (const ScenarioDevice &device : m_scenario.devices) {
        for (int index = 0; index < device.count && !m_server.isOwn(); ++index) {
            const PushClientSettings settings = device.member(index);
            ++calls->waiting;
            ensureUser(settings.user, {}, settings.password,
                       [calls](const std::optional<Error> &error) { calls->settle(error); });
        }
    }
    calls->settle({});
}

void ScenarioActor::ensureUser(const PublicUserId &user, const QString &name, const QString &password,
                               const Then &then)
{
    const QString id = user.toString();
    if (m_knownUsers.contains(id))
        return then({});
    QVector<Then> &pending = m_pendingUsers[id];
    pending.append(then);
    if (pending.size() > 1)
        return;
    QJsonObject order;
    if (!name.isEmpty())
        order.insert(u"name"_s, name);
    if (!password.isEmpty())
        order.insert(u"password"_s, password);
    const QByteArray target = "/v1/users/" + percentEncode(id);
    const auto make = [this, id, target, order] {
        m_api.put(target, order, [this, id](const ScenarioApi::Answer &answer) {
            if (answer.status == 201)
                m_madeUsers.append(id);
            userIsThere(id, answer.ok() ? std::nullopt
                                        : std::optional(scenarioRefusal(u"PUT user "_s + id, answer)));
        });
    };
    if (m_server.isOwn())
        return make();
    // Somebody else's user stays as it is.
    m_api.call("GET", target, [this, id, make](const ScenarioApi::Answer &answer) {
        if (answer.status == 404)
            make();
        else
            userIsThere(id, answer.ok() ? std::nullopt
                                        : std::optional(scenarioRefusal(u"GET user "_s + id, answer)));
    });
}

void ScenarioActor::userIsThere(const QString &id, const std::optional<Error> &error)
{
    if (!error)
        m_knownUsers.insert(id);
    for (const Then &then : m_pendingUsers.take(id))
        then(error);
}

void ScenarioActor::perform(const ScenarioAction &action, Then then)
{
    act(action, guarded(std::move(then)));
}

void ScenarioActor::act(const ScenarioAction &action, const Then &then)
{
    switch (action.kind) {
    case ScenarioAction::Kind::Device:
        return doDevices(action, then);
    case ScenarioAction::Kind::Provision: {
        const auto calls = ScenarioCalls::of(then);
        for (const QString &member : m_stage.membersOf(action.names.value(0))) {
            ++calls->waiting;
            provision(member, action.fields,
                      [calls](const std::optional<Error> &error) { calls->settle(error); });
        }
        return calls->settle({});
    }
    case ScenarioAction::Kind::Push:
        return push(action, then);
    case ScenarioAction::Kind::Wake:
        return wake(action, then);
    case ScenarioAction::Kind::Fault:
        return makeFault(action, then);
    case ScenarioAction::Kind::Cancel:
        return cancel(action, then);
    case ScenarioAction::Kind::Simulator: {
        const Result<Done> steered = m_stage.steer(action.names.value(0), action.fields);
        return then(steered ? std::nullopt : std::optional(steered.error()));
    }
    case ScenarioAction::Kind::Server:
        return steerServer(action.word, then);
    case ScenarioAction::Kind::Call:
        return call(action, then);
    case ScenarioAction::Kind::Wait:
        break;
    }
    QTimer::singleShot(action.time, this, [then] { then({}); });
}

void ScenarioActor::doDevices(const ScenarioAction &action, const Then &then)
{
    const auto calls = ScenarioCalls::of(then);
    for (const QString &name : action.names) {
        for (const QString &member : m_stage.membersOf(name)) {
            const Result<Done> done =
                m_stage.perform(action.word, member, action.fields.value(u"status"_s).toInt());
            ++calls->waiting;
            if (!done) {
                calls->settle(done.error());
                return calls->settle({});
            }
            const bool told = action.word == u"start" && !m_stage.msisdnOf(member).isEmpty();
            if (!told)
                calls->settle({});
            else
                provision(member, {}, [calls](const std::optional<Error> &error) { calls->settle(error); });
        }
    }
    calls->settle({});
}

/// What staff knows of a device; its user is made first where it has to be.
void ScenarioActor::provision(const QString &member, QJsonObject fields, const Then &then)
{
    const ScenarioDevice *device = m_stage.deviceOf(member);
    const QString user = m_stage.factOf(member, u"user"_s);
    const Msisdn msisdn = m_stage.msisdnOf(member);
    fields.insert(u"user"_s, user);
    if (!msisdn.isEmpty() && !fields.contains(u"msisdn"_s))
        fields.insert(u"msisdn"_s, msisdn.toString());
    if (!device->smsRoutes.isEmpty() && !fields.contains(u"wake_routes"_s)) {
        QJsonArray routes;
        for (const QString &way : device->smsRoutes)
            routes.append(QJsonObject{{u"bearer"_s, way},
                                      {u"address"_s, msisdn.digits()},
                                      {u"port"_s, m_stage.factOf(member, u"client_port"_s).toInt()}});
        fields.insert(u"wake_routes"_s, routes);
    }
    ScenarioFilling fill = filling();
    const QJsonObject body = fill.value(fields).toObject();
    if (!fill.missing().isEmpty())
        return then(Error{"action-fact-unknown", fill.missing()});
    const QString id = m_stage.idOf(member);
    ensureUser(PublicUserId::parse(user).valueOr({}), {}, {}, [=, this](const std::optional<Error> &error) {
        if (error)
            return then(error);
        m_api.put("/v1/devices/" + percentEncode(id), body, [then, id](const ScenarioApi::Answer &answer) {
            then(answer.ok() ? std::nullopt : std::optional(scenarioRefusal(u"PUT device "_s + id, answer)));
        });
    });
}

void ScenarioActor::call(const ScenarioAction &action, const Then &then)
{
    ScenarioFilling fill = filling();
    const QByteArray method = action.names.value(0).toLatin1();
    const QByteArray target = fill.text(action.names.value(1), ScenarioFilling::Form::Encoded).toUtf8();
    const QJsonObject fields = fill.value(action.fields).toObject();
    if (!fill.missing().isEmpty())
        return then(Error{"action-fact-unknown", fill.missing()});
    const QString shown = QString::fromLatin1(method) + u' ' + action.names.value(1);
    const auto judged = [fields, shown, status = action.status, then](const ScenarioApi::Answer &answer) {
        if (status == 0 ? !answer.ok() : answer.status != status)
            return then(scenarioRefusal(shown, answer));
        const QJsonObject wanted = fields.value(u"answer"_s).toObject();
        if (!scenarioMatchesAll(wanted, answer.body))
            return then(Error{"call-answer", shown + u": "_s + scenarioFoundText(wanted, answer.body)});
        then({});
    };
    const QJsonValue body = fields.value(u"body"_s);
    const QByteArray octets = body.isString() ? body.toString().toUtf8()
                              : body.isObject()
                                  ? QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact)
                                  : QByteArray();
    const QByteArray type = fields.value(u"content_type"_s).toString(u"application/json"_s).toLatin1();
    const auto send = [=](ScenarioApi &api) {
        if (octets.isEmpty())
            api.call(method, target, judged);
        else
            api.send(method, target, octets, type, judged);
    };
    if (action.asServer)
        return send(m_api);
    withTriggers([this, send, then](const std::optional<Error> &error) {
        if (error)
            return then(error);
        send(m_triggers);
    });
}

/// The interface for application servers needs an initiator, made once.
void ScenarioActor::withTriggers(Then then)
{
    if (!m_initiator.isEmpty())
        return then({});
    m_pendingTriggers.append(std::move(then));
    if (m_pendingTriggers.size() > 1)
        return;
    const QString name = u"scenario "_s + m_scenario.name.left(40) + u' ' +
                         QUuid::createUuid().toString(QUuid::Id128).first(8);
    m_api.post("/v1/initiators", {{u"name"_s, name}}, [this](const ScenarioApi::Answer &answer) {
        std::optional<Error> error;
        if (answer.ok()) {
            m_initiator = answer.body.value(u"id"_s).toString();
            m_triggers.use(QUrl(u"http://"_s + m_addresses.value(u"triggers_http"_s)),
                           answer.body.value(u"token"_s).toString().toLatin1());
        } else {
            error = scenarioRefusal(u"POST /v1/initiators"_s, answer);
        }
        for (const Then &waiting : std::exchange(m_pendingTriggers, {}))
            waiting(error);
    });
}

void ScenarioActor::steerServer(const QString &word, const Then &then)
{
    const auto start = [this, then, round = m_round] {
        if (round != m_round)
            return;
        connect(
            &m_server, &ScenarioServer::ready, this,
            [this, then, round] {
                if (round != m_round)
                    return;
                tell(u"ready"_s);
                connect(
                    &m_feed, &ScenarioFeed::opened, this, [then] { then({}); }, Qt::SingleShotConnection);
                m_feed.open(m_server.isOwn());
            },
            Qt::SingleShotConnection);
        m_server.start({});
    };
    if (word == u"start")
        return start();
    m_feed.pause();
    connect(
        &m_server, &ScenarioServer::ended, this,
        [this, start, then, round = m_round, again = word == u"restart"] {
            if (round != m_round)
                return;
            tell(u"ended"_s);
            if (again)
                start();
            else
                then({});
        },
        Qt::SingleShotConnection);
    if (word == u"kill")
        m_server.kill();
    else
        m_server.stop();
}

void ScenarioActor::tell(const QString &code)
{
    Q_EMIT happened(QString::fromLatin1(serverName), {MachineClock().now(), code, {}});
}

void ScenarioActor::abandon()
{
    ++m_round;
    m_triggers.forget();
}

void ScenarioActor::tidyUp(std::function<void()> then)
{
    const auto calls = ScenarioCalls::of([then = std::move(then)](const std::optional<Error> &) { then(); });
    const auto remove = [&](const QByteArray &target) {
        ++calls->waiting;
        m_api.call("DELETE", target, [calls](const ScenarioApi::Answer &) { calls->settle({}); });
    };
    for (const ScenarioDevice &device : m_scenario.devices) {
        for (int index = 0; index < device.count && device.hasUsualId; ++index)
            remove("/v1/devices/" + percentEncode(device.member(index).device.toString()));
    }
    for (const QString &user : std::as_const(m_madeUsers))
        remove("/v1/users/" + percentEncode(user));
    for (const QStringList &ids : std::as_const(m_ids.of)) {
        if (ids.value(0).startsWith(u"f-"))
            remove(scenarioPathOf(ids.first()));
    }
    if (!m_initiator.isEmpty())
        remove("/v1/initiators/" + percentEncode(m_initiator));
    calls->settle({});
}

ScenarioFilling ScenarioActor::filling() const
{
    return ScenarioFilling([this](const QString &name, const QString &fact) {
        if (name == u"server")
            return m_addresses.value(fact);
        const QString known = m_stage.factOf(name, fact);
        return known.isEmpty() && fact == u"id" ? m_ids.of.value(name).value(0) : known;
    });
}

} // namespace reveille
