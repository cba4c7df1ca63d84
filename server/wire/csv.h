// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QStringList>

namespace reveille {

/// What one row of a file may cost.
struct CsvLimits {
    qsizetype columns = 64;
    qsizetype cell = 8192; ///< octets
};

/// Comma-separated values (RFC 4180) row by row, bounded by CsvLimits. UTF-8, with or without a byte order mark; lines end
/// by LF or CR LF; empty lines are passed over. Where the first line has a semicolon or a tab and no comma, that separates.
/// Cells come without their quotes, without spaces around what is not quoted, and without the guard of csvCell(). Keeps a view: the octets outlive it. Any thread.
class CsvReader {
public:
    explicit CsvReader(QByteArrayView octets, CsvLimits limits = {});

    enum class State : quint8 {
        Row,    ///< cells() holds one
        Bad,    ///< this row cannot be read, see error() and column(); the next one can
        Failed, ///< from here on nothing can be told apart: no further rows
        End
    };
    /// Errors of a bad row: csv-encoding (no UTF-8), csv-quote (a quote within a cell that is not quoted, or something after
    /// the closing one), csv-columns (too many), csv-cell-too-long. Of a failed file: csv-unterminated (a quote that is
    /// never closed), csv-cell-too-long in quotes.
    State next();

    const QStringList &cells() const { return m_cells; }
    qint64 line() const { return m_line; }  ///< on which the row begins, from 1
    int column() const { return m_column; } ///< of the cell that is wrong, from 1
    const Error &error() const { return m_error; }
    QChar separator() const { return QLatin1Char(m_separator); }
    qsizetype position() const { return m_at; } ///< octets read

private:
    bool atLineEnd() const;
    void skipLineEnd();
    void skipLine();
    State bad(const char *code);
    /// One cell, up to its separator or the end of the line; false once m_error says why not.
    bool readCell(bool &fatal);
    bool readQuoted(QByteArray &octets, bool &fatal);
    bool readPlain(QByteArray &octets);

    QByteArrayView m_octets;
    CsvLimits m_limits;
    qsizetype m_at = 0;
    qint64 m_next = 1; ///< line at m_at
    qint64 m_line = 0;
    int m_column = 0;
    char m_separator = ',';
    bool m_failed = false;
    QStringList m_cells;
    Error m_error;
};

/// A cell for a file that people open in a spreadsheet: in quotes where it has to be, and never taken for a formula: before
/// = + - @ TAB CR LF, and before an apostrophe, stands an apostrophe, which CsvReader takes away again.
QByteArray csvCell(QStringView text, char separator = ',');
/// Cells and CR LF.
QByteArray csvLine(const QStringList &cells);

} // namespace reveille
