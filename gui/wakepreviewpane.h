// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace reveille {

class FieldView;

/// What a wake-up would send: the route and why this one, and the exact octets with their fields. GUI thread.
class WakePreviewPane : public QWidget
{
    Q_OBJECT
public:
    explicit WakePreviewPane(QWidget *parent = nullptr);

    void setPreview(const WakePreview &preview);
    void setNotice(const QString &text); ///< instead of a preview: why there is none
    QString headline() const;
    QByteArray octets() const;           ///< those shown
    QTreeWidget *checks() const { return m_checks; }

private:
    void showChecks(const QVector<Check> &checks);

    QLabel *m_headline;
    QLabel *m_note;
    QTreeWidget *m_checks;
    FieldView *m_fields;
};

} // namespace reveille
