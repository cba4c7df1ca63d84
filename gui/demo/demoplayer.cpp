// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demoplayer.h"

#include "gui/demo/demofleet.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace reveille {

using namespace Qt::StringLiterals;
using State = DemoStep::State;

namespace {

constexpr Milliseconds pushLifetime{5 * 60 * 1000};

Timestamp now()
{
    return Timestamp{QDateTime::currentMSecsSinceEpoch()};
}

} // namespace

DemoPlayer::DemoPlayer(ServerHost &host, DemoFleet &fleet, DeviceId hero, QObject *parent)
    : QObject(parent), m_host(host), m_fleet(fleet), m_hero(std::move(hero))
{
    m_cueTimer.setSingleShot(true);
    m_patienceTimer.setSingleShot(true);
    connect(&m_cueTimer, &QTimer::timeout, this, &DemoPlayer::cue);
    connect(&m_patienceTimer, &QTimer::timeout, this, [this] {
        settle(State::Missed, tr("This did not happen within %1.").arg(TimeDisplay::duration(m_patience)));
        end(false);
    });
    connect(&host, &ServerHost::changed, this, &DemoPlayer::take);
    connect(&host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running || !m_playing)
            return;
        settle(State::Missed, tr("The server stopped."));
        end(false);
    });
    describe();
}

void DemoPlayer::setLabel(const QString &label)
{
    m_label = label;
    if (!m_playing)
        describe();
}

bool DemoPlayer::isComplete() const
{
    return std::all_of(m_steps.begin(), m_steps.end(), [](const DemoStep &step) { return step.state == State::Ticked; });
}

void DemoPlayer::play()
{
    if (m_playing)
        return;
    describe();
    m_facts = {};
    ++m_story;
    m_playing = true;
    Q_EMIT playingChanged(true);
    enter(0);
}

void DemoPlayer::reset()
{
    if (!m_facts.pushId.isEmpty() && !(m_facts.push && isTerminal(m_facts.push->state)))
        m_host.cancelPush(m_facts.pushId);
    if (m_facts.wake && !isTerminal(m_facts.wake->state))
        m_host.cancelWake(m_facts.wake->id);
    m_fleet.comeBack(m_hero);
    ++m_story;
    m_current = -1;
    m_facts = {};
    m_cueTimer.stop();
    m_patienceTimer.stop();
    describe();
    if (std::exchange(m_playing, false))
        Q_EMIT playingChanged(false);
}

void DemoPlayer::heard(const DeviceId &device, const ClientEvent &event)
{
    if (!m_playing || device != m_hero)
        return;
    if (event.code == "registered"_L1)
        (m_facts.wakeHeard ? m_facts.returned : m_facts.registered) = event;
    else if (event.code == "silent"_L1)
        m_facts.silent = event;
    else if (event.code == "sir-received"_L1)
        m_facts.wakeHeard = event;
    else if (event.code == "push-received"_L1)
        takeReceipt(event);
    else
        return;
    look();
}

void DemoPlayer::takeReceipt(const ClientEvent &event)
{
    m_facts.received = event;
    m_facts.receipts += event.fields.value(u"duplicate"_s).toBool() ? 0 : 1;
}

void DemoPlayer::take(const ServerChanges &changes)
{
    if (!m_playing)
        return;
    for (const DeviceSnapshot &device : changes.devices) {
        if (device.device.id == m_hero)
            m_facts.device = device;
    }
    for (const WakeUp &wake : changes.wakes) {
        if (wake.device == m_hero && m_facts.silent && wake.stepTimes.value(0) >= m_facts.silent->time)
            m_facts.wake = wake;
    }
    for (const Push &push : changes.pushes) {
        if (push.id == m_facts.pushId || (m_facts.pushAsked && m_facts.pushId.isEmpty()))
            m_facts.pushes.insert(push.id.text(), push);
    }
    choosePush();
    look();
}

void DemoPlayer::choosePush()
{
    const auto push = m_facts.pushes.constFind(m_facts.pushId.text());
    if (!m_facts.pushId.isEmpty() && push != m_facts.pushes.constEnd())
        m_facts.push = *push;
}

void DemoPlayer::cue()
{
    m_cued = true;
    m_patienceTimer.start(m_patience);
    switch (DemoChapter(m_current)) {
    case DemoChapter::Registers: m_fleet.registerNow(m_hero); break;
    case DemoChapter::GoesQuiet: m_fleet.goSilent(m_hero); break;
    case DemoChapter::Push: sendPush(); break;
    case DemoChapter::WakeUp:
    case DemoChapter::Returns:
    case DemoChapter::Delivered: break; // the server and the device go on by themselves
    }
    look();
}

void DemoPlayer::sendPush()
{
    PushRequest request;
    request.to.device = m_hero;
    request.body = tr("Good morning! This push woke %1.").arg(m_label).toUtf8();
    request.ttl = pushLifetime;
    m_facts.pushAsked = true;
    m_host.submit(request).then(this, [this, story = m_story](const Result<PushId> &accepted) {
        if (story != m_story || !m_playing)
            return;
        if (!accepted) {
            settle(State::Missed, Sentences::error(accepted.error()));
            end(false);
            return;
        }
        m_facts.pushId = *accepted;
        choosePush();
        look();
    });
}

void DemoPlayer::look()
{
    while (m_playing && m_cued) {
        const DemoChapter chapter = DemoChapter(m_current);
        const QString proof = proofOf(chapter);
        if (proof.isEmpty()) {
            if (const QString progress = progressOf(chapter); progress != m_steps[m_current].actual) {
                m_steps[m_current].actual = progress;
                Q_EMIT stepChanged(m_current);
            }
            return;
        }
        settle(State::Ticked, proof);
        if (m_current + 1 == m_steps.size())
            end(true);
        else
            enter(m_current + 1);
    }
}

void DemoPlayer::settle(DemoStep::State state, const QString &actual)
{
    m_patienceTimer.stop();
    DemoStep &step = m_steps[m_current];
    step.state = state;
    step.actual = actual;
    step.at = now();
    Q_EMIT stepChanged(m_current);
}

void DemoPlayer::enter(int index)
{
    m_current = index;
    m_steps[index].state = State::Current;
    Q_EMIT stepChanged(index);
    const DemoChapter chapter = DemoChapter(index);
    m_cued = chapter >= DemoChapter::WakeUp;
    if (m_cued)
        m_patienceTimer.start(m_patience);
    else
        m_cueTimer.start(index == 0 ? Milliseconds(0) : m_pace);
}

void DemoPlayer::end(bool everyStepTicked)
{
    m_cueTimer.stop();
    m_patienceTimer.stop();
    m_playing = false;
    Q_EMIT playingChanged(false);
    Q_EMIT finished(everyStepTicked);
}

} // namespace reveille
