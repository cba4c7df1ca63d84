// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace reveille {

/// What the bands and marks of a lifeline mean: a small window over the button that asked for it. GUI thread.
class LifelineLegend : public QWidget
{
    Q_OBJECT
public:
    explicit LifelineLegend(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;
};

} // namespace reveille
