// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/routetable.h"

#include "gui/theme.h"
#include "models/sentences.h"
#include "wire/celltext.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

enum : int { BearerCell, AddressCell, PortCell, CellCount };

/// Offers the bearers there are, takes any other.
class BearerDelegate : public QStyledItemDelegate
{
public:
    BearerDelegate(QStringList bearers, QObject *parent) : QStyledItemDelegate(parent), m_bearers(std::move(bearers)) {}

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *choice = new QComboBox(parent);
        choice->setEditable(true);
        choice->addItems(m_bearers);
        return choice;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *choice = qobject_cast<QComboBox *>(editor))
            choice->setCurrentText(index.data(Qt::EditRole).toString());
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        if (const auto *choice = qobject_cast<QComboBox *>(editor))
            model->setData(index, choice->currentText());
    }

private:
    QStringList m_bearers;
};

} // namespace

RouteTable::RouteTable(QStringList bearers, QWidget *parent)
    : QWidget(parent), m_bearers(std::move(bearers)), m_table(new QTableWidget(0, CellCount, this))
{
    m_table->setAccessibleName(tr("Wake-up routes"));
    m_table->setHorizontalHeaderLabels({tr("Bearer"), tr("Address"), tr("Port")});
    m_table->horizontalHeader()->setSectionResizeMode(AddressCell, QHeaderView::Stretch);
    m_table->verticalHeader()->setDefaultSectionSize(theme::rowHeight);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setItemDelegateForColumn(BearerCell, new BearerDelegate(m_bearers, m_table));
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(4 * theme::rowHeight);
    auto *add = new QPushButton(tr("A&dd a route"), this);
    auto *remove = new QPushButton(tr("Remo&ve the route"), this);
    for (QPushButton *button : {add, remove})
        button->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    layout->addLayout(buttons);
    setFocusProxy(m_table);

    connect(add, &QPushButton::clicked, this, &RouteTable::addRow);
    connect(remove, &QPushButton::clicked, this, &RouteTable::removeRow);
    connect(m_table, &QTableWidget::itemChanged, this, &RouteTable::changed);
}

void RouteTable::appendRow(const WakeRoute &route)
{
    const QSignalBlocker quiet(m_table);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QString port = route.port.isSet() ? QString::number(route.port.number()) : QString();
    m_table->setItem(row, BearerCell, new QTableWidgetItem(route.bearer));
    m_table->setItem(row, AddressCell, new QTableWidgetItem(route.address));
    m_table->setItem(row, PortCell, new QTableWidgetItem(port));
    m_table->item(row, PortCell)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void RouteTable::setRoutes(const QVector<WakeRoute> &routes)
{
    m_table->setRowCount(0);
    for (const WakeRoute &route : routes)
        appendRow(route);
}

void RouteTable::addRow()
{
    WakeRoute route;
    route.bearer = m_bearers.value(0);
    route.port = ClientPort(ClientPort::wapPush);
    appendRow(route);
    m_table->setCurrentCell(m_table->rowCount() - 1, AddressCell);
    m_table->setFocus();
    Q_EMIT changed();
}

void RouteTable::removeRow()
{
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    m_table->removeRow(row);
    Q_EMIT changed();
}

QString RouteTable::text(int row, int column) const
{
    const QTableWidgetItem *cell = m_table->item(row, column);
    return cell ? cell->text().trimmed() : QString();
}

void RouteTable::mark(int row, int column, const QString &error)
{
    const QSignalBlocker quiet(m_table);
    QTableWidgetItem *cell = m_table->item(row, column);
    cell->setToolTip(error);
    cell->setData(Qt::AccessibleDescriptionRole, error);
    cell->setData(Qt::ForegroundRole,
                  error.isEmpty() ? QVariant() : QVariant(QBrush(theme::toneColor(theme::Tone::Bad, palette()))));
}

Result<QVector<WakeRoute>> RouteTable::routes()
{
    QVector<WakeRoute> routes;
    std::optional<Error> first;
    const auto fail = [&](int row, int column, const Error &error) {
        mark(row, column, Sentences::error(error));
        if (!first)
            first = error;
    };
    for (int row = 0; row < m_table->rowCount(); ++row) {
        for (int column = 0; column < CellCount; ++column)
            mark(row, column, {});
        WakeRoute route;
        route.bearer = text(row, BearerCell);
        route.address = text(row, AddressCell);
        const QString port = text(row, PortCell);
        if (route.address.isEmpty() && port.isEmpty() && route.bearer.isEmpty())
            continue;
        if (route.bearer.isEmpty())
            fail(row, BearerCell, {"bearer-missing", {}});
        if (route.address.isEmpty())
            fail(row, AddressCell, {"address-empty", {}});
        if (!port.isEmpty()) {
            const Result<ClientPort> number = ClientPort::parse(port);
            if (number)
                route.port = *number;
            else
                fail(row, PortCell, number.error());
        }
        if (!route.bearer.isEmpty() && !route.address.isEmpty()) {
            if (const Result<WakeRoute> checked = checkedRoute(route))
                route = *checked;
            else
                fail(row, AddressCell, checked.error());
        }
        routes.append(route);
    }
    if (first)
        return *first;
    return routes;
}

} // namespace reveille
