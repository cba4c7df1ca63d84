// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/confirmation.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace reveille {

bool confirm(QWidget *parent, QSettings &settings, const QString &key, const QString &question, const QString &consequence,
             const QString &doIt, const QString &leaveIt)
{
    const QString path = QStringLiteral("confirm/") + key;
    if (!settings.value(path, true).toBool())
        return true;
    QMessageBox box(QMessageBox::Question, QCoreApplication::translate("reveille::Confirmation", "Please confirm"), question,
                    QMessageBox::Cancel, parent);
    box.setInformativeText(consequence);
    const QPushButton *yes = box.addButton(doIt, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    if (!leaveIt.isEmpty()) {
        box.button(QMessageBox::Cancel)->setText(leaveIt);
        box.button(QMessageBox::Cancel)->setIcon({}); // that of cancelling
    }
    auto *never = new QCheckBox(QCoreApplication::translate("reveille::Confirmation", "Do not ask again"));
    box.setCheckBox(never);
    box.exec();
    const bool agreed = box.clickedButton() == yes;
    if (agreed && never->isChecked())
        settings.setValue(path, false);
    return agreed;
}

} // namespace reveille
