// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/networkspage.h"

#include "gui/confirmation.h"
#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/samplechart.h"
#include "gui/statemark.h"
#include "models/networkmodel.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

namespace {

/// A bar behind the number: how far an estimate can be trusted.
class ConfidenceDelegate : public RowDelegate
{
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RowDelegate::paint(painter, option, index);
        const int percent = std::clamp(index.data(Role::Raw).toInt(), 0, 100);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const theme::Tone tone = percent >= 70 ? theme::Tone::Good : percent >= 40 ? theme::Tone::Doubt : theme::Tone::Bad;
        const int words = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + theme::grid;
        const QRect space = option.rect.adjusted(4, 0, -words, 0);
        const QRectF bar(space.left(), space.center().y() - 2.5, space.width(), 6);
        painter->save();
        painter->fillRect(bar, option.palette.color(QPalette::Mid));
        painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * percent / 100, bar.height())),
                          selected ? option.palette.color(QPalette::HighlightedText) : theme::toneColor(tone, option.palette));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return RowDelegate::sizeHint(option, index) + QSize(72, 0);
    }
};

} // namespace

NetworksPage::NetworksPage(GuiContext &context, QWidget *parent)
    : RowsPage(context.networks, tr("Learned networks"), parent)
    , m_context(context)
    , m_filter(new QLineEdit)
    , m_chart(new SampleChart)
    , m_forget(new QPushButton(tr("Forget what was learned…")))
    , m_detail(new QWidget)
{
    sorted().setFilterKeyColumn(-1);
    sorted().setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setPlaceholderText(tr("Filter by network or transport"));
    m_filter->setAccessibleName(tr("Filter the learned networks"));
    m_filter->setClearButtonEnabled(true);
    table()->setItemDelegateForColumn(NetworkModel::Confidence, new ConfidenceDelegate(table()));
    table()->setSortingEnabled(true);
    table()->sortByColumn(NetworkModel::Prefix, Qt::AscendingOrder);
    table()->horizontalHeader()->setStretchLastSection(true);
    table()->setWhatsThis(tr("A row for every network and transport: how long its firewalls keep a quiet path open, as far as it was "
                             "learned, and how often clients there are told to show that they are there."));
    sentenceLabel()->setMinimumWidth(30 * theme::grid);
    sentenceLabel()->setAlignment(Qt::AlignTop);
    sentenceLabel()->setAccessibleName(tr("What was learned"));
    m_forget->setToolTip(tr("Start learning this network anew"));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_forget);
    buttons->addStretch();
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(theme::grid, 0, 0, 0);
    detail->setSpacing(theme::grid);
    detail->addWidget(sentenceLabel());
    detail->addWidget(m_chart);
    detail->addLayout(buttons);
    detail->addStretch();
    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(theme::grid);
    leftLayout->addWidget(m_filter);
    leftLayout->addWidget(table(), 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({800, 440});
    splitter->setChildrenCollapsible(false);

    emptyState()->setTexts(tr("No network has been learned yet"),
                            tr("While devices are connected, the server finds out how long the firewalls between keep a quiet path open: a "
                               "device's own test path stays silent for a while and is then tried, and so is traffic that was due anyway. "
                               "Live paths are never risked. Connect a device from outside and leave it alone; learning is switched by "
                               "learn in the section [liveness] of the configuration."));
    connect(m_filter, &QLineEdit::textChanged, &sorted(), &QSortFilterProxyModel::setFilterFixedString);
    connect(m_forget, &QPushButton::clicked, this, &NetworksPage::forget);
    setContent(splitter);
}

const LearnedNetwork *NetworksPage::chosen() const
{
    return m_context.networks->networkAt(chosenRow());
}

void NetworksPage::chooseNetwork(const IpNetwork &prefix, PathTransport transport)
{
    const int row = m_context.networks->rowOf(prefix, transport);
    if (row < 0)
        return;
    m_filter->clear();
    chooseRow(row);
}

void NetworksPage::showChosen()
{
    const LearnedNetwork *network = chosen();
    m_detail->setVisible(network != nullptr);
    if (!network)
        return;
    setSentence(Sentences::network(*network));
    m_chart->setNetwork(*network);
}

void NetworksPage::exportCsv()
{
    saveCsv(this, tr("Export the learned networks"), QStringLiteral("networks.csv"), rowsAsText(u',', false));
}

void NetworksPage::openMenu(const QPoint &at)
{
    QMenu menu(this);
    connect(menu.addAction(tr("&Copy rows")), &QAction::triggered, this, &NetworksPage::copyRows);
    connect(menu.addAction(tr("&Export as CSV…")), &QAction::triggered, this, &NetworksPage::exportCsv);
    menu.addSeparator();
    QAction *forgets = menu.addAction(tr("&Forget what was learned…"));
    forgets->setEnabled(chosen() != nullptr);
    connect(forgets, &QAction::triggered, this, &NetworksPage::forget);
    menu.exec(table()->viewport()->mapToGlobal(at));
}

void NetworksPage::forget()
{
    if (!chosen())
        return;
    const NetworkKey network = chosen()->key(); // the row may move while the question stands
    const QString name = tr("%1 over %2").arg(network.prefix.toString(), Sentences::pathTransport(network.transport));
    if (!confirm(this, *m_context.settings, QStringLiteral("forgetNetwork"), tr("Forget what was learned of %1?").arg(name),
                 tr("Learning starts anew. Until it has a result, clients there are told the fixed interval or none."), tr("Forget")))
        return;
    m_context.host->forgetNetwork(network.prefix, network.transport).then(this, [this, name](const Result<Done> &result) {
        if (!result)
            Q_EMIT failed(tr("What was learned of %1 could not be forgotten.").arg(name), result.error());
    });
}

} // namespace reveille
