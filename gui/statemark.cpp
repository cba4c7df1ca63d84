// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statemark.h"

#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QPainter>
#include <QPainterPath>

namespace reveille {

namespace {

constexpr int markSize = 12;
constexpr int markGap = 6;

int rowHeightFor(const QFontMetrics &metrics)
{
    return std::max(theme::rowHeight, metrics.height() + 8);
}

/// One look for every kind of state.
struct Mark {
    LivenessState shape = LivenessState::Lost;
    bool known = true;
    theme::Tone tone = theme::Tone::Neutral;
};

LivenessState shapeOf(PushState state)
{
    switch (state) {
    case PushState::Waking: return LivenessState::Waking;
    case PushState::Sending: return LivenessState::Suspect;
    case PushState::Delivered:
    case PushState::Confirmed: return LivenessState::Up;
    case PushState::Expired:
    case PushState::Undeliverable: return LivenessState::Unreachable;
    default: return LivenessState::Lost;
    }
}

LivenessState shapeOf(WakeState state)
{
    switch (state) {
    case WakeState::Active: return LivenessState::Waking;
    case WakeState::Succeeded: return LivenessState::Up;
    case WakeState::Refused:
    case WakeState::Exhausted: return LivenessState::Unreachable;
    case WakeState::Cancelled: break;
    }
    return LivenessState::Lost;
}

Mark bearerMark(BearerState state)
{
    switch (state) {
    case BearerState::Works: return {LivenessState::Up, true, theme::Tone::Good};
    case BearerState::Slowed: return {LivenessState::Suspect, true, theme::Tone::Doubt};
    case BearerState::Connecting: return {LivenessState::Waking, true, theme::Tone::Busy};
    case BearerState::Broken: break;
    }
    return {LivenessState::Unreachable, true, theme::Tone::Bad};
}

Mark markOf(StateDelegate::Of of, const QModelIndex &index)
{
    const int state = index.data(Role::State).toInt();
    switch (of) {
    case StateDelegate::Of::Push: {
        const auto push = PushState(state);
        const bool calledOff = push == PushState::Cancelled || push == PushState::Replaced;
        return {shapeOf(push), !calledOff, theme::toneOf(push)};
    }
    case StateDelegate::Of::Wake:
        return {shapeOf(WakeState(state)), WakeState(state) != WakeState::Cancelled, theme::toneOf(WakeState(state))};
    case StateDelegate::Of::Bearer: return bearerMark(BearerState(state));
    case StateDelegate::Of::Liveness: break;
    }
    const bool known = index.data(Role::HasState).toBool();
    return {LivenessState(state), known, theme::toneOf(LivenessState(state), known)};
}

constexpr int stepPitch = 8;

int stepsWidth()
{
    return 4 + (int(WakeStep::Delivered) + 1) * stepPitch + markGap;
}

} // namespace

void paintStateMark(QPainter *painter, const QRectF &box, LivenessState state, bool known, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF r = box.adjusted(1.5, 1.5, -1.5, -1.5);
    painter->setPen(QPen(color, 1.8));
    painter->setBrush(Qt::NoBrush);
    if (!known) {
        painter->drawLine(QPointF(r.left(), r.center().y()), QPointF(r.right(), r.center().y()));
    } else {
        switch (state) {
        case LivenessState::Up:
            painter->setBrush(color);
            painter->drawEllipse(r);
            break;
        case LivenessState::Suspect: {
            painter->drawEllipse(r);
            QPainterPath half;
            half.moveTo(r.center());
            half.arcTo(r, 90, 180);
            half.closeSubpath();
            painter->fillPath(half, color);
            break;
        }
        case LivenessState::Lost:
            painter->drawEllipse(r);
            break;
        case LivenessState::Waking: {
            QPainterPath diamond;
            diamond.moveTo(r.center().x(), r.top());
            diamond.lineTo(r.right(), r.center().y());
            diamond.lineTo(r.center().x(), r.bottom());
            diamond.lineTo(r.left(), r.center().y());
            diamond.closeSubpath();
            painter->fillPath(diamond, color);
            painter->drawPath(diamond);
            break;
        }
        case LivenessState::Unreachable:
            painter->setPen(QPen(color, 2.2, Qt::SolidLine, Qt::RoundCap));
            painter->drawLine(r.topLeft(), r.bottomRight());
            painter->drawLine(r.topRight(), r.bottomLeft());
            break;
        }
    }
    painter->restore();
}

StateLabel::StateLabel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StateLabel::setState(LivenessState state, LossReason reason, bool known, const QString &evidence)
{
    m_state = state;
    m_known = known;
    m_text = known ? Sentences::stateAndReason(state, reason) : tr("Never registered");
    m_short = known ? Sentences::state(state) + u'…' : m_text;
    setAccessibleName(m_text);
    setToolTip(plainTip(evidence.isEmpty() ? m_text : m_text + u'\n' + evidence));
    setAccessibleDescription(evidence);
    updateGeometry();
    update();
}

QSize StateLabel::sizeOf(const QString &text) const
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    return {markSize + markGap + metrics.horizontalAdvance(text) + 4, rowHeightFor(metrics)};
}

