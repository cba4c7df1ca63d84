// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QVector>

namespace reveille {

/// Text that cannot move the cursor or start a new line of a terminal: control characters become U+FFFD.
QString plainText(const QString &text);

/// Columns as wide as their widest cell, two spaces apart, headings first. The last column is not filled up.
class CtlTable {
public:
    explicit CtlTable(QStringList headings)
        : m_rows{std::move(headings)}
    {
    }
    void add(QStringList cells) { m_rows.append(std::move(cells)); }
    QString toString() const;

private:
    QVector<QStringList> m_rows;
};

} // namespace reveille
