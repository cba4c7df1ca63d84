// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"
#include "gui/context.h"
#include "models/faultmodel.h"
#include "models/triggerlibrary.h"

#include <QObject>
#include <QTranslator>

#include <memory>

class QApplication;

namespace reveille {

class Demo;
class MainWindow;
class ScenarioPlayer;
class ScenarioShelf;
class ServerLoan;

/// What the command line of the console says.
struct ConsoleOptions {
    QString profile = QStringLiteral("default");
    QString configFile;
    QString dataDir;         ///< empty: the profile's own folder
    QStringList overrides;   ///< "section/key=value"
    QString language;        ///< empty: as kept in the settings
    bool demo = false;
    QString scenario;        ///< of the demo: file, or name of one that comes with the program; empty: the usual one
};

/// The console as a program: settings of the profile, models over the server, the window. main() is four lines around
/// it, and tests make one. GUI thread.
class ConsoleProgram : public QObject
{
    Q_OBJECT
public:
    ConsoleProgram(QApplication &application, ConsoleOptions options);
    ~ConsoleProgram() override;

    /// Reads the configuration, starts the server, shows the window. Error of Config::read: nothing was started.
    Result<Done> start();
    MainWindow *window() const { return m_window.get(); }
    GuiContext &context() { return m_context; }
    Demo *demo() const { return m_demo.get(); }
    ScenarioPlayer &scenarioPlayer() { return *m_player; }

private:
    void makeWindow();
    void startServer();
    void startOnFreePorts();
    void makeScenarios();
    void goHome();
    void applyLanguage(const QString &language);
    void applyTheme();
    void attachJournal();

    QApplication &m_application;
    ConsoleOptions m_options;
    Config m_config;
    QString m_dataDir;
    std::unique_ptr<QSettings> m_settings;
    QTranslator m_texts;
    QTranslator m_qtTexts;
    std::unique_ptr<ServerLoan> m_loan; ///< outlives the host
    ServerHost m_host;
    SubscriberModel m_subscribers;
    JournalModel m_journal;
    PushListModel m_pushes;
    WakeListModel m_wakes;
    BearerModel m_bearers;
    NetworkModel m_networks;
    FaultModel m_faults;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<JournalSource> m_journalSource;
    std::unique_ptr<TriggerLibrary> m_triggers;
    GuiContext m_context;
    std::unique_ptr<Demo> m_demo;
    std::unique_ptr<ScenarioShelf> m_shelf;
    std::unique_ptr<ScenarioPlayer> m_player;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace reveille
