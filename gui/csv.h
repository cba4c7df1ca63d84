// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace reveille {

/// A cell for a file that people open in a spreadsheet: quoted where it must be (RFC 4180), and never taken for a formula.
QString csvCell(QString text, QChar separator);
/// Asks for a file and writes `text` there; says what went wrong. GUI thread.
void saveCsv(QWidget *parent, const QString &title, const QString &name, const QString &text);

} // namespace reveille
