// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/importdialog.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

namespace reveille {

namespace {

constexpr qint64 largestFile = Q_INT64_C(1) << 30;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(reveille::SubscriberFiles)
};

/// Asks for the next page when one has been written.
void writePage(ServerHost *host, QObject *context, std::shared_ptr<QSaveFile> file, const QString &after, qint64 rows,
               std::function<void(Result<qint64>)> ended)
{
    host->exportSubscribers(after).then(context, [=](const Result<ExportPage> &page) {
        if (!page)
            return ended(page.error());
        const QByteArray octets = after.isEmpty() ? page->csv : page->csv.mid(page->csv.indexOf('\n') + 1);
        const qint64 all = rows + octets.count('\n') - (after.isEmpty() ? 1 : 0);
        if (file->write(octets) != octets.size() || (page->next.isEmpty() && !file->commit()))
            return ended(Error{"file-unwritable", file->errorString()});
        if (page->next.isEmpty())
            ended(all);
        else
            writePage(host, context, file, page->next, all, ended);
    });
}

} // namespace

void importSubscribers(GuiContext &context, QWidget *parent)
{
    const QString path = QFileDialog::getOpenFileName(parent, Words::tr("Import subscribers"), {}, Words::tr("CSV files (*.csv);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        QMessageBox::warning(parent, Words::tr("Import subscribers"), Words::tr("%1 could not be read: %2").arg(path, file.errorString()));
        return;
    }
    auto *dialog = new ImportDialog(context, QFileInfo(path).fileName(), file.read(largestFile), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void exportSubscribers(GuiContext &context, QWidget *parent, std::function<void(Result<qint64>)> ended)
{
    const QString path = QFileDialog::getSaveFileName(parent, Words::tr("Export subscribers"), QStringLiteral("subscribers.csv"), Words::tr("CSV files (*.csv)"));
    if (path.isEmpty())
        return;
    auto file = std::make_shared<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly))
        return ended(Error{"file-unwritable", file->errorString()});
    writePage(context.host, parent, file, {}, 0, ended);
}

} // namespace reveille
