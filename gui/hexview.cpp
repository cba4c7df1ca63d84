// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hexview.h"

#include "gui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace reveille {

namespace {

constexpr int perRow = 16;
constexpr int hexColumn = 6;                         ///< in characters
constexpr int textColumn = hexColumn + perRow * 3 + 2;

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
    return {(textColumn + perRow + 3) * charWidth(), rowHeight() * 8};
}

void HexView::setOctets(const QByteArray &octets)
{
    m_octets = octets;
    m_markedOffset = m_markedLength = m_cursor = 0;
    setAccessibleDescription(tr("%n octet(s)", nullptr, int(octets.size())));
    layOut();
    viewport()->update();
}

void HexView::setMarked(int offset, int length)
{
    m_markedOffset = offset;
    m_markedLength = length;
    const int row = offset / perRow;
    const int visible = std::max(1, viewport()->height() / rowHeight());
    if (length > 0 && (row < verticalScrollBar()->value() || row >= verticalScrollBar()->value() + visible))
        verticalScrollBar()->setValue(row);
    viewport()->update();
}

int HexView::rowHeight() const
{
    return fontMetrics().height() + 4;
}

int HexView::charWidth() const
{
    return fontMetrics().horizontalAdvance(u'0');
}

void HexView::layOut()
{
    const int rows = int((m_octets.size() + perRow - 1) / perRow);
    const int visible = std::max(1, viewport()->height() / rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, rows - visible));
    verticalScrollBar()->setPageStep(visible);
    const int width = (textColumn + perRow + 1) * charWidth();
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.translate(-horizontalScrollBar()->value(), 0);
    const int height = rowHeight(), width = charWidth();
    const int first = verticalScrollBar()->value();
    const int last = std::min<int>(first + viewport()->height() / height + 1, int((m_octets.size() + perRow - 1) / perRow));
    const QColor muted = palette().color(QPalette::PlaceholderText);
    if (m_octets.isEmpty()) {
        painter.setPen(muted);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No octets"));
        return;
    }
    for (int row = first; row < last; ++row) {
        const int y = (row - first) * height;
        painter.setPen(muted);
        painter.drawText(QRect(0, y, 5 * width, height), Qt::AlignRight | Qt::AlignVCenter,
                         QStringLiteral("%1").arg(row * perRow, 4, 16, QLatin1Char('0')));
        for (int column = 0; column < perRow; ++column) {
            const int offset = row * perRow + column;
            if (offset >= m_octets.size())
                break;
            const uchar octet = uchar(m_octets[offset]);
            const QRect hex((hexColumn + column * 3) * width, y, 2 * width, height);
            const QRect character((textColumn + column) * width, y, width, height);
            const bool marked = offset >= m_markedOffset && offset < m_markedOffset + m_markedLength;
            if (marked) {
                painter.fillRect(hex.adjusted(-width / 2, 1, width / 2, -1), palette().color(QPalette::Highlight));
                painter.fillRect(character.adjusted(0, 1, 0, -1), palette().color(QPalette::Highlight));
            }
            painter.setPen(palette().color(marked ? QPalette::HighlightedText : QPalette::Text));
            painter.drawText(hex, Qt::AlignCenter, QStringLiteral("%1").arg(octet, 2, 16, QLatin1Char('0')));
            const bool printable = octet >= 0x20 && octet < 0x7f;
            if (!printable && !marked)
                painter.setPen(muted);
            painter.drawText(character, Qt::AlignCenter, printable ? QString(QLatin1Char(char(octet))) : QStringLiteral("·"));
            if (hasFocus() && offset == m_cursor) {
                painter.setPen(palette().color(QPalette::Text));
                painter.drawRect(hex.adjusted(-width / 2, 1, width / 2 - 1, -2));
            }
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

void HexView::choose(int offset)
{
    if (m_octets.isEmpty())
        return;
    m_cursor = std::clamp(offset, 0, int(m_octets.size()) - 1);
    viewport()->update();
    Q_EMIT octetChosen(m_cursor);
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    const int x = (int(event->position().x()) + horizontalScrollBar()->value()) / charWidth();
    const int row = verticalScrollBar()->value() + int(event->position().y()) / rowHeight();
    const int column = x >= textColumn ? x - textColumn : (x - hexColumn) / 3;
    if (column >= 0 && column < perRow)
        choose(row * perRow + column);
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        const QByteArray part = m_markedLength > 0 ? m_octets.mid(m_markedOffset, m_markedLength) : m_octets;
        QGuiApplication::clipboard()->setText(QString::fromLatin1(part.toHex(' ')));
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(m_cursor - 1);
    case Qt::Key_Right:
        return choose(m_cursor + 1);
    case Qt::Key_Up:
        return choose(m_cursor - perRow);
    case Qt::Key_Down:
        return choose(m_cursor + perRow);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace reveille
