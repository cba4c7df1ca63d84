// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bearerspage.h"

#include "gui/emptystate.h"
#include "gui/statemark.h"
#include "models/bearermodel.h"
#include "models/sentences.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace reveille {

BearersPage::BearersPage(GuiContext &context, QWidget *parent)
    : RowsPage(context.bearers, tr("Bearers"), parent)
    , m_context(context)
    , m_test(new QPushButton(theme::icon(QStringLiteral("probe")), tr("&Test this bearer")))
{
    table()->setItemDelegateForColumn(BearerColumn::Health, new StateDelegate(StateDelegate::Of::Bearer, table()));
    table()->horizontalHeader()->setSectionResizeMode(BearerColumn::Test, QHeaderView::Stretch);
    offerSorting();
    table()->setWhatsThis(tr("A row for every way to wake: whether it works, whom it talks to, and what it did. A test asks the "
                             "carrier whether it is there; no device is woken by it."));
    sentenceLabel()->setAccessibleName(tr("The chosen bearer"));
    m_test->setToolTip(tr("Ask the carrier whether it is there; nobody is woken"));
    emptyState()->setTexts(tr("No bearer is configured"),
                            tr("A bearer is a way to wake a device that cannot be reached over the network: SMS over an SMSC, a WSP push in a "
                               "UDP datagram, SIP, HTTP. Each has a section [bearer.NAME] in the configuration; default.conf shows one of "
                               "every kind. They appear here once the server runs."));
    connect(table(), &QTableView::activated, this, &BearersPage::test);
    connect(m_test, &QPushButton::clicked, this, &BearersPage::test);
    setContentAbove({m_test});
}

const BearerSnapshot *BearersPage::chosen() const
{
    return m_context.bearers->bearerAt(chosenRow());
}

void BearersPage::chooseBearer(const QString &name)
{
    chooseRow(m_context.bearers->rowOf(name));
}

void BearersPage::showChosen()
{
    const BearerSnapshot *bearer = chosen();
    sentenceLabel()->setVisible(bearer != nullptr);
    m_test->setEnabled(bearer != nullptr);
    if (!bearer)
        return;
    QString text = Sentences::bearer(*bearer);
    if (const auto test = m_context.bearers->testOf(bearer->facts.name)) {
        m_test->setEnabled(!test->running);
        text += u' ' + (test->running ? tr("It is being tested…")
                                      : tr("Tested at %1: %2.").arg(m_context.times.clock(test->at), Sentences::bearerTest(test->result)));
    }
    setSentence(text);
}

void BearersPage::test()
{
    const BearerSnapshot *bearer = chosen();
    if (!bearer || !m_test->isEnabled())
        return;
    const QString name = bearer->facts.name;
    m_context.bearers->setTest(name, {true, {}, {}});
    Q_EMIT testWanted(name);
}

void BearersPage::showTest(const QString &name, const Result<BearerTest> &result)
{
    BearerTest test = result.valueOr({});
    if (!result)
        test.code = result.error().code;
    m_context.bearers->setTest(name, {false, test, Timestamp{QDateTime::currentMSecsSinceEpoch()}});
}

void BearersPage::openMenu(const QPoint &at)
{
    QMenu menu(this);
    QAction *tests = menu.addAction(tr("&Test this bearer"));
    tests->setEnabled(m_test->isEnabled());
    connect(tests, &QAction::triggered, this, &BearersPage::test);
    QAction *injects = menu.addAction(theme::icon(QStringLiteral("fault")), tr("Inject &fault…"));
    injects->setEnabled(chosen() != nullptr);
    connect(injects, &QAction::triggered, this, [this] {
        if (const BearerSnapshot *bearer = chosen())
            Q_EMIT faultWanted(bearer->facts.name);
    });
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy rows")), &QAction::triggered, this, &BearersPage::copyRows);
    connect(menu.addAction(tr("Copy as &sentences")), &QAction::triggered, this, &BearersPage::copySentence);
    menu.exec(table()->viewport()->mapToGlobal(at));
}

} // namespace reveille
