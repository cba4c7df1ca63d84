// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/learnednetwork.h"

#include <QWidget>

namespace reveille {

/// The samples of a learned network over how long the silence was: open ones as filled circles in the upper row, closed
/// ones as crosses in the lower, and between them the stretch in which the pinhole closes. GUI thread.
class SampleChart : public QWidget
{
    Q_OBJECT
public:
    explicit SampleChart(QWidget *parent = nullptr);

    void setNetwork(const LearnedNetwork &network);
    double xAt(Milliseconds silence) const;
    QString factsAt(const QPoint &place) const; ///< the samples there; empty = none
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Milliseconds longest() const;
    double rowOf(bool open) const;

    LearnedNetwork m_network;
};

} // namespace reveille
