// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulksend.h"

#include "gui/csv.h"
#include "gui/theme.h"
#include "models/plaintip.h"
#include "models/pushtarget.h"
#include "models/roles.h"
#include "models/sentences.h"
#include "models/triggerlibrary.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QPalette>
#include <QScopedValueRollback>

#include <algorithm>

namespace reveille {

namespace {

constexpr Milliseconds betweenTellings{50};

} // namespace

BulkSend::BulkSend(GuiContext &context, QObject *parent) : QAbstractTableModel(parent), m_context(context)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(betweenTellings);
    connect(&m_tell, &QTimer::timeout, this, &BulkSend::tell);
    connect(context.host, &ServerHost::changed, this, &BulkSend::follow);
}

Trigger BulkSend::triggerFor(const Recipient &recipient) const
{
    Trigger own = m_trigger;
    own.to = recipient.to;
    return own;
}

VariableValues BulkSend::valuesFor(const Recipient &recipient, qint64 counter) const
{
    VariableValues values;
    // What {{user}} and the like stand for is the recipient, not what is selected.
    if (const Result<PushTarget> target = pushTargetFromText(Variables::filled(recipient.to, m_trigger.defaults))) {
        const std::optional<DeviceSnapshot> device = target->device.isEmpty() ? std::nullopt : m_context.subscribers->device(target->device);
        values = Variables::builtInValues(device ? device->device.user : target->user, target->device,
                                          device ? device->device.msisdn : target->msisdn,
                                          Timestamp{QDateTime::currentMSecsSinceEpoch()}, counter);
    }
    values.insert(recipient.values);
    return values;
}

BulkSend::Row BulkSend::prepared(const Recipient &recipient) const
{
    Row row{recipient, {}, Fate::Bad, {}, {}, {}};
    if (recipient.error) {
        row.why = Sentences::error(*recipient.error);
        return row;
    }
    const Trigger own = triggerFor(recipient);
    const VariableValues values = valuesFor(recipient, 1);
    const Result<PushRequest> request = own.request(values);
    if (!request) {
        row.why = Sentences::error(request.error());
        return row;
    }
    row.device = request->to.device;
    if (const QStringList unfilled = own.unfilled(values); unfilled.isEmpty())
        row.fate = Fate::Ready;
    else
        row.why = Sentences::error({"variable-unfilled", unfilled.first()});
    return row;
}

void BulkSend::prepare(const Trigger &trigger, const QVector<Recipient> &recipients, quint64 saved)
{
    if (m_phase != Phase::Ready)
        return;
    beginResetModel();
    m_trigger = trigger;
    m_saved = saved;
    m_counter = 0;
    m_rows.clear();
    m_next = 0;
    for (const Recipient &recipient : recipients)
        m_rows.append(prepared(recipient));
    endResetModel();
    Q_EMIT changed();
}

qint64 BulkSend::lastCounter() const
{
    // It may be sent from elsewhere meanwhile; and what is not accepted yet is not counted there.
    const Trigger *saved = m_saved != 0 && m_context.triggers ? m_context.triggers->model().trigger(m_saved) : nullptr;
    return std::max(m_counter, saved ? saved->sent : m_trigger.sent);
}

Result<PushRequest> BulkSend::request(int row) const
{
    if (row < 0 || row >= m_rows.size())
        return Error{"trigger-gone", {}};
    const Row &wanted = m_rows[row];
    if (wanted.recipient.error)
        return *wanted.recipient.error;
    if (const Push *sent = wanted.fate == Fate::Accepted ? m_context.pushes->push(wanted.push) : nullptr)
        return sent->request;
    const auto before = std::count_if(m_rows.begin() + m_next, m_rows.begin() + std::max(m_next, row),
                                      [](const Row &other) { return other.fate == Fate::Ready; });
    return triggerFor(wanted.recipient).request(valuesFor(wanted.recipient, lastCounter() + before + 1));
}

int BulkSend::count(Fate fate) const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [fate](const Row &row) { return row.fate == fate; }));
}

int BulkSend::count(PushState state) const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [state](const Row &row) { return row.fate == Fate::Accepted && row.state == state; }));
}

int BulkSend::unfinished() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [](const Row &row) { return row.fate == Fate::Accepted && !isTerminal(row.state); }));
}

void BulkSend::send()
{
    if (m_phase != Phase::Ready || count(Fate::Ready) == 0)
        return;
    m_phase = Phase::Sending;
    handOver();
    Q_EMIT changed();
}

/// A server that is quick has answered before the order to it returns, and take() comes from within the loop.
void BulkSend::handOver()
{
    if (m_handingOver)
        return;
    const QScopedValueRollback handing(m_handingOver, true);
    for (; m_phase == Phase::Sending && m_unanswered < inFlight && m_next < m_rows.size(); ++m_next) {
        Row &row = m_rows[m_next];
        if (row.fate != Fate::Ready)
            continue;
        // Filled only now: {{time}} is when it is sent, and thousands of texts need not be kept.
        const qint64 counter = lastCounter() + 1;
        const Trigger own = triggerFor(row.recipient);
        const VariableValues values = valuesFor(row.recipient, counter);
        const Result<PushRequest> request = own.request(values);
        const QStringList unfilled = own.unfilled(values); // what stood for it may have gone since
        touch(m_next);
        if (!request || !unfilled.isEmpty()) {
            row.fate = Fate::Bad;
            row.why = Sentences::error(request ? Error{"variable-unfilled", unfilled.first()} : request.error());
            continue;
        }
        m_counter = counter;
        row.fate = Fate::UnderWay;
        ++m_unanswered;
        m_context.host->submit(*request).then(
            this, [this, number = m_next](const Result<PushId> &accepted) { take(number, accepted); });
    }
    if (m_phase == Phase::Sending && m_next >= m_rows.size() && m_unanswered == 0)
        m_phase = Phase::Sent;
    if (m_unanswered == 0)
        m_early.clear();
}

