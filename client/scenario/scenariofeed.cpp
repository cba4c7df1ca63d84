// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariofeed.h"

#include "wire/httptarget.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr int againPause = 100;   ///< milliseconds
constexpr int metricsPause = 200; ///< milliseconds

} // namespace

ScenarioFeed::ScenarioFeed(ScenarioApi &api, ScenarioFacts &facts, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_facts(facts)
{
    m_again.setSingleShot(true);
    m_again.setInterval(againPause);
    m_metrics.setInterval(metricsPause);
    connect(&m_again, &QTimer::timeout, this, &ScenarioFeed::follow);
    connect(&m_metrics, &QTimer::timeout, this, [this] {
        m_api.call("GET", "/metrics", [this](const ScenarioApi::Answer &answer) {
            if (!answer.ok())
                return;
            m_facts.takeMetrics(answer.octets);
            Q_EMIT changed();
        });
    });
    connect(&m_api, &ScenarioApi::streamOpened, this, &ScenarioFeed::look);
    connect(&m_api, &ScenarioApi::streamEnded, this, [this] {
        if (m_wanted)
            m_again.start();
    });
    connect(&m_api, &ScenarioApi::eventCame, this, &ScenarioFeed::take);
}

void ScenarioFeed::open(bool isOwn)
{
    m_wanted = true;
    m_isOwn = isOwn;
    follow();
}

void ScenarioFeed::pause()
{
    m_wanted = false;
    ++m_round;
    m_again.stop();
    m_api.unfollow();
    m_facts.forgetStates();
}

void ScenarioFeed::setMetricsWanted(bool wanted)
{
    if (wanted == m_metrics.isActive())
        return;
    m_facts.forgetMetrics(); // those of before say nothing
    if (wanted)
        m_metrics.start();
    else
        m_metrics.stop();
}

void ScenarioFeed::follow()
{
    QByteArray target = "/v1/events?types=journal,device,device_removed,push,wake";
    // A server that was killed may count its journal from less than was seen; what is told twice is taken
    // once.
    if (m_wasOpen)
        target += "&after=" + (m_isOwn ? QByteArray("0") : QByteArray::number(m_facts.lastJournalId()));
    m_api.follow(target);
}

/// Everything that is asked for has to be answered, or all of it is asked for again.
void ScenarioFeed::ask(const QByteArray &target, ScenarioApi::Then then)
{
    ++m_asked;
    m_api.call("GET", target,
               [this, then = std::move(then), round = m_round](const ScenarioApi::Answer &answer) {
                   if (round != m_round)
                       return;
                   if (!answer.ok() && answer.status != 404) {
                       ++m_round;
                       m_api.unfollow();
                       m_again.start();
                       return;
                   }
                   if (answer.ok())
                       then(answer);
                   if (--m_asked > 0)
                       return;
                   m_wasOpen = true;
                   Q_EMIT opened();
                   Q_EMIT changed();
               });
}

void ScenarioFeed::look()
{
    ++m_round;
    m_asked = 0;
    m_facts.forgetStates();
    ask("/v1/wakes?limit=1000", [this](const ScenarioApi::Answer &answer) {
        const QJsonArray wakes = answer.body.value(u"items"_s).toArray();
        for (qsizetype i = wakes.size() - 1; i >= 0; --i)
            take("wake", wakes.at(i).toObject());
    });
    if (!m_prefix.isEmpty())
        lookAtDevices({});
    for (const QString &id : std::as_const(m_devices)) {
        if (m_prefix.isEmpty() || !id.startsWith(m_prefix))
            lookAtOne("device", "/v1/devices/", id);
    }
    for (const QString &id : std::as_const(m_pushes))
        lookAtOne("push", "/v1/pushes/", id);
    for (const QString &id : std::as_const(m_wakes))
        lookAtOne("wake", "/v1/wakes/", id);
}

void ScenarioFeed::lookAtOne(const QByteArray &type, const QByteArray &folder, const QString &id)
{
    ask(folder + percentEncode(id),
        [this, type](const ScenarioApi::Answer &answer) { take(type, answer.body); });
}

void ScenarioFeed::lookAtDevices(const QString &cursor)
{
    QByteArray target = "/v1/devices?limit=1000&query=" + percentEncode(m_prefix);
    if (!cursor.isEmpty())
        target += "&cursor=" + percentEncode(cursor);
    ask(target, [this](const ScenarioApi::Answer &answer) {
        for (const QJsonValue &device : answer.body.value(u"items"_s).toArray())
            take("device", device.toObject());
        if (const QString next = answer.body.value(u"next"_s).toString(); !next.isEmpty())
            lookAtDevices(next);
    });
}

void ScenarioFeed::watchPush(const QString &id)
{
    m_pushes.insert(id);
    m_api.call("GET", "/v1/pushes/" + percentEncode(id), [this](const ScenarioApi::Answer &answer) {
        if (!answer.ok())
            return;
        take("push", answer.body);
        Q_EMIT changed();
    });
}

void ScenarioFeed::watchWake(const QJsonObject &wake)
{
    m_facts.takeWake(wake);
    Q_EMIT changed();
}

void ScenarioFeed::take(const QByteArray &type, const QJsonObject &data)
{
    const QString id = data.value(u"id"_s).toString();
    if (type == "journal")
        m_facts.takeJournal(data);
    else if (type == "device" && m_devices.contains(id))
        m_facts.takeDevice(data);
    else if (type == "device_removed")
        m_facts.removeDevice(id);
    else if (type == "push" && m_pushes.contains(id))
        m_facts.takePush(data);
    else if (type == "wake" &&
             (m_wakes.contains(id) || m_devices.contains(data.value(u"device"_s).toString())))
        m_facts.takeWake(data);
    else
        return;
    Q_EMIT changed();
}

} // namespace reveille
