// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hexview.h"

#include "gui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace reveille {

namespace {

constexpr int hexColumn = 6; ///< in characters
constexpr int widths[] = {16, 8, 4};

/// Columns of characters that a row of so many octets takes.
constexpr int columnsFor(int perRow)
{
    return hexColumn + perRow * 3 + 1 + perRow + 1;
}

} // namespace

HexView::HexView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Octets in hexadecimal"));
    setFont(theme::monospace());
    layOut();
}

QSize HexView::sizeHint() const
{
    return {widthFor(widths[0]), rowHeight() * 8};
}

int HexView::widthFor(int perRow) const
{
    return columnsFor(perRow) * charWidth() + 2 * frameWidth() + verticalScrollBar()->sizeHint().width() + 2;
}

void HexView::setOctets(const QByteArray &octets)
{
    m_octets = octets;
    m_markedOffset = m_markedLength = m_anchor = m_cursor = 0;
    setAccessibleDescription(tr("%n octet(s)", nullptr, int(octets.size())));
    layOut();
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void HexView::setMarked(int offset, int length)
{
    m_markedOffset = offset;
    m_markedLength = length;
    const bool holdsCursor = m_cursor >= offset && m_cursor < offset + length;
    if (length > 0 && !holdsCursor) {
        m_anchor = m_cursor = std::min(offset, std::max(0, int(m_octets.size()) - 1));
        reveal(offset);
    }
    viewport()->update();
}

int HexView::rowCount() const
{
    return int((m_octets.size() + m_perRow - 1) / m_perRow);
}

int HexView::rowHeight() const
{
    return fontMetrics().height() + 4;
}

int HexView::charWidth() const
{
    return fontMetrics().horizontalAdvance(u'0');
}

int HexView::textColumn() const
{
    return hexColumn + m_perRow * 3 + 1;
}

void HexView::layOut()
{
    m_perRow = widths[std::size(widths) - 1];
    for (const int octets : widths) {
        if (columnsFor(octets) * charWidth() <= viewport()->width()) {
            m_perRow = octets;
            break;
        }
    }
    const int visible = std::max(1, viewport()->height() / rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - visible));
    verticalScrollBar()->setPageStep(visible);
    horizontalScrollBar()->setRange(0, std::max(0, columnsFor(m_perRow) * charWidth() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

void HexView::reveal(int offset)
{
    const int row = offset / m_perRow;
    const int visible = std::max(1, viewport()->height() / rowHeight());
    if (row < verticalScrollBar()->value())
        verticalScrollBar()->setValue(row);
    else if (row >= verticalScrollBar()->value() + visible)
        verticalScrollBar()->setValue(row - visible + 1);
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (m_octets.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No octets"));
        return;
    }
    painter.translate(-horizontalScrollBar()->value(), 0);
    const int first = verticalScrollBar()->value();
    const int last = std::min(first + viewport()->height() / rowHeight() + 1, rowCount());
    for (int row = first; row < last; ++row)
        paintRow(painter, row, (row - first) * rowHeight());
}

void HexView::paintRow(QPainter &painter, int row, int y) const
{
    const int height = rowHeight(), width = charWidth();
    const QColor muted = palette().color(QPalette::PlaceholderText);
    const bool choosesMany = chosenLength() > 1;
    painter.setPen(muted);
    painter.drawText(QRect(0, y, 5 * width, height), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("%1").arg(row * m_perRow, 4, 16, QLatin1Char('0')));
    for (int column = 0; column < m_perRow; ++column) {
        const int offset = row * m_perRow + column;
        if (offset >= m_octets.size())
            return;
        const uchar octet = uchar(m_octets[offset]);
        const QRect hex((hexColumn + column * 3) * width, y, 2 * width, height);
        const QRect character((textColumn() + column) * width, y, width, height);
        const bool marked = offset >= m_markedOffset && offset - m_markedOffset < m_markedLength;
        if (marked) {
            // The gap to the next octet belongs to the mark, so that a field is one bar.
            const bool more = offset + 1 - m_markedOffset < m_markedLength && column + 1 < m_perRow;
            painter.fillRect(hex.adjusted(-width / 2, 1, more ? width : width / 2, -1), palette().color(QPalette::Highlight));
            painter.fillRect(character.adjusted(0, 1, 0, -1), palette().color(QPalette::Highlight));
        }
        const bool printable = octet >= 0x20 && octet < 0x7f;
        const QColor text = palette().color(marked ? QPalette::HighlightedText : QPalette::Text);
        painter.setPen(text);
        painter.drawText(hex, Qt::AlignCenter, QStringLiteral("%1").arg(octet, 2, 16, QLatin1Char('0')));
        painter.setPen(printable || marked ? text : muted);
        painter.drawText(character, Qt::AlignCenter, printable ? QString(QLatin1Char(char(octet))) : QStringLiteral("·"));
        const bool chosen = offset >= chosenOffset() && offset - chosenOffset() < chosenLength();
        if (chosen && (choosesMany || hasFocus())) {
            painter.setPen(text);
            painter.drawRect(hex.adjusted(-width / 2 + 1, 2, width / 2 - 1, -3));
        }
    }
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
}

void HexView::choose(int from, int to)
{
    if (m_octets.isEmpty())
        return;
    const int last = int(m_octets.size()) - 1;
    m_anchor = std::clamp(from, 0, last);
    m_cursor = std::clamp(to, 0, last);
    reveal(m_cursor);
    viewport()->update();
    Q_EMIT octetsChosen(chosenOffset(), chosenLength());
}

int HexView::octetAt(const QPoint &at) const
{
    const int x = (at.x() + horizontalScrollBar()->value()) / charWidth();
    const int row = verticalScrollBar()->value() + at.y() / rowHeight();
    const int column = x >= textColumn() ? x - textColumn() : x >= hexColumn ? (x - hexColumn) / 3 : -1;
    const int offset = row * m_perRow + column;
    return column >= 0 && column < m_perRow && offset < m_octets.size() ? offset : -1;
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int offset = octetAt(event->position().toPoint());
    if (offset >= 0)
        choose(event->modifiers().testFlag(Qt::ShiftModifier) ? m_anchor : offset, offset);
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    const int offset = event->buttons().testFlag(Qt::LeftButton) ? octetAt(event->position().toPoint()) : -1;
    if (offset >= 0 && offset != m_cursor)
        choose(m_anchor, offset);
}

void HexView::moveCursor(int to, bool extend)
{
    const int target = std::clamp(to, 0, std::max(0, int(m_octets.size()) - 1));
    choose(extend ? m_anchor : target, target);
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->matches(QKeySequence::SelectAll))
        return choose(0, int(m_octets.size()) - 1);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(m_cursor - 1, extend);
    case Qt::Key_Right:
        return moveCursor(m_cursor + 1, extend);
    case Qt::Key_Up:
        return moveCursor(m_cursor - m_perRow, extend);
    case Qt::Key_Down:
        return moveCursor(m_cursor + m_perRow, extend);
    case Qt::Key_Home:
        return moveCursor(m_cursor - m_cursor % m_perRow, extend);
    case Qt::Key_End:
        return moveCursor(m_cursor - m_cursor % m_perRow + m_perRow - 1, extend);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace reveille
