// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lifelinemodel.h"

#include <QTimer>
#include <QWidget>

#include <functional>

namespace reveille {

/// The life of a device on a time axis: bands for its states, told apart by colour, height and pattern; packets as ticks,
/// in above, out below; marks for what happened. Wheel and +/- zoom, dragging and arrow keys move, Home goes to the
/// oldest mark, End follows now again, Ctrl+arrows go from mark to mark, a click or Return chooses a moment. GUI thread.
class LifelineStrip : public QWidget
{
    Q_OBJECT
public:
    using NowFunction = std::function<Timestamp()>;

    /// `model` outlives it.
    explicit LifelineStrip(LifelineModel &model, QWidget *parent = nullptr);

    void setNow(NowFunction now);
    void setTimeDisplay(const TimeDisplay &display);

    static constexpr Milliseconds shortestSpan{10000};
    static constexpr Milliseconds longestSpan{qint64(31) * 24 * 3600 * 1000};
    Milliseconds span() const { return m_span; }
    void setSpan(Milliseconds span);          ///< kept within the bounds; the right end stays
    void zoom(double factor, double at);      ///< about a place of the width, 0 to 1; factor < 1 shows less time
    void pan(Milliseconds by);                ///< to the past if negative; stops following
    void follow();                            ///< the right end is now, and stays it
    bool isFollowing() const { return m_following; }
    Timestamp from() const { return until() - m_span; }
    Timestamp until() const;

    Timestamp timeAt(double x) const;
    double xAt(Timestamp time) const;
    QString factsAt(const QPoint &place) const; ///< what the tool tip says
    QString summary() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void zoomIn() { zoom(0.5, m_following ? 1.0 : 0.5); }
    void zoomOut() { zoom(2.0, m_following ? 1.0 : 0.5); }

Q_SIGNALS:
    void rangeChanged();
    /// Chosen by click or key: what lies between.
    void momentChosen(reveille::Timestamp from, reveille::Timestamp until);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void rangeMoved();
    void redrawSoon();
    void moveCursor(int direction);
    void choose(Timestamp at);
    void describe();
    Milliseconds reach() const; ///< what a pointer covers to either side

    LifelineModel &m_model;
    NowFunction m_now;
    TimeDisplay m_times;
    Milliseconds m_span{10 * 60 * 1000};
    Timestamp m_until;      ///< while not following
    bool m_following = true;
    Timestamp m_cursor;     ///< of the keyboard; not set = none
    int m_pressedAt = -1;
    Timestamp m_pressedUntil;
    bool m_dragging = false;
    QTimer m_redraw;        ///< at most 20 a second
    QTimer m_tick;          ///< now moves on
};

} // namespace reveille
