// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QByteArray>

#include <algorithm>

namespace reveille {

/// Octets as offset, hexadecimal and characters; sixteen in a row, eight or four where there is less room. One field is
/// marked from outside; a person chooses octets with the mouse (drag) or the arrow keys (Shift extends). GUI thread.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit HexView(QWidget *parent = nullptr);

    void setOctets(const QByteArray &octets);
    const QByteArray &octets() const { return m_octets; }
    void setMarked(int offset, int length);
    int cursor() const { return m_cursor; }
    int chosenOffset() const { return std::min(m_anchor, m_cursor); }
    int chosenLength() const { return m_octets.isEmpty() ? 0 : std::max(m_anchor, m_cursor) - chosenOffset() + 1; }
    void choose(int from, int to); ///< as a person would; `to` becomes the cursor
    int perRow() const { return m_perRow; }
    int widthFor(int perRow) const; ///< pixels that rows of 16, 8 or 4 octets take, with frame and scroll bar
    QSize sizeHint() const override;

Q_SIGNALS:
    void octetsChosen(int offset, int length);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintRow(QPainter &painter, int row, int y) const;
    void moveCursor(int to, bool extend);
    void layOut();
    void reveal(int offset);
    int octetAt(const QPoint &at) const; ///< -1 outside
    int rowCount() const;
    int rowHeight() const;
    int charWidth() const;
    int textColumn() const; ///< in characters

    QByteArray m_octets;
    int m_perRow = 16;
    int m_markedOffset = 0;
    int m_markedLength = 0;
    int m_anchor = 0;
    int m_cursor = 0;
};

} // namespace reveille
