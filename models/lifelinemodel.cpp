// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lifelinemodel.h"

#include "models/roles.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <algorithm>
#include <limits>

namespace reveille {

using namespace Qt::StringLiterals;
using Kind = HistoryMark::Kind;

namespace {

constexpr int factLines = 8;

Timestamp currentTime()
{
    return Timestamp{QDateTime::currentMSecsSinceEpoch()};
}

auto placeOf(const QVector<HistoryMark> &marks, Timestamp time)
{
    return std::lower_bound(marks.begin(), marks.end(), time,
                            [](const HistoryMark &mark, Timestamp at) { return mark.at < at; });
}

} // namespace

LifelineModel::LifelineModel(QObject *parent) : QAbstractTableModel(parent) {}

LifelineModel::~LifelineModel()
{
    setSource(nullptr);
}

void LifelineModel::setSource(JournalSource *source)
{
    if (m_source)
        m_source->cancel();
    m_source = source;
    ++m_generation;
    m_reading = false;
    m_atEnd = false;
    m_oldest = {};
    m_readSince = {};
    if (m_source && m_wanted.isSet())
        readOlder();
}

void LifelineModel::setDevice(const DeviceId &device)
{
    if (m_device == device)
        return;
    m_device = device;
    m_history = {};
    m_statesFrom = {};
    m_wanted = {};
    m_lastPacket = {};
    setSource(m_source);
    replace({});
    Q_EMIT changed();
}

void LifelineModel::setTimeDisplay(const TimeDisplay &display)
{
    if (m_times.zone() == display.zone())
        return;
    m_times = display;
    if (!m_marks.isEmpty())
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
    Q_EMIT changed();
}

void LifelineModel::setHistory(const DeviceHistory &history)
{
    if (history.device != m_device || history == m_history)
        return;
    m_history = history;
    const auto isState = [](const HistoryMark &mark) { return mark.kind == Kind::State; };
    if (std::any_of(history.marks.begin(), history.marks.end(), isState)) {
        const Timestamp from = std::find_if(history.marks.begin(), history.marks.end(), isState)->at;
        m_statesFrom = m_statesFrom.isSet() ? std::min(m_statesFrom, from) : from;
        const Timestamp last = history.marks.last().at;
        QVector<HistoryMark> kept = m_marks;
        kept.removeIf([&](const HistoryMark &mark) { return isState(mark) && mark.at >= from && mark.at <= last; });
        replace(mergedMarks(kept + history.marks, markLimit));
    } else {
        add(history.marks);
    }
    Q_EMIT changed();
}

void LifelineModel::apply(const ServerChanges &changes)
{
    if (m_device.isEmpty())
        return;
    QVector<HistoryMark> more;
    for (const JournalEntry &row : changes.journal) {
        if (row.device != m_device)
            continue;
        for (const HistoryMark &mark : marksOfJournal({row})) {
            if (mark.kind != Kind::State) // the snapshot tells the state of the device, a row that of one path
                more.append(mark);
        }
    }
    if (!more.isEmpty())
        add(more);
    for (const DeviceSnapshot &device : changes.devices) {
        if (device.device.id == m_device)
            takeLive(device);
    }
    if (!more.isEmpty())
        Q_EMIT changed();
}

void LifelineModel::takeLive(const DeviceSnapshot &device)
{
    const Liveness &liveness = device.liveness;
    const Evidence &evidence = liveness.evidence();
    if (evidence.rule == EvidenceRule::None || !evidence.at.isSet())
        return;
    QVector<HistoryMark> more;
    const auto last = std::find_if(m_marks.rbegin(), m_marks.rend(), [](const HistoryMark &mark) { return mark.kind == Kind::State; });
    if (last == m_marks.rend() || last->state != liveness.state() || last->reason != liveness.reason()) {
        HistoryMark mark;
        mark.at = last == m_marks.rend() ? evidence.at : std::max(evidence.at, last->at + Milliseconds(1));
        mark.state = liveness.state();
        mark.reason = liveness.reason();
        mark.subject = evidence.subject;
        more.append(mark);
        if (!m_statesFrom.isSet())
            m_statesFrom = mark.at;
    }
    if (liveness.lastPacket() > m_lastPacket) {
        m_lastPacket = liveness.lastPacket();
        HistoryMark mark;
        mark.at = m_lastPacket;
        mark.kind = Kind::PacketIn;
        more.append(mark);
    }
    if (more.isEmpty())
        return;
    add(more);
    Q_EMIT changed();
}

void LifelineModel::want(Timestamp from)
{
    m_wanted = m_wanted.isSet() ? std::min(m_wanted, from) : from;
    const bool covered = m_readSince.isSet() && m_readSince <= m_wanted;
    if (m_source && !m_device.isEmpty() && !m_reading && !m_atEnd && !covered && m_marks.size() < markLimit)
        readOlder();
}

void LifelineModel::readOlder()
{
    if (m_device.isEmpty())
        return;
    m_reading = true;
    JournalFilter filter;
    filter.device = m_device.toString();
    filter.kinds = {JournalKind::Connection, JournalKind::Sir, JournalKind::Push};
    m_source->read(filter, m_oldest, {}, pageSize, [this, generation = m_generation](const Result<JournalSource::Page> &page) {
        if (generation != m_generation)
            return;
        m_reading = false;
        m_atEnd = !page || page->atEnd || page->entries.isEmpty();
        if (page)
            takeRows(page->entries);
        Q_EMIT changed();
        want(m_wanted);
    });
}

void LifelineModel::takeRows(const QVector<JournalEntry> &falling)
{
    if (falling.isEmpty())
        return;
    m_oldest = falling.last().id;
    m_readSince = falling.last().time;
    QVector<HistoryMark> marks = marksOfJournal(QVector<JournalEntry>(falling.rbegin(), falling.rend()));
    if (m_statesFrom.isSet())
        marks.removeIf([this](const HistoryMark &mark) { return mark.kind == Kind::State && mark.at >= m_statesFrom; });
    add(marks);
}

void LifelineModel::add(QVector<HistoryMark> more)
{
    replace(mergedMarks(m_marks + more, markLimit));
}

/// Changes only the run of rows that differs, so that a selection in the table stays.
void LifelineModel::replace(QVector<HistoryMark> marks)
{
    const qsizetype most = std::min(marks.size(), m_marks.size());
    const qsizetype before = std::mismatch(m_marks.cbegin(), m_marks.cbegin() + most, marks.cbegin()).first - m_marks.cbegin();
    qsizetype after = 0;
    while (after < most - before && m_marks[m_marks.size() - 1 - after] == marks[marks.size() - 1 - after])
        ++after;
    // Rows run the other way: newest first.
    if (const qsizetype gone = m_marks.size() - before - after; gone > 0) {
        beginRemoveRows({}, int(after), int(after + gone - 1));
        m_marks.remove(before, gone);
        endRemoveRows();
    }
    if (const qsizetype come = marks.size() - before - after; come > 0) {
        beginInsertRows({}, int(after), int(after + come - 1));
        m_marks = std::move(marks);
        endInsertRows();
    }
    m_bands = bandsOf(m_marks);
}

Timestamp LifelineModel::since() const
{
    if (m_marks.size() >= markLimit)
        return m_marks.first().at;
    if (m_atEnd)
        return {};
    Timestamp since = m_readSince;
    for (const Timestamp other : {m_history.since, m_marks.isEmpty() ? Timestamp{} : m_marks.first().at}) {
        if (other.isSet() && (!since.isSet() || other < since))
            since = other;
    }
    return since.isSet() ? since : Timestamp{std::numeric_limits<qint64>::max()};
}

QString LifelineModel::facts(Timestamp from, Timestamp until) const
{
    QStringList lines;
    for (const LifelineBand &band : m_bands) {
        if (band.from >= until || (band.until.isSet() && band.until <= from))
            continue;
        QString line = Sentences::stateAndReason(band.state, band.reason);
        if (!band.subject.isEmpty())
            line += u" (%1)"_s.arg(band.subject);
        const Timestamp end = band.until.isSet() ? band.until : currentTime();
        const QString span = TimeDisplay::duration(end - band.from);
        lines.append(band.until.isSet()
                         ? tr("%1, %2 to %3, %4").arg(line, m_times.clock(band.from), m_times.clock(band.until), span)
                         : tr("%1 since %2, %3").arg(line, m_times.clock(band.from), span));
    }
    if (lines.size() > factLines)
        lines = lines.first(factLines) << tr("and %n more", nullptr, int(lines.size() - factLines));
    int more = 0, shown = 0;
    for (auto mark = placeOf(m_marks, from); mark != m_marks.end() && mark->at < until; ++mark) {
        if (mark->kind == Kind::State)
            continue;
        if (++shown <= factLines)
            lines.append(m_times.clock(mark->at) + u"  "_s + Sentences::historyMark(*mark));
        else
            ++more;
    }
    if (more > 0)
        lines.append(tr("and %n more", nullptr, more));
    return lines.join(u'\n');
}

QString LifelineModel::text(Timestamp from, Timestamp until) const
{
    QString text;
    for (auto mark = placeOf(m_marks, from); mark != m_marks.end() && mark->at < until; ++mark)
        text += m_times.dateTime(mark->at) + u'\t' + Sentences::historyMark(*mark) + u'\n';
    return text;
}

QString LifelineModel::summary(Timestamp from, Timestamp until) const
{
    QStringList parts;
    if (!m_bands.isEmpty()) {
        const LifelineBand &band = m_bands.last();
        parts.append(tr("%1 since %2").arg(Sentences::stateAndReason(band.state, band.reason), m_times.clock(band.from)));
    }
    int in = 0, out = 0, addresses = 0, probes = 0, pushes = 0, wakes = 0;
    for (auto mark = placeOf(m_marks, from); mark != m_marks.end() && mark->at < until; ++mark) {
        switch (mark->kind) {
        case Kind::State: break;
        case Kind::PacketIn: in += mark->count; break;
        case Kind::PacketOut: out += mark->count; break;
        case Kind::AddressChanged: addresses += mark->count; break;
        case Kind::ProbeLost: probes += mark->count; break;
        case Kind::PushMissed: pushes += mark->count; break;
        case Kind::Wake: wakes += mark->count; break;
        }
    }
    if (in > 0)
        parts.append(tr("%n packet(s) in", nullptr, in));
    if (out > 0)
        parts.append(tr("%n packet(s) out", nullptr, out));
    if (addresses > 0)
        parts.append(tr("%n address change(s)", nullptr, addresses));
    if (probes > 0)
        parts.append(tr("%n probe(s) lost", nullptr, probes));
    if (pushes > 0)
        parts.append(tr("%n push(es) missed", nullptr, pushes));
    if (wakes > 0)
        parts.append(tr("%n wake-up message(s)", nullptr, wakes));
    return parts.isEmpty() ? tr("Nothing is known of this time.") : parts.join(u" · "_s);
}

const HistoryMark *LifelineModel::markAt(int row) const
{
    return row >= 0 && row < m_marks.size() ? &m_marks[m_marks.size() - 1 - row] : nullptr;
}

int LifelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_marks.size());
}

int LifelineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LifelineModel::data(const QModelIndex &index, int role) const
{
    const HistoryMark *mark = index.isValid() ? markAt(index.row()) : nullptr;
    if (!mark)
        return {};
    if (role == Role::Time)
        return mark->at.ms;
    if (role == Role::HasState)
        return mark->kind == Kind::State;
    if (role == Role::State)
        return int(mark->state);
    if (role == Role::Reason)
        return int(mark->reason);
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        const QString all = u"%1 %2"_s.arg(m_times.dateTime(mark->at), Sentences::historyMark(*mark));
        return role == Qt::ToolTipRole ? plainTip(all) : all;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time: return m_times.dateTime(mark->at);
    case What: return mark->kind == Kind::State ? Sentences::stateAndReason(mark->state, mark->reason)
                                                : Sentences::historyMarkKind(mark->kind);
    case Subject: return mark->subject;
    case Count: return mark->kind == Kind::State ? QVariant() : QVariant(mark->count);
    default: return {};
    }
}

QVariant LifelineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case What: return tr("What");
    case Subject: return tr("About");
    case Count: return tr("Count");
    default: return {};
    }
}

} // namespace reveille
