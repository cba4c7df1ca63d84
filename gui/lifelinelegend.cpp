// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/lifelinelegend.h"

#include "gui/lifelinepaint.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QPainter>

namespace reveille {

namespace {

constexpr int sampleWidth = 44;
constexpr double laneHeight = 16;

struct Row {
    bool isBand;
    LivenessState state;
    LossReason reason;
    HistoryMark::Kind kind;
    QString text;
};

QVector<Row> rows()
{
    QVector<Row> rows;
    const auto band = [&](LivenessState state, LossReason reason = LossReason::None) {
        rows.append({true, state, reason, {}, Sentences::stateAndReason(state, reason)});
    };
    band(LivenessState::Up);
    band(LivenessState::Suspect);
    band(LivenessState::Lost, LossReason::PinholeClosed);
    band(LivenessState::Lost, LossReason::Interrupted);
    band(LivenessState::Lost, LossReason::Expired);
    band(LivenessState::Lost, LossReason::ClosedByPeer);
    band(LivenessState::Waking);
    band(LivenessState::Unreachable);
    for (const HistoryMark::Kind kind : {HistoryMark::Kind::PacketIn, HistoryMark::Kind::PacketOut, HistoryMark::Kind::AddressChanged,
                                         HistoryMark::Kind::ProbeLost, HistoryMark::Kind::PushMissed, HistoryMark::Kind::Wake})
        rows.append({false, {}, {}, kind, Sentences::historyMarkKind(kind)});
    return rows;
}

} // namespace

LifelineLegend::LifelineLegend(QWidget *parent) : QWidget(parent)
{
    QStringList names;
    for (const Row &row : rows())
        names.append(row.text);
    setAccessibleName(tr("What the lifeline shows"));
    setAccessibleDescription(names.join(QStringLiteral(", ")));
}

int LifelineLegend::rowHeight() const
{
    return std::max(int(laneHeight) + 8, fontMetrics().height() + 6);
}

QSize LifelineLegend::sizeHint() const
{
    int widest = 0;
    const QVector<Row> all = rows();
    for (const Row &row : all)
        widest = std::max(widest, fontMetrics().horizontalAdvance(row.text));
    return {sampleWidth + widest + 4 * theme::grid, int(all.size()) * rowHeight() + 2 * theme::grid};
}

void LifelineLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    double y = theme::grid;
    for (const Row &row : rows()) {
        const QRectF sample(theme::grid, y + (rowHeight() - laneHeight) / 2.0, sampleWidth, laneHeight);
        if (row.isBand) {
            lifeline::paintBand(&painter, sample, row.state, row.reason, palette());
        } else if (row.kind == HistoryMark::Kind::PacketIn || row.kind == HistoryMark::Kind::PacketOut) {
            const bool in = row.kind == HistoryMark::Kind::PacketIn;
            int packets = 1;
            for (double x = sample.left() + 10; x < sample.right() - 4; x += 8, packets *= 4) {
                const double height = lifeline::tickHeight(packets, laneHeight);
                painter.fillRect(QRectF(x, in ? sample.bottom() - height : sample.top(), 1.4, height), palette().color(QPalette::Text));
            }
            painter.fillRect(QRectF(sample.left(), in ? sample.bottom() : sample.top() - 1, sample.width(), 1), palette().color(QPalette::Mid));
        } else {
            lifeline::paintMark(&painter, QRectF(sample.center().x() - 4, sample.center().y() - 4, 8, 8), row.kind, palette());
        }
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(sample.right() + theme::grid, y, width(), rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, row.text);
        y += rowHeight();
    }
}

} // namespace reveille
