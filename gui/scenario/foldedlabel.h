// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace reveille {

/// A label with rich text whose long words, such as identifiers, may break anywhere, so that it never asks for more room than
/// there is. What is copied from it holds none of the marks that allow this. GUI thread.
class FoldedLabel : public QLabel
{
    Q_OBJECT
public:
    using QLabel::QLabel;

    static QString folded(const QString &text); ///< of plain text
    static QString unfolded(const QString &text);
    void copySelected();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace reveille
