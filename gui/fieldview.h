// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fieldtreemodel.h"
#include "models/octettext.h"

#include <QWidget>

class QLabel;
class QMenu;
class QSplitter;
class QToolButton;
class QTreeView;

namespace reveille {

class HexView;

/// Decoded fields beside the octets they stand in, linked both ways: a field marks its octets, octets choose the
/// innermost field that holds them all. What is chosen is copied as hexadecimal, base64 or a C array. Side by side, or
/// one above the other where it is narrow. GUI thread.
class FieldView : public QWidget
{
    Q_OBJECT
public:
    explicit FieldView(QWidget *parent = nullptr);

    /// `format`: "sip", "wsp", "sir", or empty for octets of unknown meaning. The same message again keeps what is chosen.
    void setMessage(const QString &format, const QByteArray &octets);
    const QByteArray &octets() const { return m_model.octets(); }

    QTreeView *tree() const { return m_tree; }
    HexView *hex() const { return m_hex; }
    QString place() const; ///< "Version: octet 12" beneath the views
    QByteArray chosen() const; ///< octets chosen, else those of the field, else all
    void copy(OctetText how) const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void share(); ///< the width between fields and octets, until a person moves the border
    void chooseField(const QModelIndex &field);
    void chooseOctets(int offset, int length);
    void showPlace();
    void openMenu(const QPoint &globalPosition);
    void fillMenu(QMenu *menu);

    FieldTreeModel m_model;
    QString m_format;
    QSplitter *m_splitter;
    QTreeView *m_tree;
    HexView *m_hex;
    QLabel *m_place;
    QToolButton *m_copy;
    bool m_linking = false;
    bool m_moved = false; ///< the border, by a person
};

} // namespace reveille
