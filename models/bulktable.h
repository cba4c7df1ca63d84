// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "models/variables.h"

#include <QVector>

#include <optional>

namespace reveille {

/// Whom a push goes to in a bulk: what stands for its variables there, or why it cannot go.
struct Recipient {
    qint64 line = 0; ///< of the file it came from; 0 = none
    QString to;      ///< as in pushTargetFromText()
    VariableValues values;
    std::optional<Error> error;
};

/// A file of recipients: comma-separated values whose first row names the columns. One column says to whom, every column
/// gives a variable of its name. A value; any thread.
class BulkTable
{
public:
    static constexpr int mostRows = 10000;
    static constexpr qint64 largestFile = 16 * 1024 * 1024; ///< octets

    /// Errors of the whole: csv-empty, csv-column-twice, csv-rows-too-many, bulk-file-too-large (about = the most), and those of
    /// a first row that CsvReader cannot read. Bad rows are kept with their line.
    static Result<BulkTable> read(QByteArrayView csv);

    const QStringList &columns() const { return m_columns; }     ///< as they are named
    const QStringList &variables() const { return m_variables; } ///< what each is called as a variable; empty: it gives none
    int size() const { return int(m_rows.size()); }
    int likelyTarget() const; ///< the column that most likely says to whom
    /// Everybody in order of the file, bad rows too. An empty cell in that column is target-missing.
    QVector<Recipient> recipients(int targetColumn) const;

private:
    struct Row {
        qint64 line = 0;
        QStringList cells;
        std::optional<Error> error;
    };
    QStringList m_columns, m_variables;
    QVector<Row> m_rows;
};

} // namespace reveille
