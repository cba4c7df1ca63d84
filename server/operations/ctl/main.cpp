// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlcommand.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("reveille"));
    QCoreApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));
    QTextStream out(stdout);
    QTextStream err(stderr);
    return reveille::runReveillectl(QCoreApplication::arguments().mid(1), out, err);
}