void BulkSend::take(int number, const Result<PushId> &accepted)
{
    --m_unanswered;
    Row &row = m_rows[number];
    if (accepted) {
        row.fate = Fate::Accepted;
        row.push = *accepted;
        row.state = m_early.take(*accepted);
        m_byPush.insert(*accepted, number);
        if (m_saved != 0 && m_context.triggers)
            m_context.triggers->model().countSent(m_saved);
        if (m_cancelling && !isTerminal(row.state))
            cancel(row.push);
    } else if (m_context.host->state() != ServerHost::State::Running && m_phase == Phase::Sending) {
        row.fate = Fate::Refused;
        row.why = Sentences::error(accepted.error());
        m_phase = Phase::Stopped; // the others would fare no better
    } else {
        row.fate = Fate::Refused;
        row.why = Sentences::error(accepted.error());
    }
    touch(number);
    handOver();
}

void BulkSend::follow(const ServerChanges &changes)
{
    for (const Push &push : changes.pushes) {
        if (const auto number = m_byPush.constFind(push.id); number != m_byPush.cend()) {
            Row &row = m_rows[*number];
            row.state = push.state;
            row.why.clear();
            for (const Delivery &delivery : push.deliveries) {
                if (!delivery.reason.isEmpty())
                    row.why = Sentences::outcome(delivery.reason);
            }
            touch(*number);
        } else if (m_unanswered > 0) {
            m_early.insert(push.id, push.state); // perhaps one of ours
        }
    }
}

void BulkSend::stop()
{
    if (m_phase != Phase::Sending)
        return;
    m_phase = Phase::Stopped;
    Q_EMIT changed();
}

void BulkSend::cancelAccepted()
{
    stop();
    m_cancelling = true; // what the server is still to accept goes the same way
    m_uncancelled = 0;
    m_cancelError = {};
    for (const Row &row : std::as_const(m_rows)) {
        if (row.fate == Fate::Accepted && !isTerminal(row.state))
            cancel(row.push);
    }
}

void BulkSend::cancel(const PushId &push)
{
    m_context.host->cancelPush(push).then(this, [this](const Result<Done> &done) {
        if (done)
            return;
        ++m_uncancelled;
        m_cancelError = done.error();
        Q_EMIT changed();
    });
}

QString BulkSend::whyUncancelled() const
{
    return m_uncancelled > 0 ? Sentences::error(m_cancelError) : QString();
}

void BulkSend::touch(int row)
{
    m_firstTouched = m_firstTouched < 0 ? row : std::min(m_firstTouched, row);
    m_lastTouched = std::max(m_lastTouched, row);
    if (!m_tell.isActive())
        m_tell.start();
}

void BulkSend::tell()
{
    if (m_firstTouched >= 0 && m_lastTouched < m_rows.size())
        Q_EMIT dataChanged(index(m_firstTouched, 0), index(m_lastTouched, ColumnCount - 1));
    m_firstTouched = m_lastTouched = -1;
    Q_EMIT changed();
}

int BulkSend::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BulkSend::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString BulkSend::text(const Row &row, int column) const
{
    switch (column) {
    case Line: return row.recipient.line > 0 ? QString::number(row.recipient.line) : QString();
    case To: return row.recipient.to;
    case Why: return row.why;
    case Name: return row.push.text();
    default: break;
    }
    switch (row.fate) {
    case Fate::Bad: return tr("Cannot be sent");
    case Fate::Ready: return m_phase == Phase::Stopped ? tr("Not sent") : tr("Ready");
    case Fate::UnderWay: return tr("Being sent");
    case Fate::Refused: return tr("Refused");
    case Fate::Accepted: break;
    }
    return Sentences::pushState(row.state);
}

QVariant BulkSend::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        // A device is called by its name here; the file and the tool tip have the identity.
        if (index.column() == To && !row.device.isEmpty() && m_context.subscribers->device(row.device))
            return m_context.subscribers->deviceLabel(row.device);
        return text(row, index.column());
    case Qt::ToolTipRole: return plainTip(text(row, index.column()));
    case Role::PushId: return row.push.text();
    case Qt::ForegroundRole: {
        const bool bad = row.fate == Fate::Bad || row.fate == Fate::Refused;
        if (index.column() != Outcome || (!bad && row.fate != Fate::Accepted))
            return {};
        return theme::toneColor(bad ? theme::Tone::Bad : theme::toneOf(row.state), QGuiApplication::palette());
    }
    case Qt::TextAlignmentRole: return int((index.column() == Line ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant BulkSend::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line: return tr("Line");
    case To: return tr("To");
    case Outcome: return tr("Result");
    case Why: return tr("Why");
    case Name: return tr("Push");
    default: return {};
    }
}

QString BulkSend::csv() const
{
    QStringList lines;
    const auto line = [&lines](const auto &cell) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells.append(csvCell(cell(column), QChar(u',')));
        lines.append(cells.join(u','));
    };
    line([this](int column) { return headerData(column, Qt::Horizontal).toString(); });
    for (const Row &row : m_rows)
        line([&](int column) { return text(row, column); });
    return lines.join(u'\n') + u'\n';
}

} // namespace reveille
