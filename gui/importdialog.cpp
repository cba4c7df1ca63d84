// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/importdialog.h"

#include "gui/theme.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

ImportDialog::ImportDialog(GuiContext &context, QString name, QByteArray csv, QWidget *parent)
    : QDialog(parent), m_context(context), m_name(std::move(name)), m_csv(std::move(csv)), m_summary(new QLabel),
      m_bar(new QProgressBar), m_table(new QTableWidget(0, 4))
{
    setObjectName(u"importDialog"_s);
    setWindowTitle(tr("Import subscribers from %1").arg(m_name));
    resize(760, 520);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setAccessibleName(tr("What would come of it"));
    m_bar->setRange(0, 1000);
    m_bar->setAccessibleName(tr("Progress"));
    m_table->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Result"), tr("Why, or what")});
    m_table->setAccessibleName(tr("Rows"));
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_close = buttons->button(QDialogButtonBox::Close);
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::ActionRole);
    m_import->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_summary);
    layout->addWidget(m_bar);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
    m_beat.setInterval(100);
    connect(&m_beat, &QTimer::timeout, this, &ImportDialog::showProgress);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::importGood);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_busy)
            m_progress->cancelled = true;
        else
            reject();
    });
    connect(context.host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (m_busy && state != ServerHost::State::Running)
            showReport(Error{"server-stopped", {}});
    });
    check();
}

ImportDialog::~ImportDialog()
{
    if (m_progress)
        m_progress->cancelled = true;
}

QString ImportDialog::summary() const
{
    return m_summary->text();
}

void ImportDialog::check()
{
    m_summary->setText(tr("Checking %1…").arg(m_name));
    run({true, false});
}

void ImportDialog::importGood()
{
    m_summary->setText(tr("Importing…"));
    run({false, true});
}

void ImportDialog::run(const ImportOptions &options)
{
    m_busy = true;
    m_progress = std::make_shared<ImportProgress>();
    m_import->setEnabled(false);
    m_close->setText(tr("Stop"));
    m_bar->setValue(0);
    m_bar->show();
    m_beat.start();
    m_context.host->importSubscribers(m_csv, options, m_progress).then(this, [this](const Result<ImportReport> &report) {
        showReport(report);
    });
}

void ImportDialog::showProgress()
{
    const qint64 total = m_progress->total;
    m_bar->setValue(total > 0 ? int(m_progress->done * 1000 / total) : 0);
}

void ImportDialog::showReport(const Result<ImportReport> &result)
{
    m_busy = false;
    m_beat.stop();
    m_bar->hide();
    m_close->setText(tr("Close"));
    if (!result) {
        m_summary->setText(tr("Nothing more was imported. %1").arg(Sentences::error(result.error())));
        return;
    }
    const ImportReport &report = *result;
    fillTable(report);
    const auto counts = [](const ImportReport::Tally &tally) {
        return tr("%L1 new, %L2 changed, %L3 as they are").arg(tally.made).arg(tally.changed).arg(tally.unchanged);
    };
    QStringList parts;
    if (report.unreadable)
        parts.append(tr("The file cannot be read, so nothing of it can be imported."));
    else if (report.cancelled)
        parts.append(tr("Stopped. What was imported before stays; the same file can be imported again."));
    else if (report.applied)
        parts.append(tr("%Ln row(s) imported.", nullptr, int(report.goodRows())));
    else
        parts.append(tr("%Ln row(s) can be imported.", nullptr, int(report.goodRows())));
    if (report.badRows > 0 && !report.unreadable)
        parts.append(tr("%Ln row(s) are bad and left out.", nullptr, int(report.badRows)));
    parts.append(tr("Users: %1.").arg(counts(report.users)));
    parts.append(tr("Devices: %1.").arg(counts(report.devices)));
    m_summary->setText(parts.join(u' '));
    const bool can = report.dryRun && !report.unreadable && !report.cancelled && report.goodRows() > 0;
    m_import->setEnabled(can);
    m_import->setVisible(report.dryRun);
    if (can) {
        m_import->setText(report.badRows > 0 ? tr("Import the %Ln good row(s)", nullptr, int(report.goodRows()))
                                             : tr("Import %Ln row(s)", nullptr, int(report.goodRows())));
    }
}

void ImportDialog::fillTable(const ImportReport &report)
{
    m_table->setRowCount(0);
    const auto add = [this](qint64 line, const QString &column, const QString &what, const QString &why, bool bad) {
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        const QStringList texts{QString::number(line), column, what, why};
        for (int i = 0; i < texts.size(); ++i) {
            auto *item = new QTableWidgetItem(texts[i]);
            item->setToolTip(plainTip(texts[i]));
            if (i == 0)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (bad && i == 2)
                item->setForeground(theme::toneColor(theme::Tone::Bad, palette()));
            m_table->setItem(row, i, item);
        }
    };
    for (const RowFault &fault : report.bad) {
        const QString column = fault.column == 0 ? QString() : fault.name.isEmpty() ? QString::number(fault.column)
                                                                                    : tr("%1 (%2)").arg(fault.column).arg(fault.name);
        add(fault.line, column, tr("✕ bad"), Sentences::error(fault.error), true);
    }
    for (const ImportReport::RowChange &change : report.changes) {
        const QString what = change.device.isEmpty() ? change.user.toString()
                                                     : change.user.toString() + u" · "_s + change.device.toString();
        add(change.line, {}, change.made ? tr("+ new") : tr("~ changed"), what, false);
    }
}

} // namespace reveille
