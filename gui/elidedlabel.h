// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace reveille {

/// A line of plain text that ends in an ellipsis where there is too little room for it; its tool tip then says it whole. It
/// gives way before the window grows. GUI thread.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    bool isElided() const;
    void setLeastWidth(int pixels); ///< it keeps that much where it needs as much
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    int m_least = 0;
};

} // namespace reveille
