// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/rowspage.h"
#include "wire/jsonfault.h"

class QPushButton;

namespace reveille {

struct FaultRule;

/// The injected faults as a table: what each strikes, how often it did, when it ends; ended one by one or all at once. GUI
/// thread.
class FaultsPage : public RowsPage
{
    Q_OBJECT
public:
    explicit FaultsPage(GuiContext &context, QWidget *parent = nullptr);

    QPushButton *endButton() const { return m_end; }
    QPushButton *endAllButton() const { return m_endAll; }
    void chooseFault(const FaultId &id);

public Q_SLOTS:
    void end();    ///< the chosen one
    void endAll();

Q_SIGNALS:
    void injectWanted(const reveille::FaultOrder &like);
    void failed(const QString &what, const reveille::Error &error);

private:
    const FaultRule *chosen() const;
    void showChosen() override;
    void openMenu(const QPoint &at) override;

    GuiContext &m_context;
    QPushButton *m_inject;
    QPushButton *m_end;
    QPushButton *m_endAll;
};

/// The order that makes such a fault again.
FaultOrder orderLike(const FaultRule &rule);
/// What the dialog begins with: for ten minutes.
FaultOrder usualFault();

} // namespace reveille
