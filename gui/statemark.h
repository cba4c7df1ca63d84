// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/theme.h"

#include <QStyledItemDelegate>
#include <QWidget>

namespace reveille {

/// The mark of a state: ● up, ◐ suspect, ○ lost, ◆ waking, ✕ unreachable, – never registered. Painted, never a glyph,
/// and always beside the word. GUI thread.
void paintStateMark(QPainter *painter, const QRectF &box, LivenessState state, bool known, const QColor &color);

/// Mark and word in the header of a page.
class StateLabel : public QWidget
{
    Q_OBJECT
public:
    explicit StateLabel(QWidget *parent = nullptr);
    /// `evidence` is the sentence that says why; shown on hover.
    void setState(LivenessState state, LossReason reason, bool known, const QString &evidence = {});
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; ///< of the state without its reason

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QSize sizeOf(const QString &text) const;

    LivenessState m_state = LivenessState::Lost;
    bool m_known = false;
    QString m_text;
    QString m_short;
};

/// Paints state columns of the models: mark and word in their colour. Pushes, wake-ups and bearers have the marks of the
/// devices they are about: ● well, ◐ in doubt, ○ at rest, ◆ under way, ✕ failed, – called off.
class StateDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Of { Liveness, Push, Wake, Bearer };
    explicit StateDelegate(Of of, QObject *parent = nullptr) : QStyledItemDelegate(parent), m_of(of) {}
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// A column as wide as its texts is no wider than this many characters; longer texts are shortened.
    void setMostCharacters(int most) { m_most = most; }

private:
    Of m_of;
    int m_most = 0; ///< 0 = any
};

/// How far a wake-up got, as a row of steps before the word. Needs Role::Step and Role::State.
class StepDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Plain rows of the house's height.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// Rows of what is gone (Role::Live is false) are grey; what an injected fault names has its mark.
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace reveille
