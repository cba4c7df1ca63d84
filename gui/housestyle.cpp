// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/housestyle.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace reveille {

namespace {

constexpr double corner = 2.5, outline = 1.0, tick = 1.8;

/// The square in the middle, sharp at its edges.
QRectF squareIn(const QRect &rect)
{
    const int side = std::min(rect.width(), rect.height()) - 1;
    const QPoint at(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2);
    return QRectF(at, QSizeF(side, side)).adjusted(0.5, 0.5, -0.5, -0.5);
}

} // namespace

HouseStyle::HouseStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool isCircle = element == PE_IndicatorRadioButton;
    if (!isBox && !isCircle)
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    const QPalette &colors = option->palette;
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool on = option->state.testFlag(State_On);
    const bool partly = option->state.testFlag(State_NoChange);
    const QColor accent = enabled ? colors.color(QPalette::Highlight) : colors.color(QPalette::Disabled, QPalette::Text);
    const bool strong = option->state.testFlag(State_HasFocus) || (enabled && option->state.testFlag(State_MouseOver));
    const QRectF box = squareIn(option->rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on || partly || strong ? accent : colors.color(QPalette::PlaceholderText), outline));
    painter->setBrush(on && isBox ? accent : colors.color(QPalette::Base));
    isCircle ? painter->drawEllipse(box) : painter->drawRoundedRect(box, corner, corner);
    const QRectF inner = box.adjusted(box.width() * 0.28, box.height() * 0.28, -box.width() * 0.28, -box.height() * 0.28);
    if (on && isCircle) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(accent);
        painter->drawEllipse(inner);
    } else if (on) {
        QPainterPath path(QPointF(box.left() + box.width() * 0.24, box.top() + box.height() * 0.54));
        path.lineTo(box.left() + box.width() * 0.43, box.top() + box.height() * 0.72);
        path.lineTo(box.left() + box.width() * 0.78, box.top() + box.height() * 0.30);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(enabled ? colors.color(QPalette::HighlightedText) : colors.color(QPalette::Base), tick, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(path);
    } else if (partly) {
        painter->fillRect(inner, accent);
    }
    painter->restore();
}

} // namespace reveille
