// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bulktable.h"

#include "wire/csv.h"

#include <QSet>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// "First name" is {{First_name}}.
QString variableFrom(const QString &column)
{
    QString name = column.trimmed();
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() || c.unicode() > 127)
            c = u'_';
    }
    name.truncate(32);
    return Variables::isName(name) ? name : QString();
}

} // namespace

Result<BulkTable> BulkTable::read(QByteArrayView csv)
{
    if (csv.size() > largestFile)
        return Error{"bulk-file-too-large", QString::number(largestFile)};
    CsvReader reader(csv);
    CsvReader::State state = reader.next();
    if (state == CsvReader::State::End)
        return Error{"csv-empty", {}};
    if (state != CsvReader::State::Row)
        return reader.error();
    BulkTable table;
    QSet<QString> seen;
    for (const QString &column : reader.cells()) {
        table.m_columns.append(column.trimmed());
        table.m_variables.append(variableFrom(column));
        const QString &name = table.m_variables.last();
        if (!name.isEmpty() && seen.contains(name))
            return Error{"csv-column-twice", column};
        seen.insert(name);
    }
    while ((state = reader.next()) != CsvReader::State::End) {
        if (table.m_rows.size() >= mostRows)
            return Error{"csv-rows-too-many", QString::number(mostRows)};
        Row row{reader.line(), {}, {}};
        if (state != CsvReader::State::Row)
            row.error = reader.error();
        else if (reader.cells().size() > table.m_columns.size())
            row.error = Error{"csv-columns", QString::number(table.m_columns.size())};
        else
            row.cells = reader.cells();
        table.m_rows.append(row);
        if (state == CsvReader::State::Failed)
            break;
    }
    return table;
}

int BulkTable::likelyTarget() const
{
    for (const QString &usual : {u"to"_s, u"target"_s, u"user"_s, u"device"_s, u"msisdn"_s, u"number"_s, u"phone"_s, u"address"_s}) {
        for (int column = 0; column < m_columns.size(); ++column) {
            if (m_columns[column].compare(usual, Qt::CaseInsensitive) == 0)
                return column;
        }
    }
    return 0;
}

QVector<Recipient> BulkTable::recipients(int targetColumn) const
{
    QVector<Recipient> list;
    list.reserve(m_rows.size());
    for (const Row &row : m_rows) {
        Recipient recipient{row.line, {}, {}, row.error};
        for (qsizetype column = 0; column < m_columns.size() && !row.error; ++column) {
            const QString cell = row.cells.value(column);
            if (column == targetColumn)
                recipient.to = cell.trimmed();
            if (!m_variables[column].isEmpty())
                recipient.values.insert(m_variables[column], cell);
        }
        if (!recipient.error && recipient.to.isEmpty())
            recipient.error = Error{"target-missing", {}};
        list.append(recipient);
    }
    return list;
}

} // namespace reveille
