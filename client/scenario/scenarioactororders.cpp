// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariocalls.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace reveille {

void ScenarioActor::push(const ScenarioAction &action, const Then &then)
{
    QJsonObject body = action.fields;
    if (const int size = body.take(u"size"_s).toInt(); size > 0)
        body.insert(u"body"_s, QString(size, u'x'));
    QJsonArray devices;
    for (const QJsonValue &device : body.value(u"devices"_s).toArray())
        devices.append(m_stage.idOf(device.toString()));
    if (!devices.isEmpty())
        body.insert(u"devices"_s, devices);
    QVector<QJsonObject> targets;
    for (const QString &member : action.each.isEmpty() ? QStringList() : m_stage.membersOf(action.each))
        targets.append({{u"device"_s, m_stage.idOf(member)}});
    if (targets.isEmpty()) {
        QJsonObject to = body.value(u"to"_s).toObject();
        if (const QString device = to.value(u"device"_s).toString(); !device.isEmpty())
            to.insert(u"device"_s, m_stage.idOf(device));
        for (const ScenarioUser &user : m_scenario.users) {
            if (to.value(u"user"_s).toString() == user.name)
                to.insert(u"user"_s, user.id.toString());
        }
        targets.append(to);
    }
    ScenarioFilling fill = filling();
    const auto calls = ScenarioCalls::of(then);
    for (const QJsonObject &target : std::as_const(targets)) {
        body.insert(u"to"_s, target);
        const QJsonObject one = fill.value(body).toObject();
        if (!fill.missing().isEmpty()) {
            calls->error = Error{"action-fact-unknown", fill.missing()};
            break;
        }
        ++calls->waiting;
        sendPush(action, one, [calls](const std::optional<Error> &error) { calls->settle(error); });
    }
    calls->settle({});
}

void ScenarioActor::sendPush(const ScenarioAction &action, const QJsonObject &body, const Then &then)
{
    const QString name = action.names.value(0);
    const auto taken = [this, name, then](const ScenarioApi::Answer &answer) {
        const QString id = answer.body.value(u"id"_s).toString();
        if (!answer.ok() || id.isEmpty())
            return then(scenarioRefusal(u"push "_s + name, answer));
        m_ids.of[name].append(id);
        m_feed.watchPush(id);
        then({});
    };
    if (action.asServer)
        return m_api.post("/v1/pushes", body, taken);
    withTriggers([this, body, taken, then](const std::optional<Error> &error) {
        if (error)
            return then(error);
        m_triggers.post("/v1/pushes", body, taken);
    });
}

void ScenarioActor::wake(const ScenarioAction &action, const Then &then)
{
    ScenarioFilling fill = filling();
    const QJsonObject order = fill.value(action.fields).toObject();
    if (!fill.missing().isEmpty())
        return then(Error{"action-fact-unknown", fill.missing()});
    const QString name = action.names.value(0);
    const auto calls = ScenarioCalls::of(then);
    for (const QString &member : m_stage.membersOf(action.names.value(1))) {
        ++calls->waiting;
        m_api.post("/v1/devices/" + percentEncode(m_stage.idOf(member)) + "/wake", order,
                   [this, name, calls](const ScenarioApi::Answer &answer) {
                       const QString id = answer.body.value(u"id"_s).toString();
                       if (!answer.ok() || id.isEmpty())
                           return calls->settle(scenarioRefusal(u"wake "_s + name, answer));
                       m_ids.of[name].append(id);
                       m_feed.watchWake(answer.body);
                       calls->settle({});
                   });
    }
    calls->settle({});
}

void ScenarioActor::makeFault(const ScenarioAction &action, const Then &then)
{
    const QString name = action.names.value(0);
    ScenarioFilling fill = filling();
    const QJsonObject order = fill.value(action.fields).toObject();
    if (!fill.missing().isEmpty())
        return then(Error{"action-fact-unknown", fill.missing()});
    m_api.post("/v1/faults", order, [this, name, then](const ScenarioApi::Answer &answer) {
        if (!answer.ok())
            return then(scenarioRefusal(u"fault "_s + name, answer));
        m_ids.of[name].append(answer.body.value(u"id"_s).toString());
        then({});
    });
}

void ScenarioActor::cancel(const ScenarioAction &action, const Then &then)
{
    const QString name = action.names.value(0);
    if (m_ids.of.value(name).isEmpty())
        return then(Error{"action-fact-unknown", u"${"_s + name + u".id}"_s});
    const auto calls = ScenarioCalls::of(then);
    for (const QString &id : m_ids.of.value(name)) {
        ++calls->waiting;
        m_api.call("DELETE", scenarioPathOf(id), [name, calls](const ScenarioApi::Answer &answer) {
            calls->settle(answer.ok() ? std::nullopt
                                      : std::optional(scenarioRefusal(u"cancel "_s + name, answer)));
        });
    }
    calls->settle({});
}

} // namespace reveille
