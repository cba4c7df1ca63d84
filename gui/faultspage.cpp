// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultspage.h"

#include "gui/copyline.h"
#include "gui/emptystate.h"
#include "gui/faultdialog.h"
#include "gui/rowtable.h"
#include "gui/theme.h"
#include "models/faultmodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace reveille {

FaultOrder usualFault()
{
    FaultOrder order;
    order.life = FaultDialog::usualLife;
    return order;
}

FaultOrder orderLike(const FaultRule &rule)
{
    FaultOrder order{rule, rule.until - rule.since};
    order.rule.who.clear();
    return order;
}

FaultsPage::FaultsPage(GuiContext &context, QWidget *parent)
    : RowsPage(context.faults, tr("Injected faults"), parent)
    , m_context(context)
    , m_inject(new QPushButton(theme::icon(QStringLiteral("fault")), tr("&Inject a fault…")))
    , m_end(new QPushButton(tr("&End this fault")))
    , m_endAll(new QPushButton(tr("End &all")))
{
    table()->horizontalHeader()->setSectionResizeMode(FaultModel::What, QHeaderView::Stretch);
    offerColumns({FaultModel::Since, FaultModel::Id});
    offerSorting();
    setDeleteKey(table(), [this] { end(); });
    table()->setWhatsThis(tr("A row for every fault that was put in the way of wake-ups and pushes: what it strikes, how often it "
                             "did, and when it ends by itself."));
    sentenceLabel()->setAccessibleName(tr("The chosen fault"));
    m_end->setToolTip(tr("End the chosen fault; what it holds back goes on its way at once (Delete)"));
    m_endAll->setToolTip(tr("End every fault"));
    emptyState()->setTexts(tr("No fault is in force"),
                           tr("What becomes of a push when its wake-up is lost, comes late or twice, or is rejected? A fault on purpose "
                              "shows it: over one bearer or kind of connection, or to one device, with a chance, and always with an end. "
                              "Everything else goes its usual way."));
    connect(emptyState()->addAction(tr("Inject a fault…")), &QPushButton::clicked, this, [this] { Q_EMIT injectWanted(usualFault()); });
    connect(m_inject, &QPushButton::clicked, this, [this] { Q_EMIT injectWanted(usualFault()); });
    connect(m_end, &QPushButton::clicked, this, &FaultsPage::end);
    connect(m_endAll, &QPushButton::clicked, this, &FaultsPage::endAll);
    setContentAbove({m_inject, m_end, m_endAll});
}

const FaultRule *FaultsPage::chosen() const
{
    return m_context.faults->faultAt(chosenRow());
}

void FaultsPage::chooseFault(const FaultId &id)
{
    chooseRow(m_context.faults->rowOf(id));
}

void FaultsPage::showChosen()
{
    const FaultRule *fault = chosen();
    m_end->setEnabled(fault != nullptr);
    if (!fault)
        return setSentence({});
    QStringList parts{m_context.faults->sentence(*fault) + u'.'};
    parts.append(fault->lastStruck.isSet() ? tr("It has struck %n time(s), last at %1.", nullptr, int(fault->struck)).arg(m_context.times.clock(fault->lastStruck))
                                           : tr("It has not struck yet."));
    parts.append(tr("It ends at %1, or earlier by your hand.").arg(m_context.times.clock(fault->until).section(u'.', 0, 0)));
    if (!fault->note.isEmpty())
        parts.append(u'“' + fault->note + u'”');
    setSentence(parts.join(u' '));
}

void FaultsPage::end()
{
    const FaultRule *fault = chosen();
    if (!fault)
        return;
    m_context.host->removeFault(fault->id).then(this, [this](const Result<Done> &done) {
        if (!done && !done.error().is("fault-unknown")) // it has ended by itself
            Q_EMIT failed(tr("The fault could not be ended."), done.error());
    });
}

void FaultsPage::endAll()
{
    m_context.host->clearFaults().then(this, [this](const Result<int> &done) {
        if (!done)
            Q_EMIT failed(tr("The faults could not be ended."), done.error());
    });
}

void FaultsPage::openMenu(const QPoint &at)
{
    const FaultRule *fault = chosen();
    QMenu menu(this);
    const auto add = [&](const QString &text, auto act) {
        QAction *action = menu.addAction(text);
        action->setEnabled(fault != nullptr);
        connect(action, &QAction::triggered, this, act);
    };
    const FaultOrder like = fault ? orderLike(*fault) : usualFault();
    add(tr("&Inject another like it…"), [this, like] { Q_EMIT injectWanted(like); });
    add(tr("&End this fault"), &FaultsPage::end);
    add(tr("End &all"), &FaultsPage::endAll);
    menu.addSeparator();
    add(tr("&Copy rows"), &FaultsPage::copyRows);
    add(tr("Copy as &sentences"), &FaultsPage::copySentence);
    add(tr("Copy as &reveillectl line"), [like] { QGuiApplication::clipboard()->setText(reveillectlLine(like)); });
    add(tr("Copy as c&url line"), [this, like] { QGuiApplication::clipboard()->setText(curlLine(like, staffAddress(*m_context.host))); });
    menu.exec(table()->viewport()->mapToGlobal(at));
}

} // namespace reveille
