// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/samplechart.h"

#include "gui/theme.h"
#include "models/lifeline.h"
#include "models/sentences.h"
#include "models/timedisplay.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace reveille {

namespace {

constexpr double margin = 12;
constexpr double rowGap = 22;
constexpr double dot = 8;

} // namespace

SampleChart::SampleChart(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Samples"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SampleChart::setNetwork(const LearnedNetwork &network)
{
    m_network = network;
    QStringList all;
    for (const PinholeSample &sample : network.samples)
        all.append(Sentences::sample(sample));
    setAccessibleDescription(all.join(QStringLiteral(", ")));
    update();
}

QSize SampleChart::minimumSizeHint() const
{
    return {220, int(2 * rowGap + margin) + 2 * fontMetrics().height()};
}

QSize SampleChart::sizeHint() const
{
    return minimumSizeHint().expandedTo({360, 0});
}

Milliseconds SampleChart::longest() const
{
    Milliseconds longest = std::max({m_network.longestOpen, m_network.shortestClosed, m_network.keepAlive, Milliseconds(1000)});
    for (const PinholeSample &sample : m_network.samples)
        longest = std::max(longest, sample.silence);
    return longest * 11 / 10;
}

double SampleChart::xAt(Milliseconds silence) const
{
    const double words = fontMetrics().horizontalAdvance(tr("closed")) + 2 * margin;
    return words + double(silence.count()) / double(longest().count()) * (width() - words - margin);
}

double SampleChart::rowOf(bool open) const
{
    return open ? rowGap / 2 + margin / 2 : rowGap * 1.5 + margin / 2;
}

QString SampleChart::factsAt(const QPoint &place) const
{
    QStringList lines;
    for (const PinholeSample &sample : m_network.samples) {
        if (std::abs(xAt(sample.silence) - place.x()) <= dot && std::abs(rowOf(sample.open) - place.y()) <= rowGap / 2)
            lines.append(Sentences::sample(sample));
    }
    return lines.join(u'\n');
}

bool SampleChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), factsAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void SampleChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette colors = palette();
    const QColor good = theme::toneColor(theme::Tone::Good, colors), bad = theme::toneColor(theme::Tone::Bad, colors);
    const double bottom = 2 * rowGap + margin / 2;
    const double left = xAt(Milliseconds(0)), right = width() - margin;

    if (m_network.longestOpen.count() > 0 && m_network.shortestClosed > m_network.longestOpen) {
        QColor between = theme::toneColor(theme::Tone::Doubt, colors);
        between.setAlpha(50);
        painter.fillRect(QRectF(QPointF(xAt(m_network.longestOpen), 2), QPointF(xAt(m_network.shortestClosed), bottom)), between);
    }
    painter.setPen(colors.color(QPalette::Mid));
    for (const bool open : {true, false})
        painter.drawLine(QPointF(left, rowOf(open)), QPointF(right, rowOf(open)));
    painter.drawLine(QPointF(left, bottom), QPointF(right, bottom));
    if (m_network.keepAlive.count() > 0) {
        painter.setPen(QPen(colors.color(QPalette::Highlight), 1.5, Qt::DashLine));
        painter.drawLine(QPointF(xAt(m_network.keepAlive), 2), QPointF(xAt(m_network.keepAlive), bottom));
    }

    painter.setPen(colors.color(QPalette::PlaceholderText));
    painter.drawText(QRectF(margin / 2, rowOf(true) - rowGap / 2, left, rowGap), Qt::AlignVCenter, tr("open"));
    painter.drawText(QRectF(margin / 2, rowOf(false) - rowGap / 2, left, rowGap), Qt::AlignVCenter, tr("closed"));
    const Milliseconds step = axisStep(Milliseconds(qint64(double(longest().count()) * 64 / std::max(64.0, right - left))));
    double free = left - 20;
    for (Milliseconds at(0); at <= longest(); at += step) {
        painter.drawLine(QPointF(xAt(at), bottom), QPointF(xAt(at), bottom + 3));
        const QString label = at.count() == 0 ? QStringLiteral("0") : TimeDisplay::exact(at);
        const double half = fontMetrics().horizontalAdvance(label) / 2.0;
        if (xAt(at) - half < free || xAt(at) + half > width())
            continue;
        painter.drawText(QPointF(xAt(at) - half, bottom + 3 + fontMetrics().ascent()), label);
        free = xAt(at) + half + 8;
    }
    painter.drawText(QRectF(left, bottom + 3 + fontMetrics().height() - 2, right - left, fontMetrics().height()),
                     Qt::AlignRight | Qt::AlignVCenter, tr("silence; dashed: keep-alive told"));

    for (const PinholeSample &sample : m_network.samples) {
        const QRectF box(xAt(sample.silence) - dot / 2, rowOf(sample.open) - dot / 2, dot, dot);
        if (sample.open) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(good);
            painter.drawEllipse(box);
        } else {
            painter.setPen(QPen(bad, 2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(box.topLeft(), box.bottomRight());
            painter.drawLine(box.topRight(), box.bottomLeft());
        }
    }
}

} // namespace reveille