QSize StateLabel::sizeHint() const
{
    return sizeOf(m_text);
}

QSize StateLabel::minimumSizeHint() const
{
    return {std::min(sizeOf(m_short).width(), sizeHint().width()), sizeHint().height()};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor color = theme::toneColor(theme::toneOf(m_state, m_known), palette());
    paintStateMark(&painter, QRectF(0, (height() - markSize) / 2.0, markSize, markSize), m_state, m_known, color);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(color);
    const QRect space = rect().adjusted(markSize + markGap, 0, 0, 0);
    painter.drawText(space, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(bold).elidedText(m_text, Qt::ElideRight, space.width()));
}

void StateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    Mark mark = markOf(m_of, index);
    const bool gone = index.data(Role::Live).isValid() && !index.data(Role::Live).toBool();
    if (gone)
        mark.tone = theme::Tone::Quiet;
    const QColor color = selected ? item.palette.color(QPalette::HighlightedText) : theme::toneColor(mark.tone, item.palette);
    item.palette.setColor(QPalette::Text, color);
    const QString text = std::exchange(item.text, QString());
    const QWidget *widget = option.widget;
    widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);
    if (index.data(Role::Kind).value<NodeKind>() == NodeKind::Connection && text.isEmpty())
        return;
    const QRectF box(option.rect.left() + 4, option.rect.center().y() - markSize / 2.0 + 0.5, markSize, markSize);
    paintStateMark(painter, box, mark.shape, mark.known, color);
    painter->save();
    painter->setFont(item.font);
    painter->setPen(color);
    const QRect space = option.rect.adjusted(4 + markSize + markGap, 0, -4, 0);
    painter->drawText(space, Qt::AlignVCenter | Qt::AlignLeft, item.fontMetrics.elidedText(text, Qt::ElideRight, space.width()));
    painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (m_most > 0)
        size.setWidth(std::min(size.width(), m_most * option.fontMetrics.averageCharWidth()));
    size.rwidth() += markSize + markGap + 4;
    size.setHeight(rowHeightFor(option.fontMetrics));
    return size;
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, option.widget);
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QColor plain = selected ? item.palette.color(QPalette::HighlightedText) : item.palette.color(QPalette::Text);
    const QColor done = selected ? plain : theme::toneColor(theme::toneOf(WakeState(index.data(Role::State).toInt())), item.palette);
    const QColor open = selected ? item.palette.color(QPalette::HighlightedText) : item.palette.color(QPalette::Mid);
    const int furthest = index.data(Role::Step).toInt();
    painter->save();
    for (int step = 0; step <= int(WakeStep::Delivered); ++step) {
        const QRectF box(option.rect.left() + 4 + step * stepPitch, option.rect.center().y() - 3, stepPitch - 2, 7);
        if (step <= furthest)
            painter->fillRect(box, done);
        else {
            painter->setPen(open);
            painter->drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right() - 1, box.center().y()));
        }
    }
    painter->setFont(item.font);
    painter->setPen(plain);
    const QRect space = option.rect.adjusted(stepsWidth(), 0, -4, 0);
    painter->drawText(space, Qt::AlignVCenter | Qt::AlignLeft, item.fontMetrics.elidedText(text, Qt::ElideRight, space.width()));
    painter->restore();
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rwidth() += stepsWidth() + 4;
    size.setHeight(rowHeightFor(option.fontMetrics));
    return size;
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QVariant live = index.data(Role::Live);
    if (live.isValid() && !live.toBool())
        option->palette.setColor(QPalette::Text, option->palette.color(QPalette::PlaceholderText));
    if (index.column() == 0 && index.data(Role::Struck).toBool()) {
        option->icon = theme::icon(QStringLiteral("fault"));
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(14, 14);
        option->decorationPosition = QStyleOptionViewItem::Right;
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(rowHeightFor(option.fontMetrics));
    return size;
}

} // namespace reveille
