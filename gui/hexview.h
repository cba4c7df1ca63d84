// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QByteArray>

namespace reveille {

/// Octets as offset, hexadecimal and characters, sixteen in a row, with one range marked. Clicking or moving the cursor
/// tells the octet; Ctrl+C copies the marked octets, or all, as hexadecimal. GUI thread.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit HexView(QWidget *parent = nullptr);

    void setOctets(const QByteArray &octets);
    const QByteArray &octets() const { return m_octets; }
    void setMarked(int offset, int length);
    int cursor() const { return m_cursor; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void octetChosen(int offset);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose(int offset);
    void layOut();
    int rowHeight() const;
    int charWidth() const;

    QByteArray m_octets;
    int m_markedOffset = 0;
    int m_markedLength = 0;
    int m_cursor = 0;
};

} // namespace reveille
