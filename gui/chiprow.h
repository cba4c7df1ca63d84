// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace reveille {

/// Chips in a row, of which one is chosen: which rows of a list are shown. GUI thread.
class ChipRow : public QWidget
{
    Q_OBJECT
public:
    /// `spoken` is for screen readers, with %1 for the name of a chip. The first one is chosen.
    ChipRow(const QStringList &names, const QString &spoken, QWidget *parent = nullptr);

    QToolButton *chip(int number) const { return m_chips.value(number); }
    int chosen() const;
    void choose(int number); ///< tells nobody

Q_SIGNALS:
    void clicked(); ///< by a person

private:
    QVector<QToolButton *> m_chips;
};

} // namespace reveille
