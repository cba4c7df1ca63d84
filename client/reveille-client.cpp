// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientconsole.h"
#include "client/clientoptions.h"
#include "client/fleet/fleetprogram.h"
#include "client/pushclient.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>
#include <optional>
#include <unistd.h>

using namespace reveille;

namespace {

/// What both kinds of options have in common; the exit status where that was all.
template <typename Options>
std::optional<int> answerAtOnce(const Result<Options> &options)
{
    if (!options) {
        std::fprintf(stderr, "reveille-client: %s: %s (see --help)\n", options.error().code,
                     qUtf8Printable(options.error().about));
        return 2;
    }
    if (options->action == Options::Action::Run)
        return std::nullopt;
    if (options->action == Options::Action::ShowHelp)
        QTextStream(stdout) << options->helpText;
    else
        QTextStream(stdout) << "reveille-client " << QCoreApplication::applicationVersion() << '\n';
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("reveille-client"));
    QCoreApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));

    if (FleetOptions::areIn(app.arguments())) {
        const Result<FleetOptions> options = FleetOptions::read(app.arguments());
        const std::optional<int> status = answerAtOnce(options);
        return status ? *status : runFleet(*options);
    }
    const Result<ClientOptions> options = ClientOptions::read(app.arguments());
    if (const std::optional<int> status = answerAtOnce(options))
        return *status;

    PushClient client(options->settings);
    ClientConsole console(client, STDIN_FILENO);
    QObject::connect(&client, &PushClient::stopped, &app, &QCoreApplication::quit);
    client.setDeaf(options->deaf);
    client.refuse(options->refuse);
    QMetaObject::Connection once;
    if (options->silentWhenRegistered) {
        once = QObject::connect(&client, &PushClient::happened, &client, [&](const ClientEvent &event) {
            if (event.code != u"registered")
                return;
            QObject::disconnect(once);
            client.goSilent();
        });
    }
    if (const Result<Done> started = client.start(); !started) {
        std::fprintf(stderr, "reveille-client: %s: %s\n", started.error().code,
                     qUtf8Printable(started.error().about));
        return 1;
    }
    return app.exec();
}
