// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/provisioningcsv.h"

#include "domain/textscan.h"
#include "wire/provisioningcells.h"

#include <QUuid>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Where the UUIDs of rows come from (RFC 4122 section 4.3).
const QUuid uuidNamespace(0x5b0c4b0e, 0x6f2d, 0x4f5a, 0x9d, 0x0e, 0x7c, 0x51, 0x27, 0xd3, 0xa8, 0x16);

QString deviceUuid(const QString &user, const QString &name, const QString &number)
{
    const QString seed = user + u'\n' + name + u'\n' + number;
    return QUuid::createUuidV5(uuidNamespace, seed).toString(QUuid::WithoutBraces);
}

} // namespace

ProvisioningReader::ProvisioningReader(QByteArray octets, ProvisioningLimits limits)
    : m_octets(std::move(octets))
    , m_limits(limits)
    , m_csv(m_octets, limits.csv)
{
}

QString ProvisioningReader::nameOf(int place) const
{
    return m_names.value(place - 1);
}

ProvisioningReader::State ProvisioningReader::fail(const Error &error, int place)
{
    m_ended = true;
    m_fault = {m_csv.line(), place, nameOf(place), error};
    return State::Failed;
}

bool ProvisioningReader::spoil(const Error &error, int place)
{
    m_fault = {m_csv.line(), place, nameOf(place), error};
    return false;
}

bool ProvisioningReader::readHeader()
{
    const CsvReader::State state = m_csv.next();
    if (state == CsvReader::State::End)
        return spoil({"csv-empty", {}}, 0);
    if (state != CsvReader::State::Row)
        return spoil(m_csv.error(), m_csv.column());
    m_names = m_csv.cells();
    while (!m_names.isEmpty() && m_names.last().isEmpty())
        m_names.removeLast(); // what a spreadsheet leaves behind
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        const std::optional<ProvisioningColumn> column = provisioningColumnFromText(m_names[i]);
        if (!column)
            return spoil({"csv-column-unknown", shortened(m_names[i])}, int(i) + 1);
        if (m_columns.contains(*column))
            return spoil({"csv-column-twice", toText(*column)}, int(i) + 1);
        m_columns.append(*column);
    }
    if (!m_columns.contains(ProvisioningColumn::User))
        return spoil({"csv-column-missing", toText(ProvisioningColumn::User)}, 0);
    return true;
}

ProvisioningReader::State ProvisioningReader::next()
{
    if (m_ended)
        return State::End;
    if (!m_begun) {
        m_begun = true;
        if (!readHeader()) {
            m_ended = true;
            return State::Failed;
        }
    }
    while (m_index >= m_count) {
        const CsvReader::State state = m_csv.next();
        if (state == CsvReader::State::End) {
            m_ended = true;
            return State::End;
        }
        if (state == CsvReader::State::Failed)
            return fail(m_csv.error(), m_csv.column());
        const QStringList &cells = m_csv.cells();
        const auto blank = [](const QString &cell) { return cell.isEmpty(); };
        if (state == CsvReader::State::Row && std::all_of(cells.begin(), cells.end(), blank))
            continue;
        if (m_rows >= m_limits.rows)
            return fail({"csv-rows-too-many", QString::number(m_limits.rows)}, 0);
        ++m_rows;
        if (state == CsvReader::State::Bad) {
            spoil(m_csv.error(), m_csv.column());
            return State::Bad;
        }
        m_index = 0;
        m_count = 0;
        if (!readTemplates())
            return State::Bad;
        if (m_count > m_limits.rows - m_rows + 1)
            return fail({"csv-rows-too-many", QString::number(m_limits.rows)}, 0);
        --m_rows; // counted one by one below
    }
    ++m_rows;
    return makeRow(m_index++) ? State::Row : State::Bad;
}

