// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/lifelinestrip.h"

#include "gui/lifelinepaint.h"
#include "gui/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace reveille {

using Kind = HistoryMark::Kind;

namespace {

constexpr double laneIn = 22;   ///< marks and packets in
constexpr double laneBand = 18;
constexpr double laneOut = 11;
constexpr double markBox = 8;
constexpr int pointerReach = 4; ///< pixels to either side
constexpr int dragDistance = 4;

/// Those drawn as shapes, the most telling last, on top.
constexpr Kind shapes[] = {Kind::AddressChanged, Kind::ProbeLost, Kind::PushMissed, Kind::Wake};

} // namespace

LifelineStrip::LifelineStrip(LifelineModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_now([] { return Timestamp{QDateTime::currentMSecsSinceEpoch()}; })
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Lifeline"));
    setWhatsThis(tr("The life of the device. Bands: how reachable it was. Ticks: packets, in above, out below. Wheel and + − zoom, "
                    "dragging and arrow keys move, End follows now again. Ctrl with arrow keys goes from mark to mark; "
                    "a click or Return shows the journal of that moment."));
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(50);
    connect(&m_redraw, &QTimer::timeout, this, [this] {
        describe();
        update();
    });
    connect(&m_model, &LifelineModel::changed, this, &LifelineStrip::redrawSoon);
    connect(&m_tick, &QTimer::timeout, this, &LifelineStrip::redrawSoon);
}

void LifelineStrip::setNow(NowFunction now)
{
    m_now = std::move(now);
    redrawSoon();
}

void LifelineStrip::setTimeDisplay(const TimeDisplay &display)
{
    m_times = display;
    redrawSoon();
}

void LifelineStrip::setSpan(Milliseconds span)
{
    m_span = std::clamp(span, shortestSpan, longestSpan);
    rangeMoved();
}

void LifelineStrip::zoom(double factor, double at)
{
    const Milliseconds wanted(qint64(double(m_span.count()) * factor));
    const Milliseconds span = std::clamp(wanted, shortestSpan, longestSpan);
    const Timestamp fixed = from() + Milliseconds(qint64(double(m_span.count()) * at));
    m_until = fixed + Milliseconds(qint64(double(span.count()) * (1.0 - at)));
    m_span = span;
    if (!m_following && m_until >= m_now())
        m_following = true;
    rangeMoved();
}

void LifelineStrip::pan(Milliseconds by)
{
    m_until = until() + by;
    m_following = m_until >= m_now();
    rangeMoved();
}

void LifelineStrip::follow()
{
    m_following = true;
    rangeMoved();
}

Timestamp LifelineStrip::until() const
{
    return m_following ? m_now() : m_until;
}

Timestamp LifelineStrip::timeAt(double x) const
{
    return from() + Milliseconds(qint64(double(m_span.count()) * x / std::max(1, width())));
}

double LifelineStrip::xAt(Timestamp time) const
{
    return double((time - from()).count()) / double(m_span.count()) * width();
}

Milliseconds LifelineStrip::reach() const
{
    return Milliseconds(std::max<qint64>(1, m_span.count() * pointerReach / std::max(1, width())));
}

QString LifelineStrip::factsAt(const QPoint &place) const
{
    const Timestamp at = timeAt(place.x());
    const QString facts = m_model.facts(at - reach(), at + reach());
    const QString when = m_times.dateTime(at);
    if (!facts.isEmpty())
        return when + u'\n' + facts;
    return when + u'\n' + (at < m_model.since() ? tr("Nothing is known of this time.") : tr("It had not registered."));
}

QString LifelineStrip::summary() const
{
    return m_model.summary(from(), until());
}

QSize LifelineStrip::minimumSizeHint() const
{
    return {160, int(laneIn + laneBand + laneOut) + fontMetrics().height() + 4};
}

QSize LifelineStrip::sizeHint() const
{
    return minimumSizeHint().expandedTo({480, 0});
}

void LifelineStrip::rangeMoved()
{
    // A tick for every pixel that now moves, within reason.
    m_tick.setInterval(int(std::clamp<qint64>(m_span.count() / std::max(1, width()), 100, 1000)));
    m_model.want(from());
    describe();
    update();
    Q_EMIT rangeChanged();
}

void LifelineStrip::redrawSoon()
{
    if (!m_redraw.isActive())
        m_redraw.start();
}

/// Says what it shows to those who do not see it; only where that changed.
void LifelineStrip::describe()
{
    if (!isVisible())
        return;
    QString text = summary();
    if (m_cursor.isSet())
        text = m_times.clock(m_cursor) + u' ' + m_model.facts(m_cursor, m_cursor + Milliseconds(1)) + QStringLiteral(". ") + text;
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
}

void LifelineStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QPalette colors = palette();
    painter.fillRect(rect(), colors.color(QPalette::Base));
    const Timestamp begin = from(), end = until(), now = m_now();
    const QRectF lane(0, laneIn, width(), laneBand);
    const QColor line = colors.color(QPalette::Mid);
    const double axisTop = laneIn + laneBand + laneOut;

    const Timestamp since = std::min(m_model.since(), now);
    if (since > begin)
        lifeline::paintUnknown(&painter, QRectF(0, lane.top(), std::min<double>(width(), xAt(since)), lane.height()), colors);
    const Milliseconds step = axisStep(Milliseconds(m_span.count() * 90 / std::max(1, width())));
    painter.setFont(font());
    for (const Timestamp at : axisTimes(begin, end, step, m_times.offset(end))) {
        const double x = std::floor(xAt(at)) + 0.5;
        painter.setPen(line);
        painter.drawLine(QPointF(x, 0), QPointF(x, axisTop + 3));
        painter.setPen(colors.color(QPalette::PlaceholderText));
        const QString label = m_times.axisLabel(at, step);
        const int space = fontMetrics().horizontalAdvance(label);
        if (x - space / 2.0 > 2 && x + space / 2.0 < width() - 2)
            painter.drawText(QPointF(x - space / 2.0, height() - fontMetrics().descent() - 1), label);
    }
    for (const LifelineSegment &segment : segmentsOf(m_model.bands(), begin, end, now, width()))
        lifeline::paintBand(&painter, QRectF(segment.from, lane.top(), segment.until - segment.from, lane.height()),
                            segment.state, segment.reason, colors);
    painter.setPen(line);
    painter.drawLine(QPointF(0, lane.bottom() + 0.5), QPointF(width(), lane.bottom() + 0.5));

    const QVector<LifelineBin> bins = binsOf(m_model.marks(), begin, end, width());
    const QColor ink = colors.color(QPalette::Text);
    for (int x = 0; x < bins.size(); ++x) {
        if (const double up = lifeline::tickHeight(bins[x].in, laneIn - markBox - 2); up > 0)
            painter.fillRect(QRectF(x, lane.top() - up - 1, 1.4, up), ink);
        if (const double down = lifeline::tickHeight(bins[x].out, laneOut - 2); down > 0)
            painter.fillRect(QRectF(x, lane.bottom() + 2, 1.4, down), ink);
    }
    for (const Kind kind : shapes) {
        int last = -int(markBox);
        for (int x = 0; x < bins.size(); ++x) {
            if (!bins[x].has(kind) || x - last < int(markBox) / 2)
                continue;
            last = x;
            lifeline::paintMark(&painter, QRectF(x - markBox / 2, 1, markBox, markBox), kind, colors);
        }
    }
    if (m_cursor.isSet() && m_cursor >= begin && m_cursor < end) {
        painter.setPen(QPen(colors.color(QPalette::Highlight), 2));
        painter.drawLine(QPointF(xAt(m_cursor), 0), QPointF(xAt(m_cursor), axisTop));
    }
    painter.setPen(hasFocus() ? QPen(colors.color(QPalette::Highlight), 2) : QPen(line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(hasFocus() ? QRectF(rect()).adjusted(1, 1, -1, -1) : QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

bool LifelineStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), factsAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void LifelineStrip::resizeEvent(QResizeEvent *)
{
    rangeMoved();
}

void LifelineStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void LifelineStrip::showEvent(QShowEvent *)
{
    m_tick.start();
    rangeMoved();
}

void LifelineStrip::hideEvent(QHideEvent *)
{
    m_tick.stop();
}

void LifelineStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (turned.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier))
        pan(Milliseconds(-m_span.count() / 10 * (turned.x() != 0 ? turned.x() : turned.y()) / 120));
    else if (turned.y() != 0)
        zoom(std::pow(0.8, turned.y() / 120.0), m_following ? 1.0 : event->position().x() / std::max(1, width()));
    event->accept();
}

void LifelineStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressedAt = int(event->position().x());
    m_pressedUntil = until();
    m_dragging = false;
}

void LifelineStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressedAt < 0)
        return;
    const int moved = int(event->position().x()) - m_pressedAt;
    m_dragging = m_dragging || std::abs(moved) >= dragDistance;
    if (!m_dragging)
        return;
    setCursor(Qt::ClosedHandCursor);
    m_until = std::min(m_now(), m_pressedUntil - Milliseconds(m_span.count() * moved / std::max(1, width())));
    m_following = m_until >= m_now();
    rangeMoved();
}

void LifelineStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_pressedAt < 0)
        return;
    m_pressedAt = -1;
    setCursor(Qt::CrossCursor);
    if (!m_dragging)
        choose(timeAt(event->position().x()));
}

void LifelineStrip::choose(Timestamp at)
{
    m_cursor = at;
    describe();
    update();
    // What a person points at is a few pixels wide, and never less than the second that marks share.
    const Milliseconds half = std::max(reach(), Milliseconds(1000));
    Q_EMIT momentChosen(at - half, at + half);
}

void LifelineStrip::moveCursor(int direction)
{
    const QVector<HistoryMark> &marks = m_model.marks();
    const Timestamp start = m_cursor.isSet() ? m_cursor : direction < 0 ? until() : from();
    Timestamp found;
    if (direction < 0) {
        for (const HistoryMark &mark : marks) {
            if (mark.at >= start)
                break;
            found = mark.at;
        }
    } else {
        const auto next = std::find_if(marks.begin(), marks.end(), [start](const HistoryMark &mark) { return mark.at > start; });
        if (next != marks.end())
            found = next->at;
    }
    if (!found.isSet())
        return;
    m_cursor = found;
    if (found < from())
        pan(found - from() - m_span / 4);
    else if (found >= until())
        pan(found - until() + m_span / 4);
    describe();
    update();
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    QToolTip::showText(mapToGlobal(QPoint(int(xAt(found)), int(laneIn))), factsAt(QPoint(int(xAt(found)), 0)), this);
}

void LifelineStrip::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left: control ? moveCursor(-1) : pan(-m_span / 8); break;
    case Qt::Key_Right: control ? moveCursor(1) : pan(m_span / 8); break;
    case Qt::Key_Home:
        if (!m_model.marks().isEmpty())
            pan(m_model.marks().first().at - from() - m_span / 20);
        break;
    case Qt::Key_End: follow(); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); break;
    case Qt::Key_Minus: zoomOut(); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_cursor.isSet())
            choose(m_cursor);
        break;
    case Qt::Key_Escape:
        if (m_cursor.isSet()) {
            m_cursor = {};
            update();
            break;
        }
        [[fallthrough]];
    default: QWidget::keyPressEvent(event); return;
    }
    event->accept();
}

} // namespace reveille
