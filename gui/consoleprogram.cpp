// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consoleprogram.h"

#include "gui/actions.h"
#include "gui/demo/demo.h"
#include "gui/mainwindow.h"
#include "gui/scenario/scenariopanel.h"
#include "gui/selection.h"
#include "gui/theme.h"
#include "models/storejournalsource.h"

#include <QApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QStandardPaths>

namespace reveille {

ConsoleProgram::ConsoleProgram(QApplication &application, ConsoleOptions options)
    : m_application(application), m_options(std::move(options)), m_selection(new Selection)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const QString profile = m_options.demo ? QStringLiteral("demo") : m_options.profile;
    m_dataDir = m_options.dataDir.isEmpty() ? QDir(base).filePath(profile == QLatin1String("default") ? QString() : profile)
                                            : m_options.dataDir;
    QDir().mkpath(m_dataDir);
    m_settings = std::make_unique<QSettings>(QDir(m_dataDir).filePath(QStringLiteral("console.ini")), QSettings::IniFormat);

    m_context.host = &m_host;
    m_context.subscribers = &m_subscribers;
    m_context.journal = &m_journal;
    m_context.pushes = &m_pushes;
    m_context.wakes = &m_wakes;
    m_context.bearers = &m_bearers;
    m_context.networks = &m_networks;
    m_context.faults = &m_faults;
    m_context.selection = m_selection.get();
    m_context.settings = m_settings.get();
    m_triggers = std::make_unique<TriggerLibrary>(QDir(m_dataDir).filePath(QStringLiteral("triggers.json")));
    m_context.triggers = m_triggers.get();

    const auto names = [this](const DeviceId &id) { return m_subscribers.deviceLabel(id); };
    m_journal.setNames(names);
    m_pushes.setNames(names);
    m_wakes.setNames(names);
    m_faults.setNames(names);
    connect(&m_host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        m_subscribers.apply(changes);
        m_journal.apply(changes);
        m_pushes.apply(changes);
        m_wakes.apply(changes);
        m_bearers.apply(changes);
        m_networks.apply(changes);
        m_faults.apply(changes);
    });
    connect(&m_host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running)
            attachJournal();
        else if (state == ServerHost::State::Stopped) {
            m_subscribers.clear();
            m_networks.clear();
            m_bearers.clear();
            m_faults.clear();
        }
    });
    makeScenarios();
}

ConsoleProgram::~ConsoleProgram()
{
    m_window.reset();
    m_player.reset();
    m_demo.reset();
    m_journal.setSource(nullptr);
}

Result<Done> ConsoleProgram::start()
{
    const Result<Config> config = Config::read(m_options.configFile, m_options.overrides);
    if (!config)
        return config.error();
    m_config = m_options.demo ? demoConfig(*config) : *config;
    const QString language = m_options.language.isEmpty()
        ? m_settings->value(QStringLiteral("view/language"), QStringLiteral("system")).toString()
        : m_options.language;
    applyLanguage(language);
    applyTheme();
    m_demo = std::make_unique<Demo>(m_host);
    connect(m_loan.get(), &ServerLoan::lentChanged, m_demo.get(), &Demo::setAway);
    makeWindow();
    startServer();
    if (m_options.demo) {
        m_demo->populate();
        m_window->showScenarios();
        if (!m_options.scenario.isEmpty())
            m_window->scenarioPanel()->open(m_options.scenario);
    }
    return Done{};
}

