// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/ctl/ctlcommand.h"

#include <QCoreApplication>

namespace reveille {

/// Where the texts of reveillectl are translated.
struct CtlWords {
    Q_DECLARE_TR_FUNCTIONS(reveillectl)
};

/// An option that takes a value.
QCommandLineOption valued(const char *name, const QString &text, const QString &value,
                          const QString &fallback = {});

/// Of the operations interface, from REVEILLE_TOKEN, --token-file, or the data folder. Errors of
/// readTokenFile().
CtlResult<QByteArray> tokenOf(const QCommandLineParser &options);

/// --wake-policy, and its value for the server; "inherit" is null.
QCommandLineOption wakePolicyOption();
QJsonValue wakePolicyOf(const CtlContext &context);

/// Every page of the list at `target`, which has a query already.
CtlResult<QJsonObject> wholeList(const CtlContext &context, const QByteArray &target);

/// "?limit=…&query=…" with the optional word of the command line, which may be part of any identifier.
QByteArray listQuery(const CtlContext &context);

/// Asks for `target` until `ended` of its state; prints each verdict once.
CtlResult<QJsonObject> waitFor(const CtlContext &context, const QByteArray &target,
                               QString (*verdict)(const QJsonObject &), bool (*ended)(const QJsonObject &));

} // namespace reveille
