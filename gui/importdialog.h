// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace reveille {

/// Imports a file of subscribers: says first, row by row, what would come of it, and does it when told to. Long ones show
/// how far they are and can be stopped. GUI thread.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    ImportDialog(GuiContext &context, QString name, QByteArray csv, QWidget *parent = nullptr);
    ~ImportDialog() override;

    QPushButton *importButton() const { return m_import; }
    QTableWidget *table() const { return m_table; }
    QString summary() const;
    bool isBusy() const { return m_busy; }

public Q_SLOTS:
    void check();
    void importGood();

private:
    void run(const ImportOptions &options);
    void showReport(const Result<ImportReport> &report);
    void fillTable(const ImportReport &report);
    void showProgress();

    GuiContext &m_context;
    QString m_name;
    QByteArray m_csv;
    std::shared_ptr<ImportProgress> m_progress;
    QLabel *m_summary;
    QProgressBar *m_bar;
    QTableWidget *m_table;
    QPushButton *m_import;
    QPushButton *m_close;
    QTimer m_beat;
    bool m_busy = false;
};

/// Asks for a file and opens an ImportDialog on it.
void importSubscribers(GuiContext &context, QWidget *parent);
/// Asks for a file and writes every user and device there, page by page; `ended` gets how many rows, or what went wrong.
void exportSubscribers(GuiContext &context, QWidget *parent, std::function<void(Result<qint64>)> ended);

} // namespace reveille
