// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bearermodel.h"

#include "models/plaintip.h"
#include "models/sentences.h"

#include <QDateTime>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

BearerModel::BearerModel(QObject *parent) : QAbstractTableModel(parent) {}

void BearerModel::apply(const ServerChanges &changes)
{
    if (changes.bearers.isEmpty())
        return;
    QVector<BearerSnapshot> bearers = changes.bearers;
    // Those of the configuration first: the one the server brings along serves few devices.
    const auto place = [](const BearerSnapshot &bearer) {
        return std::pair(bearer.facts.type == u"ota_http", bearer.facts.name);
    };
    std::sort(bearers.begin(), bearers.end(),
              [&](const BearerSnapshot &a, const BearerSnapshot &b) { return place(a) < place(b); });
    const bool sameNames = std::equal(bearers.begin(), bearers.end(), m_bearers.begin(), m_bearers.end(),
                                      [](const auto &a, const auto &b) { return a.facts.name == b.facts.name; });
    if (!sameNames) {
        // Bearers come and go with a restart of the server only.
        beginResetModel();
        m_bearers = bearers;
        endResetModel();
        return;
    }
    m_bearers = bearers;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, BearerColumn::Count - 1));
}

void BearerModel::clear()
{
    beginResetModel();
    m_bearers.clear();
    m_tests.clear();
    endResetModel();
}

const BearerSnapshot *BearerModel::bearerAt(int row) const
{
    return row >= 0 && row < m_bearers.size() ? &m_bearers[row] : nullptr;
}

int BearerModel::rowOf(const QString &name) const
{
    for (int row = 0; row < m_bearers.size(); ++row) {
        if (m_bearers[row].facts.name == name)
            return row;
    }
    return -1;
}

int BearerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_bearers.size());
}

int BearerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(BearerColumn::Count);
}

void BearerModel::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    if (!m_bearers.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, BearerColumn::Count - 1));
}

BearerState BearerModel::stateOf(const BearerHealth &health)
{
    if (health.healthy)
        return health.code.isEmpty() ? BearerState::Works : BearerState::Slowed;
    return health.code == "connecting" ? BearerState::Connecting : BearerState::Broken;
}

void BearerModel::setTest(const QString &name, const TestFacts &facts)
{
    m_tests.insert(name, facts);
    const int row = rowOf(name);
    if (row >= 0)
        Q_EMIT dataChanged(index(row, BearerColumn::Test), index(row, BearerColumn::Test));
}

std::optional<BearerModel::TestFacts> BearerModel::testOf(const QString &name) const
{
    const auto found = m_tests.constFind(name);
    return found == m_tests.cend() ? std::nullopt : std::optional(*found);
}

QString BearerModel::testText(const QString &name) const
{
    const std::optional<TestFacts> test = testOf(name);
    if (!test)
        return {};
    return test->running ? tr("being tested…") : Sentences::bearerTest(test->result);
}

QVariant BearerModel::number(const BearerHealth &health, int column) const
{
    switch (column) {
    case BearerColumn::Sent: return health.sent;
    case BearerColumn::Received: return health.received;
    case BearerColumn::Failed: return health.failed;
    case BearerColumn::Queued: return health.queued;
    case BearerColumn::InFlight: return health.inFlight;
    default: return {};
    }
}

QString BearerModel::text(const BearerSnapshot &bearer, int column) const
{
    switch (column) {
    case BearerColumn::Name: return bearer.facts.name;
    case BearerColumn::Type: return Sentences::bearerType(bearer.facts.type);
    case BearerColumn::Health: return Sentences::bearerHealth(bearer.health);
    case BearerColumn::Peer: return bearer.health.peer;
    case BearerColumn::Since:
        return bearer.health.since.isSet()
            ? m_times.shortTime(bearer.health.since, Timestamp{QDateTime::currentMSecsSinceEpoch()})
            : tr("the start");
    case BearerColumn::Test: return testText(bearer.facts.name);
    case BearerColumn::Carries: {
        QStringList kinds;
        for (const QString &kind : bearer.facts.carries)
            kinds.append(Sentences::bearerType(kind));
        kinds.removeDuplicates();
        return kinds.join(u", "_s);
    }
    default: return {};
    }
}

QVariant BearerModel::data(const QModelIndex &index, int role) const
{
    const BearerSnapshot *bearer = index.isValid() ? bearerAt(index.row()) : nullptr;
    if (!bearer)
        return {};
    const QVariant number = this->number(bearer->health, index.column());
    switch (role) {
    case Role::Id: return bearer->facts.name;
    case Role::State: return int(stateOf(bearer->health));
    case Role::Sort: return number.isValid() ? number : QVariant(text(*bearer, index.column()));
    case Qt::TextAlignmentRole: return int((number.isValid() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() == BearerColumn::Since && bearer->health.since.isSet())
            return m_times.dateTime(bearer->health.since);
        if (index.column() == BearerColumn::Test)
            return plainTip(testText(bearer->facts.name));
        return plainTip(Sentences::bearer(*bearer));
    case Qt::AccessibleTextRole:
        if (index.column() == BearerColumn::Name)
            return Sentences::bearer(*bearer);
        [[fallthrough]];
    case Qt::DisplayRole: return number.isValid() ? number : QVariant(text(*bearer, index.column()));
    default: return {};
    }
}

QVariant BearerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= BearerColumn::Sent && section <= BearerColumn::InFlight)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool full = role == Qt::ToolTipRole;
    switch (section) {
    case BearerColumn::Name: return full ? tr("NAME in the section [bearer.NAME] of the configuration") : tr("Bearer");
    case BearerColumn::Type: return tr("Type");
    case BearerColumn::Health: return full ? tr("Wake-ups pass over a bearer that does not work") : tr("Health");
    case BearerColumn::Peer: return full ? tr("Whom it hands its messages to") : tr("Peer");
    case BearerColumn::Since: return full ? tr("Since when it is in this state") : tr("Since");
    case BearerColumn::Sent: return full ? tr("Messages that the carrier took") : tr("Sent");
    case BearerColumn::Received: return full ? tr("Messages of which a receipt says that the terminal has them") : tr("Received");
    case BearerColumn::Failed: return full ? tr("Messages that the carrier did not take or could not deliver") : tr("Failed");
    case BearerColumn::Queued: return full ? tr("Messages that wait for their turn") : tr("Waiting");
    case BearerColumn::InFlight: return full ? tr("Messages handed over and not yet answered") : tr("On the way");
    case BearerColumn::Test: return full ? tr("What the last test of it found") : tr("Last test");
    case BearerColumn::Carries: return full ? tr("Kinds of wake-up routes it serves") : tr("Carries");
    default: return {};
    }
}

} // namespace reveille
