// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/foldedlabel.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

namespace reveille {

namespace {

constexpr QChar fold(0x200b); ///< zero width space
constexpr int longestWord = 12, longestRun = 6;

} // namespace

/// Behind punctuation where it can be, else wherever a word grows too long.
QString FoldedLabel::folded(const QString &text)
{
    QString result;
    int run = 0;
    for (const QChar character : text) {
        result += character;
        run = character.isSpace() ? 0 : run + 1;
        const bool mayBreak = !character.isSurrogate() && (run >= longestWord || (run >= longestRun && !character.isLetterOrNumber()));
        if (mayBreak) {
            result += fold;
            run = 0;
        }
    }
    return result;
}

QString FoldedLabel::unfolded(const QString &text)
{
    return QString(text).remove(fold);
}

void FoldedLabel::copySelected()
{
    if (hasSelectedText())
        QGuiApplication::clipboard()->setText(unfolded(selectedText()).replace(QChar::ParagraphSeparator, u'\n'));
}

void FoldedLabel::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy))
        return QLabel::keyPressEvent(event);
    copySelected();
    event->accept();
}

void FoldedLabel::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copies = menu.addAction(tr("&Copy"), this, &FoldedLabel::copySelected);
    copies->setEnabled(hasSelectedText());
    menu.exec(event->globalPos());
}

} // namespace reveille
