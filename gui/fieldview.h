// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fieldtreemodel.h"

#include <QWidget>

class QTreeView;

namespace reveille {

class HexView;

/// Decoded fields beside the octets they stand in, linked both ways. GUI thread.
class FieldView : public QWidget
{
    Q_OBJECT
public:
    explicit FieldView(QWidget *parent = nullptr);

    /// `format`: "sip", "wsp", "sir", or empty for octets of unknown meaning.
    void setMessage(const QString &format, const QByteArray &octets);
    const QByteArray &octets() const { return m_model.octets(); }

private:
    FieldTreeModel m_model;
    QTreeView *m_tree;
    HexView *m_hex;
};

} // namespace reveille