void ConsoleProgram::makeWindow()
{
    m_window.reset(); // before the next one: it takes along what can be undone
    m_window = std::make_unique<MainWindow>(m_context, *m_demo, ScenarioTools{*m_loan, *m_shelf, *m_player, m_options.demo});
    Actions &actions = m_window->actions();
    const QString theme = m_settings->value(QStringLiteral("view/theme")).toString();
    (theme == QLatin1String("light") ? actions.light : theme == QLatin1String("dark") ? actions.dark : actions.systemTheme)
        ->setChecked(true);
    const QString language = m_settings->value(QStringLiteral("view/language")).toString();
    (language == QLatin1String("es") ? actions.spanish : language == QLatin1String("en") ? actions.english : actions.systemLanguage)
        ->setChecked(true);
    connect(m_window.get(), &MainWindow::startWanted, this, &ConsoleProgram::startServer);
    connect(m_window.get(), &MainWindow::startOnFreePortsWanted, this, &ConsoleProgram::startOnFreePorts);
    connect(m_window.get(), &MainWindow::stopWanted, &m_host, &ServerHost::stop);
    connect(m_window.get(), &MainWindow::themeChosen, this, [this](const QString &choice) {
        m_settings->setValue(QStringLiteral("view/theme"), choice);
        applyTheme();
    });
    connect(m_window.get(), &MainWindow::scaleChosen, this, &ConsoleProgram::applyTheme);
    // Texts are set where widgets are made: a new language means a new window, later, outside its own menu.
    connect(m_window.get(), &MainWindow::languageChosen, this, [this](const QString &choice) {
        m_settings->setValue(QStringLiteral("view/language"), choice);
        applyLanguage(choice);
        m_window->close();
        makeWindow();
    }, Qt::QueuedConnection);
    m_window->show();
}

void ConsoleProgram::makeScenarios()
{
    m_loan = std::make_unique<ServerLoan>();
    m_loan->attach(m_host);
    m_shelf = std::make_unique<ScenarioShelf>(*m_settings);
    m_player = std::make_unique<ScenarioPlayer>(*m_loan);
    connect(m_loan.get(), &ServerLoan::homeWanted, this, &ConsoleProgram::goHome);
    connect(m_loan.get(), &ServerLoan::lentChanged, this, [this] {
        m_pushes.clear();
        m_wakes.clear();
        m_journal.setSource(nullptr);
        m_journal.clear();
    });
}

/// Back to what was served before a scenario, at the addresses that devices and people know.
void ConsoleProgram::goHome()
{
    Config config = m_config;
    for (const Config::Listener &listener : Config::listeners()) {
        const QString bound = m_loan->homeAddresses().value(QString::fromLatin1(listener.key).replace(u'/', u'_'));
        if (const Result<ListenAddress> address = ListenAddress::parse(bound); !bound.isEmpty() && address)
            config.*listener.address = *address;
    }
    m_host.start(config, m_dataDir);
}

void ConsoleProgram::startServer()
{
    if (m_loan->isLent()) {
        m_loan->wantHome();
        m_player->reset();
        return;
    }
    m_host.start(m_config, m_dataDir);
}

void ConsoleProgram::startOnFreePorts()
{
    if (!m_loan->isLent())
        m_config.takeAnyPorts();
    startServer();
}

void ConsoleProgram::applyTheme()
{
    theme::apply(m_application, theme::choiceFromText(m_settings->value(QStringLiteral("view/theme")).toString()),
                 m_settings->value(QStringLiteral("view/scale"), 1.0).toDouble());
}

void ConsoleProgram::applyLanguage(const QString &language)
{
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qtTexts);
    const QLocale locale = language == QLatin1String("system") || language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    // English has a file too, for its plurals; it stands in for every language there is no file of.
    if (m_texts.load(locale, QStringLiteral("reveille"), QStringLiteral("_"), QStringLiteral(":/i18n"))
        || m_texts.load(QStringLiteral(":/i18n/reveille_en.qm")))
        QCoreApplication::installTranslator(&m_texts);
    const QString ofQt = QStringLiteral("qtbase");
    if (m_qtTexts.load(locale, ofQt, QStringLiteral("_"), QStringLiteral(":/i18n"))
        || m_qtTexts.load(locale, ofQt, QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTexts);
}

void ConsoleProgram::attachJournal()
{
    m_journal.setSource(nullptr);
    m_journal.clear();
    m_journalSource = std::make_unique<StoreJournalSource>(m_host.databaseFile());
    m_journal.setSource(m_journalSource.get());
}

} // namespace reveille
