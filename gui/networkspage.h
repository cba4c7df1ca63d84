// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "gui/rowspage.h"

class QLineEdit;
class QPushButton;

namespace reveille {

class SampleChart;

/// What was learned of how long the firewalls of each network keep a quiet path open: the table, and of the chosen row
/// the samples and the sentence that explains it. GUI thread.
class NetworksPage : public RowsPage
{
    Q_OBJECT
public:
    explicit NetworksPage(GuiContext &context, QWidget *parent = nullptr);

    QLineEdit *filterBox() const { return m_filter; }
    void chooseNetwork(const IpNetwork &prefix, PathTransport transport);

public Q_SLOTS:
    void forget(); ///< the chosen one, after a confirmation
    void exportCsv();

Q_SIGNALS:
    void failed(const QString &what, const reveille::Error &error);

private:
    const LearnedNetwork *chosen() const;
    void showChosen() override;
    void openMenu(const QPoint &at) override;

    GuiContext &m_context;
    QLineEdit *m_filter;
    SampleChart *m_chart;
    QPushButton *m_forget;
    QWidget *m_detail;
};

} // namespace reveille
