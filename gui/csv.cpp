// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/csv.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QSaveFile>

namespace reveille {

QString csvCell(QString text, QChar separator)
{
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front()))
        text.prepend(u'\'');
    text.replace(u'\n', u' ').replace(u'\r', u' ');
    if (text.contains(separator) || text.contains(u'"'))
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text;
}

void saveCsv(QWidget *parent, const QString &title, const QString &name, const QString &text)
{
    const auto say = [](const char *source) { return QCoreApplication::translate("reveille::Csv", source); };
    const QString path = QFileDialog::getSaveFileName(parent, title, name, say(QT_TRANSLATE_NOOP("reveille::Csv", "CSV files (*.csv)")));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const QByteArray octets = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size() || !file.commit())
        QMessageBox::warning(parent, title, say(QT_TRANSLATE_NOOP("reveille::Csv", "%1 could not be written: %2")).arg(path, file.errorString()));
}

} // namespace reveille
