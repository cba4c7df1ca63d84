// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QVector>

namespace reveille {

/// A cell that stands for many: "+4917012345{00..99}" counts, {n} is the number that the first range of the row is at,
/// {uuid} a UUID of its own for each row made. {{ and }} are braces, as is a UUID in braces. Bounded: a range has at most 18
/// digits. Any thread.
class CellTemplate {
public:
    CellTemplate() = default;
    /// Errors: template-unknown (something else in braces), template-unclosed, template-range (no numbers, or the last is
    /// smaller than the first), template-lengths (two ranges that do not count alike).
    static Result<CellTemplate> parse(QStringView cell);

    bool hasRange() const { return m_count > 0; }
    bool needsNumber() const { return m_needsNumber; }
    bool needsUuid() const { return m_needsUuid; }
    qint64 count() const { return m_count; } ///< of its ranges, which all count alike; 0 without one
    /// What {n} is at `index`: the number of the first range, written as there.
    QString number(qint64 index) const;
    QString text(qint64 index, QStringView number, QStringView uuid) const;

private:
    struct Part {
        enum class Kind : quint8 { Text, Range, Number, Uuid } kind = Kind::Text;
        QString text;
        qint64 first = 0;
        int width = 0;
    };
    Result<Part> special(QStringView inside);
    void addText(QStringView text);
    static QString counted(const Part &range, qint64 index);

    QVector<Part> m_parts;
    qint64 m_count = 0;
    bool m_needsNumber = false;
    bool m_needsUuid = false;
};

/// With its braces doubled, so that CellTemplate reads the same text back.
QString templateText(QString text);

} // namespace reveille
