// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakemany.h"

#include "models/sentences.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr int looksAtOnce = 16;
constexpr Milliseconds betweenTellings{50};

QString whyNot(const WakePreview &preview)
{
    const auto failed = std::find_if(preview.checks.rbegin(), preview.checks.rend(),
                                     [](const Check &check) { return check.outcome == Check::Outcome::Failed; });
    return failed == preview.checks.rend() ? Sentences::outcome("no-wake-route") : Sentences::question(failed->question);
}

bool goes(const WakePreview &preview)
{
    return !preview.bearer.isEmpty()
        && (preview.checks.isEmpty() || preview.checks.last().outcome != Check::Outcome::Failed);
}

} // namespace

WakeMany::WakeMany(GuiContext &context, const QVector<DeviceId> &devices, QObject *parent)
    : QObject(parent), m_context(context), m_leftOut(devices.size() > mostDevices)
{
    for (const DeviceId &device : devices.first(std::min<qsizetype>(devices.size(), mostDevices)))
        m_rows.append({device, Fate::Unknown, {}, {}, {}});
    m_batch.setInterval(betweenBatches);
    connect(&m_batch, &QTimer::timeout, this, &WakeMany::sendBatch);
    m_tell.setSingleShot(true);
    m_tell.setInterval(betweenTellings);
    connect(&m_tell, &QTimer::timeout, this, &WakeMany::changed);
    connect(context.host, &ServerHost::changed, this, &WakeMany::follow);
}

int WakeMany::count(Fate fate) const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [fate](const Row &row) { return row.fate == fate; }));
}

void WakeMany::tell()
{
    if (!m_tell.isActive())
        m_tell.start();
}

void WakeMany::look(const WakeOrder &order, bool alsoReachable)
{
    if (m_phase == Phase::Sending)
        return;
    ++m_question;
    m_order = order;
    m_order.byHand = true;
    m_order.reason = QStringLiteral("by_hand");
    m_alsoReachable = alsoReachable;
    m_phase = Phase::Looking;
    m_nextLook = m_looked = m_nextSend = m_started = 0;
    m_byWake.clear();
    for (Row &row : m_rows)
        row = {row.device, Fate::Unknown, {}, {}, {}};
    for (int i = 0; i < looksAtOnce; ++i)
        lookOn();
    tell();
}

void WakeMany::lookOn()
{
    if (m_nextLook >= m_rows.size()) {
        if (m_looked == m_rows.size())
            m_phase = Phase::Ready;
        return;
    }
    const int row = m_nextLook++;
    m_context.host->previewWake(m_rows[row].device, m_order)
        .then(this, [this, row, question = m_question](const Result<WakePreview> &preview) {
            if (question == m_question)
                take(row, preview);
        });
}

void WakeMany::take(int number, const Result<WakePreview> &preview)
{
    Row &row = m_rows[number];
    const std::optional<DeviceSnapshot> device = m_context.subscribers->device(row.device);
    const bool up = device && !device->connections.isEmpty() && device->liveness.state() == LivenessState::Up;
    if (!preview) {
        row.fate = Fate::Cannot;
        row.why = Sentences::error(preview.error());
    } else if (!goes(*preview)) {
        row.fate = Fate::Cannot;
        row.why = whyNot(*preview);
    } else {
        row.fate = up && !m_alsoReachable ? Fate::Reachable : Fate::Can;
        row.bearer = preview->bearer;
    }
    ++m_looked;
    lookOn();
    tell();
}

void WakeMany::send()
{
    if (m_phase != Phase::Ready || toWake() == 0)
        return;
    m_phase = Phase::Sending;
    m_batch.start();
    sendBatch();
}

void WakeMany::sendBatch()
{
    // A batch waits until the one before is answered: the server sets the pace where it is slower.
    for (int begun = 0; begun < perBatch && m_unanswered < perBatch && m_nextSend < m_rows.size(); ++m_nextSend) {
        if (m_rows[m_nextSend].fate != Fate::Can)
            continue;
        startOne(m_nextSend);
        ++begun;
    }
    if (m_nextSend >= m_rows.size()) {
        m_batch.stop();
        m_phase = Phase::Sent;
    }
    tell();
}

void WakeMany::startOne(int number)
{
    m_rows[number].fate = Fate::UnderWay;
    ++m_started;
    ++m_unanswered;
    m_context.host->wake(m_rows[number].device, m_order).then(this, [this, number](const Result<WakeId> &started) {
        --m_unanswered;
        Row &row = m_rows[number];
        if (!started) {
            row.fate = Fate::NotStarted;
            row.why = Sentences::error(started.error());
        } else {
            row.wake = *started;
            m_byWake.insert(*started, number);
            // What came before the answer is in the list already; what comes later is heard.
            if (const WakeUp *known = m_context.wakes->wakeUp(*started))
                settle(row, *known);
        }
        tell();
    });
}

void WakeMany::follow(const ServerChanges &changes)
{
    if (m_started == 0)
        return;
    for (const WakeUp &wake : changes.wakes) {
        if (const auto row = m_byWake.constFind(wake.id); row != m_byWake.cend()) {
            settle(m_rows[*row], wake);
            tell();
        }
    }
}

void WakeMany::settle(Row &row, const WakeUp &wake)
{
    if (!wake.attempts.isEmpty())
        row.bearer = wake.attempts.last().bearer;
    row.why = Sentences::outcome(wake.outcome);
    switch (wake.state) {
    case WakeState::Active: row.fate = Fate::UnderWay; break;
    case WakeState::Succeeded: row.fate = Fate::Back; break;
    case WakeState::Cancelled: row.fate = Fate::Cancelled; break;
    case WakeState::Refused:
    case WakeState::Exhausted: row.fate = Fate::Failed; break;
    }
}

void WakeMany::stop()
{
    if (m_phase != Phase::Sending)
        return;
    m_batch.stop();
    m_phase = Phase::Stopped;
    tell();
}

void WakeMany::cancelStarted()
{
    stop();
    for (const Row &row : std::as_const(m_rows)) {
        if (row.fate == Fate::UnderWay && !row.wake.isEmpty())
            m_context.host->cancelWake(row.wake);
    }
}

} // namespace reveille
