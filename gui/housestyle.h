// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace reveille {

/// Fusion with boxes and circles to tick whose outline can be seen on every background of ours: at least 3:1, in light and
/// dark, ticked or not. GUI thread.
class HouseStyle : public QProxyStyle
{
    Q_OBJECT
public:
    HouseStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
};

} // namespace reveille
