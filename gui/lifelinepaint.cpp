// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/lifelinepaint.h"

#include "gui/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <cmath>

namespace reveille::lifeline {

namespace {

/// Parallel lines across a box, fixed to the page and not to the box, so that they stand still where boxes grow.
void paintHatch(QPainter *painter, const QRectF &box, const QColor &color, double step, double slope)
{
    painter->save();
    painter->setClipRect(box, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.2));
    const double reach = box.height() * std::abs(slope);
    const double first = std::floor((box.left() - reach) / step) * step;
    for (double x = first; x < box.right() + reach; x += step) {
        if (slope >= 0)
            painter->drawLine(QPointF(x, box.bottom()), QPointF(x + reach, box.top()));
        else
            painter->drawLine(QPointF(x, box.top()), QPointF(x + reach, box.bottom()));
    }
    painter->restore();
}

QColor faint(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return color;
}

void paintLost(QPainter *painter, const QRectF &lane, LossReason reason, const QPalette &palette)
{
    const QColor bad = theme::toneColor(theme::Tone::Bad, palette);
    const QColor quiet = theme::toneColor(theme::Tone::Quiet, palette);
    const auto low = [&](double part) {
        const double height = std::max(2.0, lane.height() * part);
        return QRectF(lane.left(), lane.bottom() - height, lane.width(), height);
    };
    switch (reason) {
    case LossReason::PinholeClosed: { // a door that is shut: hollow
        const QRectF box = low(0.36);
        painter->fillRect(box, faint(bad, 45));
        painter->setPen(QPen(bad, 1.2));
        painter->drawLine(box.topLeft() + QPointF(0, 0.6), box.topRight() + QPointF(0, 0.6));
        painter->drawLine(box.bottomLeft() - QPointF(0, 0.6), box.bottomRight() - QPointF(0, 0.6));
        break;
    }
    case LossReason::Interrupted: { // a broken line
        const QRectF box = low(0.36);
        painter->save();
        painter->setClipRect(box, Qt::IntersectClip);
        constexpr double step = 7, dash = 4;
        for (double x = std::floor(box.left() / step) * step; x < box.right(); x += step)
            painter->fillRect(QRectF(x, box.top(), dash, box.height()), bad);
        painter->restore();
        break;
    }
    case LossReason::Expired: // nothing but the ground
        painter->fillRect(low(0.14), quiet);
        break;
    case LossReason::ClosedByPeer: {
        const QRectF box = low(0.14);
        painter->save();
        painter->setClipRect(box, Qt::IntersectClip);
        constexpr double step = 5;
        for (double x = std::floor(box.left() / step) * step; x < box.right(); x += step)
            painter->fillRect(QRectF(x, box.top(), 2, box.height()), quiet);
        painter->restore();
        break;
    }
    case LossReason::None:
        painter->fillRect(low(0.2), faint(bad, 120));
        break;
    }
}

} // namespace

void paintBand(QPainter *painter, const QRectF &lane, LivenessState state, LossReason reason, const QPalette &palette)
{
    const QColor color = theme::toneColor(theme::toneOf(state), palette);
    const auto part = [&](double of) { return QRectF(lane.left(), lane.bottom() - lane.height() * of, lane.width(), lane.height() * of); };
    painter->save();
    switch (state) {
    case LivenessState::Up:
        painter->fillRect(part(1.0), faint(color, 190));
        break;
    case LivenessState::Suspect:
        painter->fillRect(part(0.7), faint(color, 50));
        paintHatch(painter, part(0.7), color, 6, 1.0);
        break;
    case LivenessState::Waking: {
        painter->fillRect(part(0.55), faint(color, 60));
        paintHatch(painter, part(0.55), color, 4, 0.0);
        break;
    }
    case LivenessState::Unreachable:
        painter->fillRect(part(0.55), faint(color, 45));
        paintHatch(painter, part(0.55), color, 7, 1.0);
        paintHatch(painter, part(0.55), color, 7, -1.0);
        break;
    case LivenessState::Lost:
        paintLost(painter, lane, reason, palette);
        break;
    }
    painter->restore();
}

void paintUnknown(QPainter *painter, const QRectF &lane, const QPalette &palette)
{
    paintHatch(painter, lane, faint(theme::toneColor(theme::Tone::Quiet, palette), 70), 10, 1.0);
}

void paintMark(QPainter *painter, const QRectF &box, HistoryMark::Kind kind, const QPalette &palette)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF middle = box.center();
    QPainterPath path;
    switch (kind) {
    case HistoryMark::Kind::Wake: // the diamond of the waking state
        path.moveTo(middle.x(), box.top());
        path.lineTo(box.right(), middle.y());
        path.lineTo(middle.x(), box.bottom());
        path.lineTo(box.left(), middle.y());
        path.closeSubpath();
        painter->fillPath(path, theme::toneColor(theme::Tone::Busy, palette));
        break;
    case HistoryMark::Kind::AddressChanged: // from one place to another
        path.moveTo(box.left(), box.top());
        path.lineTo(box.right(), middle.y());
        path.lineTo(box.left(), box.bottom());
        path.closeSubpath();
        painter->fillPath(path, palette.color(QPalette::Text));
        break;
    case HistoryMark::Kind::ProbeLost:
        painter->setPen(QPen(theme::toneColor(theme::Tone::Doubt, palette), 2.0, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(box.topLeft(), box.bottomRight());
        painter->drawLine(box.topRight(), box.bottomLeft());
        break;
    case HistoryMark::Kind::PushMissed:
        path.moveTo(box.left(), box.top());
        path.lineTo(box.right(), box.top());
        path.lineTo(middle.x(), box.bottom());
        path.closeSubpath();
        painter->fillPath(path, theme::toneColor(theme::Tone::Bad, palette));
        break;
    case HistoryMark::Kind::State:
    case HistoryMark::Kind::PacketIn:
    case HistoryMark::Kind::PacketOut: break;
    }
    painter->restore();
}

double tickHeight(int packets, double lane)
{
    if (packets <= 0)
        return 0;
    return std::min(lane, 3 + 2.2 * std::log2(1.0 + packets));
}

} // namespace reveille::lifeline