bool ProvisioningReader::readTemplates()
{
    const QStringList &cells = m_csv.cells();
    m_cells.clear();
    qint64 count = 0;
    bool needsNumber = false;
    int numberPlace = 0;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int place = int(i) + 1;
        if (i >= m_columns.size()) {
            if (cells[i].isEmpty())
                continue;
            return spoil({"csv-columns", QString::number(m_columns.size())}, place);
        }
        // A password is what it is: braces in it count nothing.
        const bool literal = m_columns[i] == ProvisioningColumn::Password;
        const Result<CellTemplate> text = CellTemplate::parse(literal ? templateText(cells[i]) : cells[i]);
        if (!text)
            return spoil(text.error(), place);
        if (text->hasRange()) {
            if (count != 0 && text->count() != count)
                return spoil({"template-lengths", shortened(cells[i])}, place);
            count = text->count();
            if (count > m_limits.range)
                return spoil({"range-too-long", QString::number(m_limits.range)}, place);
        }
        if (text->needsNumber() && !std::exchange(needsNumber, true))
            numberPlace = place;
        m_cells.append({m_columns[i], place, *text});
    }
    if (needsNumber && count == 0)
        return spoil({"template-number", {}}, numberPlace);
    m_count = std::max<qint64>(count, 1);
    return true;
}

bool ProvisioningReader::makeRow(qint64 index)
{
    QString number;
    for (const Cell &cell : std::as_const(m_cells)) {
        if (number.isEmpty())
            number = cell.text.number(index);
    }
    const auto textOf = [&](ProvisioningColumn column, const QString &uuid) {
        const auto found = std::find_if(m_cells.begin(), m_cells.end(), [&](const Cell &c) { return c.column == column; });
        return found == m_cells.end() ? QString() : found->text.text(index, number, uuid);
    };
    const QString uuid = deviceUuid(textOf(ProvisioningColumn::User, u"{uuid}"_s),
                                    textOf(ProvisioningColumn::DeviceName, u"{uuid}"_s), number);
    m_row = {};
    m_row.line = m_csv.line();
    int devicePlace = 0;
    bool userSeen = false;
    for (const Cell &cell : std::as_const(m_cells)) {
        const QString text = cell.text.text(index, number, uuid);
        if (const Result<Done> taken = takeCell(m_row, cell.column, text); !taken)
            return spoil(taken.error(), cell.place);
        userSeen = userSeen || cell.column == ProvisioningColumn::User;
        if (cell.column > ProvisioningColumn::Device && !text.isEmpty() && devicePlace == 0)
            devicePlace = cell.place;
    }
    if (!userSeen)
        return spoil({"user-empty", {}}, int(m_columns.indexOf(ProvisioningColumn::User)) + 1);
    if (m_row.device.isEmpty() && devicePlace != 0)
        return spoil({"row-without-device", {}}, devicePlace);
    return true;
}

Result<Device> ProvisionedRow::applied(const Device &base) const
{
    Device made = base;
    made.id = base.id.isEmpty() ? device : base.id;
    made.user = user;
    made.name = deviceName.value_or(base.name);
    made.msisdn = msisdn.value_or(base.msisdn);
    made.clientPort = clientPort.value_or(base.clientPort);
    made.provisionedRoutes = routes.value_or(base.provisionedRoutes);
    made.subscriptions = applications.value_or(base.subscriptions);
    made.capabilities.contentTypes = contentTypes.value_or(base.capabilities.contentTypes);
    made.capabilities.maxMessageSize = maxMessageSize.value_or(base.capabilities.maxMessageSize);
    made.capabilities.sirVersion = sirVersion.value_or(base.capabilities.sirVersion);
    made.preferences.acceptsPushes = acceptsPushes.value_or(base.preferences.acceptsPushes);
    made.preferences.preferred = preferred.value_or(base.preferences.preferred);
    made.preferences.quietFrom = quietFrom.value_or(base.preferences.quietFrom);
    made.preferences.quietUntil = quietUntil.value_or(base.preferences.quietUntil);
    made.preferences.order = order.value_or(base.preferences.order);
    made.preferences.zone = zone.value_or(base.preferences.zone);
    if ((made.preferences.quietFrom < 0) != (made.preferences.quietUntil < 0))
        return Error{"quiet-hours", {}};
    return made;
}

} // namespace reveille
