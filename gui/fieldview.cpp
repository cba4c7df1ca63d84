// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldview.h"

#include "gui/hexview.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace reveille {

namespace {

constexpr int narrow = 560;       ///< pixels; below, the octets stand under the fields
constexpr int wideFields = 340;   ///< pixels the fields get before the octets get sixteen a row

} // namespace

FieldView::FieldView(QWidget *parent)
    : QWidget(parent), m_splitter(new QSplitter), m_tree(new QTreeView), m_hex(new HexView), m_place(new QLabel),
      m_copy(new QToolButton)
{
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new RowDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setAccessibleName(tr("Decoded fields"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FieldColumn::Name, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(FieldColumn::Value, QHeaderView::Stretch);
    m_tree->setColumnHidden(FieldColumn::Offset, true);
    m_tree->setColumnHidden(FieldColumn::Length, true);
    m_hex->setContextMenuPolicy(Qt::CustomContextMenu);

    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(m_hex);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    m_place->setMinimumWidth(1);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy->setText(tr("Copy octets"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setAutoRaise(true);
    m_copy->setMenu(new QMenu(m_copy));
    fillMenu(m_copy->menu());

    auto *foot = new QHBoxLayout;
    foot->addWidget(m_place, 1);
    foot->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_splitter, 1);
    layout->addLayout(foot);

    // One key for both views: what is chosen, as hexadecimal.
    auto *copies = new QAction(tr("Copy as hexadecimal"), this);
    copies->setShortcut(QKeySequence::Copy);
    copies->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(copies, &QAction::triggered, this, [this] { copy(OctetText::Hex); });
    addAction(copies);

    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &FieldView::chooseField);
    connect(m_hex, &HexView::octetsChosen, this, &FieldView::chooseOctets);
    connect(m_tree, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { openMenu(m_tree->viewport()->mapToGlobal(at)); });
    connect(m_hex, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { openMenu(m_hex->mapToGlobal(at)); });
    showPlace();
}

void FieldView::setMessage(const QString &format, const QByteArray &octets)
{
    if (format == m_format && octets == m_model.octets())
        return;
    m_format = format;
    m_model.setMessage(format, octets);
    m_hex->setOctets(octets);
    m_tree->expandAll();
    m_copy->setEnabled(!octets.isEmpty());
    showPlace();
}

void FieldView::chooseField(const QModelIndex &field)
{
    if (!m_linking) {
        const QScopedValueRollback guard(m_linking, true);
        const FieldTreeModel::Range range = m_model.rangeOf(field);
        if (range.length > 0)
            m_hex->choose(range.offset, range.offset); // one octet: the field is what is chosen
        m_hex->setMarked(range.offset, range.length);
    }
    showPlace();
}

void FieldView::chooseOctets(int offset, int length)
{
    if (m_linking)
        return;
    const QScopedValueRollback guard(m_linking, true);
    const QModelIndex field = m_model.indexOf(offset, length);
    m_tree->setCurrentIndex(field);
    if (field.isValid())
        m_tree->scrollTo(field);
    const FieldTreeModel::Range range = m_model.rangeOf(field);
    m_hex->setMarked(range.offset, range.length);
    showPlace();
}

QByteArray FieldView::chosen() const
{
    if (m_hex->chosenLength() > 1)
        return octets().mid(m_hex->chosenOffset(), m_hex->chosenLength());
    const FieldTreeModel::Range range = m_model.rangeOf(m_tree->currentIndex());
    return range.length > 0 ? octets().mid(range.offset, range.length) : octets();
}

void FieldView::copy(OctetText how) const
{
    QGuiApplication::clipboard()->setText(octetsAs(how, chosen(), m_format.isEmpty() ? QStringLiteral("octets") : m_format));
}

QString FieldView::place() const
{
    return m_place->text();
}

void FieldView::showPlace()
{
    const QModelIndex field = m_tree->currentIndex();
    const bool many = m_hex->chosenLength() > 1;
    FieldTreeModel::Range range = m_model.rangeOf(field);
    if (many)
        range = {m_hex->chosenOffset(), m_hex->chosenLength()};
    if (range.length == 0) {
        m_place->setText(octets().isEmpty() ? QString() : tr("%n octet(s)", nullptr, int(octets().size())));
        return;
    }
    const QString where = range.length == 1 ? tr("octet %1").arg(range.offset)
                                            : tr("octets %1 to %2, %3 in all").arg(range.offset)
                                                  .arg(range.offset + range.length - 1).arg(range.length);
    const QString name = field.sibling(field.row(), FieldColumn::Name).data().toString();
    m_place->setText(name.isEmpty() ? where : tr("%1: %2", "field: place").arg(name, where));
}

void FieldView::fillMenu(QMenu *menu)
{
    const auto add = [&](const QString &text, OctetText how) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, how] { copy(how); });
    };
    add(tr("As &hexadecimal"), OctetText::Hex);
    add(tr("As &base64"), OctetText::Base64);
    add(tr("As &C array"), OctetText::CArray);
}

void FieldView::openMenu(const QPoint &globalPosition)
{
    if (octets().isEmpty())
        return;
    QMenu menu(this);
    const QModelIndex field = m_tree->currentIndex();
    QAction *value = menu.addAction(tr("Copy &value of the field"));
    value->setEnabled(field.isValid());
    connect(value, &QAction::triggered, this, [field] {
        QGuiApplication::clipboard()->setText(field.sibling(field.row(), FieldColumn::Value).data().toString());
    });
    menu.addSeparator();
    menu.addSection(tr("Copy octets"));
    fillMenu(&menu);
    menu.exec(globalPosition);
}

void FieldView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Beneath each other only where both then have a few rows.
    const bool stacks = width() < narrow && height() > 14 * theme::rowHeight;
    const Qt::Orientation wanted = stacks ? Qt::Vertical : Qt::Horizontal;
    m_moved = m_moved && m_splitter->orientation() == wanted;
    m_splitter->setOrientation(wanted);
    share();
}

void FieldView::share()
{
    if (m_moved)
        return;
    if (m_splitter->orientation() == Qt::Vertical) {
        m_splitter->setSizes({height() * 3 / 5, height() * 2 / 5});
        return;
    }
    const int room = width() - m_splitter->handleWidth();
    const int octets = room - m_hex->widthFor(16) >= wideFields ? m_hex->widthFor(16) : std::min(m_hex->widthFor(8), room / 2);
    m_splitter->setSizes({room - octets, octets});
}

} // namespace reveille
