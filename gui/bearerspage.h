// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/rowspage.h"

class QPushButton;

namespace reveille {

/// The bearers as a table: how each is, since when, whom it talks to, what it sent and what waits; beneath it the chosen
/// one in sentences, and a test of it that wakes nobody. GUI thread.
class BearersPage : public RowsPage
{
    Q_OBJECT
public:
    explicit BearersPage(GuiContext &context, QWidget *parent = nullptr);

    QPushButton *testButton() const { return m_test; }
    void chooseBearer(const QString &name);
    void showTest(const QString &name, const Result<BearerTest> &result); ///< what became of testWanted()

public Q_SLOTS:
    void test(); ///< the chosen one; its row tells what comes of it

Q_SIGNALS:
    void testWanted(const QString &name);
    void faultWanted(const QString &name); ///< injected into what goes over this bearer

private:
    const BearerSnapshot *chosen() const;
    void showChosen() override;
    void openMenu(const QPoint &at) override;

    GuiContext &m_context;
    QPushButton *m_test;
};

} // namespace reveille
